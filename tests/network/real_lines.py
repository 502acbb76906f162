# SPDX-License-Identifier: GPL-3.0-or-later
# An office or a board, and the relay, in network namespaces: lines that lose, delay, crawl, break, lie and listen: real_lines.py BUILT.
#
# Each line ends in everything having arrived, or in an error of the network and nothing believed to have arrived. Five lines at once, because
# most of the time is waiting.
import contextlib
import http.server
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading

from line import RELAY_AT, why_no_lines
from place import PATIENCE, PORT, Place, certificate, wait_until

SKIPPED = 77


class Portal(http.server.BaseHTTPRequestHandler):
    """Says yes to everything, in HTML."""

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        page = b"<html><body>Welcome. Accept the terms to go on.</body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    do_GET = do_PUT = do_POST = answer

    def log_message(self, *_):
        pass


def portal(pair):
    """This process as one; it was started inside the relay's namespace."""
    server = http.server.ThreadingHTTPServer((RELAY_AT, PORT), Portal)
    if pair:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*pair)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print("listening", flush=True)
    server.serve_forever()


def bad_lines(place):
    place.start_relay()
    for what, how in (("a line with 300 ms there and back", {"delay": 0.15, "jitter": 0.02}),
                      ("a line that loses every tenth packet", {"loss": 0.1, "delay": 0.02}),
                      ("a line that doubles and reorders", {"double": 0.2, "delay": 0.01, "jitter": 0.05})):
        place.write_something()
        place.line.shape(**how)
        place.expect(place.everything_arrives(), what + ": everything arrives")
    place.end_relay()


@contextlib.contextmanager
def lying(place, given):
    liar = subprocess.Popen(place.line.inside("relay", sys.executable, os.path.abspath(__file__), "--portal", *given), stdout=subprocess.PIPE, text=True)
    try:
        if liar.stdout.readline() != "listening\n":
            raise RuntimeError("the portal did not start")
        yield
    finally:
        liar.kill()
        liar.wait()


def liars(place):
    place.line.shape()
    stranger = certificate(place.folder, "stranger")
    place.write_something()
    for what, given in (("a captive portal in plain HTTP", []), ("a captive portal with a certificate of its own", stranger[1:]),
                        ("a portal that answers 200 and HTML under the relay's own certificate", place.pair[1:])):
        with lying(place, given):
            place.expect(place.is_no_network(), what + " is no network")
    # Somebody in between who passes everything on, with a certificate of an authority that is not the relay's.
    own, place.pair = place.pair, (place.pair[0], *stranger[1:])
    place.start_relay()
    place.expect(place.is_no_network(), "the relay behind somebody who opens TLS on the way is no network")
    place.end_relay()
    place.pair = own
    place.start_relay()
    place.expect(place.everything_arrives(), "nothing was believed to have arrived, so now it arrives")
    place.end_relay()


def bad_and_lying(place):
    bad_lines(place)
    liars(place)


def crawling(place):
    place.start_relay()
    place.expect(place.everything_arrives(), "the organisation's first round, on a good line")
    place.write_something()
    place.line.shape(rate=2000, delay=0.1)
    with place.watching() as said:
        # One round is enough: the next, with the witness of this one, takes as long again.
        wait_until(lambda: "operations wait" in said(), "a round on a line of 2 kbit/s")
        place.expect(said().startswith("1 segments sent"), "a line of 2 kbit/s: everything arrives")
    place.line.shape()
    place.end_relay()


def dies_in_a_round(place, after=2500):
    """The line carries so many bytes more and dies, without a word to either end."""
    begun = place.line.carried
    place.line.shape(rate=16000)
    wait_until(lambda: place.line.carried - begun > after, "a round that begins")
    place.line.shape(dead=True)


def broken(place):
    place.start_relay()
    ended = []
    round_under_way = threading.Thread(target=lambda: ended.append(place.is_no_network()))
    round_under_way.start()
    dies_in_a_round(place)
    round_under_way.join()
    place.expect(ended == [True], "a line that dies in the middle of a round is no network")
    place.line.shape()
    place.expect(place.everything_arrives(), "and when it is back everything arrives")
    place.end_relay()


def half_open(place):
    """Each end in turn goes on with a connection of which the other knows nothing any more."""
    place.start_relay()
    with place.watching() as said:
        dies_in_a_round(place)
        place.end_relay(signal.SIGKILL)
        place.start_relay()
        place.line.shape()
        wait_until(lambda: said().rstrip().endswith(" 0 operations wait"), "a replica whose relay lost power goes on with another connection")
        place.expect(True, "a replica whose relay lost power and the connection goes on by itself")
        place.line.shape(dead=True)
    place.line.shape()
    place.write_something()
    place.expect(place.everything_arrives(), "a relay whose replica lost power takes it back while the old connection stands")
    place.end_relay()


class Board:
    """The kiosk's own program on the far end of a place's line, without a display: what it heard stands on its glass, and nobody touches it."""

    def __init__(self, place):
        self.place, self.program = place, None
        with open(os.open(place.path("staff"), os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
            out.write("een lange zin van de begeleiding\n")
        place.ctl("kiosk", "make", "--house", "Kade", "--out", place.path("kiosk"), "--kiosk-phrase-file", place.path("kiosk-phrase"),
                  "--staff-passphrase-file", place.path("staff"), "--relay", f"https://{RELAY_AT}:{PORT}", "--authorities", place.pair[0],
                  "--store-key-out", place.path("store-key"), *place.opened())

    def start(self):
        glass = ["env", "SDL_VIDEODRIVER=dummy", os.path.join(self.place.programs, "huisbord"), "--dir", self.place.path("kiosk"), "--windowed", "800x480",
                 "--software", "--store-key-file", self.place.path("store-key"), "--semantics", self.place.path("glass"), "--tick", "1"]
        with open(self.place.path("board"), "ab") as log:
            self.program = subprocess.Popen(self.place.line.inside("replica", *glass), stdout=log, stderr=log)

    def end(self, how=signal.SIGTERM):
        self.program.send_signal(how)
        self.program.wait(timeout=PATIENCE)

    def shows(self, text):
        if self.program.poll() is not None:
            raise RuntimeError(f"{self.place.name}: the board ended with {self.program.returncode}")
        try:
            with socket.socket(socket.AF_UNIX) as door:
                door.connect(self.place.path("glass"))
                door.sendall(b"tree\n")
                door.shutdown(socket.SHUT_WR)
                return text in b"".join(iter(lambda: door.recv(65536), b"")).decode()
        except OSError:
            return False


def at_the_office(place):
    """A round of the office's own replica, which stands beside the relay. How much it took."""
    done = subprocess.run(place.line.inside("relay", *place.replica_words("--once")[4:]), capture_output=True, text=True, timeout=PATIENCE)
    place.said = done.stdout + done.stderr
    if done.returncode != 0:
        raise RuntimeError(f"{place.name}: the office's round: {place.said.strip()}")
    return sum(int(taken) for taken in re.findall(r"(\d+) operations taken", done.stdout))


def post(place, title):
    place.ctl("notice", "add", "--house", "Kade", "--text", f"nl={title}", *place.opened())


def board_on_bad_lines(place):
    board = Board(place)
    place.start_relay()
    at_the_office(place)
    place.line.shape(delay=0.15, jitter=0.05, loss=0.1, double=0.1)
    board.start()
    # The first thing that a board writes says what it has of everything.
    wait_until(lambda: at_the_office(place) > 0, "something from the board, on a line that loses, doubles and reorders")
    post(place, "Eerste bericht")
    at_the_office(place)
    wait_until(lambda: board.shows("Eerste bericht"), "a notice on the glass, on the same line")
    place.expect(True, "a board on a line that loses, doubles and reorders hears and is heard")

    post(place, "Tweede bericht")
    place.line.shape(rate=16000)
    at_the_office(place)
    dies_in_a_round(place, after=800)
    place.end_relay(signal.SIGKILL)
    place.start_relay()
    place.line.shape()
    wait_until(lambda: board.shows("Tweede bericht"), "a notice on the glass, after the line died under the board's connections")
    place.expect(True, "a board whose relay lost power while the line was dead goes on by itself")
    place.end_relay()

    stranger = certificate(place.folder, "stranger")
    for what, given in (("a captive portal", []), ("a portal under the relay's own certificate", place.pair[1:])):
        with lying(place, given):
            begun = place.line.carried
            wait_until(lambda: place.line.carried - begun > 3000, "a board that asks " + what)
    own, place.pair = place.pair, (place.pair[0], *stranger[1:])
    place.start_relay()
    begun = place.line.carried
    wait_until(lambda: place.line.carried - begun > 1500, "a board that asks somebody who opens TLS on the way")
    place.end_relay()
    place.pair = own
    post(place, "Derde bericht")
    place.start_relay()
    at_the_office(place)
    wait_until(lambda: board.shows("Derde bericht"), "a notice on the glass, after portals and somebody who opened TLS on the way")
    place.expect(board.shows("Tweede bericht"), "a board believes no portal and nobody who opens TLS on the way, and goes on when they are gone")

    board.end(signal.SIGKILL)
    post(place, "Vierde bericht")
    at_the_office(place)
    place.line.shape(rate=2000, delay=0.1)
    board.start()
    wait_until(lambda: board.shows("Derde bericht"), "what a board had when it lost power")
    wait_until(lambda: board.shows("Vierde bericht"), "a notice on the glass, at 2 kbit/s")
    place.expect(True, "a board that lost power has what it had, and hears more on a line of 2 kbit/s")
    board.end()
    place.line.shape()
    place.end_relay()


def main(built):
    why = why_no_lines()
    if why:
        print(f"SKIPPED: {why}; nothing was tested", flush=True)
        return SKIPPED
    wrong, folder = [], tempfile.mkdtemp(prefix="huisbord-lines-")
    try:
        pair = certificate(folder, "relay")

        def play(name, story):
            try:
                place = Place(built, folder, pair, name)
                try:
                    story(place)
                finally:
                    place.end()
            except Exception as failure:  # said at the end, when the other lines have ended as well
                wrong.append(f"{name}: {failure}")

        stories = [threading.Thread(target=play, args=each) for each in (("a", bad_and_lying), ("b", crawling), ("d", broken), ("e", half_open), ("f", board_on_bad_lines))]
        for story in stories:
            story.start()
        for story in stories:
            story.join()
    finally:
        shutil.rmtree(folder)
    for each in wrong:
        print("FAILED", each, flush=True)
    return 1 if wrong else 0


if sys.argv[1] == "--portal":
    portal(sys.argv[2:])
else:
    sys.exit(main(sys.argv[1]))
