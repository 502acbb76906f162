# SPDX-License-Identifier: GPL-3.0-or-later
# Memory of Debian's Chromium as a kiosk that shows one static page like our home screen; prints "chromium_pss_mb VALUE".
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from processes import Xvfb, pss_mb  # noqa: E402

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "home.html")
FLAGS = ["--kiosk", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-extensions", "--disable-features=Translate", "--password-store=basic",
         "--window-position=0,0", "--window-size=1280,800", "--allow-file-access-from-files"]


def main():
    with Xvfb() as screen, tempfile.TemporaryDirectory() as folder:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = subprocess.Popen(["chromium", *FLAGS, *sandbox, f"--user-data-dir={folder}/profile", f"file://{PAGE}"],
                                   env={**os.environ, "DISPLAY": screen.display, "HOME": folder},
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            # It settles within some seconds; the least of a second's samples after that is what it needs.
            time.sleep(8)
            samples = []
            for _ in range(8):
                time.sleep(1)
                if browser.poll() is not None:
                    sys.exit("chromium ended before it could be measured")
                samples.append(pss_mb(browser.pid))
            if len(sys.argv) > 1:
                subprocess.run(["import", "-window", "root", sys.argv[1]], check=True, env={**os.environ, "DISPLAY": screen.display})
        finally:
            browser.terminate()
            browser.wait(timeout=20)
    print(f"chromium_pss_mb {min(samples):.1f}")


main()
