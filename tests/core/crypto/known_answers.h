// SPDX-License-Identifier: GPL-3.0-or-later
// Known answers in hexadecimal, written by known_answers.py from KEYS.md and not by the code that they test.
#pragma once

#include <string_view>

namespace huisbord::crypto::known {

inline constexpr std::string_view hash = "0f7943b306f8142f20670f9521f0776734e69a7e2e292c81817c94a41ef40fc2";
inline constexpr std::string_view keyed_hash = "48c308bf263c192ec8375b40e184be8ea1bda9d25ed197dd38f16fe04f88e9af";
inline constexpr std::string_view derived_id = "44dfb3a930b5c4b614873efcaf69c570";
inline constexpr std::string_view key_id = "b024b77307fc0756";
inline constexpr std::string_view signing_public = "7776e870b93354f2a0b24c23f2a36cc4e80e223218c1b97926fdd018396a2b9b";
inline constexpr std::string_view signature =
    "d2091322e9b27758e3295408ffa770998a0b29941fe706ae15b143d8f500cdfc96298a461f4bd7cd9ba3e21b7cba6ab7ed4c61a6b703237ba5ae2d2c"
    "a598dc06";
inline constexpr std::string_view sealed =
    "675dd574ed7789310b3d2e7681f3790b466c773b1521fecf36577958371ea52f2129ace97b89bdff17ea068f215b3363c249c311b609570852f859f9";
inline constexpr std::string_view box =
    "404142434445464748494a4b4c4d4e4f50515253545556573755572f00f0e3e303c783b6ce05322b06e147341fa9ea8587ecfa828dd43f7cc0689c4f"
    "1f74e011e6879e04731a62bb";
inline constexpr std::string_view key_file =
    "48424b4559534c54ff0000000100707172737475767778797a7b7c7d7e7fb6b011212e44082601010000000101200001000000000000000020000000"
    "000000a0a1a2a3a4a5a6a7a8a9aaabacadaeafa5c0c8bf1a1d6ea716d34651c836d59743bf8ab244606c2270a4394dc30af02e675dd574ed7789310b"
    "3d2e7681f3790b466c773b1521fecf36577958371ea52fd54904433bc9f041e38025c863966cfc57b544fb1ed772f2bbaef9d246a8fc3257ca23c9b6"
    "02b9620ddd62e267f05bf09a60da51cc69d7e1f56ac5599afc2c3c9c367859b2e6ec81204ab1fb47fd1f72ad5551ad6da678a35b9040a7015eda3c7c"
    "a2f133ad98197b7245a45bbc53794e";
inline constexpr std::string_view custody =
    "01736845d54e87de09d6bb114aa7042c50a4a015bd9901d1a0026f5956533a151901202122232425262728292a2b2c2d2e2f01000000000000000020"
    "000000000000a0a1a2a3a4a5a6a7a8a9aaabacadaeaf555929fa3e8ebd8d4c545f78daeda1949a73f97fee920562e61ac10a8adca54c675dd574ed77"
    "89310b3d2e7681f3790b466c773b1521fecf36577958371ea52f7d55d7e7ea78ac98f3403f47c91d9dfc7fe03c6fa01ca9b92231fb8c5f8b80203005"
    "95c3e3937e0695a42ed41e0820b5";
inline constexpr std::string_view pin_wrap =
    "0101000000000000000020000000000000a0a1a2a3a4a5a6a7a8a9aaabacadaeaf404142434445464748494a4b4c4d4e4f5051525354555657df86b1"
    "2a93e1cfcdf13ad7264155a25b191dd7bdc8afc14d395dde8394b1f3ebb2c08380b20af625e74a2fa72d389c81";

}  // namespace huisbord::crypto::known
