# SPDX-License-Identifier: GPL-3.0-or-later
# The demo for somebody who sits at this machine: relay, office and kiosk of the invented house, until the kiosk's window is closed.
import os
import shutil
import subprocess
import sys
import tempfile
import threading

import house
from demo_house import DemoHouse


def main():
    built = sys.argv[1]
    folder = tempfile.mkdtemp(prefix="huisbord-demo-")
    demo = DemoHouse(built, os.path.join(folder, "house"))
    closed = threading.Event()
    try:
        pin = demo.make()
        demo.start_relay()

        def office():
            while not closed.wait(5):
                demo.replica()

        replica = threading.Thread(target=office, daemon=True)
        replica.start()
        print(f"\nThe kiosk opens. Sign in: room {house.ROOM}, the paw, code {pin}. Close its window to end the demo.\n", flush=True)
        subprocess.run([os.path.join(built, "bin", "huisbord"), "--dir", demo.kiosk, "--windowed", "1280x800", "--tick", "5",
                        "--store-key-file", demo.store_key], check=True)
    finally:
        closed.set()
        demo.stop_relay()
        shutil.rmtree(folder, ignore_errors=True)


main()
