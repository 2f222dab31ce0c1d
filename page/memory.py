"""Gives memory back to the system that reading a large page took."""

import ctypes
from functools import cache
from typing import Any


def give_back() -> None:
    """Return freed memory to the system; does nothing where the C library cannot.

    glibc keeps what a thread freed for that thread: with a page's dozens of threads, each large
    article that is read would stay in memory once for every one of them.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):
        return None
