"""A reply, read: its sentences, whose words each one reports, and what it puts in quotation marks.

The reply is read by the same rules as an article, so "X said that …" in it means the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article, Passage
from index.statements import Statement, find_statements

_QUOTED = re.compile(r"[«“„]\s*([^«»“”„]+?)\s*[»”“]|\"([^\"]+)\"|(?<!\w)[‘‚]([^‘’‚]+)[’‘](?!\w)")
_MARKER = re.compile(r"\s*\[[AC]\d[\d.~]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence of a reply without its markers.

    `speeches` are the words it reports, each with the speaker it gives them; `quotations` the
    words it puts in quotation marks.
    """

    text: str
    language: str
    speeches: tuple[Statement, ...]
    quotations: tuple[str, ...]


def read_claims(sentences: Sequence[str], language: str) -> tuple[Claim, ...]:
    """Return the sentences of a reply as claims, in order.

    Args:
        sentences: Their texts, markers included.
        language: ISO 639-1 code of the reply.
    """
    plain = [_MARKER.sub("", sentence).strip() for sentence in sentences]
    text = " ".join(plain)
    speeches = find_statements(_as_article(text, language)) if text else ()
    claims, start = [], 0
    for sentence in plain:
        end = start + len(sentence)
        claims.append(
            Claim(
                text=sentence,
                language=language,
                speeches=tuple(s for s in speeches if start <= s.start < end),
                quotations=quotations(sentence),
            )
        )
        start = end + 1
    return tuple(claims)


def quotations(text: str) -> tuple[str, ...]:
    """Return the words in quotation marks of a text, in order.

    >>> quotations("He spoke of “a wall” and “no choice”.")
    ('a wall', 'no choice')
    """
    return tuple("".join(found).strip() for found in _QUOTED.findall(text))


def _as_article(text: str, language: str) -> Article:
    passage = Passage(
        label="A1", source="article", kind="paragraph", start=0, end=len(text), text=text
    )
    return Article(
        id="reply",
        version="",
        source_key="",
        title=None,
        language=language,
        outlet=None,
        author=None,
        url=None,
        published_at=None,
        text=text,
        passages=(passage,),
        comments=(),
    )
