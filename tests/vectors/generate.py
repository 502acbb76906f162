#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes every test vector into the folder given: the same bytes at every run. Debian's python3 with python3-nacl.
import os
import sys

sys.dont_write_bytecode = True
import charters  # noqa: E402
import http_requests  # noqa: E402
import operations  # noqa: E402
import pairings  # noqa: E402
import segments  # noqa: E402


def text_of(sentence, header, body):
    lines = ["# " + sentence]
    for name, value in header:
        lines.append(f"{name}: {value.hex() if isinstance(value, bytes) else value}")
    lines.append("")
    hexadecimal = body.hex()
    lines += [hexadecimal[at:at + 128] for at in range(0, len(hexadecimal), 128)]
    return "\n".join(lines) + "\n"


def main(folder):
    names = set()
    for module in (segments, charters, operations, pairings, http_requests):
        for name, sentence, header, body in module.scenarios():
            assert name not in names, name
            names.add(name)
            with open(os.path.join(folder, name + ".vector"), "w", encoding="ascii") as out:
                out.write(text_of(sentence, header, body))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: generate.py FOLDER")
    main(sys.argv[1])
