// SPDX-License-Identifier: GPL-3.0-or-later
// The pictograms of the product by name: code points of Debian's Material Icons font, and which of them turn over in a right-to-left
// language.
#pragma once

#include <iterator>

namespace huisbord::ui {

/// One pictogram. `mirrors` is true for those that point or move along the line of reading (visual-language: right to left).
struct Icon {
  char32_t code = 0;
  bool mirrors = false;
  friend constexpr bool operator==(const Icon&, const Icon&) = default;
  [[nodiscard]] constexpr explicit operator bool() const { return code != 0; }
};

namespace icon {
inline constexpr Icon none{};
inline constexpr Icon ac_unit{0xEB3B};
inline constexpr Icon account_balance{0xE84F};
inline constexpr Icon add{0xE145};
inline constexpr Icon add_circle{0xE147};
inline constexpr Icon anchor{0xF1CD};
inline constexpr Icon arrow_back{0xE5C4, true};
inline constexpr Icon arrow_forward{0xE5C8, true};
inline constexpr Icon article{0xEF42};
inline constexpr Icon backspace{0xE14A, true};
inline constexpr Icon badge{0xEA67};
inline constexpr Icon balance{0xEAF6};
inline constexpr Icon bar_chart{0xE26B};
inline constexpr Icon bathtub{0xEA41};
inline constexpr Icon beach_access{0xEB3E};
inline constexpr Icon bedtime{0xEF44};
inline constexpr Icon bolt{0xEA0B};
inline constexpr Icon bookmark{0xE866};
inline constexpr Icon brush{0xE3AE};
inline constexpr Icon cake{0xE7E9};
inline constexpr Icon camera{0xE3AF};
inline constexpr Icon campaign{0xEF49};
inline constexpr Icon castle{0xEAB1};
inline constexpr Icon chair{0xEFED};
inline constexpr Icon check{0xE5CA};
inline constexpr Icon check_circle{0xE86C};
inline constexpr Icon checklist{0xE6B1};
inline constexpr Icon chevron_left{0xE5CB, true};
inline constexpr Icon chevron_right{0xE5CC, true};
inline constexpr Icon cleaning_services{0xF0FF};
inline constexpr Icon close{0xE5CD};
inline constexpr Icon cloud{0xE2BD};
inline constexpr Icon cloud_done{0xE2BF};
inline constexpr Icon cloud_off{0xE2C1};
inline constexpr Icon content_cut{0xE14E};
inline constexpr Icon contrast{0xEB37};
inline constexpr Icon cottage{0xE587};
inline constexpr Icon countertops{0xF1F7};
inline constexpr Icon cruelty_free{0xE799};
inline constexpr Icon bin{0xE872};
inline constexpr Icon description{0xE873};
inline constexpr Icon devices{0xE1B1};
inline constexpr Icon diamond{0xEAD5};
inline constexpr Icon directions_bus{0xE530};
inline constexpr Icon directions_walk{0xE536, true};
inline constexpr Icon door_front{0xEFFD};
inline constexpr Icon drafts{0xE151};
inline constexpr Icon eco{0xEA35};
inline constexpr Icon egg{0xEACC};
inline constexpr Icon euro{0xEA15};
inline constexpr Icon event{0xE878};
inline constexpr Icon event_busy{0xE615};
inline constexpr Icon expand_less{0xE5CE};
inline constexpr Icon expand_more{0xE5CF};
inline constexpr Icon extension{0xE87B};
inline constexpr Icon favorite{0xE87D};
inline constexpr Icon flag{0xE153};
inline constexpr Icon flight{0xE539};
inline constexpr Icon forest{0xEA99};
inline constexpr Icon format_size{0xE245};
inline constexpr Icon forum{0xE0BF};
inline constexpr Icon front_hand{0xE769};
inline constexpr Icon groups{0xF233};
inline constexpr Icon handyman{0xF10B};
inline constexpr Icon headphones{0xF01F};
inline constexpr Icon help{0xE887};
inline constexpr Icon help_outline{0xE8FD};
inline constexpr Icon hiking{0xE50A};
inline constexpr Icon history{0xE889};
inline constexpr Icon hive{0xEAA6};
inline constexpr Icon home{0xE88A};
inline constexpr Icon hourglass_empty{0xE88B};
inline constexpr Icon info{0xE88E};
inline constexpr Icon key{0xE73C};
inline constexpr Icon keyboard{0xE312};
inline constexpr Icon keyboard_capslock{0xE318};
inline constexpr Icon keyboard_return{0xE31B, true};
inline constexpr Icon kitchen{0xEB47};
inline constexpr Icon language{0xE894};
inline constexpr Icon lightbulb{0xE0F0};
inline constexpr Icon local_cafe{0xE541};
inline constexpr Icon local_florist{0xE545};
inline constexpr Icon local_hospital{0xE548};
inline constexpr Icon local_laundry_service{0xE54A};
inline constexpr Icon local_pizza{0xE552};
inline constexpr Icon lock{0xE897};
inline constexpr Icon login{0xEA77, true};
inline constexpr Icon logout{0xE9BA, true};
inline constexpr Icon mail{0xE158};
inline constexpr Icon medical_services{0xF109};
inline constexpr Icon meeting_room{0xEB4F};
inline constexpr Icon menu_book{0xEA19};
inline constexpr Icon more_time{0xEA5D};
inline constexpr Icon music_note{0xE405};
inline constexpr Icon notifications{0xE7F4};
inline constexpr Icon outlined_flag{0xE16E};
inline constexpr Icon palette{0xE40A};
inline constexpr Icon park{0xEA63};
inline constexpr Icon pause{0xE034};
inline constexpr Icon payments{0xEF63};
inline constexpr Icon pedal_bike{0xEB29};
inline constexpr Icon person{0xE7FD};
inline constexpr Icon pets{0xE91D};
inline constexpr Icon phone_in_talk{0xE61D};
inline constexpr Icon photo_camera{0xE412};
inline constexpr Icon piano{0xE521};
inline constexpr Icon picture_as_pdf{0xE415};
inline constexpr Icon place{0xE55F};
inline constexpr Icon print{0xE8AD};
inline constexpr Icon qr_code{0xEF6B};
inline constexpr Icon question_mark{0xEB8B};
inline constexpr Icon radio_button_checked{0xE837};
inline constexpr Icon radio_button_unchecked{0xE836};
inline constexpr Icon receipt_long{0xEF6E};
inline constexpr Icon remove{0xE15B};
inline constexpr Icon remove_circle{0xE15C};
inline constexpr Icon replay{0xE042, true};
inline constexpr Icon restaurant{0xE56C};
inline constexpr Icon rocket_launch{0xEB9B};
inline constexpr Icon sailing{0xE502};
inline constexpr Icon kitesurfing{0xE50D};
inline constexpr Icon save{0xE161};
inline constexpr Icon schedule{0xE8B5};
inline constexpr Icon school{0xE80C};
inline constexpr Icon search{0xE8B6};
inline constexpr Icon set_meal{0xF1EA};
inline constexpr Icon settings{0xE8B8};
inline constexpr Icon shield{0xE9E0};
inline constexpr Icon shopping_bag{0xF1CC};
inline constexpr Icon shower{0xF061};
inline constexpr Icon signpost{0xEB91, true};
inline constexpr Icon smartphone{0xE32C};
inline constexpr Icon soup_kitchen{0xE7D3};
inline constexpr Icon spa{0xEB4C};
inline constexpr Icon sports_basketball{0xEA26};
inline constexpr Icon sports_soccer{0xEA2F};
inline constexpr Icon stairs{0xF1A9};
inline constexpr Icon star{0xE838};
inline constexpr Icon support_agent{0xF0E2};
inline constexpr Icon surfing{0xE515};
inline constexpr Icon swap_horiz{0xE8D4};
inline constexpr Icon sync{0xE627};
inline constexpr Icon sync_problem{0xE629};
inline constexpr Icon table_view{0xF1BE};
inline constexpr Icon text_fields{0xE262};
inline constexpr Icon thumb_down{0xE8DB};
inline constexpr Icon thumb_up{0xE8DC};
inline constexpr Icon today{0xE8DF};
inline constexpr Icon touch_app{0xE913};
inline constexpr Icon tour{0xEF75};
inline constexpr Icon train{0xE570};
inline constexpr Icon tram{0xE571};
inline constexpr Icon translate{0xE8E2};
inline constexpr Icon tv{0xE333};
inline constexpr Icon umbrella{0xF1AD};
inline constexpr Icon undo{0xE166, true};
inline constexpr Icon update{0xE923};
inline constexpr Icon verified_user{0xE8E8};
inline constexpr Icon visibility{0xE8F4};
inline constexpr Icon visibility_off{0xE8F5};
inline constexpr Icon volume_up{0xE050, true};
inline constexpr Icon volunteer_activism{0xEA70};
inline constexpr Icon watch{0xE334};
inline constexpr Icon water_drop{0xE798};
inline constexpr Icon waves{0xE176};
inline constexpr Icon wb_sunny{0xE430};
inline constexpr Icon wc{0xE63D};
inline constexpr Icon weekend{0xE16B};
inline constexpr Icon wifi_off{0xE648};
inline constexpr Icon yard{0xF089};
inline constexpr Icon terrain{0xE564};
inline constexpr Icon flutter_dash{0xE00B};
inline constexpr Icon album{0xE019};
inline constexpr Icon tsunami{0xEBD8};
}  // namespace icon

/// The signs that a resident may choose from, in the order of the domain's Symbol, which counts from 1.
inline constexpr Icon person_signs[] = {
    icon::sailing,      icon::local_florist, icon::umbrella,    icon::cruelty_free,  icon::star,      icon::pets,       icon::park,
    icon::piano,        icon::bolt,          icon::wb_sunny,    icon::anchor,        icon::favorite,  icon::pedal_bike, icon::terrain,
    icon::flutter_dash, icon::album,         icon::bedtime,     icon::eco,           icon::set_meal,  icon::tsunami,    icon::key,
    icon::local_cafe,   icon::camera,        icon::content_cut, icon::sports_soccer, icon::menu_book, icon::cottage,    icon::notifications,
    icon::cloud,        icon::music_note,    icon::kitesurfing};
/// The sign of the domain's Symbol number; a plain person for a number of a newer release.
[[nodiscard]] constexpr Icon person_sign(unsigned symbol) {
  return symbol >= 1 && symbol <= std::size(person_signs) ? person_signs[symbol - 1] : icon::person;
}

}  // namespace huisbord::ui
