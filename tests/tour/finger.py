# SPDX-License-Identifier: GPL-3.0-or-later
# A finger outside the process: touches through Xorg's inputtest driver, or a mouse where only Xvfb runs.
import ctypes
import socket
import struct
import time


class TouchFinger:
    """Real multi-touch: the client's side of xf86-input-inputtest-protocol.h 1.1, native byte order.

    One connection for the whole tour: server 21.1.7 spins once its client has left.
    """

    VERSION, WAIT_FOR_SYNC, TOUCH = 0, 1, 6
    BEGIN, UPDATE, END = 18, 19, 20  # XI_TouchBegin and its followers
    AXIS_MAX = 0xFFFF
    VALUATORS = 64

    def __init__(self, path, width, height, patience=20.0):
        self.width, self.height = width, height
        self.touch = 0
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        end = time.monotonic() + patience
        while True:
            try:
                self.socket.connect(path)
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
        self.socket.settimeout(patience)
        self._send(self.VERSION, struct.pack("=HH", 1, 1))
        length, kind, major, minor = struct.unpack("=IIHH", self._receive(12))
        if (length, kind, major) != (12, 0, 1):
            raise RuntimeError(f"the inputtest driver answered {length} {kind} {major}.{minor}")

    def _send(self, kind, body=b""):
        self.socket.sendall(struct.pack("=II", 8 + len(body), kind) + body)

    def _receive(self, count):
        data = b""
        while len(data) < count:
            part = self.socket.recv(count - len(data))
            if not part:
                raise RuntimeError("the inputtest driver hung up")
            data += part
        return data

    def _touch(self, phase, x, y):
        values = [0.0] * self.VALUATORS
        values[0] = x / self.width * self.AXIS_MAX
        values[1] = y / self.height * self.AXIS_MAX
        mask = bytes([0b11]) + bytes(7)
        none = [0.0] * self.VALUATORS
        body = struct.pack("=III8s4x64d64d", self.touch, phase, 0, mask, *values, *none)
        self._send(self.TOUCH, body)
        self._send(self.WAIT_FOR_SYNC)
        self._receive(8)

    def tap(self, x, y, held=0.06):
        """Down and up; returns when the finger went up, on the monotonic clock."""
        self._touch(self.BEGIN, x, y)
        time.sleep(held)
        up = time.monotonic()
        self._touch(self.END, x, y)
        self.touch += 1
        return up

    def swipe(self, x1, y1, x2, y2, seconds=0.25, steps=20):
        self._touch(self.BEGIN, x1, y1)
        for step in range(1, steps + 1):
            time.sleep(seconds / steps)
            self._touch(self.UPDATE, x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps)
        self._touch(self.END, x2, y2)
        self.touch += 1


class MouseFinger:
    """The same gestures by the XTEST extension (what xdotool uses), for a display without a touch device."""

    def __init__(self, display):
        self.x11 = ctypes.CDLL("libX11.so.6")
        self.xtest = ctypes.CDLL("libXtst.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.connection = ctypes.c_void_p(self.x11.XOpenDisplay(display.encode()))
        if not self.connection:
            raise RuntimeError(f"no X server at {display}")

    def _move(self, x, y):
        self.xtest.XTestFakeMotionEvent(self.connection, -1, round(x), round(y), ctypes.c_ulong(0))
        self.x11.XFlush(self.connection)

    def _button(self, down):
        self.xtest.XTestFakeButtonEvent(self.connection, 1, int(down), ctypes.c_ulong(0))
        self.x11.XFlush(self.connection)

    def tap(self, x, y, held=0.06):
        self._move(x, y)
        time.sleep(0.02)
        self._button(True)
        time.sleep(held)
        up = time.monotonic()
        self._button(False)
        return up

    def swipe(self, x1, y1, x2, y2, seconds=0.25, steps=20):
        self._move(x1, y1)
        self._button(True)
        for step in range(1, steps + 1):
            time.sleep(seconds / steps)
            self._move(x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps)
        self._button(False)
