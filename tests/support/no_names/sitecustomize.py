"""Refuses to ask for names and to leave this machine; every Python process of a test run has it.

`tests/conftest.py` puts this folder into `PYTHONPATH`, so that the processes tests start have
it too. What was refused is written to the file that `REFUSED_FILE` names, in case whoever was
refused swallows the error; a test run with anything in that file fails.
"""

import os
import sys
from contextlib import suppress
from typing import Any

_LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


def _judge(event: str, arguments: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in _LOOK_UPS:
        name = arguments[0].decode() if isinstance(arguments[0], bytes) else arguments[0]
        if name not in (None, "", "localhost") and not _is_number(name):
            _refuse(f"asked for the name {name!r}")
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple) and not _is_loopback(str(address[0])):
            _refuse(f"tried to reach {address[0]!r}")


def _refuse(deed: str) -> None:
    with suppress(KeyError), open(os.environ["REFUSED_FILE"], "a", encoding="utf-8") as file:
        file.write(f"{sys.argv[:3]} {deed}\n")
    raise AssertionError(f"a test {deed}")


def _is_number(name: str) -> bool:
    """Whether a name is a number in some spelling (127.1, 0x7f000001), which asks nobody."""
    import ipaddress
    import socket

    with suppress(OSError):
        socket.inet_aton(name)
        return True
    with suppress(ValueError):
        ipaddress.ip_address(name.partition("%")[0])
        return True
    return False


def _is_loopback(host: str) -> bool:
    import ipaddress

    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


sys.addaudithook(_judge)
