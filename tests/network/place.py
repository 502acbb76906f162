# SPDX-License-Identifier: GPL-3.0-or-later
# A line with a relay at one end and an organisation's store at the other, and what a story asks of them.
import contextlib
import os
import signal
import subprocess
import time

from line import RELAY_AT, Line

PORT = 8443
PATIENCE = 120  # seconds for anything that must happen, on a machine that does much else
STARTED = time.monotonic()


def certificate(folder, name):
    """An authority, and a certificate of its for the relay's address with its key."""
    path = lambda end: os.path.join(folder, name + end)  # noqa: E731
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    with open(path(".ext"), "w") as extension:
        extension.write(f"subjectAltName=IP:{RELAY_AT}\n")
    for words in (["req", "-x509", *key, "-days", "30", "-subj", f"/CN={name}", "-keyout", path("-ca.key"), "-out", path("-ca.pem")],
                  ["req", *key, "-subj", "/CN=relay", "-keyout", path(".key"), "-out", path(".csr")],
                  ["x509", "-req", "-in", path(".csr"), "-CA", path("-ca.pem"), "-CAkey", path("-ca.key"), "-CAcreateserial", "-days", "30",
                   "-extfile", path(".ext"), "-out", path(".pem")]):
        subprocess.run(["openssl", *words], check=True, stderr=subprocess.DEVNULL)
    return path("-ca.pem"), path(".pem"), path(".key")


class Place:
    """A line, a relay at one end of it and an organisation's store at the other."""

    def __init__(self, built, folder, pair, name):
        self.name, self.pair, self.folder = name, pair, os.path.join(folder, name)
        self.programs = os.path.join(built, "bin")
        os.mkdir(self.folder)
        self.said, self.tasks, self.relay = "", 0, None
        made = self.ctl("init", "--name", "Lines", "--dir", self.path("office"), "--phrase-out", self.path("phrase"), "--root-dir",
                        self.path("root"), "--root-dir", self.path("other-root"))
        self.root = next(line.split()[-1] for line in made.stdout.splitlines() if line.startswith("root public key"))
        with open(self.path("people.csv"), "w") as out:
            out.write("huis;woongroep;kamer;roepnaam;symbool;taal;instroom\nKade;A;1;Iemand;poot;nl;01-01-2026\n")
        self.ctl("import", "people", self.path("people.csv"), *self.opened())
        self.line = Line(name)

    def path(self, name):
        return os.path.join(self.folder, name)

    def opened(self):
        return ["--dir", self.path("office"), "--phrase-file", self.path("phrase")]

    def ctl(self, *words):
        done = subprocess.run([os.path.join(self.programs, "huisbordctl"), *words], capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode != 0:
            raise RuntimeError(f"{self.name}: huisbordctl {words[0]}: {done.stderr.strip()}")
        return done

    def write_something(self):
        self.tasks += 1
        self.ctl("task", "add", "--house", "Kade", "--place", "kitchen", "--before", f"{self.tasks % 24:02}:30", *self.opened())

    def replica_words(self, *how):
        return self.line.inside("replica", os.path.join(self.programs, "huisbordctl"), "replica", *how, "--relay", f"https://{RELAY_AT}:{PORT}",
                                "--authorities", self.pair[0], *self.opened())

    def everything_arrives(self):
        """True when a round ended well and nothing waits."""
        done = subprocess.run(self.replica_words("--once"), capture_output=True, text=True, timeout=PATIENCE)
        self.said = done.stdout + done.stderr
        return done.returncode == 0 and done.stdout.rstrip().endswith(" 0 operations wait")

    def is_no_network(self):
        """True when the round ended in an error and no segment was believed to have arrived."""
        done = subprocess.run(self.replica_words("--once"), capture_output=True, text=True, timeout=PATIENCE)
        self.said = done.stdout + done.stderr
        return done.returncode == 1 and "operations wait" not in done.stdout and done.stderr.strip() != ""

    @contextlib.contextmanager
    def watching(self):
        """A replica that goes on round after round; gives a function that reads what it said. In the end it loses power."""
        with open(self.path("watching"), "w+") as out:
            replica = subprocess.Popen(self.replica_words("--watch", "--tick", "1"), stdout=out, stderr=out)

            def said():
                with open(self.path("watching")) as written:
                    self.said = written.read()
                return self.said

            try:
                yield said
            finally:
                replica.kill()
                replica.wait()

    def start_relay(self):
        self.relay = subprocess.Popen(
            self.line.inside("relay", os.path.join(self.programs, "huisbord-relay"), "--listen", f"{RELAY_AT}:{PORT}", "--data", self.path("relay"),
                             "--root", self.root, "--certificate", self.pair[1], "--key", self.pair[2]),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        if not self.relay.stdout.readline().startswith("listening"):
            raise RuntimeError(f"{self.name}: the relay did not start")

    def end_relay(self, how=signal.SIGTERM):
        self.relay.send_signal(how)
        ended = self.relay.wait(timeout=PATIENCE)
        if ended != (0 if how == signal.SIGTERM else -how):
            raise RuntimeError(f"{self.name}: the relay ended with {ended}")
        self.relay = None

    def expect(self, holds, what):
        if not holds:
            raise RuntimeError(f"{self.name}: {what}: {self.said.strip()}")
        print(f"{time.monotonic() - STARTED:5.1f} s  {what}", flush=True)

    def end(self):
        if self.relay:
            self.relay.kill()
            self.relay.wait()
        self.line.end()


def wait_until(holds, what):
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            raise RuntimeError("waited in vain: " + what)
        time.sleep(0.05)
