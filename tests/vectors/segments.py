# SPDX-License-Identifier: GPL-3.0-or-later
# Scenarios of segments: good ones and each way to be refused, from the first byte to the last operation.
from encoding import (DEVICE, EPOCH, ROOT, SCOPE, Charter, Segment, SigningKey, blake, data, fixed, ident, join, key_id, message, operation,
                      raw_frame)
import operations as made

# zstd 1.5.4 at level 3 of the content of THREE, kept here so that the vector does not depend on the zstd installed.
COMPRESSED = bytes.fromhex("28b52ffd20ae4d0200e40339088180808080cc8d0f100a1a10c648d267f488575a78198d3c1b3ccd75200428d4163210c7a4656c42265ce603463caea57371e4e20102080139088283020004a768f7534101")


def done(counter, **changes):
    return made.open_operation(10, stamp=made.STAMP + counter, **changes)


THREE = [done(1), done(2), done(3)]
FIRST = Segment(THREE)
NEXT = [made.open_operation(9, stamp=made.STAMP + 4), done(5)]


def scenario(name, sentence, expect, segment, held=None, charter=None, epoch_key=EPOCH):
    raw = segment if isinstance(segment, bytes) else segment.bytes()
    number, before, stamp = held or (0, bytes(32), 0)
    header = [("kind", "segment"), ("expect", expect), ("device_key", DEVICE.public), ("epoch_key", epoch_key),
              ("held_number", number), ("held_hash", before), ("held_stamp", stamp)]
    if charter is not None:
        header += [("root", ROOT.public), ("charter", charter.bytes())]
    if expect == "ok":
        header += [("first", segment.first), ("header_hash", segment.head()[1])] + [("operation", one) for one in segment.operations]
    return "segment_" + name, sentence, header, raw


def good():
    yield scenario("first", "The first of a device.", "ok", Segment(THREE))
    yield scenario("next", "The next, after the first.", "ok", Segment(NEXT, held=FIRST.head()), held=FIRST.head())
    yield scenario("padded", "Padded by Padme.", "ok", Segment(THREE, padded=True))
    yield scenario("compressed", "Compressed by zstd.", "ok", Segment(THREE, frame=COMPRESSED))
    yield scenario("charter", "Checked against its charter.", "ok", Segment(THREE), charter=Charter())
    many = [done(counter) for counter in range(1, 301)]
    yield scenario("three_hundred", "Three hundred operations.", "ok", Segment(many))
    mixed = [made.personal(made.ENTRY_CHANGE, (1,), stamp=made.STAMP + 1), made.open_operation(21, stamp=made.STAMP + 2),
             operation(made.STAMP + 3, 400, 4, record=ident("new"), body=message(900, b"later"))]
    yield scenario("mixed", "A personal operation, a witness and a kind of a later release.", "ok", Segment(mixed))
    window = b"\x28\xb5\x2f\xfd\x80\x50" + len(join(THREE)).to_bytes(4, "little") + raw_frame(join(THREE))[6:]
    yield scenario("window_1_mib", "A frame that asks for a window of 1 MiB.", "ok", Segment(THREE, frame=window))


def misformed():
    raw = Segment(THREE).bytes()
    yield scenario("magic", "Other bytes.", "parse", Segment(THREE, magic=b"HBSX"))
    yield scenario("empty", "Nothing.", "parse", b"")
    yield scenario("cut_header", "Cut short inside the header.", "parse", raw[:100])
    yield scenario("cut_body", "Cut short inside the body.", "parse", raw[:-1])
    yield scenario("trailing", "A byte too many.", "parse", raw + b"\0")
    yield scenario("body_hash", "Another body than the header names.", "parse", Segment(THREE, body_hash=fixed("x")))
    yield scenario("no_operations", "Count 0.", "parse", Segment(THREE, count=0))
    yield scenario("device_0", "Device number 0.", "parse", Segment(THREE, device=0))
    yield scenario("count_lower", "More operations than declared.", "parse", Segment(THREE, count=2))
    yield scenario("count_higher", "Fewer operations than declared.", "parse", Segment(THREE, count=4))
    yield scenario("padding_not_zero", "Padding that says something.", "parse", Segment(THREE, frame=raw_frame(join(THREE)) + b"\0\1"))
    yield scenario("no_frame", "The plaintext is no zstd frame.", "parse", Segment(THREE, frame=bytes(60)))
    yield scenario("frame_size", "The frame declares another size than the header.", "parse", Segment(THREE, opened_size=len(join(THREE)) + 1))
    yield scenario("frame_lies", "The frame holds less than it declares.", "parse",
                   Segment(THREE, frame=raw_frame(join(THREE), declared=255), opened_size=255))
    frame = raw_frame(join(THREE))
    yield scenario("frame_checksum", "The frame has a checksum.", "parse", Segment(THREE, frame=frame[:4] + bytes([frame[4] | 4]) + frame[5:] + bytes(4)))
    yield scenario("frame_no_size", "The frame does not declare its size.", "parse", Segment(THREE, frame=frame[:4] + b"\0\0" + frame[6:]))
    yield scenario("long_length", "A length that is not in its shortest form.", "parse",
                   Segment(THREE, content=bytes([len(THREE[0]) | 0x80, 0]) + join(THREE)[1:]))
    yield scenario("last_cut", "The last operation is cut short.", "parse", Segment(THREE, content=join(THREE)[:-1]))
    yield scenario("no_stamp", "An operation does not begin with its stamp.", "parse", Segment(THREE, content=join(THREE[:2] + [THREE[2][9:]])))

    yield scenario("count_4097", "4,097 operations.", "limit", Segment(THREE, count=4097))
    yield scenario("opened_size", "More than 1 MiB opened.", "limit", Segment(THREE, opened_size=2**20 + 1))
    yield scenario("sealed_size", "More than 256 KiB.", "limit", Segment(THREE, sealed_size=261_925))
    yield scenario("first_too_high", "A number at the end of its range.", "limit", Segment(THREE, first=2**64 - 2))
    wide = b"\x28\xb5\x2f\xfd\x80\x58" + len(join(THREE)).to_bytes(4, "little") + frame[6:]
    yield scenario("window_2_mib", "A frame that asks for a window of 2 MiB.", "limit", Segment(THREE, frame=wide))
    yield scenario("operation_too_large", "An operation of more than 16 KiB.", "limit", Segment([done(1) + data(900, bytes(16384))]))

    yield scenario("suite_2", "A later suite.", "version", Segment(THREE, suite=2))
    yield scenario("flags", "A flag of a later release.", "version", Segment(THREE, flags=1))


def unfounded():
    head = FIRST.head()
    yield scenario("skips", "A number was left out.", "chain", Segment(NEXT, held=head, first=head[0] + 2), held=head)
    yield scenario("repeats", "A number that is held.", "chain", Segment(NEXT, held=head, first=head[0]), held=head)
    yield scenario("other_before", "After another header than the one held.", "chain", Segment(NEXT, held=head, previous=fixed("x")), held=head)
    yield scenario("not_the_first", "One that follows something where nothing is held.", "chain", Segment(NEXT, held=head))
    yield scenario("earlier_stamp", "Stamped before the one that it follows.", "chain", Segment(THREE, held=head), held=head)
    yield scenario("stamps_fall", "Stamps that fall.", "chain", Segment([THREE[1], THREE[0]], last_stamp=made.STAMP + 2))
    yield scenario("stamp_twice", "One stamp twice.", "chain", Segment([THREE[0], THREE[0]]))
    yield scenario("last_stamp", "Another last stamp than the header's.", "chain", Segment(THREE, last_stamp=made.STAMP + 9))

    yield scenario("other_device", "Signed by another device.", "signature", Segment(THREE, signer=SigningKey("stranger")))
    yield scenario("other_domain", "A signature made for another purpose.", "signature", Segment(THREE, tag="hb.charter"))
    changed = bytearray(Segment(THREE).bytes())
    changed[28] ^= 2
    yield scenario("changed", "The charter number changed after it was signed.", "signature", bytes(changed))

    yield scenario("tag", "A changed tag, signed by the device.", "seal", Segment(THREE, break_body=lambda body: body[:-1] + bytes([body[-1] ^ 1])))
    yield scenario("moved", "A body that was sealed for another header.", "seal", Segment(THREE, associated=bytes(100)))
    yield scenario("other_devices_key", "Under the segment key of another device.", "seal",
                   Segment(THREE, key=blake("hb.segment.key", SCOPE + bytes([3, 0, 0, 0]), EPOCH)))

    yield scenario("other_epoch", "Under another epoch than the key at hand.", "epoch", Segment(THREE, epoch_key=fixed("other epoch")))
    yield scenario("epoch_not_listed", "Under an epoch that the charter does not list.", "epoch", Segment(THREE, epoch_id=key_id(fixed("unlisted"))),
                   charter=Charter())
    yield scenario("device_not_listed", "Of a device that the charter does not list.", "charter", Segment(THREE, device=5), charter=Charter())
    yield scenario("newer_charter", "Sealed under a newer charter than the one held.", "charter", Segment(THREE, charter=2), charter=Charter())
    yield scenario("other_scope", "Of another scope than the charter.", "charter", Segment(THREE, scope=ident("elsewhere")), charter=Charter())


def scenarios():
    yield from good()
    yield from misformed()
    yield from unfounded()
