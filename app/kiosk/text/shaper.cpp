// SPDX-License-Identifier: GPL-3.0-or-later
// Asks Pango for a layout once and remembers its glyphs.
#include "app/kiosk/text/shaper.h"

#include <fontconfig/fontconfig.h>
#include <pango/pango.h>
#include <pango/pangofc-font.h>
#include <pango/pangoft2.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

#include "core/base/check.h"

namespace huisbord::ui {
namespace {

constexpr int reference = 64;  // pixels an em while shaping; everything else is scaled from it
constexpr float units = 1.0f / (reference * PANGO_SCALE);
constexpr std::size_t most_remembered = 3000;

struct Key {
  std::string text, language;
  Direction direction = Direction::left_to_right;
  bool bold = false;
  int wrap = 0;
};

struct KeyView {
  std::string_view text, language;
  Direction direction;
  bool bold;
  int wrap;
  KeyView(const Key& k) : text(k.text), language(k.language), direction(k.direction), bold(k.bold), wrap(k.wrap) {}
  KeyView(std::string_view t, std::string_view l, Direction d, bool b, int w) : text(t), language(l), direction(d), bold(b), wrap(w) {}
  friend bool operator==(const KeyView&, const KeyView&) = default;
};

struct KeyHash {
  using is_transparent = void;
  std::size_t operator()(const KeyView& k) const {
    const std::size_t h = std::hash<std::string_view>{}(k.text) * 31 + std::hash<std::string_view>{}(k.language);
    return h ^ (static_cast<std::size_t>(k.wrap) << 3 | (k.bold ? 2u : 0u) | static_cast<std::size_t>(k.direction)) * 0x9E3779B97F4A7C15u;
  }
  std::size_t operator()(const Key& k) const { return (*this)(KeyView(k)); }
};

struct KeyEqual {
  using is_transparent = void;
  bool operator()(const KeyView& a, const KeyView& b) const { return a == b; }
};

PangoFontDescription* description(bool bold) {
  PangoFontDescription* d = pango_font_description_new();
  pango_font_description_set_family_static(d, "Noto Sans, Noto Sans Arabic, Noto Sans Ethiopic");
  pango_font_description_set_weight(d, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(d, double{reference} * PANGO_SCALE);
  return d;
}

int fonts_there() {
  const FcFontSet* fonts = FcInit() == FcTrue ? FcConfigGetFonts(nullptr, FcSetSystem) : nullptr;
  return fonts == nullptr ? 0 : fonts->nfont;
}

/// A machine without a single font: a box a letter, on one line. Pictograms, colours and places still lead the way.
Shaped in_boxes(std::string_view text) {
  Shaped shaped;
  ShapedLine line;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;  // not the first byte of a letter
    shaped.glyphs.push_back({0, Faces::none, true, line.width, 0, 0.5f});
    line.width += 0.55f;
    ++line.count;
  }
  shaped.width = line.width;
  shaped.lines.push_back(line);
  return shaped;
}

}  // namespace

struct Shaper::Inside {
  explicit Inside(Faces& f) : faces(f) {}
  ~Inside() {
    if (no_fonts) return;
    for (auto& [font, id] : known) g_object_unref(font);
    for (PangoFontDescription* d : {regular, bold}) pango_font_description_free(d);
    g_object_unref(layout);
    g_object_unref(context);
    g_object_unref(map);
  }

  std::uint16_t face_of(PangoFont* font) {
    if (const auto found = known.find(font); found != known.end()) return found->second;
    std::uint16_t id = Faces::none;
    if (PANGO_IS_FC_FONT(font)) {
      FcPattern* pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
      FcChar8* file = nullptr;
      int index = 0;
      if (pattern != nullptr && FcPatternGetString(pattern, FC_FILE, 0, &file) == FcResultMatch) {
        FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
        id = faces.id(reinterpret_cast<const char*>(file), index & 0xFFFF);
      }
    }
    known.emplace(PANGO_FONT(g_object_ref(font)), id);
    return id;
  }

  void set(std::string_view text, std::string_view language, Direction direction, bool is_bold, int wrap) {
    if (context_language != language || context_direction != direction) {
      context_language = language;
      context_direction = direction;
      pango_context_set_language(context, pango_language_from_string(context_language.c_str()));
      pango_context_set_base_dir(context, direction == Direction::right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
      pango_layout_context_changed(layout);
    }
    pango_layout_set_font_description(layout, is_bold ? bold : regular);
    pango_layout_set_width(layout, wrap == 0 ? -1 : wrap);
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  }

  Faces& faces;
  PangoFontMap* map = nullptr;
  PangoContext* context = nullptr;
  PangoLayout* layout = nullptr;
  bool no_fonts = false;
  PangoFontDescription* regular = description(false);
  PangoFontDescription* bold = description(true);
  std::string context_language;
  Direction context_direction = Direction::left_to_right;
  std::map<PangoFont*, std::uint16_t> known;
  std::unordered_map<Key, Shaped, KeyHash, KeyEqual> cache;
};

Shaper::Shaper(const std::string& fonts_conf, Faces& faces) : inside_(std::make_unique<Inside>(faces)) {
  if (::access(fonts_conf.c_str(), R_OK) == 0) ::setenv("FONTCONFIG_FILE", fonts_conf.c_str(), 1);
  Inside& in = *inside_;
  if (fonts_there() == 0) {
    ::unsetenv("FONTCONFIG_FILE");
    FcInitReinitialize();
    in.no_fonts = fonts_there() == 0;  // Pango aborts the process then
    own_fonts_ = false;
  }
  if (in.no_fonts) return;
  in.map = pango_ft2_font_map_new();
  in.context = pango_font_map_create_context(in.map);
  pango_context_set_round_glyph_positions(in.context, FALSE);
  in.layout = pango_layout_new(in.context);
  pango_layout_set_auto_dir(in.layout, FALSE);
  pango_layout_set_wrap(in.layout, PANGO_WRAP_WORD);
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1"));
  pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
  pango_layout_set_attributes(in.layout, attributes);
  pango_attr_list_unref(attributes);
  in.set("x", "nl", Direction::left_to_right, false, 0);
  PangoFontMetrics* metrics = pango_context_get_metrics(in.context, in.regular, nullptr);
  if (metrics != nullptr) {
    const float a = static_cast<float>(pango_font_metrics_get_ascent(metrics)) * units;
    const float d = static_cast<float>(pango_font_metrics_get_descent(metrics)) * units;
    if (a > 0 && d > 0) {
      ascent_ = a;
      descent_ = d;
    }
    pango_font_metrics_unref(metrics);
  }
}

Shaper::~Shaper() = default;

std::size_t Shaper::remembered() const { return inside_->cache.size(); }

const Shaped& Shaper::shape(const ShapeRequest& request) {
  Inside& in = *inside_;
  const int wrap = request.wrap <= 0 ? 0 : std::max(1, static_cast<int>(std::floor(request.wrap / units)));
  const KeyView view{request.text, request.language, request.direction, request.bold, wrap};
  if (const auto found = in.cache.find(view); found != in.cache.end()) return found->second;
  if (in.cache.size() >= most_remembered) in.cache.clear();

  Key key{std::string(request.text), std::string(request.language), request.direction, request.bold, wrap};
  if (in.no_fonts) {
    Shaped boxes = in_boxes(request.text);
    unknown_ += boxes.glyphs.size();
    return in.cache.emplace(std::move(key), std::move(boxes)).first->second;
  }
  in.set(request.text, request.language, request.direction, request.bold, wrap);
  Shaped shaped;
  const int lines = pango_layout_get_line_count(in.layout);
  for (int i = 0; i < lines; ++i) {
    PangoLayoutLine* line = pango_layout_get_line_readonly(in.layout, i);
    ShapedLine made{static_cast<std::uint32_t>(shaped.glyphs.size()), 0, 0};
    int pen = 0;
    for (GSList* at = line->runs; at != nullptr; at = at->next) {
      const auto* run = static_cast<const PangoLayoutRun*>(at->data);
      const std::uint16_t face = in.face_of(run->item->analysis.font);
      for (int g = 0; g < run->glyphs->num_glyphs; ++g) {
        const PangoGlyphInfo& info = run->glyphs->glyphs[g];
        if (info.glyph != PANGO_GLYPH_EMPTY) {
          const bool unknown = (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0 || face == Faces::none;
          if (unknown) ++unknown_;
          shaped.glyphs.push_back({info.glyph, face, unknown, static_cast<float>(pen + info.geometry.x_offset) * units,
                                   static_cast<float>(info.geometry.y_offset) * units, static_cast<float>(info.geometry.width) * units});
          ++made.count;
        }
        pen += info.geometry.width;
      }
    }
    made.width = static_cast<float>(pen) * units;
    shaped.width = std::max(shaped.width, made.width);
    shaped.lines.push_back(made);
  }
  return in.cache.emplace(std::move(key), std::move(shaped)).first->second;
}

std::string Shaper::family_for(std::string_view sample, std::string_view language) {
  if (inside_->no_fonts) return {};
  inside_->set(sample, language, direction_of(language), false, 0);
  const PangoLayoutLine* line = pango_layout_get_line_readonly(inside_->layout, 0);
  if (line == nullptr || line->runs == nullptr) return {};
  const auto* run = static_cast<const PangoLayoutRun*>(line->runs->data);
  if ((run->glyphs->glyphs[0].glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0) return {};
  PangoFontDescription* d = pango_font_describe(run->item->analysis.font);
  std::string family = pango_font_description_get_family(d);
  pango_font_description_free(d);
  return family;
}

void Shaper::forget() {
  Inside& in = *inside_;
  for (auto& [key, shaped] : in.cache) {
    explicit_bzero(const_cast<char*>(key.text.data()), key.text.size());
    if (!shaped.glyphs.empty()) explicit_bzero(static_cast<void*>(shaped.glyphs.data()), shaped.glyphs.size() * sizeof(ShapedGlyph));
  }
  in.cache.clear();
  if (in.no_fonts) return;
  // Pango and HarfBuzz keep their last buffers and use them again: a longer text overwrites them.
  const std::string dummy(4096, 'n');
  for (const bool weight : {false, true}) {
    in.set(dummy, "nl", Direction::left_to_right, weight, 0);
    (void)pango_layout_get_line_count(in.layout);
  }
  in.set("", "nl", Direction::left_to_right, false, 0);
}

}  // namespace huisbord::ui
