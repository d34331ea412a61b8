"""A checkpoint: the size and the root of the history at some time, to be kept outside the ledger.

Whoever can write to the database can also write all of it anew, hashes included, or cut off its tail. A
checkpoint in other hands (printed, mailed to the auditor, in another office) shows both. Signed with Ed25519
(RFC 8032), it also shows who made it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from ledger.errors import UnreadableSource, WrongUse

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """``size`` events had the root ``root`` (hex) at ``time`` (that of the last of them, UTC; blank of none).

    ``public_key`` and ``signature`` are base64, and blank where nobody signed it.
    """

    size: int
    root: str
    time: str
    public_key: str = ""
    signature: str = ""

    @property
    def signed_text(self) -> bytes:
        """What a signature is made over."""
        return f"kaitei checkpoint {SCHEMA_VERSION}\n{self.size}\n{self.root}\n{self.time}\n".encode()

    def signed(self, pem: bytes, where: str) -> Self:
        """The same, signed with the Ed25519 key in *pem* (PKCS #8). Raises WrongUse on another key."""
        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PrivateKey):
            raise WrongUse(
                "Ed25519 の秘密鍵として読めません",
                where=where,
                remedy="openssl genpkey -algorithm ed25519 で作った鍵を指定してください",
            )
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        signature = key.sign(self.signed_text)
        return replace(self, public_key=_base64(public), signature=_base64(signature))

    @property
    def signature_holds(self) -> bool | None:
        """Whether its signature is that of its key; None where it has none."""
        if not self.signature:
            return None
        try:
            public = Ed25519PublicKey.from_public_bytes(base64.b64decode(self.public_key))
            public.verify(base64.b64decode(self.signature), self.signed_text)
        except (InvalidSignature, ValueError):
            return False
        return True

    def dumps(self) -> str:
        """As JSON, for people to keep."""
        return json.dumps({"schema_version": SCHEMA_VERSION, **asdict(self)}, ensure_ascii=False, indent=1)

    @classmethod
    def read(cls, text: str, where: str) -> Self:
        """What ``dumps`` wrote. Raises UnreadableSource on anything else."""
        try:
            told = json.loads(text)
            found = cls(**{name: told.get(name, "") for name in cls.__slots__})
            fits = (
                isinstance(found.size, int)
                and found.size >= 0
                and len(bytes.fromhex(found.root)) == sha256().digest_size
                and all(isinstance(said, str) for said in (found.time, found.public_key, found.signature))
            )
        except (ValueError, TypeError, AttributeError, RecursionError):
            fits = False
        if not fits:
            raise UnreadableSource(
                "控えとして読めません",
                where=where,
                remedy="kaitei checkpoint が書いたファイルを指定してください",
            )
        return found


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
