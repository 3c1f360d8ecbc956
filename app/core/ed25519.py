"""Whether an Ed25519 signature is right (RFC 8032, section 5.1.7): nothing here is secret, so plain integers will do.

What signs is `openssl pkeyutl -sign -rawin`; this program holds no private key and makes no signature.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
_PREFIX = bytes.fromhex("302a300506032b6570032100")  # SubjectPublicKeyInfo of an Ed25519 key: 32 bytes follow
_HEAD, _FOOT = "-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"

Point = tuple[int, int, int, int]
"""Extended coordinates X, Y, Z, T: x = X/Z, y = Y/Z, x·y = T/Z."""


def public_key(pem: str) -> bytes:
    """The 32 bytes of a key as `openssl pkey -pubout` writes it.  ValueError for anything else."""
    head, _, rest = pem.partition(_HEAD)
    body, found, _ = rest.partition(_FOOT)
    try:
        whole = base64.b64decode("".join(body.split()), validate=True)
    except binascii.Error as fault:
        raise ValueError("no key") from fault
    if head.strip() or not found or len(whole) != 44 or not whole.startswith(_PREFIX):
        raise ValueError("no key")
    return whole[len(_PREFIX) :]


def is_right(key: bytes, message: bytes, signature: bytes) -> bool:
    """key: 32 bytes.  signature: 64 bytes.  False for whatever is no such signature of the message."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, drawn = _point(key), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or drawn is None or scalar >= _ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(digest, "little") % _ORDER
    return _same(_times(scalar, _BASE), _sum(drawn, _times(challenge, public)))


def _sum(a: Point, b: Point) -> Point:
    one, two = (a[1] - a[0]) * (b[1] - b[0]) % _P, (a[1] + a[0]) * (b[1] + b[0]) % _P
    three, four = 2 * a[3] * b[3] * _D % _P, 2 * a[2] * b[2] % _P
    e, f, g, h = two - one, four - three, four + three, two + one
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = _sum(found, point)
        point = _sum(point, point)
        scalar >>= 1
    return found


def _same(a: Point, b: Point) -> bool:
    return (a[0] * b[2] - b[0] * a[2]) % _P == 0 and (a[1] * b[2] - b[1] * a[2]) % _P == 0


def _point(packed: bytes) -> Point | None:
    """A point from its 32 bytes: y, and the sign of x in the last bit."""
    y = int.from_bytes(packed, "little")
    odd, y = y >> 255, y & (2**255 - 1)
    x = _x_of(y, odd)
    return None if x is None else (x, y, 1, x * y % _P)


def _x_of(y: int, odd: int) -> int | None:
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    if square == 0:
        return None if odd else 0
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P:
        return None
    return _P - x if (x & 1) != odd else x


def _base() -> Point:
    y = 4 * pow(5, _P - 2, _P) % _P
    x = _x_of(y, 0)
    assert x is not None
    return x, y, 1, x * y % _P


_BASE = _base()
