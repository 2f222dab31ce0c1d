"""Does a sentence tell as a fact what the page only reports as said, denied, demanded or hoped?

It is laid beside the stretches of the page that hold most of its words; one of them must be
told by the page itself. See `index.statements.scope`.
"""

from collections.abc import Iterator, Sequence

from assistant.checking.agreement import coverage
from assistant.checking.claims import Claim
from assistant.checking.frame import Frames
from index.article import Passage
from index.language.dispute_words import vocabulary
from index.language.negation import negations
from index.language.phrase_patterns import read_words
from index.language.sentences import sentence_spans
from index.language.words import content_words, fold, spaced_words
from index.library.article_index import ArticleIndex
from index.statements.scope import Scope, scopes

_HELD = 0.34
"""Share of a sentence's words from which a stretch of the page is what it tells of."""
_AS_GOOD = 0.1


def told_as_fact(
    claim: Claim, passages: Sequence[Passage], article_index: ArticleIndex, frames: Frames
) -> Scope | None:
    """Return the stretch of the page that a sentence tells as a fact although it is none.

    None where the sentence says that somebody says it; what is denied is nobody's words.
    """
    there = [stretch for p in passages for stretch in _of_page(p, article_index)]
    people = _people_in(passages, article_index)
    # Whoever is named stands outside of what they deny or demand.
    words = [w for w in frames.content(claim.body, claim, passages) if fold(w) not in people]
    if not words or not there:
        return None
    text = article_index.article.text
    shares = coverage(words, [text[s.start : s.end] for s in there], article_index)
    best = float(shares.max())
    near = [s for s, share in zip(there, shares, strict=True) if share >= best - _AS_GOOD]
    if best < _HELD or any(_may_be_told(scope, claim) for scope in near):
        return None
    return there[int(shares.argmax())]


def _people_in(passages: Sequence[Passage], article_index: ArticleIndex) -> frozenset[str]:
    """Return the folded words with a capital in the names of those who speak in passages."""
    labels = {passage.label for passage in passages}
    return frozenset(
        fold(word)
        for s in article_index.statements
        if s.speaker is not None and s.passage in labels
        for word in s.speaker.name.split()
        if word[0].isupper()
    )


def _of_page(passage: Passage, article_index: ArticleIndex) -> Iterator[Scope]:
    article = article_index.article
    own = [s for s in article_index.statements if s.passage == passage.label]
    for span in sentence_spans(article.text, passage.start, passage.end):
        yield from scopes(article.text, span.start, span.end, own, article.language)


def _may_be_told(scope: Scope, claim: Claim) -> bool:
    """Whether a stretch is told by the page, or as open, or by somebody whom the sentence names.

    "Six wells are to be drilled", which somebody wants to be; "Whitlock puts the saving at
    60,000": no verb we know, but hers.
    """
    if scope.standing == "asserted":
        return True
    if scope.standing == "denied":
        return _denies(claim)
    if claim.is_reported:
        return True
    if scope.standing in ("demanded", "asked", "hoped"):
        return claim.leaves_open(0, len(claim.body))
    holder = scope.holder
    if holder is None or scope.standing not in ("said", "quoted"):
        return False
    told = spaced_words(claim.text)
    last = content_words(holder.name)[-1:] if holder.name[:1].isupper() else ()
    forms = (*last, holder.name, *holder.aliases)
    return any(spaced_words(form) in told for form in forms if form.strip())


def _denies(claim: Claim) -> bool:
    """Whether a sentence denies or negates: "the valley is not in danger", as its denier says."""
    known, words = vocabulary(claim.language), read_words(claim.body)
    is_denial = any(scope.standing == "denied" for scope in claim.scopes)
    return is_denial or bool(negations(words, known)) or bool(known.refutations.find(words))
