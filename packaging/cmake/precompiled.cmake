# SPDX-License-Identifier: GPL-3.0-or-later
# Headers from outside that nearly every file reads, parsed once a group of targets. Only the release preset asks for it: the dev and asan presets
# build without, so a file that forgets an include is found there.
set(HUISBORD_STANDARD_HEADERS <algorithm> <array> <chrono> <cstdint> <cstring> <expected> <filesystem> <functional> <map> <memory> <mutex> <optional> <set>
  <span> <sstream> <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector>)

# huisbord_precompile(app_ctl <CLI/CLI.hpp>): the standard headers, and what else is named.
function(huisbord_precompile target)
  if(HUISBORD_PRECOMPILE AND TARGET ${target})
    target_precompile_headers(${target} PRIVATE ${HUISBORD_STANDARD_HEADERS} ${ARGN})
  endif()
endfunction()

# huisbord_precompile_as(core_store core_base): those that were precompiled for another target with the same options.
function(huisbord_precompile_as target other)
  if(HUISBORD_PRECOMPILE AND TARGET ${target} AND TARGET ${other})
    target_precompile_headers(${target} REUSE_FROM ${other})
  endif()
endfunction()
