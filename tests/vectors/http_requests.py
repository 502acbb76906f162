# SPDX-License-Identifier: GPL-3.0-or-later
# Scenarios of PROTOCOL.md 3: requests as they go over the line, signed and otherwise; seeds for what reads them.
import base64
import hashlib

import nacl.signing

AUTHORITY = "relay.example:8443"
ORGANISATION, SCOPE = "a" * 32, "b" * 32
DEVICE = "000102030405060708090a0b0c0d0e0f"
KEY = nacl.signing.SigningKey(bytes(range(32)))


def signed(method, path, body, created=1767225600, query="?"):
    """The three lines of a signature."""
    digest = "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"
    parameters = ('("@method" "@authority" "@path" "@query" "content-digest");created=' + str(created) + ';keyid="' + DEVICE
                  + '";alg="ed25519";tag="huisbord-1"')
    base = "\n".join(f'"{name}": {value}' for name, value in (
        ("@method", method), ("@authority", AUTHORITY), ("@path", path), ("@query", query), ("content-digest", digest),
        ("@signature-params", parameters)))
    signature = base64.b64encode(KEY.sign(base.encode()).signature).decode()
    return [f"Content-Digest: {digest}", f"Signature-Input: huisbord={parameters}", f"Signature: huisbord=:{signature}:"]


def request(method, path, content_type=None, body=None, lines=(), length=None, end="\r\n"):
    head = [f"{method} {path} HTTP/1.1", f"Host: {AUTHORITY}"]
    if content_type:
        head.append(f"Content-Type: application/vnd.huisbord.{content_type}")
    head += lines
    if body is not None or length is not None:
        head.append(f"Content-Length: {len(body or b'') if length is None else length}")
    return (end.join(head) + end + end).encode() + (body or b"")


def scenarios():
    def vector(name, sentence, expect, body):
        return "request_" + name, sentence, [("kind", "request"), ("expect", expect)], body

    path = f"/v1/{ORGANISATION}/{SCOPE}/"
    asked = b"huisbord"
    pull = signed("POST", path + "pull", asked)
    yield vector("pull", "The example of PROTOCOL.md 3.1.", "ok", request("POST", path + "pull", "pull", asked, pull))
    yield vector("health", "What a watchman asks.", "ok", request("GET", "/healthz"))
    yield vector("wait", "A long wait of one scope.", "ok",
                 request("POST", f"/v1/{ORGANISATION}/wait", "wait", b"\x0a\x12\x0a\x10" + bytes(16) + b"\x10\xd8\x04"))
    yield vector("piece", "A piece of a snapshot.", "ok", request("GET", path + "snapshot/" + "c" * 64 + "/15"))
    yield vector("goes_on", "One that waits to be told to go on.", "ok",
                 request("PUT", path + "segments", "push", asked, ["Expect: 100-continue"]))
    yield vector("cut_short", "Lines that do not end.", "more", request("POST", path + "pull", "pull", asked, pull)[:200])
    yield vector("chunked", "A body in chunks.", "refused",
                 request("PUT", path + "segments", lines=["Transfer-Encoding: chunked"]) + b"5\r\nhello\r\n0\r\n\r\n")
    yield vector("two_lengths", "Two lengths.", "refused", request("PUT", path + "segments", "push", asked, ["Content-Length: 3"]))
    yield vector("enormous", "A length above every bound.", "refused", request("PUT", path + "segments", length=99999999999))
    yield vector("negative", "A length below nothing.", "refused", request("PUT", path + "segments", length=-1))
    yield vector("line_feeds", "Lines that end in line feeds alone.", "refused", request("GET", "/healthz", end="\n"))
    yield vector("tls", "The beginning of TLS on a plain port.", "refused", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(32))
    yield vector("endless_line", "A line without an end.", "refused", b"GET /" + b"a" * 9000)
