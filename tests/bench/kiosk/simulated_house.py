# SPDX-License-Identifier: GPL-3.0-or-later
# The organisation of 500 that huisbordctl simulates, a kiosk of its fullest house, and one resident of it with a code.
import os
import re
import secrets
import subprocess
from types import SimpleNamespace

# Residents of one room stand on the kiosk in the order of core/domain's symbols.
class SimulatedHouse:
    def __init__(self, built, folder):
        self.program = os.path.join(built, "bin", "huisbordctl")
        self.organisation, self.root, self.kiosk = (os.path.join(folder, name) for name in ("organisation", "root-key", "kiosk"))
        self.phrase, self.kiosk_phrase, self.staff, self.store_key = (
            os.path.join(folder, name) for name in ("phrase", "kiosk-phrase", "staff", "store-key"))

    def ctl(self, *words):
        result = subprocess.run([self.program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=1200)
        if result.returncode != 0:
            raise RuntimeError(f"huisbordctl {' '.join(words)} ended with {result.returncode}: {result.stderr.strip()}")
        return result.stdout

    def office(self, *words):
        return self.ctl(*words, "--dir", self.organisation, "--phrase-file", self.phrase)

    def make(self):
        self.ctl("simulate", "--houses", "8", "--people", "500", "--months", "18", "--seed", "1", "--dir", self.organisation,
                 "--root-dir", self.root, "--phrase-out", self.phrase)
        # "NAME  ID  N woongroepen, N rooms, N residents, N tasks"
        houses = re.findall(r"^(.+?) +([0-9a-f]{32}) .* (\d+) residents", self.office("show", "houses"), re.MULTILINE)
        identifier = max(houses, key=lambda found: int(found[2]))[1]
        with open(os.open(self.staff, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(15) + "\n")
        self.ctl("kiosk", "make", "--dir", self.organisation, "--phrase-file", self.phrase, "--house", identifier, "--out", self.kiosk,
                 "--kiosk-phrase-file", self.kiosk_phrase, "--staff-passphrase-file", self.staff, "--store-key-out", self.store_key)
        self.resident = self.choose(identifier)
        self.resident.pin = self.ctl("kiosk", "pin", "--dir", self.kiosk, "--phrase-file", self.kiosk_phrase, "--staff-passphrase-file", self.staff,
                                     "--room", self.resident.room, "--symbol", self.resident.symbol).split()[-1]

    def choose(self, identifier):
        """A resident who reads English, with an appointment ahead."""
        # "  ROOM  SYMBOL/COLOUR  NAME  LANGUAGE  since ..."
        people = [SimpleNamespace(room=room, symbol=symbol, called=called.strip(), language=language)
                  for room, symbol, called, language in
                  re.findall(r"^  (\S+) +(\S+?/\S+) +(.+?) +([a-z]{2}) +since", self.office("show", "people", "--house", identifier), re.MULTILINE)]
        for person in people:
            person.sign = person.symbol.split("/")[0]
        for person in people:
            if sum(other.room == person.room and other.sign == person.sign for other in people) > 1:
                continue
            if person.language != "en":
                continue
            shown = self.office("show", "appointments", "--house", identifier, "--person", f"{person.room}/{person.symbol}")
            if len([line for line in shown.splitlines() if "cancelled" not in line]) >= 1:
                return person
        raise RuntimeError("no resident of the simulated house reads English and has an appointment")
