// SPDX-License-Identifier: GPL-3.0-or-later
// Mirrors, draws and publishes what a screen puts on the glass.
#include "app/kiosk/widgets/ui.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

#include "app/kiosk/widgets/ui_inside.h"

namespace huisbord::ui {
namespace {

constexpr std::int64_t press_ms = 90;

std::uint64_t mixed(std::uint64_t h, std::uint64_t v) {
  h ^= v + 0x9E3779B97F4A7C15u + (h << 6) + (h >> 2);
  return h * 0xBF58476D1CE4E5B9u;
}

}  // namespace

void Ui::Inside::begin_frame() {
  tree.nodes_.clear();
  places = {};
  if (direction_of(canvas.look.language) == Direction::right_to_left) places = {true, canvas.viewport.width, 0};
  clip = {0, 0, canvas.viewport.width, canvas.viewport.height};
  parents.clear();
  languages.clear();
  same_names.clear();
  key = 0;
  silent = 0;
  overflows = 0;
  wake.reset();
  screen_id.clear();
}

void Ui::Inside::end_frame() {
  // Also a sheet that opens or closes is a change of screen: the second tap of a double tap must not hit its yes.
  const bool changed = screen_id != last_screen_id || touch.shields_drawing != touch.shields_shown;
  touch.end_frame();
  if (changed) touch.screen_changed(canvas.now);
  if (screen_id != last_screen_id && !last_screen_id.empty() && !canvas.look.less_motion) fades = true;
  last_screen_id = screen_id;
}

void Ui::Inside::forget() {
  for (Node& node : tree.nodes_)
    for (std::string* text : {&node.name, &node.value}) explicit_bzero(text->data(), text->size());
  tree.nodes_.clear();
  tree.nodes_.shrink_to_fit();
}

Rect Ui::Inside::physical(Rect r) const { return {places.mirrored ? places.a - r.end() : places.a + r.x, r.y + places.b, r.w, r.h}; }

Point Ui::Inside::physical(Point p) const { return {places.mirrored ? places.a - p.x : places.a + p.x, p.y + places.b}; }

DeviceRect Ui::Inside::device_of(Rect p) const {
  const float s = canvas.viewport.scale;
  const int x = static_cast<int>(std::lround(p.x * s)), y = static_cast<int>(std::lround(p.y * s));
  return {x, y, static_cast<int>(std::lround(p.end() * s)) - x, static_cast<int>(std::lround(p.bottom() * s)) - y};
}

DeviceRect Ui::Inside::device(Rect r) const { return device_of(physical(r)); }

DeviceRect Ui::Inside::square_of(Point centre, float radius) const {
  const float s = canvas.viewport.scale;
  const Point p = physical(centre);
  const int side = std::max(1, static_cast<int>(std::lround(radius * 2 * s)));
  return {static_cast<int>(std::lround((p.x - radius) * s)), static_cast<int>(std::lround((p.y - radius) * s)), side, side};
}

int Ui::Inside::pixels(float logical) const { return static_cast<int>(std::lround(logical * canvas.viewport.scale)); }
int Ui::Inside::stroke(float logical) const { return std::max(1, pixels(logical)); }

bool Ui::Inside::visible(Rect p) const { return p.x < clip.end() && p.end() > clip.x && p.y < clip.bottom() && p.bottom() > clip.y; }

int Ui::Inside::add_node(Role role, Rect r, std::string_view name, std::string_view value, State state) {
  if (silent > 0) return -1;
  const Rect place = physical(r);
  if (!visible(place)) return -1;
  Node node;
  node.role = role;
  node.state = state;
  node.name = name;
  node.value = value;
  node.language = language();
  node.rect = place;
  node.parent = parents.empty() ? -1 : parents.back();
  tree.nodes_.push_back(std::move(node));
  return static_cast<int>(tree.nodes_.size()) - 1;
}

std::uint64_t Ui::Inside::id_of(Role role, std::string_view name) {
  std::uint64_t id = mixed(mixed(key, static_cast<std::uint64_t>(role)), std::hash<std::string_view>{}(name));
  if (const std::uint64_t before = same_names[id]++; before > 0) id = mixed(id, before);
  return id == 0 ? 1 : id;
}

Ui::Ui(Canvas& canvas, TouchState& touch) : inside_(std::make_unique<Inside>(canvas, touch)) {}
Ui::~Ui() = default;

const Viewport& Ui::viewport() const { return inside_->canvas.viewport; }
Rect Ui::page() const { return {0, 0, viewport().width, viewport().height}; }
const Theme& Ui::theme() const { return theme_of(inside_->canvas.look.contrast); }
const Look& Ui::look() const { return inside_->canvas.look; }
bool Ui::right_to_left() const { return direction_of(look().language) == Direction::right_to_left; }
float Ui::text_factor() const { return factor_of(look().text_size); }
float Ui::icon_factor() const { return 1 + (text_factor() - 1) / 2; }
Millis Ui::now() const { return inside_->canvas.now; }

bool Ui::touched() const { return inside_->touch.down || inside_->touch.edge_up; }

void Ui::wake_at(Millis running) {
  auto& wake = inside_->wake;
  if (!wake || running < *wake) wake = running;
}

float Ui::motion(Millis since, std::int64_t ms) {
  const float share = static_cast<float>(now().value - since.value) / static_cast<float>(ms);
  if (look().less_motion || share >= 1 || share < 0) return 0;
  wake_at({now().value + frame_ms});
  return (1 - share) * (1 - share);
}

void Ui::cut() { inside_->cut = true; }

void Ui::fill(Rect r, Colour c, float radius) { inside_->canvas.painter.fill_round(inside_->device(r), inside_->pixels(radius), c); }

void Ui::fill_top(Rect r, Colour c, float radius) {
  inside_->canvas.painter.fill_round(inside_->device(r), inside_->pixels(radius), c, Painter::Corners::top);
}

void Ui::fill_bottom(Rect r, Colour c, float radius) {
  inside_->canvas.painter.fill_round(inside_->device(r), inside_->pixels(radius), c, Painter::Corners::bottom);
}

void Ui::outline(Rect r, Colour c, float stroke, float radius) {
  inside_->canvas.painter.outline(inside_->device(r), inside_->pixels(radius), inside_->stroke(stroke), c);
}

void Ui::dashed(Rect r, Colour c, float stroke, float radius) {
  inside_->canvas.painter.dashed(inside_->device(r), inside_->pixels(radius), inside_->stroke(stroke), c);
}

void Ui::circle(Point centre, float radius, Colour c) { inside_->canvas.painter.disc(inside_->square_of(centre, radius), c); }

void Ui::ring(Point centre, float radius, float stroke, Colour c) {
  inside_->canvas.painter.ring(inside_->square_of(centre, radius), inside_->stroke(stroke), c);
}

void Ui::countdown(Point centre, float radius, float stroke, float left, Colour track, Colour c) {
  inside_->canvas.painter.countdown(inside_->square_of(centre, radius), inside_->stroke(stroke), left, track, c);
}

void Ui::polygon(std::span<const Point> points, Colour c) {
  std::vector<Point> device;
  device.reserve(points.size());
  for (const Point point : points) {
    const Point p = inside_->physical(point);
    device.push_back({p.x * viewport().scale, p.y * viewport().scale});
  }
  inside_->canvas.painter.polygon(device, c);
}

void Ui::line(float x, float y, float length, Colour c, float thickness) {
  DeviceRect r = inside_->device({x, y, length, thickness});
  r.h = inside_->stroke(thickness);
  inside_->canvas.painter.fill(r, c);
}

float Ui::icon_side(float size) const { return size * icon_factor() * (is_phone() ? phone_share : 1.0f); }
void Ui::icon(Icon i, Point centre, float size, Colour c) { icon_fixed(i, centre, icon_side(size), c); }

void Ui::icon_fixed(Icon i, Point centre, float size, Colour c) {
  if (!i) return;
  const float s = viewport().scale;
  const Point p = inside_->physical(centre);
  inside_->canvas.painter.icon(i.code, (p.x - size / 2) * s, (p.y - size / 2) * s, size * s, i.mirrors && right_to_left(), c);
}

Tapped Ui::target(Rect r, Role role, std::string_view name, State state, std::string_view value) {
  Inside& in = *inside_;
  if (in.silent > 0) return {};
  const std::uint64_t id = in.id_of(role, name);
  const Rect place = in.physical(r);
  Tapped answer;
  if (in.visible(place) && !state.disabled) {
    answer.tapped = in.touch.tapped == id;
    answer.pressed = in.touch.down && in.touch.active == id && place.inset(-8).holds(in.touch.at);
    answer.press = answer.pressed ? 1.0f : in.touch.released == id ? motion(in.touch.released_at, press_ms) : 0.0f;
    if (answer.pressed) answer.held_ms = now().value - in.touch.since.value;
    in.touch.drawing.push_back({id, place, false});
  }
  state.pressed = answer.pressed;
  if (const int node = in.add_node(role, r, name, value, state); node >= 0) {
    in.tree.nodes_[static_cast<std::size_t>(node)].target = !state.disabled;
    in.tree.nodes_[static_cast<std::size_t>(node)].id = id;
  }
  return answer;
}

void Ui::shield() {
  inside_->touch.shield_drawing = inside_->touch.drawing.size();
  ++inside_->touch.shields_drawing;
}

Ui::Swipe Ui::swipe(Rect r) {
  Inside& in = *inside_;
  if (in.silent > 0) return {};
  const std::uint64_t id = in.id_of(Role::page, "swipe");
  in.touch.drawing.push_back({id, in.physical(r), true});
  if (in.touch.swipe_region != id || !in.touch.swiping) return {};
  const float to_end = in.places.mirrored ? -1.0f : 1.0f;
  return {!in.touch.swipe_released, in.touch.swipe_released, in.touch.swipe_offset * to_end, in.touch.swipe_speed * to_end};
}

void Ui::node(Role role, Rect r, std::string_view name, std::string_view value, State state) {
  inside_->add_node(role, r, name, value, state);
}

Ui::Group Ui::group(Role role, Rect r, std::string_view name) {
  const int node = inside_->add_node(role, r, name, {}, {});
  if (node < 0) return Group({});
  inside_->parents.push_back(node);
  return Group([in = inside_.get()] { in->parents.pop_back(); });
}

Ui::Group Ui::screen(std::string_view id, std::string_view title) {
  inside_->screen_id = id;
  return group(Role::screen, page(), title);
}

Ui::Group Ui::silent() {
  ++inside_->silent;
  return Group([in = inside_.get()] { --in->silent; });
}

Ui::Group Ui::language(std::string_view code) {
  inside_->languages.emplace_back(code);
  return Group([in = inside_.get()] { in->languages.pop_back(); });
}

Ui::Group Ui::unmirrored(Rect r) {
  Inside& in = *inside_;
  const Inside::Places before = in.places;
  in.places = {false, in.physical(r).x - r.x, before.b};
  return Group([inside = &in, before] { inside->places = before; });
}

Ui::Group Ui::clip(Rect r) {
  Inside& in = *inside_;
  const Rect before = in.clip, p = in.physical(r);
  const float x = std::max(p.x, before.x), y = std::max(p.y, before.y);
  in.clip = {x, y, std::max(0.0f, std::min(p.end(), before.end()) - x), std::max(0.0f, std::min(p.bottom(), before.bottom()) - y)};
  in.canvas.painter.push_clip(in.device_of(p));
  return Group([inside = &in, before] {
    inside->clip = before;
    inside->canvas.painter.pop_clip();
  });
}

Ui::Group Ui::moved(float dx, float dy) {
  Inside& in = *inside_;
  const Inside::Places before = in.places;
  in.places.a += in.places.mirrored ? -dx : dx;
  in.places.b += dy;
  return Group([inside = &in, before] { inside->places = before; });
}

Ui::Group Ui::key(std::uint64_t key) {
  Inside& in = *inside_;
  const std::uint64_t before = in.key;
  in.key = mixed(before, key + 1);
  return Group([inside = &in, before] { inside->key = before; });
}

const SemanticTree& Ui::tree() const { return inside_->tree; }
int Ui::overflows() const { return inside_->overflows; }

}  // namespace huisbord::ui
