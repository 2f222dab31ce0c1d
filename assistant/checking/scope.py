"""Does a sentence tell as a fact what the page only reports as said, denied, demanded or hoped?

Each stretch of the sentence is laid beside the stretch of the page that holds most of its words;
the two must stand in a way that fits. See `index.statements.scope`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.agreement import coverage
from assistant.checking.claims import Claim
from assistant.checking.frame import Frames
from index.article import Passage
from index.language.dispute_words import vocabulary
from index.language.negation import negations
from index.language.phrase_patterns import read_words
from index.language.sentences import sentence_spans
from index.language.words import content_words, fold, folded_words, spaced_words
from index.library.article_index import ArticleIndex
from index.statements.scope import Scope, Standing, scopes

_HELD = 0.34
"""Share of a stretch's words from which a stretch of the page is what it tells of."""
_AS_GOOD = 0.1
_LONGEST_SUBJECT = 3
"""Words that tell; what is longer may be a sentence of its own."""
_CLEARLY = 0.6
"""Share of a stretch from which it is that stretch of the page which it tells."""
_TELLABLE: dict[Standing, frozenset[Standing]] = {
    "asserted": frozenset({"asserted", "said", "quoted", "alleged", "demanded", "asked", "hoped"}),
    "said": frozenset({"said", "quoted", "alleged", "demanded", "asked", "hoped"}),
    "quoted": frozenset({"said", "quoted", "alleged", "demanded", "asked", "hoped"}),
    "alleged": frozenset({"alleged", "said"}),
    "denied": frozenset({"denied"}),
    "demanded": frozenset({"demanded", "asked", "hoped"}),
    "asked": frozenset({"asked", "demanded"}),
    "hoped": frozenset({"hoped", "demanded"}),
}
"""As what a stretch may be told again, by how it stands on the page."""
_OPEN: frozenset[Standing] = frozenset({"demanded", "asked", "hoped"})
_NAMED_IS_ENOUGH: frozenset[Standing] = frozenset({"said", "quoted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    scope: Scope
    text: str
    around: str
    before: str


def scoped(
    claim: Claim, passages: Sequence[Passage], article_index: ArticleIndex, frames: Frames
) -> str | None:
    """Return the first stretch of a sentence that is told otherwise than it stands."""
    there = [stretch for p in passages for stretch in _of_page(p, article_index)]
    texts = [stretch.text for stretch in there]
    people = _people_in(passages, article_index)
    # "…, a budget paper says": whose words they are is told of nobody else.
    people |= {word for s in claim.scopes if s.holder for word in folded_words(s.holder.name)}
    for place, scope in enumerate(claim.scopes):
        # Whoever is named stands outside of what they deny or demand.
        words = [
            word
            for word in frames.content(claim.body[scope.start : scope.end], claim, passages)
            if fold(word) not in people
        ]
        if not words or not texts or _is_subject(claim.scopes[place:], words):
            continue
        shares = coverage(words, texts, article_index)
        best = float(shares.max())
        if best < _HELD:
            continue
        near = [s for s, share in zip(there, shares, strict=True) if share >= best - _AS_GOOD]
        if any(_is_denied_by_accuser(scope, stretch) for stretch in near):
            return "told as denied by who says it"
        if not any(_may_tell(scope, stretch, claim, article_index) for stretch in near):
            said = there[int(shares.argmax())].scope
            if claim.is_bare or _says_otherwise(scope, said, best, claim):
                name = f" by {said.holder.name}" if said.holder else ""
                return f"told as {scope.standing}, but it is {said.standing}{name}"
    return None


def _is_subject(scopes: Sequence[Scope], words: Sequence[str]) -> bool:
    """Whether the first of some stretches only names who denies or demands what follows it."""
    follows = scopes[1].standing if len(scopes) > 1 else "asserted"
    return (
        scopes[0].standing == "asserted"
        and follows not in ("asserted", "said", "quoted")
        and len(words) <= _LONGEST_SUBJECT
    )


def _says_otherwise(told: Scope, stands: Scope, share: float, claim: Claim) -> bool:
    """Whether a stretch of a sentence that tells of sayings, demands or hopes gets one wrong.

    Which verb tells it best is for the judge: "reckons" is not "hopes", nor its denial.
    """
    if stands.standing in _OPEN and claim.leaves_open(told.start, told.end):
        return False  # "Six wells are to be drilled", which somebody wants to be
    return share >= _CLEARLY and (told.standing == "asserted" or stands.standing == "denied")


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


def _of_page(passage: Passage, article_index: ArticleIndex) -> Iterator[_Stretch]:
    article = article_index.article
    own = [s for s in article_index.statements if s.passage == passage.label]
    for span in sentence_spans(article.text, passage.start, passage.end):
        for scope in scopes(article.text, span.start, span.end, own, article.language):
            yield _Stretch(
                scope=scope,
                text=article.text[scope.start : scope.end],
                before=article.text[span.start : scope.start],
                around=passage.text if passage.source == "comment" else span.of(article.text),
            )


def _may_tell(scope: Scope, stretch: _Stretch, claim: Claim, article_index: ArticleIndex) -> bool:
    told, stands = scope.standing, stretch.scope.standing
    if told in _TELLABLE[stands]:
        return True
    if told == "asserted":
        # "Whitlock puts the saving at 60,000": no verb we know, but hers.
        return stands in _NAMED_IS_ENOUGH and _is_named(stretch.scope, claim)
    if told == "denied":
        return _negates(stretch.around, article_index.article.language)
    # "According to the prefect, the valley is not in danger", who denied that it was.
    return stands == "denied" and _negates(claim.body, claim.language)


def _is_denied_by_accuser(told: Scope, stretch: _Stretch) -> bool:
    """Whether somebody denies what they accuse others of: "The union denies this leak".

    Who accuses stands before the verb and is its holder, where that one stands there at all.
    """
    if told.standing != "denied" or told.holder is None or stretch.scope.standing != "alleged":
        return False
    name, before = set(content_words(told.holder.name)[-1:]), set(folded_words(stretch.before))
    holder = stretch.scope.holder
    others = set(content_words(holder.name)[-1:]) - name if holder is not None else set()
    return name <= before - set(folded_words(stretch.text)) and not others & before


def _is_named(scope: Scope, claim: Claim) -> bool:
    """Whether a sentence names whose words a stretch is."""
    holder = scope.holder
    if holder is None:
        return False
    told = spaced_words(claim.text)
    last = content_words(holder.name)[-1:] if holder.name[:1].isupper() else ()
    forms = (*last, holder.name, *holder.aliases)
    return any(spaced_words(form) in told for form in forms if form.strip())


def _negates(text: str, language: str) -> bool:
    known, words = vocabulary(language), read_words(text)
    return bool(negations(words, known)) or bool(known.refutations.find(words))
