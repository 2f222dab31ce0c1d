"""Addresses that must not be fetched, tried against a listener that counts who connects.

    python -m benchmarks.addresses [--hops N ...]

Every address of the table is asked for directly, then as the place a public page redirects to,
at the first, the second and the last redirect that is followed. All connections that the gate
lets through, wherever they were meant to go, end at one listener on loopback: it plays the
public page, and counts. Then names that change their address between two look-ups, or have a
public address beside an inner one. The last line is one JSON object; nothing leaves the machine.
"""

import argparse
import json
from collections.abc import Sequence

from index.reading.network.web import MOST_REDIRECTS
from tests.support.addresses import PUBLIC, canary, changing_names, outcome, redirected
from tests.support.unsafe_addresses import REDIRECTED, TABLE, UNSAFE

HOPS = (1, 2, MOST_REDIRECTS)


def run(hops_tried: Sequence[int] = HOPS) -> dict[str, object]:
    """Return the figures of the whole table, each redirect tried at those hops."""
    with canary() as listener:
        control = outcome("http://page.org/", listener)
        if control.refusal or control.connections != 1:
            raise RuntimeError("the canary does not hear what may be fetched")
        direct = [outcome(url, listener) for url in UNSAFE]
        hops = [
            (redirected(url, listener, hop=hop), hop) for url in REDIRECTED for hop in hops_tried
        ]
        names = list(changing_names(listener))
    followed = [*hops, *names]
    return {
        "addresses": len(UNSAFE),
        "addresses_by_kind": {kind: len(urls) for kind, urls in TABLE.items()},
        "refused": sum(item.is_refused for item in direct),
        "connections": sum(item.connections for item in direct),
        "redirects": len(hops),
        "redirects_refused": sum(item.refusal is not None for item, _ in hops),
        "changing_names": len(names),
        "changing_names_refused": sum(item.is_refused for item, _ in names),
        "connections_beyond_the_public_page": sum(
            item.connections - allowed for item, allowed in followed
        )
        + sum(asked.split(":")[0] != PUBLIC for item, _ in followed for asked in item.asked),
        "bar": {"addresses": 50, "connections": 0, "connections_beyond_the_public_page": 0},
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--hops", type=int, nargs="+", default=HOPS, help="redirects to try, from 1"
    )
    print(json.dumps(run(parser.parse_args().hops)))


if __name__ == "__main__":
    main()
