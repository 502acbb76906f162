# SPDX-License-Identifier: GPL-3.0-or-later
# The kiosk as somebody in front of it has it: a program on a display, what is on its glass (the semantic tree), and a finger.
import gettext
import json
import os
import signal
import socket
import subprocess
import time


class NotSeen(Exception):
    """What the tour waited for did not come on the glass."""


class Words:
    """The catalogue of one language, by key; what stands between braces is filled in."""

    OWN_NAMES = {"nl": "Nederlands", "en": "English", "ar": "العربية", "ti": "ትግርኛ"}

    def __init__(self, built, language):
        self.built, self.language, self.own_name = built, language, self.OWN_NAMES[language]
        with open(os.path.join(built, "locale", language, "LC_MESSAGES", "huisbord.mo"), "rb") as catalogue:
            self.catalogue = gettext.GNUTranslations(catalogue)

    def plural(self, key, n):
        return self.catalogue.ngettext(key, key, n).replace("{n}", str(n))

    def key_of(self, begin, text):
        """The key beginning so whose text this is."""
        return next(key for key in self.catalogue._catalog if isinstance(key, str) and key.startswith(begin) and self.catalogue.gettext(key) == text)

    def __call__(self, key, **values):
        text = self.catalogue.gettext(key)
        if text == key:
            raise KeyError(f"no text for {key}")
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
        return text


class Kiosk:
    """One run of `huisbord`. Everything it is touched with comes through the display, nothing through the program."""

    # Touches are ignored for 300 ms after a screen changed; a person takes longer than that, too.
    SETTLE = 0.45
    DIRECTION_MARKS = dict.fromkeys(range(0x2066, 0x206A))

    def __init__(self, program, screen, semantics, log):
        self.program, self.screen, self.semantics, self.log_path = program, screen, semantics, log
        self.process = None

    def start(self, *arguments, environment=None):
        if os.path.exists(self.semantics):
            os.unlink(self.semantics)
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [self.program, *arguments, "--semantics", self.semantics], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, "DISPLAY": self.screen.display, "SDL_VIDEODRIVER": "x11", **(environment or {})})
        return self

    def stop(self, kind=signal.SIGTERM):
        if self.process is None:
            return None
        self.process.send_signal(kind)
        try:
            status = self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.process = None
        return status

    def tree(self):
        """The nodes of the last frame, or none while the kiosk does not answer yet."""
        if self.process.poll() is not None:
            raise NotSeen(f"the kiosk has ended with {self.process.returncode}; see {self.log_path}")
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
                door.settimeout(5)
                door.connect(self.semantics)
                door.sendall(b"tree\n")
                door.shutdown(socket.SHUT_WR)
                answer = b""
                while part := door.recv(65536):
                    answer += part
        except OSError:
            return []
        # Marks of direction within a text say how it stands, not what it says.
        return [json.loads(line) for line in answer.decode().translate(self.DIRECTION_MARKS).splitlines() if line.strip()]

    def wait(self, what, question, seconds=15):
        """Waits until question(nodes) gives something true, and returns that."""
        end = time.monotonic() + seconds
        while True:
            nodes = self.tree()
            found = question(nodes)
            if found:
                return found
            if time.monotonic() > end:
                seen = "; ".join(f"{node['role']} {node['name']!r}" for node in nodes if node["name"])
                raise NotSeen(f"{what} did not appear within {seconds} s. On the glass: {seen}")
            time.sleep(0.05)

    def see(self, name, role=None, seconds=15, part=False):
        """The topmost node of that name (or with the name as a part of it, or of its value)."""

        def question(nodes):
            for node in reversed(nodes):
                fits = name in node["name"] or name in node["value"] if part else node["name"] == name
                if fits and (role is None or node["role"] == role):
                    return node
            return None

        return self.wait(f"{role or 'anything'} {name!r}", question, seconds)

    def sees(self, name, role=None, part=False):
        try:
            return self.see(name, role, 0, part)
        except NotSeen:
            return None

    def touch(self, node):
        time.sleep(self.SETTLE)
        return self.screen.finger.tap(node["x"] + node["w"] / 2, node["y"] + node["h"] / 2)

    def tap(self, name, role=None, seconds=15, part=False):
        # Looked up again after a person's pause: what was seen first may have been on its way out.
        self.see(name, role, seconds, part)
        time.sleep(self.SETTLE)
        return self.touch(self.see(name, role, seconds, part))

    def swipe(self, direction):
        """Turns the page that is on the glass: the finger goes across the middle of it; -1 to the left, 1 to the right."""
        page = self.wait("something with pages", lambda nodes: next((node for node in nodes if node["role"] == "page"), None))
        time.sleep(self.SETTLE)
        x, y, reach = page["x"] + page["w"] / 2, page["y"] + page["h"] / 2, page["w"] * 0.3
        self.screen.finger.swipe(x - direction * reach, y, x + direction * reach, y)
        time.sleep(self.SETTLE)

    def fills(self, width, height):
        """Waits until the screen is as large as the panel."""
        self.wait(f"a screen of {width}x{height}", lambda nodes: any(
            node["role"] == "screen" and (round(node["w"]), round(node["h"])) == (width, height) for node in nodes))

    def board(self, say):
        """Waits for the house board, in whatever language it invites."""
        invitations = {Words(say.built, language)(key) for language in Words.OWN_NAMES for key in ("board.touch", "board.touch_to_begin")}
        self.wait("the house board", lambda nodes: any(node["name"] in invitations and node["role"] == "button" for node in nodes), 30)

    def turn_to(self, say, name, pages=12):
        """Swipes to the next pages until the name is on the glass; they come from the right, in Arabic from the left."""
        for _ in range(pages):
            if self.sees(name):
                return
            self.swipe(1 if say.language == "ar" else -1)
        self.see(name, seconds=1)

    def sign_in(self, say, room, symbol, pin, called):
        """From the house board, in the language of `say`: room and symbol (as files of the office name it, in Dutch), then the code."""
        self.board(say)
        self.tap(say.own_name)
        self.see(say("signin.who"))
        who = say("room.symbol", symbol=say(Words(say.built, "nl").key_of("symbol.", symbol)), number=room)
        self.turn_to(say, who)
        self.tap(who, "button")
        self.see(say("signin.type_code"))
        for digit in pin:
            self.tap(digit, "key")
        self.see(say("home.hello", name=called), seconds=30)
