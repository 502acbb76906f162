# SPDX-License-Identifier: GPL-3.0-or-later
# Measures the real kiosk under Xvfb at 1280x800 in software, on a house of the simulated organisation; prints "kiosk_* VALUE" lines.
import os
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, ".."), os.path.join(HERE, "..", "..", "tour")]
from finger import MouseFinger  # noqa: E402
from kiosk import Kiosk, Words  # noqa: E402
from processes import Xvfb, cpu_ms, pss_mb  # noqa: E402
from simulated_house import SimulatedHouse  # noqa: E402

FIRST_FRAMES = 15
IDLE_SECONDS = 60
TAPS = 60
SWIPES = 24


def percentile(values, share):
    """The nearest-rank percentile: a value that was measured."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Glass:
    """What Kiosk wants of a display."""

    def __init__(self, xvfb):
        self.display, self.width, self.height = xvfb.display, 1280, 800
        self.finger = MouseFinger(xvfb.display)


class Measure:
    def __init__(self, built, out, glass):
        self.built, self.out, self.glass = built, out, glass
        self.program = os.path.join(built, "bin", "huisbord")
        self.house = SimulatedHouse(built, out)
        self.frame_log = os.path.join(out, "frames.txt")
        self.environment = {**os.environ, "DISPLAY": glass.display, "SDL_VIDEODRIVER": "x11"}
        self.say = Words(built, "en")

    def arguments(self):
        return ["--dir", self.house.kiosk, "--windowed", "1280x800", "--software", "--store-key-file", self.house.store_key]

    def first_frame(self):
        """Milliseconds from exec to the first presented frame; the median, files in the page cache as after any start but the first."""
        took = []
        for _ in range(FIRST_FRAMES):
            begin = time.clock_gettime(time.CLOCK_MONOTONIC) * 1000
            result = subprocess.run([self.program, *self.arguments(), "--quit-after-first-frame"], env=self.environment,
                                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
            line = next((line for line in result.stdout.splitlines() if line.startswith("first frame ")), None)
            if line is None:
                raise RuntimeError(f"no first frame: {result.stderr.strip()}")
            took.append(float(line.split()[2]) - begin)
        print(f"kiosk_first_frame_ms {percentile(took, 0.5):.1f}")
        print(f"kiosk_first_frame_worst_ms {max(took):.1f}")

    def frames(self, since_ms):
        """Presented frames since then: (end in ms on the monotonic clock, build and draw in ms, cause, revision)."""
        found = []
        with open(self.frame_log) as log:
            for line in log:
                at, drawn, presented_ms, presented, cause, revision = line.split()
                # The log cuts the beginning to whole milliseconds: one more is never too few.
                if presented == "1" and float(at) + 1 >= since_ms:
                    found.append((float(at) + 1 + float(drawn) + float(presented_ms), float(drawn), cause, int(revision)))
        return found

    def start(self):
        if os.path.exists(self.frame_log):
            os.unlink(self.frame_log)
        self.kiosk = Kiosk(self.program, self.glass, os.path.join(self.out, "semantics"), os.path.join(self.out, "kiosk.log"))
        self.kiosk.start(*self.arguments(), "--frame-log", self.frame_log)
        self.kiosk.board(self.say)

    def idle(self):
        time.sleep(5)
        begin = cpu_ms(self.kiosk.process.pid)
        time.sleep(IDLE_SECONDS)
        used = cpu_ms(self.kiosk.process.pid) - begin
        print(f"kiosk_idle_cpu_ms_per_min {used * 60 / IDLE_SECONDS:.2f}")

    def sign_in_from_here(self):
        resident = self.house.resident
        self.kiosk.tap(self.say("bar.start"))
        self.kiosk.sign_in(self.say, resident.room, resident.sign, resident.pin, resident.called)

    def every_screen(self):
        """Home and all its sections and sheets, in four languages; what it needs after that."""
        kiosk = self.kiosk
        for language in ("nl", "ar", "ti", "en"):
            kiosk.tap(self.say.own_name)
            self.choose_language(language)
            for name, role in self.sections():
                kiosk.tap(self.say("bar.start"))
                kiosk.see(self.say("home.hello", name=self.house.resident.called))
                kiosk.tap(name, role)
                time.sleep(0.4)
            kiosk.tap(self.say("bar.letters"))
            kiosk.see(self.say("settings.contrast"))
            kiosk.tap(self.say("common.done"), "button")
        kiosk.tap(self.say("bar.start"))
        time.sleep(1)
        print(f"kiosk_pss_mb {pss_mb(kiosk.process.pid):.2f}")

    def choose_language(self, language):
        words = Words(self.built, language)
        self.kiosk.see(self.say("settings.language"))
        choices = [node for node in self.kiosk.tree() if node["name"] == words.own_name and node["role"] != "heading"]
        self.kiosk.touch(choices[-1])
        self.say = words
        self.kiosk.tap(self.say("common.done"), "button")

    def sections(self):
        yield self.say("common.look"), "button"
        for key in ("leefgeld.title", "home.tasks", "home.activities", "home.messages", "home.plan", "home.our_house"):
            yield self.say(key), "tile"

    def swipes(self, name):
        """Build and draw of each frame while a finger swipes the pages of that name to and fro."""
        page = self.kiosk.see(name, "page")
        time.sleep(0.5)
        begin = time.clock_gettime(time.CLOCK_MONOTONIC) * 1000
        y = page["y"] + page["h"] * 0.5
        near, far = page["x"] + page["w"] * 0.1, page["x"] + page["w"] * 0.9
        for number in range(SWIPES):
            self.glass.finger.swipe(*((far, y, near, y) if number % 2 == 0 else (near, y, far, y)), seconds=0.3, steps=30)
            time.sleep(0.4)
        drawn = [frame[1] for frame in self.frames(begin)]
        if len(drawn) < SWIPES * 10:
            raise RuntimeError(f"only {len(drawn)} frames while a finger swiped {SWIPES} times: the screen did not follow it")
        return drawn

    def dense_screens(self):
        """The sign-in with its grid of discs and its keys, all of which moves; then the tasks with the week's rota, most to build."""
        self.kiosk.tap(self.say.own_name)
        discs = self.swipes(self.say("signin.who"))
        self.sign_in_from_here()
        self.kiosk.tap(self.say("home.tasks"), "tile")
        tasks = self.swipes(self.say("task.mine"))
        for name, drawn in (("sign_in", discs), ("tasks", tasks)):
            print(f"kiosk_frame_{name}_ms_p50 {percentile(drawn, 0.5):.2f}")
            print(f"kiosk_frame_{name}_ms_p99 {percentile(drawn, 0.99):.2f}")
            print(f"kiosk_frame_{name}_frames {len(drawn)}")
        print(f"kiosk_frame_ms_p99 {max(percentile(drawn, 0.99) for drawn in (discs, tasks)):.2f}")

    def taps(self):
        """Finger up to the end of the first frame that shows a newer state of the store."""
        self.kiosk.tap(self.say("bar.start"))
        self.kiosk.tap(self.say("common.look"), "button")
        self.kiosk.see(self.say("appointment.title"), "heading")
        took = []
        for number in range(TAPS):
            answer = self.kiosk.see(self.say("answer.move" if number % 2 == 0 else "answer.come"), "button")
            time.sleep(0.6)
            before = max(frame[3] for frame in self.frames(0))
            up = self.glass.finger.tap(answer["x"] + answer["w"] / 2, answer["y"] + answer["h"] / 2) * 1000
            end = time.monotonic() + 5
            shown = None
            while shown is None:
                shown = next((frame for frame in self.frames(up) if frame[3] > before), None)
                if time.monotonic() > end:
                    raise RuntimeError(f"tap {number + 1}: no frame showed a stored change")
                time.sleep(0.02)
            took.append(shown[0] - up)
        print(f"kiosk_tap_to_frame_ms_p99 {percentile(took, 0.99):.1f}")
        print(f"kiosk_tap_to_frame_ms_p50 {percentile(took, 0.5):.1f}")

    def run(self):
        self.house.make()
        self.first_frame()
        self.start()
        try:
            self.idle()
            self.dense_screens()
            self.taps()
            self.every_screen()
        finally:
            self.kiosk.stop()


def main():
    built, out = sys.argv[1], sys.argv[2]
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out, mode=0o700)
    with Xvfb() as xvfb:
        Measure(built, out, Glass(xvfb)).run()


main()
