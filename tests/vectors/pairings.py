# SPDX-License-Identifier: GPL-3.0-or-later
# Scenarios of PROTOCOL.md 9: the four messages of pairing, and the six words over them.
import struct

from encoding import ORGANISATION, ROOT, SCOPE, SealingKey, SigningKey, blake, data, fixed, ident, message, uint

CODE = b"7Q2MX0KD"


def scope(identifier, charter, snapshot=b""):
    return data(1, identifier) + uint(2, charter) + data(3, fixed("charter hash")) + data(4, snapshot)


def reveal(version=1, custody=SealingKey("custody").public, signing=SigningKey("kiosk").public, more=b""):
    return (uint(1, version) + data(2, ident("kiosk")) + data(3, signing) + data(4, SigningKey("kiosk request").public)
            + data(5, SealingKey("kiosk").public) + data(6, custody) + data(7, fixed("kiosk random")) + more)


def offer(version=1, staff=ident("staff"), org=ORGANISATION, house=SCOPE, charter=7, root=ROOT.public, snapshot=fixed("snapshot"), more=b""):
    return (uint(1, version) + data(2, ORGANISATION) + data(3, root) + data(4, ident("desk")) + data(5, SigningKey("desk").public)
            + data(6, SealingKey("desk").public) + message(7, scope(org, charter)) + message(8, scope(house, 3, snapshot)) + data(9, staff)
            + data(10, fixed("desk random")) + more)


def commit(of, version=1):
    return uint(1, version) + data(2, blake("hb.pair.commit", of))


def words(code, a, b, c):
    digest = blake("hb.pair.words", code + struct.pack("<III", len(a), len(b), len(c)) + a + b + c)
    bits = int.from_bytes(digest, "big") >> (256 - 66)
    return " ".join(str(bits >> (11 * (5 - place)) & 0x7FF) for place in range(6))


def scenarios():
    def vector(name, sentence, which, body, expect="ok", **more):
        return "pairing_" + name, sentence, [("kind", "pairing"), ("message", which), ("expect", expect), *more.items()], body

    shown = reveal()
    told = commit(shown)
    answer = offer()
    yield vector("commit", "A kiosk's promise.", "commit", told, hash=blake("hb.pair.commit", shown))
    yield vector("offer", "A desk's answer.", "offer", answer, root=ROOT.public, house=SCOPE, charter=7, staff=ident("staff"),
                 snapshot=fixed("snapshot"))
    yield vector("offer_plain", "Of a house without a snapshot, with nobody of staff named.", "offer", offer(staff=b"", snapshot=b""),
                 root=ROOT.public, house=SCOPE, charter=7)
    yield vector("reveal", "What was promised, and the words that follow.", "reveal", shown, code=CODE.decode(), commit=told, offer=answer,
                 device=ident("kiosk"), words=words(CODE, told, answer, shown))
    bare = reveal(custody=b"")
    yield vector("reveal_without_custody", "No staff is enrolled yet.", "reveal", bare, code=CODE.decode(), commit=commit(bare), offer=answer,
                 device=ident("kiosk"), words=words(CODE, commit(bare), answer, bare))
    later = reveal(more=data(40, b"of a later release"))
    yield vector("reveal_unknown_field", "A field that is not known is ignored, but stands in the transcript.", "reveal", later,
                 code=CODE.decode(), commit=commit(later), offer=answer, device=ident("kiosk"), words=words(CODE, commit(later), answer, later))
    yield vector("verdict", "Admitted.", "verdict", uint(1, 1) + uint(2, 1), admitted=1)
    yield vector("verdict_no", "Not admitted.", "verdict", uint(1, 1), admitted=0)
    yield vector("commit_version_2", "A later release's.", "commit", commit(shown, version=2), "version")
    yield vector("commit_no_version", "Without a version.", "commit", commit(shown, version=0), "parse")
    yield vector("commit_hash_of_31", "A hash of another size.", "commit", uint(1, 1) + data(2, fixed("hash", 31)), "parse")
    yield vector("commit_too_large", "Over 4 KiB.", "commit", told + data(40, bytes(4096)), "limit")
    yield vector("offer_root_of_33", "A root key of another size.", "offer", offer(root=fixed("root", 33)), "parse")
    yield vector("offer_other_org", "The organisation's scope has another identifier.", "offer", offer(org=ident("other")), "parse")
    yield vector("offer_org_twice", "The house is the organisation.", "offer", offer(house=ORGANISATION), "parse")
    yield vector("offer_charter_0", "No charter.", "offer", offer(charter=0), "parse")
    yield vector("offer_staff_of_15", "A member of staff of another size.", "offer", offer(staff=bytes(15)), "parse")
    yield vector("reveal_key_of_31", "A signing key of another size.", "reveal", reveal(signing=fixed("key", 31)), "parse")
    yield vector("reveal_cut_short", "Cut short.", "reveal", shown[:-3], "parse")
    yield vector("verdict_html", "A portal's page.", "verdict", b"<html><body>Welkom</body></html>", "parse")
