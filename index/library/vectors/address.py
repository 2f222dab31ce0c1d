"""Where a Chroma server is reached."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from index.errors import VectorsError
from index.offline import is_this_machine


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorServer:
    """The address of a server, and the bearer token that a proxy in front of it wants."""

    address: str
    token: str | None = field(default=None, repr=False)

    def check(self) -> None:
        """Refuse an address that is none, or over which vectors would travel unencrypted.

        Raises:
            VectorsError: It cannot be used; says why.
        """
        parts = urlsplit(self.address)
        try:
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise VectorsError(
                f"{self.address!r} is no address of a Chroma server; give http://127.0.0.1:8000"
            )
        if not self.is_secure and not self.is_this_machine:
            raise VectorsError(
                f"{self.address} would carry vectors of your articles unencrypted to another "
                "machine; put the server behind https"
            )

    @property
    def host(self) -> str:
        """The name of the machine."""
        return urlsplit(self.address).hostname or ""

    @property
    def port(self) -> int:
        """The port, Chroma's usual one where none is named."""
        return urlsplit(self.address).port or (443 if self.is_secure else 8000)

    @property
    def is_secure(self) -> bool:
        """Whether what is sent is encrypted."""
        return urlsplit(self.address).scheme == "https"

    @property
    def is_this_machine(self) -> bool:
        """Whether nothing leaves this machine."""
        return is_this_machine(self.host)
