"""Signs as `openssl pkeyutl -sign -rawin` does, with a key of the tests."""

from __future__ import annotations

import base64

from nacl.signing import SigningKey

PRIVATE, OTHER = b"\x01" * 32, b"\x02" * 32


def public(private: bytes) -> bytes:
    return bytes(SigningKey(private).verify_key)


def public_pem(private: bytes) -> str:
    """As `openssl pkey -pubout` writes it."""
    body = base64.b64encode(bytes.fromhex("302a300506032b6570032100") + public(private)).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"


def private_pem(private: bytes) -> str:
    """As `openssl genpkey -algorithm ed25519` writes it."""
    body = base64.b64encode(bytes.fromhex("302e020100300506032b657004220420") + private).decode()
    return f"-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"


def sign(private: bytes, message: bytes) -> bytes:
    return SigningKey(private).sign(message).signature
