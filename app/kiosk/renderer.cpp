// SPDX-License-Identifier: GPL-3.0-or-later
// Recognises the quads in ImGui's triangles and gives each the cheapest call of SDL that draws it.
#include "app/kiosk/renderer.h"

#include <SDL.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "core/base/check.h"

namespace huisbord {
namespace {

constexpr int side = ui::Atlas::side;

PixelRect intersect(const PixelRect& a, const PixelRect& b) {
  const int x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  return {x, y, std::max(0, std::min(a.x + a.w, b.x + b.w) - x), std::max(0, std::min(a.y + a.h, b.y + b.h) - y)};
}

int whole(float v) { return static_cast<int>(std::lround(v)); }

/// The form that ImDrawList::PrimRectUV writes: corners a b c d clockwise from the upper left, triangles a b c and a c d.
bool is_quad(const ImDrawIdx* index) {
  const int a = index[0];
  return index[1] == a + 1 && index[2] == a + 2 && index[3] == a && index[4] == a + 2 && index[5] == a + 3;
}

bool is_upright(const ImDrawVert* v) {
  return v[0].pos.x == v[3].pos.x && v[1].pos.x == v[2].pos.x && v[0].pos.y == v[1].pos.y && v[2].pos.y == v[3].pos.y &&
         v[0].pos.x <= v[1].pos.x && v[0].pos.y <= v[2].pos.y && v[0].col == v[1].col && v[0].col == v[2].col && v[0].col == v[3].col;
}

std::uint64_t mixed(std::uint64_t h, std::uint64_t v) {
  h = (h ^ v) * 0xBF58476D1CE4E5B9u;
  return h ^ h >> 31;
}

}  // namespace

Renderer::Renderer(SDL_Renderer* sdl, Redraw redraw) : sdl_(sdl), redraw_(redraw) { make_texture(); }

Renderer::~Renderer() {
  end_fade();
  if (texture_ != nullptr) SDL_DestroyTexture(texture_);
}

void Renderer::make_texture() {
  if (texture_ != nullptr) SDL_DestroyTexture(texture_);
  texture_ = SDL_CreateTexture(sdl_, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC, side, side);
  CHECK(texture_ != nullptr);
  SDL_SetTextureBlendMode(texture_, SDL_BLENDMODE_BLEND);
  SDL_SetTextureScaleMode(texture_, SDL_ScaleModeNearest);
}

void Renderer::upload(int x, int y, int w, int h, const std::uint32_t* argb) {
  const SDL_Rect to{x, y, w, h};
  SDL_UpdateTexture(texture_, &to, argb, w * 4);
}

void Renderer::clear() {
  const std::vector<std::uint32_t> nothing(static_cast<std::size_t>(side) * 64, 0x00FFFFFFu);
  for (int y = 0; y < side; y += 64) upload(0, y, side, 64, nothing.data());
}

void Renderer::resize(int width, int height) {
  if (width != width_ || height != height_) {
    end_fade();
    quads_.clear();
  }
  width_ = width;
  height_ = height;
  damage_.resize(width, height);
  whole_.assign(1, {0, 0, width, height});
}

void Renderer::invalidate() { damage_.invalidate(); }

bool Renderer::begin_fade(std::uint32_t atlas_generation) {
  end_fade();
  // The quads of the last frame draw it again, as long as the atlas holds what they copy.
  if (quads_.empty() || !geometry_.empty() || atlas_generation != last_generation_) return false;
  kept_ = SDL_CreateTexture(sdl_, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_TARGET, width_, height_);
  if (kept_ == nullptr || SDL_SetRenderTarget(sdl_, kept_) != 0) {
    end_fade();
    return false;
  }
  SDL_SetRenderDrawColor(sdl_, 0, 0, 0, 255);
  SDL_RenderClear(sdl_);
  PixelRect clip_set{};
  for (const Quad& quad : quads_) draw_quad(quad, whole_.front(), clip_set);
  SDL_SetRenderTarget(sdl_, nullptr);
  SDL_SetTextureBlendMode(kept_, SDL_BLENDMODE_BLEND);
  return true;
}

void Renderer::set_fade(float share) {
  SDL_SetTextureAlphaMod(kept_, static_cast<Uint8>(std::lround(share * 255)));
  invalidate();
}

void Renderer::end_fade() {
  if (kept_ == nullptr) return;
  SDL_DestroyTexture(kept_);
  kept_ = nullptr;
  invalidate();
}

void Renderer::device_reset() {
  end_fade();
  make_texture();
  invalidate();
}

void Renderer::read(const ImDrawData& data) {
  quads_.clear();
  geometry_.clear();
  const PixelRect page{0, 0, width_, height_};
  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList* list = data.CmdLists[n];
    for (int c = 0; c < list->CmdBuffer.Size; ++c) {
      const ImDrawCmd& command = list->CmdBuffer[c];
      const PixelRect clip =
          intersect(page, {whole(command.ClipRect.x), whole(command.ClipRect.y), whole(command.ClipRect.z - command.ClipRect.x),
                           whole(command.ClipRect.w - command.ClipRect.y)});
      const ImDrawIdx* indices = list->IdxBuffer.Data + command.IdxOffset;
      const ImDrawVert* vertices = list->VtxBuffer.Data + command.VtxOffset;
      const int count = static_cast<int>(command.ElemCount);
      for (int i = 0; i < count;) {
        if (i + 6 <= count && is_quad(indices + i) && is_upright(vertices + indices[i])) {
          const ImDrawVert* v = vertices + indices[i];
          Quad quad;
          quad.place = {whole(v[0].pos.x), whole(v[0].pos.y), whole(v[2].pos.x - v[0].pos.x), whole(v[2].pos.y - v[0].pos.y)};
          quad.clipped = intersect(clip, quad.place);
          quad.plain = v[0].uv.x == v[2].uv.x;
          quad.from_x = whole(v[0].uv.x * side);
          quad.from_y = whole(v[0].uv.y * side);
          quad.colour = v[0].col;
          if (quad.clipped.w > 0 && quad.clipped.h > 0) quads_.push_back(quad);
          i += 6;
          continue;
        }
        const int first = i;
        while (i + 3 <= count && !(i + 6 <= count && is_quad(indices + i) && is_upright(vertices + indices[i]))) i += 3;
        float left = 1e9f, top = 1e9f, right = -1e9f, bottom = -1e9f;
        for (int k = first; k < i; ++k) {
          const ImVec2 p = vertices[indices[k]].pos;
          left = std::min(left, p.x);
          right = std::max(right, p.x);
          top = std::min(top, p.y);
          bottom = std::max(bottom, p.y);
        }
        Quad quad;
        quad.place = {static_cast<int>(left) - 1, static_cast<int>(top) - 1, static_cast<int>(right - left) + 3,
                      static_cast<int>(bottom - top) + 3};
        quad.clipped = intersect(clip, quad.place);
        quad.triangles = static_cast<int>(geometry_.size());
        geometry_.push_back({vertices, indices + first, i - first, list->VtxBuffer.Size - static_cast<int>(command.VtxOffset)});
        if (quad.clipped.w > 0 && quad.clipped.h > 0) quads_.push_back(quad);
      }
    }
  }
  most_quads_ = std::max(most_quads_, quads_.size());
}

void Renderer::draw_quad(const Quad& quad, const PixelRect& within, PixelRect& clip_set) {
  const PixelRect part = intersect(quad.clipped, within);
  if (part.w <= 0 || part.h <= 0) return;
  const auto r = static_cast<Uint8>(quad.colour >> IM_COL32_R_SHIFT), g = static_cast<Uint8>(quad.colour >> IM_COL32_G_SHIFT),
             b = static_cast<Uint8>(quad.colour >> IM_COL32_B_SHIFT), a = static_cast<Uint8>(quad.colour >> IM_COL32_A_SHIFT);
  const SDL_Rect to{part.x, part.y, part.w, part.h};
  if (quad.triangles >= 0) {
    if (!(clip_set == part)) SDL_RenderSetClipRect(sdl_, &to);
    clip_set = part;
    const Geometry& geometry = geometry_[static_cast<std::size_t>(quad.triangles)];
    const auto* v = static_cast<const ImDrawVert*>(geometry.vertices);
    SDL_RenderGeometryRaw(sdl_, texture_, &v->pos.x, sizeof(ImDrawVert), reinterpret_cast<const SDL_Color*>(&v->col), sizeof(ImDrawVert),
                          &v->uv.x, sizeof(ImDrawVert), geometry.vertex_count, geometry.indices, geometry.count, sizeof(ImDrawIdx));
    return;
  }
  // Quads are cut here, so that no clip needs to be set: a change of clip breaks SDL's batches.
  if (quad.plain) {
    SDL_SetRenderDrawBlendMode(sdl_, a == 255 ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    SDL_SetRenderDrawColor(sdl_, r, g, b, a);
    SDL_RenderFillRect(sdl_, &to);
    return;
  }
  const SDL_Rect from{quad.from_x + part.x - quad.place.x, quad.from_y + part.y - quad.place.y, part.w, part.h};
  SDL_SetTextureColorMod(texture_, r, g, b);
  SDL_SetTextureAlphaMod(texture_, a);
  SDL_RenderCopy(sdl_, texture_, &from, &to);
}

const std::vector<PixelRect>& Renderer::draw(const ImDrawData& data, std::uint32_t atlas_generation) {
  read(data);
  last_generation_ = atlas_generation;
  damage_.begin();
  for (const Quad& quad : quads_) {
    std::uint64_t hash = mixed(atlas_generation, std::uint64_t{quad.colour} << 1 | (quad.plain ? 1u : 0u));
    if (!quad.plain) hash = mixed(hash, static_cast<std::uint64_t>(quad.from_x) << 20 ^ static_cast<std::uint64_t>(quad.from_y));
    // What a clip leaves of a glyph is another picture than the whole one.
    hash = mixed(hash, static_cast<std::uint64_t>(quad.place.x - quad.clipped.x) << 32 ^
                           static_cast<std::uint64_t>(static_cast<std::uint32_t>(quad.place.y - quad.clipped.y)));
    if (quad.triangles >= 0) {
      const Geometry& geometry = geometry_[static_cast<std::size_t>(quad.triangles)];
      const auto* v = static_cast<const ImDrawVert*>(geometry.vertices);
      for (int i = 0; i < geometry.count; ++i) {
        const ImDrawVert& vertex = v[geometry.indices[i]];
        hash = mixed(hash, static_cast<std::uint64_t>(std::lround(vertex.pos.x * 16)) << 32 ^
                               static_cast<std::uint64_t>(std::lround(vertex.pos.y * 16)));
        hash = mixed(hash, vertex.col ^ static_cast<std::uint64_t>(std::lround(vertex.uv.x * 65536)) << 34 ^
                               static_cast<std::uint64_t>(std::lround(vertex.uv.y * 65536)));
      }
    }
    damage_.add(quad.clipped, hash);
  }
  const std::vector<PixelRect>& damaged = damage_.end();
  if (damaged.empty()) return damaged;
  const std::vector<PixelRect>& rects = redraw_ == Redraw::everything ? whole_ : damaged;
  for (const PixelRect& rect : rects) {
    PixelRect clip_set{};
    for (const Quad& quad : quads_)
      if (quad.clipped.meets(rect)) draw_quad(quad, rect, clip_set);
    if (clip_set.w != 0) SDL_RenderSetClipRect(sdl_, nullptr);
  }
  if (kept_ != nullptr) SDL_RenderCopy(sdl_, kept_, nullptr, nullptr);
  SDL_RenderFlush(sdl_);
  return rects;
}

void Renderer::forget() {
  end_fade();
  quads_.assign(quads_.size(), {});
  quads_.clear();
  geometry_.clear();
  // As many commands and vertices as the session's fullest frame: SDL reuses its buffers, so these overwrite what is in them.
  const SDL_Rect nowhere{0, 0, 1, 1};
  SDL_SetTextureColorMod(texture_, 255, 255, 255);
  for (std::size_t i = 0; i < most_quads_; ++i) SDL_RenderCopy(sdl_, texture_, &nowhere, &nowhere);
  SDL_RenderFlush(sdl_);
  most_quads_ = 0;
  invalidate();
}

}  // namespace huisbord
