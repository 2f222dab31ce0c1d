"""The switches that keep our libraries from asking anybody anything, and from idle threads.

Each of them reads its switch while it is imported, so they are set just before: by the programs
when they start, and by whoever imports such a library first. An environment that says
otherwise is overruled; models are downloaded by commands of their own, never here.
"""

import ipaddress
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

SWITCHES = MappingProxyType(
    {
        "ANONYMIZED_TELEMETRY": "False",  # chromadb
        "DO_NOT_TRACK": "1",
        "GRADIO_ANALYTICS_ENABLED": "False",
        "HF_DATASETS_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
    }
)
_THREADS = "OPENBLAS_NUM_THREADS"
"""Products here are small: waiting for a second thread costs more than it saves (a question
took 65 ms of the processor with two and 28 with one). Who wants more says so."""

_HUB = "huggingface_hub.constants"


def stay_offline() -> None:
    """Set all switches in this process and the ones it starts."""
    os.environ.update(SWITCHES)
    os.environ.setdefault(_THREADS, "1")


def is_this_machine(host: str) -> bool:
    """Whether a host name or address is the machine we run on: nothing leaves it."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def hub_offline() -> Iterator[None]:
    """Open models of the hub's libraries within this: they look on this machine alone.

    Somebody else may have imported them before, when no switch was set. `local_files_only`
    does not do then: the hub is still asked which programs it knows, to name ours to it.
    """
    stay_offline()
    constants = sys.modules.get(_HUB)
    if constants is None:
        yield
        return
    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = True  # type: ignore[attr-defined]
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before  # type: ignore[attr-defined]
