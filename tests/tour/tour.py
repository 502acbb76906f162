# SPDX-License-Identifier: GPL-3.0-or-later
# The tour: a resident signs in with a finger from outside, changes things while the relay is down, and everything arrives; pictures of every step.
import datetime
import os
import shutil
import signal
import sys
import traceback

import house
from demo_house import DemoHouse
from kiosk import Kiosk, Words
from screen import Screen

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LANGUAGE = "ar"


class Tour:
    def __init__(self, built, out, screen):
        self.built, self.out, self.screen = built, out, screen
        self.private = os.path.join(out, "house")
        self.house = DemoHouse(built, self.private)
        self.say = Words(built, LANGUAGE)
        self.kiosk = Kiosk(os.path.join(built, "bin", "huisbord"), screen, os.path.join(self.private, "semantics"), os.path.join(self.private, "kiosk.log"))
        self.passed = self.failed = 0

    # --- the resident's hands
    def start_kiosk(self):
        self.kiosk.start("--dir", self.house.kiosk, "--store-key-file", self.house.store_key, "--tick", "2")

    def sign_in(self):
        self.kiosk.sign_in(self.say, house.ROOM, house.SYMBOL, self.pin, house.CALLED)

    def waiting(self):
        """How many changes the mark "saved here" says are waiting; none without it."""
        marks = {self.say.plural("sync.waiting", n): n for n in range(1, 1000)}
        return next((marks[node["name"]] for node in self.kiosk.tree() if node["name"] in marks), 0)

    def until_more_wait_than(self, before):
        self.house.until("one more change that waits", lambda: self.waiting() > before, 10)

    def arrived(self, seconds=45):
        begin = self.say("sync.sent", time="").strip()
        return self.kiosk.wait("the mark that everything has arrived", lambda nodes: next((n for n in nodes if n["name"].startswith(begin)), None), seconds)

    def open_section(self, key):
        self.kiosk.tap(self.say("bar.start"))
        self.kiosk.see(self.say("home.hello", name=house.CALLED))
        self.kiosk.tap(self.say(key))

    # --- steps, in order; each returns nothing and raises when it does not hold
    def step_01_the_house_is_imported(self):
        self.pin = self.house.make()
        self.house.start_relay()
        self.house.replica()  # a relay that holds nothing yet learns the charters from the office
        self.start_kiosk()
        self.kiosk.board(self.say)

    def step_02_who_are_you_in_arabic(self):
        self.kiosk.tap(self.say.own_name)
        self.kiosk.see(self.say("signin.who"))

    def step_02b_touch_and_panel_unplugged_and_back(self):
        self.screen.unplugged_and_back()
        self.kiosk.tap(self.say("bar.start"))
        self.kiosk.board(self.say)
        self.kiosk.tap(self.say.own_name)
        self.kiosk.see(self.say("signin.who"))

    def step_02c_another_resolution_and_back(self):
        # A modest panel, one upright, and the first again: the board fills each.
        for width, height in ((800, 480), (800, 1280), (self.screen.width, self.screen.height)) if self.screen.touch else ():
            self.screen.set_resolution(width, height)
            self.kiosk.fills(width, height)
        self.kiosk.see(self.say("signin.who"))

    def step_03_signed_in_with_a_code(self):
        self.kiosk.tap(self.say("bar.start"))
        self.sign_in()

    def step_04_an_appointment_is_confirmed_with_the_relay_down(self):
        self.kiosk.tap(self.say("common.look"), "button")
        self.kiosk.see(self.say("appointment.title"))
        self.arrived()
        self.house.stop_relay()
        self.kiosk.tap(self.say("answer.come"), "button")
        self.kiosk.see(self.say("answer.state.come"), part=True)
        self.until_more_wait_than(0)

    def step_05_a_task_is_done_with_the_relay_down(self):
        self.open_section("home.tasks")
        before = self.waiting()
        self.kiosk.tap(self.say("task.done"), "button")
        self.kiosk.see(self.say("task.state.done"), "status")
        self.until_more_wait_than(before)

    def step_06_the_relay_comes_and_both_arrive(self):
        self.house.start_relay()
        self.arrived()

    def step_07_the_office_has_both(self):
        self.house.replica()
        shown = self.house.ctl("show", "appointments", "--house", house.HOUSE, "--person", f"{house.ROOM}/{house.SYMBOL}")
        if "coming" not in shown:
            raise RuntimeError("the office does not show the answer:\n" + shown)
        shown = self.house.ctl("show", "duties", "--house", house.HOUSE, "--days", "1")
        if not any(f"room {house.ROOM} " in line and "done" in line for line in shown.splitlines()):
            raise RuntimeError("the office does not show the task:\n" + shown)

    def step_08_the_office_adds_an_appointment_and_the_kiosk_shows_it(self):
        self.kiosk.tap(self.say("bar.start"))
        before = len(self.rows())
        self.house.add_appointment(house.today() + datetime.timedelta(days=2), "11:15")
        self.house.replica()
        self.kiosk.tap(self.say("common.look"), "button")
        self.kiosk.wait("one more appointment", lambda nodes: len(self.rows(nodes)) > before, 45)

    def rows(self, nodes=None):
        return [node for node in nodes or self.kiosk.tree() if node["role"] == "row" and "11:15" in node["name"]]

    def answer(self, row, answer, state):
        self.kiosk.tap(row, "row")
        self.kiosk.tap(self.say(answer), "button")
        self.kiosk.wait(f"{row} with its new answer", lambda nodes: self.row_says(nodes, row, state))

    def row_says(self, nodes, row, state):
        return any(node["role"] == "row" and node["name"] == row and self.say(state) in node["value"] for node in nodes)

    def step_09_killed_in_the_middle_of_a_change(self):
        """Every appointment but the first gets an answer that is shown as stored; the kiosk dies within the answer to the first."""
        first, *self.acknowledged = [node["name"] for node in self.kiosk.tree() if node["role"] == "row"]
        for row in self.acknowledged:
            self.answer(row, "answer.move", "answer.state.move")
        self.kiosk.tap(first, "row")
        self.kiosk.tap(self.say("answer.move"), "button")
        self.kiosk.stop(signal.SIGKILL)

    def step_10_after_the_restart_nothing_acknowledged_is_gone(self):
        self.start_kiosk()
        self.sign_in()
        self.kiosk.tap(self.say("common.look"), "button")
        for row in self.acknowledged:
            self.kiosk.wait(f"the acknowledged answer to {row}", lambda nodes, row=row: self.row_says(nodes, row, "answer.state.move"))
        self.open_section("home.tasks")
        self.kiosk.see(self.say("task.state.done"), "status")
        self.arrived()

    def step_11_the_chains_hold(self):
        self.house.replica()
        self.house.ctl("verify")
        self.kiosk.stop()
        self.house.ctl("verify", "--dir", self.house.kiosk, "--phrase-file", self.house.kiosk_phrase, office=False)

    def run(self):
        steps = sorted(name for name in dir(self) if name.startswith("step_"))
        for name in steps:
            number, _, title = name[len("step_"):].partition("_")
            picture = os.path.join(self.out, f"{number}-{title.replace('_', '-')}.png")
            try:
                getattr(self, name)()
                if self.kiosk.process:
                    self.screen.picture(picture)
                print(f"ok      {number} {title.replace('_', ' ')}", flush=True)
                self.passed += 1
            except Exception as error:
                print(f"FAILED  {number} {title.replace('_', ' ')}: {error}", flush=True)
                traceback.print_exc(file=sys.stderr)
                if self.kiosk.process:
                    self.screen.picture(os.path.join(self.out, "failed.png"))
                self.failed += 1
                break  # each step stands on the one before
        self.kiosk.stop()
        self.house.stop_relay()
        print(f"{self.passed} passed, {len(steps) - self.passed} failed")
        return self.passed == len(steps)


def main():
    built, out = sys.argv[1], os.path.join(TOP, "build", "demo")
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out, mode=0o700)
    with Screen(out) as screen:
        print("touch: " + ("a real finger (Xorg, inputtest)" if screen.touch else "a mouse (Xvfb)"))
        held = Tour(built, out, screen).run()
    print(f"pictures: {out}")
    sys.exit(0 if held else 1)


main()
