# SPDX-License-Identifier: GPL-3.0-or-later
# The demo's programs around the kiosk: an organisation made and filled with huisbordctl, its kiosk by files, the relay, and the office's replica.
import os
import secrets
import socket
import subprocess
import time

import house


class DemoHouse:
    """Everything below one folder. The relay is not running until start_relay()."""

    def __init__(self, built, folder):
        self.programs, self.folder = os.path.join(built, "bin"), folder
        self.organisation, self.kiosk, self.root = (os.path.join(folder, name) for name in ("organisation", "kiosk", "root-key"))
        self.office_phrase, self.kiosk_phrase, self.staff, self.store_key = (
            os.path.join(folder, name) for name in ("office-phrase", "kiosk-phrase", "staff-passphrase", "kiosk-store-key"))
        self.log_path = os.path.join(folder, "log.txt")
        self.relay = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"https://127.0.0.1:{self.port}"
        self.certificate, self.certificate_key = (os.path.join(folder, name) for name in ("relay.pem", "relay.key"))

    def ctl(self, *words, office=True):
        """Runs huisbordctl and returns what it printed."""
        command = [os.path.join(self.programs, "huisbordctl"), *words]
        if office:
            command += ["--dir", self.organisation, "--phrase-file", self.office_phrase]
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)
        with open(self.log_path, "a") as log:
            log.write("$ huisbordctl " + " ".join(words) + "\n" + result.stdout + result.stderr)
        if result.returncode != 0:
            raise RuntimeError(f"huisbordctl {' '.join(words)} ended with {result.returncode}: {result.stderr.strip()}")
        return result.stdout

    def make(self):
        """The organisation, its house imported from files, and a kiosk; returns the resident's first code."""
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        self.make_certificate()
        files = house.write_everything(self.folder, house.today())
        made = self.ctl("init", "--dir", self.organisation, "--root-dir", self.root, "--root-dir", self.root + "-copy", "--name", "Demo", "--phrase-out", self.office_phrase, office=False)
        self.root_public = next(line.split()[-1] for line in made.splitlines() if line.startswith("root public key"))
        self.ctl("import", "people", files["residents.csv"])
        self.ctl("import", "leefgeld", files["leefgeld.csv"])
        self.ctl("import", "appointments", files["resident.ics"], "--house", house.HOUSE, "--person", f"{house.ROOM}/{house.SYMBOL}")
        self.ctl("import", "appointments", files["house.ics"], "--house", house.HOUSE)
        for place in ("kitchen", "shower", "stairs", "bins"):
            self.ctl("task", "add", "--house", house.HOUSE, "--place", place, "--before", "23:59")
        self.ctl("notice", "add", "--house", house.HOUSE, "--icon", "meeting", "--text", "nl=Huisvergadering|Zondag om 19:00 in de huiskamer",
                 "--text", "en=House meeting|Sunday at 19:00 in the living room", "--text", "ar=اجتماع البيت|الأحد 19:00 في غرفة الجلوس",
                 "--text", "ti=ኣኼባ ገዛ|ሰንበት 19:00")
        with open(os.open(self.staff, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(15) + "\n")
        self.ctl("kiosk", "make", "--house", house.HOUSE, "--out", self.kiosk, "--kiosk-phrase-file", self.kiosk_phrase,
                 "--staff-passphrase-file", self.staff, "--relay", self.url, "--authorities", self.certificate,
                 "--store-key-out", self.store_key)
        return self.ctl("kiosk", "pin", "--dir", self.kiosk, "--phrase-file", self.kiosk_phrase, "--staff-passphrase-file", self.staff,
                        "--room", house.ROOM, "--symbol", house.SYMBOL, office=False).split()[-1]

    def make_certificate(self):
        """The relay's certificate, signed by itself; kiosk and office trust this one and no other."""
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
                        "-subj", "/CN=relay", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", self.certificate_key,
                        "-out", self.certificate], check=True, stderr=subprocess.DEVNULL, timeout=60)

    def add_appointment(self, day, time_of_day, kind="doctor"):
        self.ctl("appointment", "add", "--house", house.HOUSE, "--person", f"{house.ROOM}/{house.SYMBOL}", "--when", f"{day}T{time_of_day}", "--kind", kind)

    def replica(self):
        """One round of the office's replica: pulls, verifies, applies, pushes."""
        return self.ctl("replica", "--relay", self.url, "--authorities", self.certificate, "--once")

    def start_relay(self):
        self.relay = subprocess.Popen(
            [os.path.join(self.programs, "huisbord-relay"), "--listen", f"127.0.0.1:{self.port}", "--data", os.path.join(self.folder, "relay"),
             "--root", self.root_public, "--url", self.url, "--certificate", self.certificate, "--key", self.certificate_key], stdout=subprocess.PIPE, stderr=open(self.log_path, "a"), text=True)
        answer = self.relay.stdout.readline()
        if not answer.startswith("listening on"):
            raise RuntimeError(f"the relay did not start: {answer!r}; see {self.log_path}")

    def stop_relay(self):
        if self.relay:
            self.relay.terminate()
            self.relay.wait(timeout=15)
            self.relay = None

    def until(self, what, question, seconds=30):
        """Asks again and again until the answer is true."""
        end = time.monotonic() + seconds
        while not (answer := question()):
            if time.monotonic() > end:
                raise RuntimeError(f"{what} did not come true within {seconds} s")
            time.sleep(0.5)
        return answer
