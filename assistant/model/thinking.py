"""Takes out of a reply what a model thinks aloud: `<think> … </think>`, whole or in pieces."""

from dataclasses import dataclass

_OPENINGS = ("<think>", "<thinking>")
_CLOSINGS = ("</think>", "</thinking>")


@dataclass(slots=True)
class ThinkingFilter:
    """Passes on a reply without its thinking, also where a piece ends inside a tag.

    >>> thoughts = ThinkingFilter()
    >>> [thoughts.feed(piece) for piece in ("<thi", "nk>So", "</think>No.")], thoughts.end()
    (['', '', 'No.'], '')
    """

    _held: str = ""
    _is_thinking: bool = False

    def feed(self, piece: str) -> str:
        """Return what of the reply can be passed on after the next piece."""
        self._held += piece
        passed = ""
        while True:
            tags = _CLOSINGS if self._is_thinking else _OPENINGS
            found = [(self._held.find(tag), tag) for tag in tags if tag in self._held]
            if not found:
                break
            place, tag = min(found)
            if not self._is_thinking:
                passed += self._held[:place]
            self._held = self._held[place + len(tag) :]
            self._is_thinking = not self._is_thinking
        kept = _begun_tag(self._held, _CLOSINGS if self._is_thinking else _OPENINGS)
        if not self._is_thinking:
            passed += self._held[: len(self._held) - kept]
        self._held = self._held[len(self._held) - kept :]
        return passed

    def end(self) -> str:
        """Return what was held back; a thought that never ended is not passed on."""
        rest, self._held = self._held, ""
        return "" if self._is_thinking else rest


def behind_thoughts(text: str) -> str:
    """Return what of a text stands behind a closing tag that was never opened.

    Some templates open the thoughts themselves, so that a reply begins with them.

    >>> behind_thoughts("The user asks when.</think>On Friday.")
    'On Friday.'
    """
    for tag in _CLOSINGS:
        text = text.rpartition(tag)[2]
    return text


def _begun_tag(text: str, tags: tuple[str, ...]) -> int:
    """Return the length of the end of a text that may be the beginning of a tag."""
    longest = max(len(tag) for tag in tags) - 1
    for length in range(min(longest, len(text)), 0, -1):
        if any(tag.startswith(text[-length:]) for tag in tags):
            return length
    return 0
