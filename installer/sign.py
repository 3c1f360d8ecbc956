"""Signs a hash list with the key of the releases: `python sign.py KEY.pem SHA256SUMS` writes SHA256SUMS.sig beside it.

KEY.pem is what `openssl genpkey -algorithm ed25519` writes; the signature is what `openssl pkeyutl -sign -rawin` would.
"""

import base64
import sys
from pathlib import Path

from nacl.signing import SigningKey

PREFIX = bytes.fromhex("302e020100300506032b657004220420")  # PrivateKeyInfo of an Ed25519 key: its 32 bytes follow


def key_of(pem: str) -> SigningKey:
    whole = base64.b64decode("".join(line for line in pem.splitlines() if not line.startswith("-----")))
    if len(whole) != len(PREFIX) + 32 or not whole.startswith(PREFIX):
        sys.exit("Это не закрытый ключ Ed25519: openssl genpkey -algorithm ed25519 -out ключ.pem")
    return SigningKey(whole[len(PREFIX) :])


if __name__ == "__main__":
    pem, listed = Path(sys.argv[1]), Path(sys.argv[2])
    signature = key_of(pem.read_text(encoding="ascii")).sign(listed.read_bytes()).signature
    listed.with_name(f"{listed.name}.sig").write_bytes(signature)
