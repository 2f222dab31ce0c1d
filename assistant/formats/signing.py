"""Signatures of proof files: Ed25519 (RFC 8032), by a key that is kept in the library.

A signature says that who holds the key had the file in this form; it says nothing of whether
the file is right, which is checked besides.
"""

import os
from pathlib import Path

from assistant.errors import AssistantError

KEY_FILE = "signing.key"
_FIX = "signing needs another package: pip install 'article-assistant[sign]'"


def sign(digest: str, home: Path) -> tuple[str, str]:
    """Return the public key and the signature of a digest, both in hexadecimal digits.

    The key is made when it is first needed, readable by nobody else.

    Args:
        digest: The hash of the content, in hexadecimal digits.
        home: The library's folder.

    Raises:
        AssistantError: The package is missing, or the key cannot be read or made.
    """
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    except ImportError as error:
        raise AssistantError(_FIX) from error
    place = home / KEY_FILE
    try:
        if not place.exists():
            home.mkdir(parents=True, exist_ok=True)
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex().encode())
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(place.read_text("ascii").strip()))
    except (OSError, ValueError) as error:
        raise AssistantError(f"cannot use the key {place}: {error}") from error
    return key.public_key().public_bytes_raw().hex(), key.sign(digest.encode()).hex()


def own_public_key(home: Path) -> str | None:
    """Return the public key of a library, None where nothing was signed with it yet."""
    return sign("", home)[0] if (home / KEY_FILE).is_file() else None


def is_signed_by(public_key: str, signature: str, digest: str) -> bool:
    """Whether a signature is that of a digest by the holder of a key.

    Raises:
        AssistantError: The package is missing.
    """
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError as error:
        raise AssistantError(_FIX) from error
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), digest.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
