# SPDX-License-Identifier: GPL-3.0-or-later
# A build from nothing in half the time: headers from outside that nearly every file reads are parsed once a group of targets, and the files of
# a folder are compiled some at a time. The release preset asks for it everywhere, asan and tsan for tests and fuzzers: so a file of the product
# that forgets an include is found under the sanitizers, as in the dev preset.
set(HUISBORD_STANDARD_HEADERS <algorithm> <array> <chrono> <cstdint> <cstring> <expected> <filesystem> <functional> <map> <memory> <mutex> <optional> <set>
  <span> <sstream> <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector>)

function(huisbord_asks_for target answer)
  set(yes OFF)
  if(TARGET ${target} AND (HUISBORD_PRECOMPILE STREQUAL ON OR (HUISBORD_PRECOMPILE STREQUAL tests AND target MATCHES "^(test|fuzz)_")))
    set(yes ON)
  endif()
  set(${answer} ${yes} PARENT_SCOPE)
endfunction()

# huisbord_precompile(app_ctl <CLI/CLI.hpp>): the standard headers, and what else is named.
function(huisbord_precompile target)
  huisbord_asks_for(${target} asked)
  if(asked)
    target_precompile_headers(${target} PRIVATE ${HUISBORD_STANDARD_HEADERS} ${ARGN})
  endif()
endfunction()

# huisbord_precompile_as(core_store core_base): those that were precompiled for another target with the same options.
function(huisbord_precompile_as target other)
  huisbord_asks_for(${target} asked)
  if(asked AND TARGET ${other})
    target_precompile_headers(${target} REUSE_FROM ${other})
  endif()
endfunction()

# huisbord_together(app_ctl EXCEPT app/ctl/people_csv.cpp): eight files at a time, so that a header and what it makes of templates costs once.
# What a file keeps to itself then needs a name of its own in the folder; a file whose names are its business alone is an exception.
function(huisbord_together target)
  cmake_parse_arguments(ARG "" "" "EXCEPT" ${ARGN})
  huisbord_asks_for(${target} asked)
  if(NOT asked)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)  # takes a file that another one includes for a header
  endif()
  if(ARG_EXCEPT)
    list(TRANSFORM ARG_EXCEPT PREPEND ${CMAKE_SOURCE_DIR}/)
    set_source_files_properties(${ARG_EXCEPT} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endif()
endfunction()
