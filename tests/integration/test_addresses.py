"""Addresses that must not be fetched, at a listener that counts who connects."""

from collections.abc import Iterator

import pytest

from index.reading.network.web import MOST_REDIRECTS
from tests.support.addresses import (
    Canary,
    canary,
    changing_names,
    outcome,
    redirected,
)
from tests.support.unsafe_addresses import REDIRECTED, TABLE, UNSAFE


@pytest.fixture(scope="module")
def listener() -> Iterator[Canary]:
    """A listener on loopback where all connections end, whatever they were meant for."""
    with canary() as listening:
        yield listening


def test_the_canary_hears_what_may_be_fetched(listener: Canary) -> None:
    came_of_it = outcome("http://page.org/", listener)
    assert came_of_it.refusal is None
    assert came_of_it.asked == ("9.9.9.9:80",)
    assert came_of_it.connections == 1


@pytest.mark.parametrize("url", UNSAFE, ids=lambda url: ascii(url[:60]))
def test_an_unsafe_address_is_refused_without_a_connection(url: str, listener: Canary) -> None:
    came_of_it = outcome(url, listener)
    assert came_of_it.is_refused
    assert came_of_it.asked == ()
    assert came_of_it.connections == 0
    assert str(came_of_it.refusal).isprintable()


@pytest.mark.parametrize("url", REDIRECTED, ids=ascii)
def test_a_redirect_to_an_unsafe_place_is_refused_at_that_hop(url: str, listener: Canary) -> None:
    came_of_it = redirected(url, listener, hop=1)
    assert came_of_it.refusal is not None
    assert came_of_it.asked == ("9.9.9.9:80",)
    assert came_of_it.connections == 1


@pytest.mark.parametrize("hop", [2, MOST_REDIRECTS])
@pytest.mark.parametrize("kind", [kind for kind in TABLE if kind != "broken"])
def test_later_redirects_are_judged_alike(kind: str, hop: int, listener: Canary) -> None:
    came_of_it = redirected(TABLE[kind][0], listener, hop=hop)
    assert came_of_it.is_refused
    assert set(came_of_it.asked) == {"9.9.9.9:80"}
    assert came_of_it.connections == hop


def test_a_name_that_changes_its_address_leads_nowhere(listener: Canary) -> None:
    for came_of_it, allowed in changing_names(listener):
        assert came_of_it.is_refused
        assert came_of_it.connections == allowed
        assert set(came_of_it.asked) <= {"9.9.9.9:80"}


@pytest.mark.parametrize(
    "url",
    [
        "http://page.org./",
        "http://www.page.org/",
        "http://bücher.page.org/",
        "http://a_b.page.org/",
    ],
)
def test_usual_names_are_fetched(url: str, listener: Canary) -> None:
    assert outcome(url, listener).refusal is None


def test_a_path_may_hold_the_joiners_that_some_scripts_need(listener: Canary) -> None:
    assert outcome("http://page.org/می\u200cشود", listener).refusal is None
