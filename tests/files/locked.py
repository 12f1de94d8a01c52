"""Encrypts samples with the password that Excel tries first: python3 locked.py.

Needs msoffcrypto-tool, whose own decryption each file is tried with.
"""

import hashlib
import io
import pathlib
import struct

import msoffcrypto
import olefile
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.method import ecma376_agile, ecma376_standard, rc4, rc4_cryptoapi, xor_obfuscation

from make import HERE, compound, record

PASSWORD = "VelvetSweatshop"
SALT, VERIFIER = bytes(range(16)), bytes(range(16, 32))
BOF, BOUND_SHEET = 0x0809, 0x85
OPEN = {BOF, 0x2F, 0x194, 0x195, 0xE1, 0x196, 0x138}


def records(stream):
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0 and length == 0:
            return
        yield at, kind, length
        at += 4 + length


def with_pass(stream, data):
    """The stream with a FilePass record behind its first, sheets moved on."""
    added = record(0x2F, data)
    made, begun = b"", False
    for at, kind, length in records(stream):
        body = stream[at + 4:at + 4 + length]
        if kind == BOUND_SHEET:
            body = struct.pack("<I", struct.unpack_from("<I", body)[0] + len(added)) + body[4:]
        made += record(kind, body)
        if not begun:
            made, begun = made + added, True
    # As long as a compound file wants it, so that nothing is filled up.
    return made + record(0, bytes(max(0, 4096 - len(made))))


def closed(stream):
    """The bytes that are encrypted, each with its record's length."""
    for at, kind, length in records(stream):
        start = at + 4 + (length if kind in OPEN else 4 if kind == BOUND_SHEET else 0)
        for place in range(start, at + 4 + length):
            yield place, length


def mixed(stream, encrypted):
    made = bytearray(stream)
    for place, _ in closed(stream):
        made[place] = encrypted[place]
    return bytes(made)


def by_xor(stream, old):
    # The key and what the password comes to (MS-OFFCRYPTO 2.3.7.1 and 2.3.7.2).
    pair = struct.pack("<HH", xor_obfuscation.DocumentXOR.create_xor_key_method1(PASSWORD), 0x9A0A)
    stream = with_pass(stream, pair if old else b"\0\0" + pair)
    array = xor_obfuscation.DocumentXOR.create_xor_array_method1(PASSWORD)
    made = bytearray(stream)
    for place, length in closed(stream):
        byte = stream[place]
        made[place] = ((byte << 5 | byte >> 3) & 0xFF) ^ array[(place + length) % 16]
    return bytes(made)


def by_rc4(stream):
    method = rc4.DocumentRC4
    both = method.decrypt(PASSWORD, SALT, io.BytesIO(VERIFIER + hashlib.md5(VERIFIER).digest()), 1024)
    stream = with_pass(stream, struct.pack("<HHH", 1, 1, 1) + SALT + both.read())
    return mixed(stream, method.decrypt(PASSWORD, SALT, io.BytesIO(stream), 1024).read())


def described(cipher, bits, provider):
    return struct.pack("<8I", 0x24 if cipher == 0x660E else 4, 0, cipher, 0x8004, bits, provider, 0, 0) \
        + "Provider\0".encode("utf-16-le")


def by_crypto_api(stream, bits):
    method = rc4_cryptoapi.DocumentRC4CryptoAPI
    both = method.decrypt(PASSWORD, SALT, bits, io.BytesIO(VERIFIER + hashlib.sha1(VERIFIER).digest()), 1024).read()
    header = described(0x6801, bits, 1)
    data = struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header
    data += struct.pack("<I", 16) + SALT + both[:16] + struct.pack("<I", 20) + both[16:]
    stream = with_pass(stream, data)
    return mixed(stream, method.decrypt(PASSWORD, SALT, bits, io.BytesIO(stream), 1024).read())


def standard(package):
    method = ecma376_standard.ECMA376Standard
    key = method.makekey_from_password(PASSWORD, 0x660E, 0x8004, 0x18, 128, 16, SALT)

    def encrypted(data):
        cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
        return cipher.update(data.ljust(-(-len(data) // 16) * 16, b"\0")) + cipher.finalize()

    header = described(0x660E, 128, 0x18)
    info = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header + struct.pack("<I", 16) + SALT
    info += encrypted(VERIFIER) + struct.pack("<I", 20)
    info += encrypted(hashlib.sha1(VERIFIER).digest())
    return compound({"EncryptionInfo": info,
                     "EncryptedPackage": struct.pack("<Q", len(package)) + encrypted(package)})


def save(name, data):
    tried = msoffcrypto.OfficeFile(io.BytesIO(data))
    tried.load_key(password=PASSWORD)
    tried.decrypt(io.BytesIO())
    (HERE / name).write_bytes(data)


def stream(name, part="Workbook"):
    return olefile.OleFileIO(str(HERE / name)).openstream(part).read()


if __name__ == "__main__":
    old = stream("small.xls")
    save("locked-xor.xls", compound({"Workbook": by_xor(old, old=False)}))
    save("locked-rc4.xls", compound({"Workbook": by_rc4(old)}))
    save("locked-cryptoapi.xls", compound({"Workbook": by_crypto_api(old, 128)}))
    save("locked-cryptoapi-40.xls", compound({"Workbook": by_crypto_api(old, 40)}))
    oldest = by_xor(stream("biff5.xls", "Book"), old=True)
    (HERE / "locked-biff5.xls").write_bytes(compound({"Book": oldest}))
    package = (HERE / "small.xlsx").read_bytes()
    save("locked-agile.xlsx", ecma376_agile.ECMA376Agile.encrypt(PASSWORD, io.BytesIO(package)))
    save("locked-standard.xlsx", standard(package))
