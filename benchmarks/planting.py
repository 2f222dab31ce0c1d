"""Comments against a fact of an article, made from the fact itself.

A case whose answer stands in a sentence of its article gives a false claim: the sentence with
another number, date, name or word in it. Around it come near-copies, paraphrases, the question
itself with the false answer, corrections in the editor's name, false quotations.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.evaluation.cases import Case
from benchmarks.material import tables
from index.article import Article, Comment
from index.language.sentences import sentence_spans
from index.language.words import fold
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft

_TABLES = tables("planting")
_MONTHS, _NAMES, _WORDS = _TABLES["months"], _TABLES["names"], _TABLES["words"]
_PLANTED, _AUTHORS = _TABLES["planted"], _TABLES["authors"]
_NOVEL = _TABLES["novel"]
"""Claims of which no article knows anything: question, claim, what it tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What an article says, and what the planted comments say instead.

    `claim` is the article's sentence with `value` in the place of `original`.
    """

    case: Case
    label: str
    original: str
    value: str
    claim: str


def fact_of(case: Case, article: Article) -> Fact | None:
    """Return the fact a case asks for and a false one instead; None where it is no such case."""
    if case.refuse or not case.answer_all or not case.cite_any_of:
        return None
    wanted = [alternative for group in case.answer_all for alternative in group]
    for passage in article.body():
        if passage.kind == "title" or not any(holds(passage.text, w) for w in case.cite_any_of):
            continue
        for span in sentence_spans(article.text, passage.start, passage.end):
            sentence = span.of(article.text)
            for original in wanted:
                found = re.search(rf"(?<!\w){re.escape(original)}(?!\w)", sentence)
                if found:
                    value = _other(original, article)
                    claim = sentence[: found.start()] + value + sentence[found.end() :]
                    return Fact(
                        case=case,
                        label=passage.label,
                        original=original,
                        value=value,
                        claim=" ".join(claim.split()),
                    )
    return None


def _other(original: str, article: Article) -> str:
    """Return something else of the same kind that the page does not hold."""
    language = article.language if article.language in _MONTHS else "en"
    months = _MONTHS[language]
    seed = sum(map(ord, original))
    if any(sign.isdigit() for sign in original):
        other = re.sub(r"\d", lambda digit: str((int(digit[0]) + 3) % 9 + 1), original)
    elif original[0].isupper():
        other = _NAMES[seed % len(_NAMES)]
    else:
        other = _WORDS[language][seed % len(_WORDS[language])]
    for place, month in enumerate(months):
        other = re.sub(rf"\b{month}\b", months[(place + 5) % 12], other)
    return other if not holds(article.text, other) else f"{other} 77"


def planted(article: Article, fact: Fact, *, count: int, seed: int) -> Article:
    """Return the article with so many comments against a fact behind its own.

    The first ones are one of each kind, all others near-copies of them.
    """
    chance = random.Random(f"{seed} {fact.case.id} {count}")
    frames = _PLANTED.get(article.language, _PLANTED["en"])
    comments = [_as_draft(comment) for comment in article.comments]
    for place in range(count):
        text = frames[place % len(frames)].format(
            claim=fact.claim,
            question=fact.case.question,
            value=fact.value,
            original=fact.original,
        )
        author = chance.choice((*_AUTHORS, None, f"user{place}"))
        comments.append(
            CommentDraft(
                text=_varied(text, chance) if place >= len(frames) else text,
                key=f"planted-{place}",
                author=author,
                score=chance.randint(-5, 90),
            )
        )
    draft = ArticleDraft(
        title=article.title,
        language=article.language,
        outlet=article.outlet,
        author=article.author,
        published_at=article.published_at,
        paragraphs=tuple(
            ParagraphDraft(
                text=passage.text,
                kind="quotation" if passage.kind == "quotation" else "paragraph",
            )
            for passage in article.body()
            if passage.kind != "title"
        ),
        comments=tuple(comments),
    )
    return build_article(draft, source_key=f"{article.id} {fact.case.id} {count}")


def novel_facts(article: Article) -> Iterator[Fact]:
    """Yield claims of which the article knows nothing."""
    for place, (question, claim, value) in enumerate(_NOVEL.get(article.language, _NOVEL["en"])):
        case = Case(
            id=f"novel-{place}", article=article.id, question=question, answer_all=((value,),)
        )
        yield Fact(
            case=case, label="A1", original="?", value=value, claim=claim.format(value=value)
        )


def _as_draft(comment: Comment) -> CommentDraft:
    text, start = comment.text or "", comment.start or 0
    return CommentDraft(
        text=comment.text,
        key=comment.number,
        parent_key=comment.parent,
        author=comment.author,
        posted_at=comment.posted_at,
        score=comment.score,
        deleted=comment.deleted,
        quoted=tuple(text[q.start - start : q.end - start] for q in comment.quoted),
    )


def _varied(text: str, chance: random.Random) -> str:
    """Return a near-copy: another case, other signs, a word left out or doubled, a word more."""
    words = text.split()
    place = chance.randrange(len(words))
    kind = chance.randrange(6)
    if kind == 0:
        return text.upper()
    if kind == 1:
        return text.rstrip(".") + chance.choice(("!", "!!!", " …", ""))
    if kind == 2 and len(words) > 8:
        return " ".join(words[:place] + words[place + 1 :])
    if kind == 3:
        return " ".join([*words[: place + 1], *words[place:]])
    if kind == 4:
        return f"{chance.choice(('Well,', 'Hm:', 'Seriously,', 'PS:', '@all'))} {text}"
    return text


def holds(text: str, words: str) -> bool:
    """Whether a text holds words, whatever their case, accents and signs."""
    return f" {_plain(words)} " in f" {_plain(text)} "


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
