"""The processes of a Ray cluster, which may be many machines. Only owner of ray."""

import os
import secrets
import socket
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from index.errors import WorkerError

Item = TypeVar("Item")
Result = TypeVar("Result")

_CONNECT_SECONDS = 5.0
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
_CHUNK = 20_000
"""Items in one pipeline; the next one begins when it is through."""


class RayCluster:
    """A cluster that runs, or one of this machine's own cores that is started now."""

    def __init__(self, address: str = "auto") -> None:
        """Connect.

        Args:
            address: Of the cluster; `auto` for the one that runs here, or a new local one.

        Raises:
            WorkerError: Ray is not installed, or there is no cluster at the address.
        """
        if "ray" not in sys.modules:
            _protect()
        try:
            import ray
            import ray.data
        except ImportError as error:
            raise WorkerError(
                "Ray is not installed; run: pip install 'article-assistant[ray]'"
            ) from error
        self._ray: Any = ray
        if not ray.is_initialized():
            self._connect(address)

    def map(
        self,
        make_step: Callable[[], Callable[[Item], Result]],
        items: Iterable[Item],
        *,
        page_of: Callable[[Item], Hashable] | None = None,
    ) -> Iterator[Result]:
        """Yield the results as `Workers` says; an item whose worker dies is done by another."""
        data = self._ray.data
        context = data.DataContext.get_current()
        context.enable_progress_bars = False
        context.execution_options.preserve_order = True
        workers = max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        remaining = iter(items)
        while chunk := list(islice(remaining, _CHUNK)):
            try:
                rows = data.from_items([{"item": item} for item in chunk]).map(
                    _Worker,
                    fn_constructor_args=(make_step,),
                    concurrency=(1, workers),
                )
                for row in rows.iter_rows():
                    yield row["result"]
            except self._ray.exceptions.RayError as error:
                raise WorkerError(
                    f"the Ray cluster cannot go on ({type(error).__name__}); "
                    "what was done so far is kept"
                ) from error

    def _connect(self, address: str) -> None:
        quiet = {"logging_level": "ERROR", "log_to_driver": False}
        try:
            if address != "auto":
                # Ray itself tries for minutes.
                host, _, port = address.rpartition("//")[2].rpartition(":")
                socket.create_connection((host, int(port)), timeout=_CONNECT_SECONDS).close()
                self._ray.init(address=address, **quiet)
                return
            try:
                self._ray.init(address="auto", **quiet)
            except ConnectionError:
                with _sealed_off():
                    self._ray.init(address="local", include_dashboard=False, **quiet)
        except (OSError, ValueError, RuntimeError) as error:
            raise WorkerError(f"there is no Ray cluster at {address}: {error}") from error


def _protect() -> None:
    """Send nothing to Ray's makers, and let only who knows a token use the ports Ray opens.

    Read when ray is imported. A cluster of several machines has a token of who started it.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_AUTH_MODE", "token")
    named = {"RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH"} & os.environ.keys()
    if not named and not (Path.home() / ".ray" / "auth_token").is_file():
        os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)


@contextmanager
def _sealed_off() -> Iterator[None]:
    """Start processes within this that reach no other machine by HTTP.

    A local cluster asks the address where clouds tell who they are, and reports that it reports
    nothing, whatever it is told. A proxy that nobody answers at ends both here.
    """
    before = {name: os.environ.get(name) for name in _PROXIES}
    os.environ.update(dict.fromkeys(_PROXIES, "http://127.0.0.1:9"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class _Worker:
    """One worker of a pipeline; Ray makes another one when its process dies."""

    def __init__(self, make_step: Callable[[], Callable[[Any], Any]]) -> None:
        self._step = make_step()

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        return {"result": self._step(row["item"])}
