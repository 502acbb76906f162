# SPDX-License-Identifier: GPL-3.0-or-later
# FORMAT.md written a second time, by hand: Protocol Buffers, zstd frames, segments, charters, boxes; shares no code with core.
import hashlib
import struct

from nacl import bindings as sodium


def blake(tag, data, key=b"", size=32):
    return hashlib.blake2b(data, digest_size=size, key=key, person=tag.encode()).digest()


def fixed(label, size=32):
    """Bytes that are the same at every run."""
    out = b""
    while len(out) < size:
        out += hashlib.sha256(f"{label} {len(out)}".encode()).digest()
    return out[:size]


def ident(label):
    return fixed("id " + label, 16)


# Protocol Buffers


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def uint(number, value):
    return varint(number << 3) + varint(value) if value else b""


def sint(number, value):
    return uint(number, value << 1 if value >= 0 else (-value << 1) - 1)


def data(number, value, even_empty=False):
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value if value or even_empty else b""


def message(number, value):
    return data(number, value, even_empty=True)


def operation(stamp, kind, term_class, term_week=2900, actor=b"", record=b"", person=b"", slots=(), box=b"", body=b""):
    return (uint(1, stamp) + uint(2, kind) + data(3, actor) + uint(4, term_class) + uint(5, term_week) + data(6, record)
            + data(7, person) + data(8, b"".join(varint(slot) for slot in slots)) + data(9, box) + body)


# Keys


class SigningKey:
    def __init__(self, label):
        self.public, self.secret = sodium.crypto_sign_seed_keypair(fixed("signing " + label))

    def sign(self, tag, text):
        return sodium.crypto_sign(bytes([len(tag)]) + tag.encode() + text, self.secret)[:64]


class SealingKey:
    def __init__(self, label):
        self.secret = fixed("sealing " + label)
        self.public = sodium.crypto_scalarmult_base(self.secret)


def key_id(key):
    return blake("hb.key-id", b"", key, 8)


def encrypt(key, nonce, associated, text):
    return sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(text, associated, nonce, key)


def seal_to(receiver, context, text, label):
    ephemeral = SealingKey("ephemeral " + label)
    shared = sodium.crypto_scalarmult(ephemeral.secret, receiver)
    key = blake("hb.sealed.key", ephemeral.public + receiver, shared)
    return ephemeral.public + encrypt(key, bytes(24), context, text)


def seal_box(person_key, scope, record, person, slots, text, label):
    size = next((size for size in (32, 64, 128) if len(text) < size), (len(text) // 256 + 1) * 256)
    padded = text + b"\x80" + bytes(size - len(text) - 1)
    associated = b"hb.box" + scope + record + person + struct.pack("<I", len(slots)) + b"".join(struct.pack("<I", slot) for slot in slots)
    nonce = fixed("box nonce " + label, 24)
    return nonce + encrypt(blake("hb.box.key", b"", person_key), nonce, associated, padded)


# Segments


def join(operations):
    return b"".join(varint(len(one)) + one for one in operations)


def raw_frame(content, declared=None):
    """A zstd frame of raw blocks: the same whichever zstd is installed."""
    size = len(content) if declared is None else declared
    if size < 256:
        head = struct.pack("<BB", 0x20, size)
    elif size < 65792:
        head = struct.pack("<BH", 0x60, size - 256)
    else:
        head = struct.pack("<BI", 0xA0, size)
    blocks = [content[at:at + 65536] for at in range(0, len(content), 65536)] or [b""]
    out = b"\x28\xb5\x2f\xfd" + head
    for i, block in enumerate(blocks):
        out += struct.pack("<I", (i + 1 == len(blocks)) | len(block) << 3)[:3] + block
    return out


def padme(size):
    size = max(size, 512)
    exponent = size.bit_length() - 1
    mask = (1 << exponent - exponent.bit_length()) - 1
    return size + mask & ~mask


SCOPE = ident("house")
EPOCH = fixed("epoch key")
DEVICE = SigningKey("kiosk")
ZEROES = bytes(32)


class Segment:
    """Good by default; a scenario changes what it is about before it asks for the bytes."""

    def __init__(self, operations, held=(0, ZEROES, 0), **changes):
        self.operations = operations
        self.held = held
        self.magic, self.suite, self.flags, self.scope, self.device, self.charter = b"HBSG", 1, 0, SCOPE, 2, 1
        self.first, self.previous, self.count = held[0] + 1, held[1], len(operations)
        self.content = join(operations)
        self.frame = None
        self.padded = False
        self.opened_size = self.sealed_size = self.last_stamp = None
        self.epoch_key, self.epoch_id, self.key, self.signer, self.tag = EPOCH, None, None, DEVICE, "hb.segment"
        self.nonce = fixed("nonce", 24)
        self.associated = None
        self.break_body = lambda body: body
        self.body_hash = None
        for name, value in changes.items():
            assert hasattr(self, name), name
            setattr(self, name, value)

    def bytes(self):
        plain = raw_frame(self.content) if self.frame is None else self.frame
        if self.padded:
            plain += bytes(padme(len(plain)) - len(plain))
        self.opened_size = len(self.content) if self.opened_size is None else self.opened_size
        self.sealed_size = len(plain) + 16 if self.sealed_size is None else self.sealed_size
        self.last_stamp = stamp_of(self.operations[-1]) if self.last_stamp is None else self.last_stamp
        self.epoch_id = key_id(self.epoch_key) if self.epoch_id is None else self.epoch_id
        head = (self.magic + struct.pack("<BBH", self.suite, self.flags, 0) + self.scope
                + struct.pack("<IIQIIIQ", self.device, self.charter, self.first, self.count, self.opened_size, self.sealed_size, self.last_stamp)
                + self.epoch_id + self.previous)
        assert len(head) == 100
        key = self.key or blake("hb.segment.key", self.scope + struct.pack("<I", self.device), self.epoch_key)
        body = self.break_body(encrypt(key, self.nonce, head if self.associated is None else self.associated, plain))
        head += self.nonce + (blake("hb.body", body) if self.body_hash is None else self.body_hash)
        self.signed = head + self.signer.sign(self.tag, head)
        return self.signed + body

    def head(self):
        """What a holder keeps of it: the end of the chain."""
        self.bytes()
        return self.first + self.count - 1, blake("hb.header", self.signed), self.last_stamp


def stamp_of(raw):
    value = shift = 0
    for byte in raw[1:]:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value


# Charters

ROOT = SigningKey("root")
DELEGATED = SigningKey("delegated")
ORGANISATION = ident("organisation")


def delegation(number=1, expires=2_100_000, key=None, root=ROOT, organisation=ORGANISATION):
    key = DELEGATED.public if key is None else key
    signature = root.sign("hb.delegation", organisation + struct.pack("<Iq", number, expires) + key)
    return uint(1, number) + sint(2, expires) + data(3, key) + data(4, signature)


def device(number, label, device_class, state=1, cut=None, signing=None):
    signing = signing or SigningKey(label).public
    text = (uint(1, number) + data(2, ident(label)) + uint(3, device_class) + uint(4, state) + data(5, signing)
            + data(6, SigningKey(label + " request").public) + data(7, SealingKey(label).public))
    return text + (message(8, uint(1, cut[0]) + data(2, cut[1])) if cut else b"")


def grant(number, label, epoch_key):
    context = b"hb.grant" + SCOPE + struct.pack("<I", number) + key_id(epoch_key)
    return uint(1, number) + data(2, seal_to(SealingKey(label).public, context, epoch_key, "grant " + label))


def keyring_entry(person, person_key, number, custody):
    custody_id = blake("hb.custody-id", custody.public, b"", 8)
    context = b"hb.keyring" + SCOPE + person + struct.pack("<I", number) + custody_id + key_id(person_key)
    for_custody = seal_to(custody.public, context, person_key, "keyring")
    return (data(1, person) + data(2, key_id(person_key)) + uint(3, number) + data(4, custody_id)
            + data(5, seal_to(SealingKey("kiosk").public, b"outer." + context, for_custody, "keyring outer")))


DESK_DEVICE = device(1, "desk", 2)
KIOSK_DEVICE = device(2, "kiosk", 1)


def epoch(epoch_key, number, grants):
    return data(1, key_id(epoch_key)) + uint(2, number) + b"".join(message(3, one) for one in grants)


class Charter:
    def __init__(self, **changes):
        self.magic, self.version, self.signer, self.tag = b"HBCH", 1, DELEGATED, "hb.charter"
        self.organisation, self.scope, self.number, self.previous, self.written = ORGANISATION, SCOPE, 1, b"", 2_000_000
        self.delegation = delegation()
        self.devices = [DESK_DEVICE, KIOSK_DEVICE]
        self.epochs = [epoch(EPOCH, 1, [grant(1, "desk", EPOCH), grant(2, "kiosk", EPOCH)])]
        self.keyring, self.rulings, self.erased, self.snapshot, self.suite, self.rule = [], [], [], None, 1, 1
        self.more = b""
        for name, value in changes.items():
            assert hasattr(self, name), name
            setattr(self, name, value)

    def signed_part(self):
        lists = ((7, self.devices), (8, self.epochs), (9, self.keyring), (10, self.rulings), (11, self.erased))
        body = (data(1, self.organisation) + data(2, self.scope) + uint(3, self.number) + data(4, self.previous) + sint(5, self.written)
                + message(6, self.delegation) + b"".join(message(number, one) for number, all_of in lists for one in all_of)
                + (message(12, self.snapshot) if self.snapshot else b"") + uint(13, self.suite) + uint(14, self.rule) + self.more)
        return self.magic + struct.pack("<BBHI", self.version, 0, 0, len(body)) + body

    def hash(self):
        return blake("hb.charter", self.signed_part())

    def bytes(self):
        part = self.signed_part()
        return part + self.signer.sign(self.tag, part)

    def next(self, **changes):
        """The charter after this one, the same but for the changes."""
        kept = {name: value for name, value in vars(self).items() if name not in ("number", "previous")}
        return Charter(**{**kept, "number": self.number + 1, "previous": self.hash(), **changes})
