# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DMO=<file> -DOUT=<file.cpp> -P embed.cmake: the Dutch catalogue as an array, so that the program always has a language.
file(READ ${MO} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
string(REGEX REPLACE "(('[^']*',){24})" "\\1\n" bytes "${bytes}")
file(WRITE ${OUT} "#include <span>\nnamespace huisbord::i18n {\nnamespace {\nconstexpr char kBytes[] = {\n${bytes}\n};\n}\n"
  "extern const std::span<const char> kDutchCatalogue;\nconst std::span<const char> kDutchCatalogue{kBytes};\n}\n")
