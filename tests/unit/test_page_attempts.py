"""Guessing passwords gets slower with every mistake."""

from page.access import Attempts


def test_a_few_mistakes_are_free_and_each_further_one_doubles_the_wait() -> None:
    now = [0.0]
    attempts = Attempts(clock=lambda: now[0])
    for _ in range(4):
        attempts.failed("guesser")
        assert not attempts.must_wait("guesser")
    for seconds in (1, 2, 4, 8):
        attempts.failed("guesser")
        now[0] += seconds - 0.1
        assert attempts.must_wait("guesser")
        assert not attempts.must_wait("colleague")
        now[0] += 0.2
        assert not attempts.must_wait("guesser")


def test_the_right_password_forgets_the_mistakes() -> None:
    attempts = Attempts(clock=lambda: 0.0)
    for _ in range(9):
        attempts.failed("reader")
    attempts.succeeded("reader")
    assert not attempts.must_wait("reader")


def test_what_is_remembered_of_clients_is_bounded() -> None:
    attempts = Attempts(clock=lambda: 0.0)
    for _ in range(5):
        attempts.failed("first")
    for number in range(1_000):
        attempts.failed(str(number))
    assert not attempts.must_wait("first")
