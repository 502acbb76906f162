# SPDX-License-Identifier: GPL-3.0-or-later
# Scenarios of charters: good ones with what they hold, and each way to be refused.
from encoding import (DEVICE, EPOCH, KIOSK_DEVICE, DESK_DEVICE, ROOT, Charter, SealingKey, SigningKey, data, delegation, device, epoch,
                      fixed, grant, ident, key_id, keyring_entry, message, sint, uint)

CUSTODY = SealingKey("custody")
PERSON, PERSON_KEY, GONE = ident("person"), fixed("person key"), ident("gone")
FIRST = Charter()
CUT = [DESK_DEVICE, device(2, "kiosk", 1, state=2, cut=(7, fixed("header 7")))]
CUT_EPOCHS = [epoch(EPOCH, 1, [grant(1, "desk", EPOCH)])]


def ruling(kind=1, quarter=1_999_000):
    return uint(1, kind) + uint(2, 2) + uint(3, 9) + data(4, fixed("header 9")) + sint(5, quarter)


def scenario(name, sentence, expect, charter, held=None, now=None, more=()):
    header = [("kind", "charter"), ("expect", expect), ("root", ROOT.public)]
    if held is not None:
        header.append(("held", held.bytes()))
    if now is not None:
        header.append(("now_quarter", now))
    body = charter if isinstance(charter, bytes) else charter.bytes()
    if expect == "ok":
        header += [("number", charter.number), ("hash", charter.hash()), ("devices", len(charter.devices))]
    return "charter_" + name, sentence, header + list(more), body


def good():
    yield scenario("first", "The first of a scope.", "ok", FIRST, now=2_050_000,
                   more=[("grant", f"2 {SealingKey('kiosk').secret.hex()} {key_id(EPOCH).hex()} {EPOCH.hex()}")])
    yield scenario("next", "The next, linked to the one held.", "ok", FIRST.next(rule=2), held=FIRST)
    yield scenario("later", "A later one, the ones between never seen.", "ok", FIRST.next(number=9, previous=fixed("unseen")), held=FIRST)
    yield scenario("new_delegation", "The next number under a later delegation, after a charter of the former hand that was never seen.", "ok",
                   FIRST.next(delegation=delegation(2), previous=fixed("unseen")), held=FIRST)
    yield scenario("same_again", "The one held comes again.", "ok", FIRST, held=FIRST)
    yield scenario("keyring", "A person's key sealed to a kiosk's custody key and then to its sealing key.", "ok",
                   Charter(keyring=[keyring_entry(PERSON, PERSON_KEY, 2, CUSTODY)]),
                   more=[("keyring", f"2 {PERSON.hex()} {CUSTODY.secret.hex()} {SealingKey('kiosk').secret.hex()} {PERSON_KEY.hex()}")])
    full = Charter(devices=CUT, epochs=CUT_EPOCHS, rulings=[ruling()], erased=[GONE],
                   snapshot=data(1, fixed("snapshot")) + data(2, fixed("digest"))
                   + message(3, uint(1, 1) + uint(2, 4) + data(3, fixed("header 4")) + uint(4, 1_980_000 << 32)))
    yield scenario("full", "With a cut, a ruling, an erased person and a snapshot.", "ok", full,
                   more=[("erased", GONE), ("cut", f"2 7 {fixed('header 7').hex()}")])
    yield scenario("unknown_field", "A field of a later release is no reason to refuse.", "ok", Charter(more=data(900, "later")))


def refused():
    raw = FIRST.bytes()
    yield scenario("magic", "Other bytes.", "parse", Charter(magic=b"HBCX"))
    yield scenario("cut_short", "Cut short.", "parse", raw[:-1])
    yield scenario("trailing", "A byte too many.", "parse", raw + b"\0")
    yield scenario("key_of_31", "A device key of 31 bytes.", "parse", Charter(devices=[device(1, "desk", 2, signing=fixed("short", 31))]))
    yield scenario("no_number", "Number 0.", "parse", Charter(number=0))
    yield scenario("first_with_previous", "Number 1 that names one before.", "parse", Charter(previous=fixed("x")))
    yield scenario("many_epochs", "More than 4,096 epochs.", "limit", Charter(epochs=[b""] * 4097))
    yield scenario("other_root", "A delegation of another root key.", "signature", Charter(delegation=delegation(root=SigningKey("stranger"))))
    yield scenario("other_writer", "Signed by another key than the delegated.", "signature", Charter(signer=SigningKey("stranger")))
    yield scenario("other_domain", "A signature made for another purpose.", "signature", Charter(tag="hb.segment"))
    changed = bytearray(raw)
    changed[40] ^= 1
    yield scenario("changed", "A byte changed after it was signed.", "signature", bytes(changed))
    yield scenario("version_2", "A later version.", "version", Charter(version=2))
    yield scenario("device_class_9", "A device class of a later release.", "version", Charter(devices=[device(1, "desk", 9)]))
    yield scenario("lowest_suite_2", "A lowest suite that is not known.", "version", Charter(suite=2))
    yield scenario("ruling_of_tomorrow", "A ruling that was decided after the charter was written.", "parse",
                   Charter(rulings=[ruling(quarter=2_000_001)]))
    yield scenario("ruling_kind_7", "A ruling of a later release.", "version", Charter(rulings=[ruling(7)]))


def senseless():
    second = FIRST.next()
    yield scenario("lower", "A lower number than the one held.", "charter", FIRST, held=second)
    yield scenario("two_of_one_number", "Another one of the number held.", "charter", Charter(rule=2), held=FIRST)
    yield scenario("not_linked", "The next number, after another one than the one held.", "charter", FIRST.next(previous=fixed("x")), held=FIRST)
    yield scenario("other_scope", "Of another scope than the one held.", "charter", FIRST.next(scope=ident("other house")), held=FIRST)
    yield scenario("other_organisation", "Of another organisation than the one held.", "charter",
                   FIRST.next(organisation=ident("other organisation"), delegation=delegation(organisation=ident("other organisation"))), held=FIRST)
    yield scenario("expired", "The delegation has ended.", "charter", FIRST, now=2_100_001)
    yield scenario("written_after", "Written after its delegation ended.", "charter", Charter(written=2_100_001))
    newer = Charter(delegation=delegation(2))
    yield scenario("older_delegation", "Under a delegation that was replaced.", "charter", newer.next(delegation=delegation(1)), held=newer)
    stranger = SigningKey("stranger")
    yield scenario("two_delegations", "Two delegations of one number.", "charter",
                   FIRST.next(delegation=delegation(1, key=stranger.public), signer=stranger), held=FIRST)
    cut = Charter(devices=CUT, epochs=CUT_EPOCHS)
    yield scenario("cut_lowered", "A cut moved to before where the device counted.", "charter",
                   cut.next(devices=[DESK_DEVICE, device(2, "kiosk", 1, state=2, cut=(6, fixed("header 6")))]), held=cut)
    yield scenario("cut_lifted", "A device taken back that was cut.", "charter", cut.next(devices=[DESK_DEVICE, KIOSK_DEVICE]), held=cut)
    wiped = Charter(devices=[DESK_DEVICE, device(2, "kiosk", 1, state=4, cut=(7, fixed("header 7")))], epochs=CUT_EPOCHS)
    yield scenario("wiped_undone", "A wiped device that is only cut again.", "charter", wiped.next(devices=CUT), held=wiped)
    yield scenario("snapshot_past_cut", "A snapshot that holds more of a device than its cut.", "charter",
                   Charter(devices=CUT, epochs=CUT_EPOCHS, snapshot=data(1, fixed("snapshot")) + data(2, fixed("digest"))
                           + message(3, uint(1, 2) + uint(2, 8) + data(3, fixed("header 8")) + uint(4, 1_980_000 << 32))))
    yield scenario("no_cut", "A device that is not active without a cut.", "charter",
                   Charter(devices=[DESK_DEVICE, device(2, "kiosk", 1, state=4)], epochs=CUT_EPOCHS))
    yield scenario("number_reused", "A device number given to another device.", "charter",
                   FIRST.next(devices=[DESK_DEVICE, device(2, "other kiosk", 1)]), held=FIRST)
    yield scenario("device_dropped", "A device is no longer listed.", "charter", FIRST.next(devices=[DESK_DEVICE], epochs=CUT_EPOCHS), held=FIRST)
    yield scenario("device_twice", "A device listed twice.", "charter", Charter(devices=[DESK_DEVICE, DESK_DEVICE], epochs=CUT_EPOCHS))
    yield scenario("epoch_forgotten", "An epoch is no longer listed.", "charter", FIRST.next(epochs=[]), held=FIRST)
    yield scenario("grant_to_cut", "An epoch granted to a device that was cut.", "charter", Charter(devices=CUT))
    erasing = Charter(erased=[GONE])
    yield scenario("erasure_undone", "An erased person is no longer listed.", "charter", erasing.next(erased=[]), held=erasing)
    yield scenario("key_of_erased", "The keyring holds the key of an erased person.", "charter",
                   Charter(erased=[PERSON], keyring=[keyring_entry(PERSON, PERSON_KEY, 2, CUSTODY)]))
    yield scenario("key_to_desk", "The keyring gives a person's key to a desk.", "charter", Charter(keyring=[keyring_entry(PERSON, PERSON_KEY, 1, CUSTODY)]))
    ruled = Charter(rulings=[ruling()])
    yield scenario("ruling_undone", "A ruling is taken back.", "charter", ruled.next(rulings=[]), held=ruled)
    yield scenario("rule_lowered", "A lower rule number.", "charter", Charter(rule=2).next(rule=1), held=Charter(rule=2))


def scenarios():
    assert DEVICE.public == SigningKey("kiosk").public
    yield from good()
    yield from refused()
    yield from senseless()
