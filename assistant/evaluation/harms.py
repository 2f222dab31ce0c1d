"""The kinds of harm an answer can do; each is a metric of a run, and each fault is one of them."""

from typing import Literal, NamedTuple, get_args

Harm = Literal[
    "false_attribution",
    "wrong_lane",
    "denial_as_fact",
    "false_none",
    "wrong_number",
    "wrong_verdict",
    "says_what_it_must_not",
    "wrongly_answered",
    "wrongly_refused",
    "wrong_language",
    "bad_form",
    "beside_the_point",
]
HARMS: tuple[Harm, ...] = get_args(Harm)


class Fault(NamedTuple):
    """What is wrong with an answer: of which kind, and in words."""

    harm: Harm
    reason: str
