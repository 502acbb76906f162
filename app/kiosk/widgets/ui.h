// SPDX-License-Identifier: GPL-3.0-or-later
// The one object that every screen draws on: shapes, text, pictograms, targets and the semantic tree of this frame.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "app/kiosk/widgets/geometry.h"
#include "app/kiosk/widgets/icons.h"
#include "app/kiosk/widgets/semantics.h"
#include "app/kiosk/widgets/theme.h"
#include "app/kiosk/widgets/type.h"
#include "app/kiosk/widgets/viewport.h"
#include "core/base/clock.h"

namespace huisbord::ui {

/// How this person wants to see everything; the host sets it before each frame.
struct Look {
  std::string language = "nl";
  TextSize text_size = TextSize::normal;
  Contrast contrast = Contrast::normal;
  bool less_motion = false;
  friend bool operator==(const Look&, const Look&) = default;
};

/// What a target answers in a frame: was it tapped just now, is a finger on it.
struct Tapped {
  bool tapped = false;
  bool pressed = false;
  float press = 0;           ///< 1 while pressed, then 90 ms back to 0
  std::int64_t held_ms = 0;  ///< while pressed: since the finger came
  [[nodiscard]] explicit operator bool() const { return tapped; }
  /// The colour between at rest and pressed.
  [[nodiscard]] Colour between(Colour rest, Colour pressed_colour) const { return mix(rest, pressed_colour, press); }
};

struct Canvas;      // what draws (widgets/canvas.h); screens need it not
struct TouchState;  // where the finger is (widgets/touch.h)

/// Immediate mode: a screen draws all of itself at every frame, in logical units from the START edge (right in Arabic); the Ui mirrors.
/// Text given to it is already translated. What a frame shows it also publishes as semantic nodes: widgets and text() do that themselves,
/// shapes and icon() do not. Nothing of one frame lives on in the next but the positions that touch needs.
class Ui {
 public:
  Ui(Canvas& canvas, TouchState& touch);
  ~Ui();
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;

  // --- what we draw on
  [[nodiscard]] const Viewport& viewport() const;
  [[nodiscard]] bool is_phone() const { return viewport().form == Form::phone; }
  [[nodiscard]] bool is_small() const { return viewport().form == Form::small; }
  [[nodiscard]] Rect page() const;  ///< the whole viewport
  [[nodiscard]] const Theme& theme() const;
  [[nodiscard]] const SectionColours& colours(Section s) const { return theme().of(s); }
  [[nodiscard]] const Look& look() const;
  [[nodiscard]] bool right_to_left() const;
  [[nodiscard]] float text_factor() const;  ///< 1.0, 1.3, 1.6, 2.0
  [[nodiscard]] float icon_factor() const;  ///< 1.0, 1.15, 1.3, 1.5
  /// Running time of this frame; the same through the whole frame, never the wall clock.
  [[nodiscard]] Millis now() const;
  /// Asks for a frame at the latest then (a ring that moves, a toast that ends). Without it nothing is drawn until something happens.
  void wake_at(Millis running);
  /// Ease out: 1 at `since`, 0 from `ms` later on, and always 0 with less motion; asks for the next frame while it moves.
  float motion(Millis since, std::int64_t ms);

  // --- shapes (no semantics). A radius is cut to half the shorter side.
  void fill(Rect r, Colour c, float radius = 0);
  /// Rounded at the top only, or at the bottom only (bands of a card).
  void fill_top(Rect r, Colour c, float radius);
  void fill_bottom(Rect r, Colour c, float radius);
  void outline(Rect r, Colour c, float stroke, float radius = 0);  ///< lies inside the rectangle
  void dashed(Rect r, Colour c, float stroke, float radius);
  void circle(Point centre, float radius, Colour c);
  void ring(Point centre, float radius, float stroke, Colour c);
  /// A ring that empties clockwise from 12 o'clock in every language: `left` 1 is whole, 0 empty.
  void countdown(Point centre, float radius, float stroke, float left, Colour track, Colour c);
  void polygon(std::span<const Point> points, Colour c);  ///< any simple polygon; meant for houses, not for text-like detail
  void line(float x, float y, float length, Colour c, float thickness = 2);  ///< horizontal

  // --- pictograms (no semantics): `size` is the type size of the glyph; it grows with icon_factor() and is 3/4 on a phone, unless fixed
  void icon(Icon i, Point centre, float size, Colour c);
  void icon_fixed(Icon i, Point centre, float size, Colour c);
  /// The side of the square that icon() of that size takes.
  [[nodiscard]] float icon_side(float size) const;

  // --- text
  /// Size as set, wrapped at `width` when that is above 0.
  [[nodiscard]] Size measure(std::string_view text, const Type& type, float width = 0) const;
  [[nodiscard]] float line_height(const Type& type) const;
  /// Sets text from the top of r, wrapped to its width, and publishes a text node. Returns the height used. What is higher than r is
  /// set smaller, down to 70 % or what it is without enlarging, and if that does not help it is counted (overflows()): text is never cut.
  float text(Rect r, std::string_view text, const Type& type, Role role = Role::text);
  /// The same, in the middle of r's height.
  float text_middle(Rect r, std::string_view text, const Type& type, Role role = Role::text);
  /// As above without a node: for what a widget has already named.
  float draw_text(Rect r, std::string_view text, const Type& type);
  float draw_text_middle(Rect r, std::string_view text, const Type& type);

  // --- touch
  /// A finger is on the glass, or left it in this frame.
  [[nodiscard]] bool touched() const;
  /// Makes r a target and publishes its node. A tap is a finger down and up on it; a swipe never is one.
  Tapped target(Rect r, Role role, std::string_view name, State state = {}, std::string_view value = {});
  /// Everything drawn before this is out of reach while it is drawn (sheets, keyboard over a screen).
  void shield();
  /// The horizontal swipe over r, for pager.h: pixels towards the end of the line while a finger drags.
  struct Swipe {
    bool active = false;    ///< a finger drags now
    bool released = false;  ///< let go in this frame
    float offset = 0;       ///< logical, positive: the content moves towards the end edge (previous page)
    float speed = 0;        ///< logical a millisecond, same sign
  };
  [[nodiscard]] Swipe swipe(Rect r);

  // --- semantics
  /// Lives as long as what is inside it.
  class [[nodiscard]] Group {
   public:
    explicit Group(std::function<void()> end) : end_(std::move(end)) {}
    ~Group() {
      if (end_) end_();
    }
    Group(Group&& other) noexcept : end_(std::exchange(other.end_, nullptr)) {}
    Group& operator=(Group&&) = delete;

   private:
    std::function<void()> end_;
  };
  /// The root of a screen's nodes. When `id` differs from the last frame's, touches are ignored for 300 ms and the former screen fades out.
  Group screen(std::string_view id, std::string_view title);
  /// What was on the glass before this frame is gone at once, without fading: a session has ended.
  void cut();
  void node(Role role, Rect r, std::string_view name, std::string_view value = {}, State state = {});
  /// Everything inside belongs to this node: auto g = ui.group(Role::dialog, r, "...");
  Group group(Role role, Rect r, std::string_view name);
  /// Nothing inside publishes nodes or answers touches (the neighbour page of a swipe, a picture of a screen).
  Group silent();
  /// Inside, another language and its direction for shaping; places stay those of the page.
  Group language(std::string_view code);
  /// Inside, places within r run from its left edge in every language: x == r.x is the left edge (keypad, QR, street, clock).
  Group unmirrored(Rect r);
  /// Inside, what lies outside r is not drawn.
  Group clip(Rect r);
  /// Inside, everything is moved by that much towards the end edge and down.
  Group moved(float dx, float dy);
  /// Tells apart targets of the same name in lists: auto g = ui.key(row_number).
  Group key(std::uint64_t key);

  [[nodiscard]] const SemanticTree& tree() const;
  /// Texts of this frame that did not fit, also as small as they may be; tests want none.
  [[nodiscard]] int overflows() const;

  struct Inside;
  [[nodiscard]] Inside& inside() { return *inside_; }  ///< for the engine

 private:
  std::unique_ptr<Inside> inside_;
};

}  // namespace huisbord::ui
