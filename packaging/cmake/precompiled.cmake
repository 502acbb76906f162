# SPDX-License-Identifier: GPL-3.0-or-later
# A build from nothing in half the time: headers from outside that nearly every file reads are parsed once a group of targets, and the files of
# a folder are compiled some at a time. Only the release preset asks for it: the dev and asan presets build without, so a file that forgets an
# include is found there.
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

# huisbord_together(app_ctl EXCEPT app/ctl/people_csv.cpp): eight files at a time, so that a header and what it makes of templates costs once.
# What a file keeps to itself then needs a name of its own in the folder; a file whose names are its business alone is an exception.
function(huisbord_together target)
  cmake_parse_arguments(ARG "" "" "EXCEPT" ${ARGN})
  if(HUISBORD_PRECOMPILE AND TARGET ${target})
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON)
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)  # takes a file that another one includes for a header
    if(NOT ARG_EXCEPT)
      return()
    endif()
    list(TRANSFORM ARG_EXCEPT PREPEND ${CMAKE_SOURCE_DIR}/)
    set_source_files_properties(${ARG_EXCEPT} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endif()
endfunction()
