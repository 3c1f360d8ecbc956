"""Whether an Ed25519 signature (RFC 8032) of a package is right, by PyNaCl.

What signs is `openssl pkeyutl -sign -rawin`; this program holds no private key and makes no signature.
"""

from __future__ import annotations

import base64
import binascii

_PREFIX = bytes.fromhex("302a300506032b6570032100")  # SubjectPublicKeyInfo of an Ed25519 key: 32 bytes follow
_HEAD, _FOOT = "-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"


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
    from nacl.exceptions import BadSignatureError  # only an update asks for it
    from nacl.signing import VerifyKey

    try:
        VerifyKey(key).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True
