# SPDX-License-Identifier: GPL-3.0-or-later
# Scenarios of single operations: one of each kind, and each way to be wrong.
from encoding import (SCOPE, blake, data, fixed, ident, message, operation, seal_box, sint, stamp_of, uint)

STAMP = 1_980_000 << 32
STRUCTURE, APPOINTMENT, ROTA, LEDGER, STAY, NOTICE = 1, 2, 4, 5, 6, 7
ACTOR = ident("actor")
PERSON = ident("person")
PERSON_KEY = fixed("person key")
ENTRY = ident("entry")
DUTY = blake("hb.duty", ident("task") + (20300).to_bytes(4, "little"), b"", 16)

ENTRY_CHANGE = message(1, message(7, sint(1, 20300) + sint(2, -500) + uint(3, 2) + data(4, "reden")))
IDENTITY_AND_LANGUAGE = message(1, message(1, data(1, "Selam") + sint(2, 20100))) + message(1, message(2, data(1, "ti") + uint(2, 3)))

# number: name, term class, record, body, who writes it, where
KINDS = {
    2: ("house", STRUCTURE, SCOPE, data(1, "Huis De Linde"), "desk", "org"),
    3: ("woongroep", STRUCTURE, ident("woongroep"), data(1, "Boven") + uint(2, 1), "desk", "house"),
    4: ("room", STRUCTURE, ident("room"), data(1, ident("woongroep")) + data(2, "7"), "desk", "house"),
    5: ("placing", STAY, PERSON, data(1, ident("room")) + uint(2, 6) + uint(3, 2) + sint(4, 20100), "desk", "house"),
    6: ("placing_ended", STAY, PERSON, sint(1, 20400), "desk", "house"),
    7: ("appearance", STAY, PERSON, uint(1, 9) + uint(2, 4), "kiosk", "house"),
    8: ("task", STRUCTURE, ident("task"), data(1, ident("woongroep")) + uint(2, 1) + uint(3, 1200) + uint(4, 127), "desk", "house"),
    9: ("duty_planned", ROTA, DUTY, data(1, ident("task")) + sint(2, 20300) + data(3, ident("room")), "kiosk", "house"),
    10: ("duty_done", ROTA, DUTY, uint(1, 1), "kiosk", "house"),
    11: ("duty_offered", ROTA, ident("offer"), data(1, DUTY), "kiosk", "house"),
    12: ("duty_claimed", ROTA, ident("offer"), data(1, DUTY) + data(2, ident("room")), "kiosk", "house"),
    13: ("swap_proposed", ROTA, ident("swap"), data(1, DUTY) + data(2, ident("other duty")), "kiosk", "house"),
    14: ("swap_answered", ROTA, ident("swap"), uint(1, 1), "kiosk", "house"),
    15: ("notice", NOTICE, ident("notice"), uint(1, 2) + sint(2, 20300) + sint(3, 20305)
         + message(4, data(1, "nl") + data(2, "Douche") + data(3, "Kapot tot donderdag")), "desk", "org"),
    16: ("activity", NOTICE, ident("activity"), uint(1, 2) + data(3, "keuken") + sint(4, 20301) + uint(5, 1080) + uint(6, 1200), "kiosk", "house"),
    17: ("staff", STRUCTURE, ident("staff"), data(1, "Begeleider"), "desk", "org"),
    18: ("role_granted", STRUCTURE, ident("grant"), data(1, ident("staff")) + uint(2, 1) + data(3, SCOPE), "desk", "org"),
    19: ("role_revoked", STRUCTURE, ident("grant"), b"", "desk", "org"),
    20: ("rate", STRUCTURE, ident("rate"), sint(1, 20000) + uint(2, 2) + message(3, uint(1, 1) + sint(2, 5000)), "desk", "org"),
    21: ("witness", STRUCTURE, b"", message(1, uint(1, 1) + uint(2, 12) + data(3, fixed("head 1"))) + message(1, uint(1, 2) + uint(2, 3)
         + data(3, fixed("head 2"))) + uint(2, 4) + sint(3, 1_980_000) + data(4, fixed("digest")), "kiosk", "org"),
    22: ("device_keys", STRUCTURE, ident("device"), data(1, fixed("sealing")) + data(2, fixed("custody")) + uint(3, 7), "kiosk", "house"),
}


def open_operation(kind, stamp=STAMP, **changes):
    _, term, record, body, _, _ = KINDS[kind]
    given = {"actor": ACTOR, "record": record, "term_class": term, "body": message(kind + 18, body), **changes}
    return operation(stamp, kind, **given)


def personal(text, slots, record=ENTRY, term=LEDGER, stamp=STAMP, label="box", **changes):
    box = seal_box(PERSON_KEY, SCOPE, record, PERSON, slots, text, label)
    given = {"actor": ACTOR, "record": record, "person": PERSON, "slots": slots, "box": box, "term_class": term, **changes}
    return operation(stamp, 1, **given)


def scenario(name, sentence, expect, raw, writer=("kiosk", "house"), known="yes", more=()):
    header = [("kind", "operation"), ("expect", expect), ("device_class", writer[0]), ("scope_kind", writer[1])]
    if expect == "ok":
        header += [("known", known), ("stamp", stamp_of(raw)), ("operation_hash", blake("hb.operation", raw))]
    return "operation_" + name, sentence, header + list(more), raw


def scenarios():
    for kind, (name, _, _, _, device_class, scope_kind) in KINDS.items():
        yield scenario(name, f"One of kind {kind}, {name}.", "ok", open_operation(kind), (device_class, scope_kind), more=[("kind_name", name)])
    opened = [("kind_name", "personal"), ("person_key", PERSON_KEY), ("scope", SCOPE)]
    yield scenario("personal_entry", "A line of leefgeld in a box of 64 bytes padded.", "ok", personal(ENTRY_CHANGE, (1,)),
                   more=opened + [("personal", ENTRY_CHANGE)])
    record = blake("hb.person.record", PERSON, b"", 16)
    yield scenario("personal_two_slots", "Two slots of a person's record in one box.", "ok",
                   personal(IDENTITY_AND_LANGUAGE, (1, 2), record=record, term=STAY), more=opened + [("personal", IDENTITY_AND_LANGUAGE)])

    later_kind = operation(STAMP, 400, ROTA, record=ident("new"), actor=ACTOR, body=message(900, b"of a later release"))
    yield scenario("unknown_kind", "A kind of a later release is kept.", "ok", later_kind, known="no")
    yield scenario("unknown_term", "A term class of a later release is kept.", "ok", open_operation(10, term_class=12), known="no")
    yield scenario("unknown_field", "An unknown field of a known kind does not hide the rest.", "ok",
                   open_operation(10) + message(900, b"of a later release"), more=[("kind_name", "duty_done")])

    for kind in (5, 20):
        where = KINDS[kind][5]
        yield scenario(f"kiosk_writes_{KINDS[kind][0]}", "A kiosk writes what only a desk may.", "forbidden", open_operation(kind), ("kiosk", where))
    yield scenario("kiosk_writes_org", "A kiosk writes to the organisation's scope.", "forbidden", open_operation(10), ("kiosk", "org"))
    yield scenario("resident_in_org", "A desk writes about a resident into the organisation's scope.", "forbidden",
                   personal(ENTRY_CHANGE, (1,)), ("desk", "org"))

    yield scenario("no_stamp", "The stamp is missing.", "parse", open_operation(10)[9:])
    yield scenario("stamp_not_first", "The stamp does not stand first.", "parse", open_operation(10)[9:] + open_operation(10)[:9])
    yield scenario("two_stamps", "Two stamps.", "parse", open_operation(10) + uint(1, 5))
    yield scenario("cut_short", "Cut short inside a field.", "parse", open_operation(10)[:-1])
    yield scenario("actor_of_15", "An actor of 15 bytes.", "parse", open_operation(10, actor=ACTOR[:15]))
    yield scenario("room_of_17", "An identifier of 17 bytes inside a body.", "parse",
                   open_operation(4, body=message(22, data(1, ident("woongroep") + b"x"))))
    yield scenario("no_record", "No record.", "parse", open_operation(10, record=b""))
    yield scenario("no_body", "The body of its kind is missing.", "parse", open_operation(10, body=b""))
    yield scenario("two_bodies", "The body of another kind beside its own.", "parse", open_operation(10) + message(35, data(1, "x")))
    yield scenario("open_with_box", "An open kind with a box.", "parse", open_operation(10, box=bytes(104)))
    yield scenario("open_with_person", "An open kind that names a person.", "parse", open_operation(10, person=PERSON))
    yield scenario("other_term", "Another term class than its kind's.", "parse", open_operation(10, term_class=STRUCTURE))
    yield scenario("not_utf8", "A text that is no UTF-8.", "parse", open_operation(17, body=message(35, data(1, b"\xff\xfe"))), ("desk", "org"))
    yield scenario("nested_17", "Groups nested seventeen deep.", "parse", open_operation(10) + b"\xa3\x38" * 17 + b"\xa4\x38" * 17)
    yield scenario("slot_twice", "A slot named twice.", "parse", personal(ENTRY_CHANGE, (1, 1)))
    yield scenario("slot_17", "A slot that cannot be.", "parse", personal(ENTRY_CHANGE, (17,)))
    yield scenario("no_slots", "A box for no slot.", "parse", personal(ENTRY_CHANGE, ()))
    yield scenario("box_size", "A box of a size that none has.", "parse", personal(ENTRY_CHANGE, (1,), box=bytes(100)))
    yield scenario("witness_unordered", "A witness whose devices do not rise.", "parse",
                   open_operation(21, body=message(39, message(1, uint(1, 2) + uint(2, 3) + data(3, fixed("a"))) * 2 + data(4, fixed("d")))), ("kiosk", "org"))
    yield scenario("witness_of_a_release", "A witness that says how many kinds its writer's release knows.", "ok",
                   open_operation(21, body=message(39, message(1, uint(1, 2) + uint(2, 3) + data(3, fixed("a"))) + uint(2, 4) + sint(3, 1_980_000)
                                                  + data(4, fixed("d")) + uint(5, 22))), ("kiosk", "org"), more=[("kind_name", "witness")])
    yield scenario("witness_of_roles", "A witness in a house that says by which roles its tables were made.", "ok",
                   open_operation(21, body=message(39, message(1, uint(1, 1) + uint(2, 3) + data(3, fixed("a"))) + uint(2, 4) + sint(3, 1_980_000)
                                                  + data(4, fixed("d")) + uint(5, 22) + data(6, fixed("r")))), more=[("kind_name", "witness")])
    yield scenario("witness_of_short_roles", "A witness whose roles have 31 bytes.", "parse",
                   open_operation(21, body=message(39, data(4, fixed("d")) + data(6, bytes(31)))))
    yield scenario("device_key_of_31", "A device's key of 31 bytes.", "parse", open_operation(22, body=message(40, data(1, bytes(31)))))
    yield scenario("too_large", "More than 16 KiB.", "limit", open_operation(10) + data(900, bytes(16384)))
    yield scenario("long_name", "A name of 257 bytes.", "limit", open_operation(17, body=message(35, data(1, "n" * 257))), ("desk", "org"))
    yield scenario("slots_17", "Seventeen slots.", "limit", personal(ENTRY_CHANGE, tuple(range(1, 18))))
    yield scenario("box_too_large", "A box of more than 15 KiB.", "limit", personal(ENTRY_CHANGE, (1,), box=bytes(40 + 15360)))

    moved = personal(ENTRY_CHANGE, (1,))
    yield scenario("box_elsewhere", "A box that was sealed for another record.", "seal", moved.replace(data(6, ENTRY), data(6, ident("elsewhere"))), more=opened)
    yield scenario("box_other_key", "A box under another person's key.", "seal", moved, more=[("person_key", fixed("other key")), ("scope", SCOPE)])
