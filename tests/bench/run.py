# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every measurement one after the other, prints the table and writes build/bench/results.json; non-zero when a figure could not be measured.
import json
import os
import subprocess
import sys
import time

import figures

BENCH = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(BENCH))
OUT = os.path.join(TOP, "build", "bench")
BUILT = os.path.join(TOP, "build", "release")
PYTHON = "/usr/bin/python3"
DOCUMENTS = "5000"


def measurements():
    """Name and command of each; programs of tests/bench/*.cpp are found where they were built."""
    yield "chromium", [PYTHON, os.path.join(BENCH, "chromium", "measure.py")]
    yield "kiosk", [PYTHON, os.path.join(BENCH, "kiosk", "measure.py"), BUILT, os.path.join(OUT, "kiosk")]
    yield "pouchdb", ["node", os.path.join(OUT, "pouchdb", "measure.js"), os.path.join(OUT, "pouchdb"), DOCUMENTS]
    yield "sim", [os.path.join(BUILT, "bin", "sim"), "--seeds", "300"]
    programs = os.path.join(BUILT, "bench")
    for name in sorted(os.listdir(programs)) if os.path.isdir(programs) else []:
        yield name, [os.path.join(programs, name)]


def main():
    wanted = sys.argv[1:]
    found, failed = {}, []
    for name, command in measurements():
        if wanted and name not in wanted:
            continue
        print(f"-- {name}", flush=True)
        started = time.monotonic()
        result = subprocess.run(command, cwd=OUT, stdout=subprocess.PIPE, text=True, timeout=1800)
        print(result.stdout, end="")
        print(f"   {time.monotonic() - started:.0f} s", flush=True)
        if result.returncode != 0:
            failed.append(name)
        found.update(figures.read_lines(result.stdout))
    figures.compare(found)
    text, missing, out_of_bounds = figures.table(found)
    print("\n" + text)
    with open(os.path.join(OUT, "results.json"), "w") as results:
        json.dump({name: round(value, 4) for name, value in sorted(found.items())}, results, indent=1)
        results.write("\n")
    if failed:
        print("\nended in an error: " + ", ".join(failed))
    if missing and not wanted:
        print("\nnot measured: " + ", ".join(missing))
    if out_of_bounds:
        print("\nnot reached: " + ", ".join(out_of_bounds))
    sys.exit(1 if failed or (missing and not wanted) else 0)


main()
