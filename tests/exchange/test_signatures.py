"""Signatures of releases: the vectors of RFC 8032, section 7.1, and whatever is no signature."""

from __future__ import annotations

import pytest

from app.exchange.signatures import is_right, public_key
from tests.installer.signing import PRIVATE, public_pem, sign

VECTORS = (
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     ("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655"
      "141438e7a100b")),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     ("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00"
      "d291612bb0c00")),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     ("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc02"
      "7beceea1ec40a")),
)  # fmt: skip


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_vectors_of_the_standard(key: str, message: str, signature: str) -> None:
    right, text, signed = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert is_right(right, text, signed)
    assert not is_right(right, text + b"\n", signed)
    for place in (0, 31, 32, 63):
        other = bytearray(signed)
        other[place] ^= 1
        assert not is_right(right, text, bytes(other))
    assert not is_right(bytes.fromhex(VECTORS[0][0] if key != VECTORS[0][0] else VECTORS[1][0]), text, signed)
    assert not is_right(right, text, signed + b"\0")
    assert not is_right(b"\xff" * 32, text, signed)


def test_a_scalar_beyond_the_order_is_refused() -> None:
    """Else each signature would have a twin."""
    key, text = public_key(public_pem(PRIVATE)), b"SHA256SUMS"
    right = sign(PRIVATE, text)
    assert is_right(key, text, right)
    order = 2**252 + 27742317777372353535851937790883648493
    beyond = int.from_bytes(right[32:], "little") + order
    assert not is_right(key, text, right[:32] + beyond.to_bytes(32, "little"))


@pytest.mark.parametrize("text", ["", "ключ", "-----BEGIN PUBLIC KEY-----\n!!\n-----END PUBLIC KEY-----",
                                  "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"])  # fmt: skip
def test_what_is_no_key_is_no_key(text: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        public_key(text)
