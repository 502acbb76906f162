# SPDX-License-Identifier: GPL-3.0-or-later
# A line between two network namespaces whose packets this process carries, so that it can lose, delay, double, reorder and crawl on any kernel.
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
RELAY_AT, REPLICA_AT = "10.231.77.1", "10.231.77.2"
LONGEST_QUEUE = 32 * 1024  # bytes that wait for a slow line; what comes then is lost, as in a modem


def run(*words):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class Line:
    """Two namespaces, `relay` and `replica`, each with one end. What the line does is set at any time: see shape()."""

    def __init__(self, name):
        self.names = {"relay": f"hb{os.getpid()}{name}r", "replica": f"hb{os.getpid()}{name}c"}
        self.made, self.ends, self.carried, self.random = [], [], 0, random.Random(name)
        self.shape()
        try:
            for (side, namespace), address in zip(self.names.items(), (RELAY_AT, REPLICA_AT)):
                run("ip", "netns", "add", namespace)
                self.made.append(namespace)
                end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
                self.ends.append(end)
                fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH22x", namespace.encode(), IFF_TUN | IFF_NO_PI))
                run("ip", "link", "set", namespace, "netns", namespace)
                run("ip", "-n", namespace, "address", "add", address + "/30", "dev", namespace)
                run("ip", "-n", namespace, "link", "set", namespace, "up", "mtu", "1400")
                run("ip", "-n", namespace, "link", "set", "lo", "up")
        except BaseException:
            self.end()
            raise
        self.thread = threading.Thread(target=self.carry, daemon=True)
        self.thread.start()

    def shape(self, delay=0.0, jitter=0.0, loss=0.0, double=0.0, rate=None, dead=False):
        """Seconds, parts of one, bits a second. Jitter reorders. A dead line takes everything and says nothing."""
        self.delay, self.jitter, self.loss, self.double, self.rate, self.dead = delay, jitter, loss, double, rate, dead

    def inside(self, side, *words):
        return ["ip", "netns", "exec", self.names[side], *words]

    def carry(self):
        waiting, number, free = [], 0, [0.0, 0.0]
        while True:
            until = waiting[0][0] - time.monotonic() if waiting else 0.2
            try:
                ready = select.select(self.ends, [], [], max(until, 0))[0]
            except (OSError, ValueError):
                return  # the line has ended
            now = time.monotonic()
            for end in ready:
                try:
                    packet = os.read(end, 4096)
                except OSError:
                    continue
                to = 1 - self.ends.index(end)
                if self.dead or self.random.random() < self.loss:
                    continue
                if self.rate:
                    if (free[to] - now) * self.rate / 8 > LONGEST_QUEUE:
                        continue
                    free[to] = max(free[to], now) + len(packet) * 8 / self.rate
                for _ in range(2 if self.random.random() < self.double else 1):
                    at = (free[to] if self.rate else now) + self.delay + self.random.random() * self.jitter
                    heapq.heappush(waiting, (at, number, to, packet))
                    number += 1
            while waiting and waiting[0][0] <= now:
                _, _, to, packet = heapq.heappop(waiting)
                if self.dead:
                    continue
                self.carried += len(packet)
                try:
                    os.write(self.ends[to], packet)
                except OSError:
                    pass  # the other end is down: a packet lost

    def end(self):
        for end in self.ends:
            os.close(end)
        for namespace in self.made:
            subprocess.run(["ip", "netns", "del", namespace], stderr=subprocess.DEVNULL, check=False)


def why_no_lines():
    """Nothing when lines can be made here; else a sentence."""
    if os.geteuid() != 0:
        return "only root may make network namespaces"
    try:
        Line("try").end()
    except FileNotFoundError as missing:
        return f"{missing.filename} is not there (packaging/setup installs ip; the kernel gives /dev/net/tun)"
    except OSError as refused:
        return f"this kernel gives no tun device: {refused.strerror}"
    except subprocess.CalledProcessError as refused:
        return f"this kernel allows no network namespaces: {refused.stderr.strip()}"
    return None
