# SPDX-License-Identifier: GPL-3.0-or-later
# Writes known_answers.h beside it from core/crypto/KEYS.md alone, in another language; needs python3-nacl.
import hashlib
import os
import struct

from nacl import bindings as sodium


def blake(tag, data=b"", key=b"", size=32):
    return hashlib.blake2b(data, digest_size=size, key=key, person=tag.encode()).digest()


def argon(secret, salt, operations, memory):
    return sodium.crypto_pwhash_alg(32, secret, salt, operations, memory, sodium.crypto_pwhash_ALG_ARGON2ID13)


def aead(key, nonce, associated, plaintext):
    return sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, associated, nonce, key)


def counting(first, size):
    return bytes((first + i) % 256 for i in range(size))


KEY = counting(0x10, 32)
OPERATIONS, MEMORY = 1, 8192
PARAMETERS = struct.pack("<QQ", OPERATIONS, MEMORY)
answers = {}

# KEYS.md 2
answers["hash"] = blake("hb.test", b"huisbord")
answers["keyed_hash"] = blake("hb.test", b"huisbord", KEY)
answers["derived_id"] = blake("hb.test", b"huisbord", size=16)
answers["key_id"] = blake("hb.key-id", b"", KEY, 8)

# KEYS.md 3
public, secret = sodium.crypto_sign_seed_keypair(KEY)
tagged = bytes([7]) + b"hb.test" + b"huisbord"
answers["signing_public"] = public
answers["signature"] = sodium.crypto_sign(tagged, secret)[:64]

# KEYS.md 5
ephemeral_secret = counting(0x60, 32)
ephemeral = sodium.crypto_scalarmult_base(ephemeral_secret)
receiver = sodium.crypto_scalarmult_base(KEY)
shared = sodium.crypto_scalarmult(ephemeral_secret, receiver)
box_key = blake("hb.sealed.key", ephemeral + receiver, shared)
answers["sealed"] = ephemeral + aead(box_key, bytes(24), b"context", b"to its owner")

# KEYS.md 6
nonce = counting(0x40, 24)
padded = b"Tuesday at ten" + b"\x80" + bytes(32 - 15)
answers["box"] = nonce + aead(blake("hb.box.key", b"", KEY), nonce, b"operation 7", padded)

# KEYS.md 9
phrase = b"aarde accu acteur actie adelaar adem"
salt = counting(0xA0, 16)
file_id = counting(0x70, 16)
store_key = counting(0xC0, 32)
store_key_id = blake("hb.key-id", b"", store_key, 8)
factors = bytes([1]) + bytes([1]) + struct.pack("<H", 32) + PARAMETERS + salt
slot_id = struct.pack("<I", 1)
slot_key = blake("hb.slot.key", bytes([1]) + argon(phrase, salt, OPERATIONS, MEMORY))
slot_public = sodium.crypto_scalarmult_base(slot_key)
slot_box = blake("hb.sealed.key", ephemeral + slot_public, sodium.crypto_scalarmult(ephemeral_secret, slot_public))
sealed = ephemeral + aead(slot_box, bytes(24), b"hb.slot.wrap" + file_id + store_key_id + slot_id + factors + slot_public, store_key)
slot = slot_id + factors + slot_public + sealed
body = struct.pack("<H", 1) + file_id + store_key_id + bytes([1]) + slot
part = b"HBKEYSLT" + struct.pack("<I", 8 + 4 + len(body) + 64) + body
part += blake("hb.slots.auth", part, store_key)
answers["key_file"] = part + blake("hb.slots.hash", part)

# KEYS.md 10
staff = counting(0x20, 16)
custody_secret = counting(0xE0, 32)
custody_public = sodium.crypto_scalarmult_base(custody_secret)
custody_key = blake("hb.custody.key", staff, argon(b"a passphrase of staff", salt, OPERATIONS, MEMORY))
staff_public = sodium.crypto_scalarmult_base(custody_key)
context = b"hb.custody.wrap" + custody_public + staff + PARAMETERS + salt
shared = sodium.crypto_scalarmult(ephemeral_secret, staff_public)
box_key = blake("hb.sealed.key", ephemeral + staff_public, shared)
answers["custody"] = (bytes([1]) + custody_public + bytes([1]) + staff + PARAMETERS + salt + staff_public + ephemeral +
                      aead(box_key, bytes(24), context, custody_secret))

# KEYS.md 11
person = counting(0x30, 16)
stretched = argon(b"483905", salt, OPERATIONS, MEMORY)
pin_key = blake("hb.pin.key", stretched + bytes([16]) + person, store_key)
associated = b"hb.pin.wrap" + PARAMETERS + salt + person
answers["pin_wrap"] = (bytes([1]) + PARAMETERS + salt + nonce + aead(pin_key, nonce, associated, KEY))

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "known_answers.h"), "w") as out:
    out.write("// SPDX-License-Identifier: GPL-3.0-or-later\n"
              "// Known answers in hexadecimal, written by known_answers.py from KEYS.md and not by the code that they test.\n"
              "#pragma once\n\n#include <string_view>\n\nnamespace huisbord::crypto::known {\n\n")
    for name, value in answers.items():
        lines = [value.hex()[i:i + 120] for i in range(0, len(value.hex()), 120)]
        head = f"inline constexpr std::string_view {name} ="
        one = f'{head} "{lines[0]}";'
        out.write(one if len(lines) == 1 and len(one) <= 140 else head + "\n" + "\n".join(f'    "{line}"' for line in lines) + ";")
        out.write("\n")
    out.write("\n}  // namespace huisbord::crypto::known\n")
