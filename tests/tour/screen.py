# SPDX-License-Identifier: GPL-3.0-or-later
# A virtual display with a finger: Xorg with the dummy and inputtest drivers (real touch), else Xvfb with a mouse.
import os
import subprocess
import time

from finger import MouseFinger, TouchFinger

CONFIGURATION = """
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "DontVTSwitch" "true"
  Option "BlankTime" "0"
  Option "StandbyTime" "0"
  Option "SuspendTime" "0"
  Option "OffTime" "0"
EndSection
Section "InputDevice"
  Identifier "finger"
  Driver "inputtest"
  Option "DeviceType" "Touch"
  Option "SocketPath" "{socket}"
EndSection
Section "Monitor"
  Identifier "panel"
  HorizSync 5-300
  VertRefresh 5-300
  DisplaySize 217 136
  Modeline "{width}x{height}" 83.50 {width} {h1} {h2} {h3} {height} {v1} {v2} {v3}
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 32768
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "panel"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "{width}x{height}"
    Virtual {width} {width}
  EndSubSection
EndSection
Section "ServerLayout"
  Identifier "kiosk"
  Screen "screen"
  InputDevice "finger" "SendCoreEvents"
EndSection
"""


class Screen:
    """A display of its own, ended with the block. `touch` tells whether the finger is a real one."""

    def __init__(self, folder, width=1280, height=800):
        self.folder, self.width, self.height = folder, width, height
        self.process = None

    def __enter__(self):
        self.touch = self._start_touch()
        if not self.touch:
            self._start([["Xvfb", "-screen", "0", f"{self.width}x{self.height}x24"]])
            if not self.display:
                raise RuntimeError("neither Xorg nor Xvfb starts")
            self.finger = MouseFinger(self.display)
        return self

    def _start_touch(self):
        self.touch_socket = os.path.join(self.folder, "finger.socket")
        configuration = os.path.join(self.folder, "xorg.conf")
        with open(configuration, "w") as out:
            out.write(CONFIGURATION.format(
                socket=self.touch_socket, width=self.width, height=self.height,
                h1=self.width + 72, h2=self.width + 200, h3=self.width + 400,
                v1=self.height + 3, v2=self.height + 9, v3=self.height + 31))
        rest = ["-config", configuration, "-logfile", os.path.join(self.folder, "xorg.log"), "-novtswitch", "-sharevts"]
        self._start([["/usr/lib/xorg/Xorg", *rest], ["Xorg", *rest]])
        if not self.display:
            return False
        self.set_resolution(self.width, self.height)  # the frame buffer is larger, for panels that stand upright
        try:
            self.finger = TouchFinger(self.touch_socket, self.width, self.height)
        except (OSError, RuntimeError) as error:
            print(f"no touch ({error}); a mouse instead")
            self._end()
            return False
        return True

    def _start(self, commands):
        self.display = None
        for command in commands:
            read, write = os.pipe()
            try:
                self.process = subprocess.Popen(
                    [*command, "-displayfd", str(write), "-nolisten", "tcp", "-noreset"], pass_fds=[write],
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            except FileNotFoundError:
                os.close(read)
                os.close(write)
                continue
            os.close(write)
            with os.fdopen(read) as number:
                answer = number.readline().strip()
            if answer:
                self.display = ":" + answer
                return
            self._end()

    def unplugged_and_back(self):
        """The touch screen and the panel are gone for a moment. What holds a finger then has to be made anew."""
        if not self.touch:
            return
        for command in (["xinput", "disable", "finger"], ["xrandr", "--output", "DUMMY0", "--off"],
                        ["xrandr", "--output", "DUMMY0", "--mode", f"{self.width}x{self.height}"], ["xinput", "enable", "finger"]):
            subprocess.run(command, check=True, timeout=30, env={**os.environ, "DISPLAY": self.display})
            time.sleep(0.5)
        self.finger = TouchFinger(self.touch_socket, self.width, self.height)

    def set_resolution(self, width, height):
        """The panel stays and shows another number of pixels; the first one again, and the finger is where it was."""
        environment = {**os.environ, "DISPLAY": self.display}
        name = f"{width}x{height}"

        def xrandr(*words):
            subprocess.run(["xrandr", *words], check=True, timeout=30, env=environment)
        if name not in subprocess.run(["xrandr"], check=True, timeout=30, env=environment, stdout=subprocess.PIPE, text=True).stdout:
            lines = [width, width + 72, width + 200, width + 400, height, height + 3, height + 9, height + 31]
            xrandr("--newmode", name, "83.50", *map(str, lines))
            xrandr("--addmode", "DUMMY0", name)
        xrandr("--output", "DUMMY0", "--mode", name)

    def picture(self, path):
        """The whole glass as a PNG, once a frame under way is through."""
        time.sleep(0.15)
        subprocess.run(["import", "-window", "root", path], check=True, timeout=30, env={**os.environ, "DISPLAY": self.display})

    def _end(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __exit__(self, *_):
        self._end()
