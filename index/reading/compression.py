"""gzip and zip, unpacked within limits: a small file that becomes a huge one is refused."""

import io
import zlib
from zipfile import BadZipFile, ZipFile

from index.errors import UnreadableArticleError

MOST_BYTES = 60_000_000
MOST_RATIO = 100
_FREE_BYTES = 2_000_000
_STEP_BYTES = 256 * 1024
_GZIP = 31
_DAMAGED = (OSError, EOFError, KeyError, ValueError, RuntimeError)


def is_gzip(data: bytes) -> bool:
    """Whether bytes begin as gzip does."""
    return data[:3] == b"\x1f\x8b\x08"


def gunzip(data: bytes, *, most_bytes: int = MOST_BYTES) -> bytes:
    """Return what gzip bytes hold; several members are joined.

    Args:
        data: One gzip file.
        most_bytes: Most bytes to return.

    Raises:
        UnreadableArticleError: The data is damaged, too large, or expands more than
            `MOST_RATIO` times beyond its first 2 MB.
    """
    pieces: list[bytes] = []
    size = 0
    rest = data
    while rest:
        unpacker = zlib.decompressobj(wbits=_GZIP)
        while not unpacker.eof:
            try:
                piece = unpacker.decompress(rest, _STEP_BYTES)
            except zlib.error as error:
                raise UnreadableArticleError(f"the gzip data is damaged: {error}") from error
            size += len(piece)
            _check(size, len(data), most_bytes)
            pieces.append(piece)
            rest = unpacker.unconsumed_tail
            if not piece and not rest and not unpacker.eof:
                raise UnreadableArticleError("the gzip data ends too early")
        rest = unpacker.unused_data.lstrip(b"\0")
        if rest and not is_gzip(rest):
            break
    return b"".join(pieces)


def inflate(data: bytes, *, most_bytes: int) -> bytes:
    """Return the content of one `deflate` body of HTTP, with or without its zlib header."""
    for wbits in (15, -15):
        unpacker = zlib.decompressobj(wbits=wbits)
        try:
            content = unpacker.decompress(data, most_bytes + 1)
        except zlib.error:
            continue
        _check(len(content), len(data), most_bytes)
        return content
    raise UnreadableArticleError("the compressed answer is damaged")


class Archive:
    """The files within a zip; all that is read of them together stays within the limits."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(io.BytesIO(data))
        except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableArticleError("the file is damaged: its archive is broken") from error
        self.names = frozenset(self._zip.namelist())
        self._packed = len(data)
        self._size = 0

    def read(self, name: str) -> bytes:
        """Return the content of one file of the archive.

        Raises:
            UnreadableArticleError: It is damaged, locked, or unpacks to too much.
        """
        try:
            with self._zip.open(name) as stream:
                content = stream.read(MOST_BYTES + 1)
        except (BadZipFile, zlib.error, *_DAMAGED) as error:
            raise UnreadableArticleError(f"the file is damaged or locked: {name!r}") from error
        self._size += len(content)
        _check(self._size, self._packed, MOST_BYTES)
        return content


def _check(size: int, packed: int, most_bytes: int) -> None:
    if size > most_bytes:
        raise UnreadableArticleError(
            f"unpacked, the file is larger than {most_bytes // 1_000_000} MB"
        )
    if size > _FREE_BYTES and size > packed * MOST_RATIO:
        raise UnreadableArticleError(
            f"the file unpacks to more than {MOST_RATIO} times its size; such files are refused"
        )
