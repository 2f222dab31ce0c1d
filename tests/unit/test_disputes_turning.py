"""Replies that turn against what they answer, by signs and not by expressions."""

import pytest

from index.disputes.conflict import Reading
from index.disputes.stance import read_markers
from index.disputes.turning import turn
from index.language.dispute_words import vocabulary

_SAID = {
    "en": "The stone of the new bridge is soft and will crack in the first winter, all the trade"
    " knows it.",
    "de": "Die Steine der neuen Brücke sind weich und brechen im ersten Winter.",
}


def _turns(reply: str, language: str = "en") -> bool:
    known = vocabulary(language)
    said = Reading.of(_SAID[language], 0, len(_SAID[language]), known).stems.keys()
    markers = read_markers(reply, [(0, len(reply))], known)
    return turn(markers, said, known, reply, fewest_shared=2) is not None


@pytest.mark.parametrize(
    ("reply", "language"),
    [
        ("Our church is of that stone, and in sixty winters not a corner of it came down.", "en"),
        ("“All the trade” is one man who lost the tender, and his own bridge leaks at both ends"
         " since it was built.", "en"),
        ("Ich wohne neben einer Brücke aus solchen Steinen, und in keinem Winter ist dort je etwas"
         " gebrochen.", "de"),
    ],
)  # fmt: skip
def test_a_reply_that_takes_words_up_and_negates_or_holds_them_up_turns(
    reply: str, language: str
) -> None:
    assert _turns(reply, language)


@pytest.mark.parametrize(
    "reply",
    [
        "Thanks, the stone of our wall went the same way in winter and was never mended since.",
        "I took my dog over the new bridge, a lovely walk by the river when the sun comes up.",
        "Soft stone, indeed.",
        "We have no stone like that in our bridge either, and that one cracked in winter too.",
    ],
)
def test_thanks_stories_short_words_and_joining_in_do_not_turn(reply: str) -> None:
    assert not _turns(reply)
