"""Signs as `openssl pkeyutl -sign -rawin` does, with a key of the tests (RFC 8032, section 5.1.6)."""

from __future__ import annotations

import base64
import hashlib

from app.core.ed25519 import _BASE, _ORDER, _P, Point, _times

PRIVATE, OTHER = b"\x01" * 32, b"\x02" * 32


def _secret(private: bytes) -> tuple[int, bytes]:
    digest = hashlib.sha512(private).digest()
    scalar = int.from_bytes(digest[:32], "little")
    return scalar & ((1 << 254) - 8) | (1 << 254), digest[32:]


def _packed(point: Point) -> bytes:
    inverse = pow(point[2], _P - 2, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | ((x & 1) << 255)).to_bytes(32, "little")


def public(private: bytes) -> bytes:
    return _packed(_times(_secret(private)[0], _BASE))


def public_pem(private: bytes) -> str:
    """As `openssl pkey -pubout` writes it."""
    body = base64.b64encode(bytes.fromhex("302a300506032b6570032100") + public(private)).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"


def sign(private: bytes, message: bytes) -> bytes:
    scalar, prefix = _secret(private)
    key = public(private)
    drawn = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % _ORDER
    head = _packed(_times(drawn, _BASE))
    challenge = int.from_bytes(hashlib.sha512(head + key + message).digest(), "little") % _ORDER
    return head + ((drawn + challenge * scalar) % _ORDER).to_bytes(32, "little")
