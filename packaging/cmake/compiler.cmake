# SPDX-License-Identifier: GPL-3.0-or-later
# How everything is compiled: C++23, warnings are errors, hardened, ccache where it is installed.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
set(HUISBORD_SANITIZE "" CACHE STRING "sanitizers, comma separated, for clang; with fuzzer-no-link the same libraries serve tests and fuzzers")

set(HUISBORD_PRECOMPILE OFF CACHE STRING "ON, or \"tests\" for these alone: precompile headers, compile files together (precompiled.cmake)")

find_program(CCACHE ccache)
if(CCACHE AND HUISBORD_PRECOMPILE)
  # What ccache's manual asks for beside precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
elseif(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wimplicit-fallthrough -Werror -fstack-protector-strong -fno-plt -pthread -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # GCC's guesses from its optimiser are wrong about std::vector and std::optional at -O2; the sanitizer builds look for the real ones.
  add_compile_options(-Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds -Wno-restrict -Wno-maybe-uninitialized)
  # Newer ones also take a reference into a record for one into the code of a language that it was looked up by.
  if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
    add_compile_options(-Wno-dangling-reference)
  endif()
else()
  # libstdc++ 12's own stable_sort calls what it calls deprecated. Precompiled headers without their time, as ccache wants them.
  add_compile_options(-Wno-deprecated-declarations "SHELL:-Xclang -fno-pch-timestamp")
endif()
add_compile_definitions(_GLIBCXX_ASSERTIONS)
if(NOT CMAKE_BUILD_TYPE STREQUAL Debug)
  add_compile_definitions(_FORTIFY_SOURCE=2)
endif()
add_link_options(-Wl,-z,relro,-z,now -Wl,--as-needed)
find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  add_link_options(-fuse-ld=mold)  # a tenth of a build from nothing is linking, with GNU ld
endif()
if(HUISBORD_SANITIZE)
  add_compile_options(-fsanitize=${HUISBORD_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${HUISBORD_SANITIZE})
endif()
if(HUISBORD_PRECOMPILE AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  add_compile_options(-fpch-preprocess)
endif()
