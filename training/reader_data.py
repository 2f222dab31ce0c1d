"""What the reader learns from: pairs of texts with a label, for each of its heads.

Written for this project: `training/data` (its card says how). Beside it, where the folder is
given, the sets whose licences let us train on them: SQuAD 2.0 dev in the part of CS 224N,
PIAF and RTE-3 in French. Of every source whole articles or documents are held out by a checksum of
their name, so that what measures was never seen.
"""

import csv
import json
import random
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from assistant.extractive.context import end_of, text_before
from assistant.extractive.continuing import going_on
from index.encoder import open_embedder
from index.encoder.reader import Head
from index.language.sentences import sentence_spans
from index.language.words import content_words, fold, folded_words, word_spans
from index.reading import read_bytes

PAGES = "pages"
"""The name of the source whose groups are the pages of `question_pages`."""
WRITTEN = Path(__file__).with_name("data")
THREADS = "threads"
"""The name of the source whose groups are the pages of `debate`."""
_HELD_OUT_ONE_IN = 8
_PAGES_HELD_OUT_ONE_IN = 4  # what weighs the reader's word learns from pages it has not seen
_THREADS_HELD_OUT_ONE_IN = 3  # the same of contests
_NUMBER = re.compile(r"\d+")
_SHARE_OF_OTHERS = 0.8  # of the questions of SQuAD and PIAF: ours are nearer to the page's
_NEAREST = 8  # wrong sentences of a page that a question is read with
_STRANGE_SHARE = 0.3  # of the questions that are put to a page which has nothing to do with them
_SHORTEST = 15  # characters of a sentence that may itself be part of the marked words


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts and a label, 1 for yes.

    `source` names the data, `group` what must not be split between training and measuring,
    `behind` what the second text stands behind on its page.
    """

    head: Head
    first: str
    second: str
    label: int
    source: str
    language: str
    group: str
    kind: str = ""
    behind: str = ""

    @property
    def is_held_out(self) -> bool:
        """Whether it is for measuring, by its group alone."""
        if self.source == THREADS:
            return is_thread_held_out(self.group)
        share = _PAGES_HELD_OUT_ONE_IN if self.source == PAGES else _HELD_OUT_ONE_IN
        return is_held_out(self.group, one_in=share)


def is_page_held_out(page: str) -> bool:
    """Whether the reader does not learn a page of `question_pages`, by its file's name."""
    return is_held_out(page, one_in=_PAGES_HELD_OUT_ONE_IN)


def is_thread_held_out(title: str) -> bool:
    """Whether the reader does not learn a page of `debate`, by its title."""
    return is_held_out(title, one_in=_THREADS_HELD_OUT_ONE_IN)


def is_held_out(group: str, *, one_in: int) -> bool:
    """Whether a group is for measuring, by a checksum of its name alone."""
    return zlib.crc32(f"held out {group}".encode()) % one_in == 0


def all_pairs(folder: Path | None, *, seed: int) -> list[Pair]:
    """Return the pairs of all heads, training and measuring together.

    Args:
        folder: Where the sets of others lie; None for those we wrote alone.
        seed: Of the choice of wrong sentences.
    """
    chance = random.Random(seed)
    pairs = [*answers_written(chance), *answers_of_pages(chance), *supports_written(chance)]
    pairs += supports_of_pages()
    if folder is not None:
        pairs += answers_of_squad(folder / "squad2_cs224n" / "dev-v2.0.json", "en", chance)
        pairs += answers_of_squad(folder / "piaf_v1.0" / "piaf-v1.0.json", "fr", chance)
        pairs += supports_of_rte3(folder / "rte3_fr" / "RTE3-FR-dev-set-3class.tsv")
    return list(dict.fromkeys(pairs))


def written(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the language and the content of each line we wrote of a kind."""
    for file in sorted((WRITTEN / kind).glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield file.stem[:2], json.loads(line)


def answers_written(chance: random.Random) -> Iterator[Pair]:
    """Yield each question with the sentences that answer it and some that do not."""
    for language, passage in written("answer"):
        sentences = passage["sentences"]
        for question in passage["questions"]:
            yield from _answers(
                question["q"],
                sentences,
                right=question["answers"],
                source="written",
                language=language,
                group=sentences[0],
                kind=question["label"],
                chance=chance,
            )


def answers_of_pages(chance: random.Random) -> Iterator[Pair]:
    """Yield each question to a page with the sentences that answer and the nearest that do not.

    Of conversations each question but the first, behind the one before it, which tells what "and
    the mayor?" asks. What somebody said is not asked of this head, but which sentence holds it is.
    """
    folder, pages = WRITTEN / "question_pages", dict[str, list[tuple[str, str]]]()
    embedder = open_embedder("e5")
    rows = list(_asked_of_pages(folder))
    vectors: dict[str, np.ndarray] = {}
    for page in dict.fromkeys(row["page"] for row in rows):
        pages[page] = sentences_of_page(folder / page)
        vectors[page] = embedder.encode_documents([text for text, _ in pages[page]])
    for row in rows:
        sentences = [text for text, _ in pages[row["page"]]]
        (asked,) = embedder.encode_queries([row["q"]])
        right = [p for p, text in enumerate(sentences) if is_marked(text, row["answers"])]
        nearest = np.argsort(-(vectors[row["page"]] @ asked), kind="stable")
        wrong = [int(place) for place in nearest if place not in right][:_NEAREST]
        read = [(pages[row["page"]][place], int(place in right)) for place in (*right, *wrong)]
        if right and chance.random() < _STRANGE_SHARE and (other := _strange(row, pages, chance)):
            read.append((pages[other][int((vectors[other] @ asked).argmax())], 0))
        for (sentence, behind), label in read:
            yield Pair(
                head="answer",
                first=row["q"],
                second=sentence,
                behind=behind,
                label=label,
                source=PAGES,
                language=row["lang"],
                group=row["page"],
                kind=row.get("kind", "answers" if right else "none"),
            )


def _asked_of_pages(folder: Path) -> Iterator[dict[str, Any]]:
    for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)
    for line in (folder / "talks.jsonl").read_text("utf-8").splitlines():
        talk = json.loads(line)
        for before, turn in pairwise(talk["turns"]):
            yield {
                "page": talk["page"],
                "lang": talk["lang"],
                "q": going_on(before["q"], turn["q"]),
                "answers": turn["answers"],
                "kind": "goes on",
            }


def _strange(
    row: dict[str, Any], pages: Mapping[str, Sequence[tuple[str, str]]], chance: random.Random
) -> str | None:
    """Return another page that lacks a word which a question has of its own; None without one.

    "How much does it cost?" may well be answered by any page.
    """
    others = [p for p in pages if is_page_held_out(p) == is_page_held_out(row["page"])]
    other = chance.choice(others)
    asked = set(content_words(row["q"]))
    own, strange = (
        {w for text, _ in pages[p] for w in folded_words(text)} for p in (row["page"], other)
    )
    return other if other != row["page"] and (asked & own) - strange else None


def sentences_of_page(path: Path) -> list[tuple[str, str]]:
    """Return the sentences of a page, title and comments too, and what each stands behind."""
    article = read_bytes(path.read_bytes())
    spans = [s for p in article.passages for s in sentence_spans(article.text, p.start, p.end)]
    return [(span.of(article.text), text_before(article, span.start)) for span in spans]


def is_marked(sentence: str, marked: Sequence[str]) -> bool:
    """Whether a sentence holds words that are marked, or is part of them."""
    text = fold(sentence)
    return any(
        words in text or (len(text) > _SHORTEST and text in words) for words in map(fold, marked)
    )


def answers_of_squad(path: Path, language: str, chance: random.Random) -> Iterator[Pair]:
    """Yield questions with sentences of their paragraph, from a file in the form of SQuAD 2.0."""
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            spans = list(sentence_spans(text))
            for question in paragraph["qas"]:
                if chance.random() > _SHARE_OF_OTHERS:
                    continue
                starts = {answer["answer_start"] for answer in question["answers"]}
                yield from _answers(
                    question["question"],
                    [span.of(text) for span in spans],
                    right=[
                        place
                        for place, span in enumerate(spans)
                        if any(span.start <= start < span.end for start in starts)
                    ],
                    source=path.parent.name,
                    language=language,
                    group=article.get("title") or text,
                    kind="none" if question.get("is_impossible") else "answers",
                    chance=chance,
                )


def _answers(
    question: str,
    sentences: list[str],
    *,
    right: list[int],
    source: str,
    language: str,
    group: str,
    kind: str,
    chance: random.Random,
) -> Iterator[Pair]:
    asked = {fold(span.of(question)) for span in word_spans(question)}
    shared = [len(asked & {fold(span.of(text)) for span in word_spans(text)}) for text in sentences]
    wrong = [place for place in range(len(sentences)) if place not in right]
    wrong.sort(key=lambda place: (-shared[place], place))
    # A question without an answer needs its hardest sentences; others one of these and any one.
    chosen = wrong[: 1 if right else 2]
    if right and source == "written" and wrong[1:]:
        chosen.append(chance.choice(wrong[1:]))
    for place in (*right, *chosen):
        yield Pair(
            head="answer",
            first=question,
            second=sentences[place],
            behind=end_of(" ".join(sentences[:place])),
            label=int(place in right),
            source=source,
            language=language,
            group=group,
            kind=kind,
        )


def supports_written(chance: random.Random) -> Iterator[Pair]:
    """Yield sentences with the passages they cite, and such as a script has broken or copied."""
    for language, example in written("support"):
        texts = {passage["label"]: cited(passage) for passage in example["passages"]}
        group = example["passages"][0]["text"]

        def pair(
            text: str,
            sentence: str,
            *,
            right: bool,
            kind: str,
            language: str = language,
            group: str = group,
        ) -> Pair:
            return Pair(
                head="support",
                first=sentence,
                second=text,
                label=int(right),
                source="written",
                language=language,
                group=group,
                kind=kind,
            )

        for sentence in example["sentences"]:
            text = " ".join(texts[label] for label in sentence["cites"])
            yield pair(text, sentence["s"], right=sentence["right"], kind=sentence["kind"])
            other = with_another_number(sentence["s"], chance)
            if sentence["right"] and other:
                yield pair(text, other, right=False, kind="number by script")
        passage = chance.choice(example["passages"])
        spans = list(sentence_spans(passage["text"]))
        copy = chance.choice(spans).of(passage["text"])
        yield pair(cited(passage), copy, right=True, kind="copied by script")


def supports_of_pages() -> Iterator[Pair]:
    """Yield sentences about whole pages with the passages that hold the words they rest on."""
    folder = WRITTEN / "question_pages"
    for _, row in written("said"):
        page = json.loads((folder / row["page"]).read_text("utf-8"))
        comments = [{"by": c["author"], "text": c["text"] or ""} for c in page["comments"]]
        own = [{"by": None, "text": text} for text in (page["title"], *page["paragraphs"])]
        passages = [p for words in row["cites"] for p in (*own, *comments) if words in p["text"]]
        yield Pair(
            head="support",
            first=row["s"],
            second=" ".join(dict.fromkeys(map(cited, passages))),
            label=int(row["right"]),
            source=PAGES,
            language=row["lang"],
            group=row["page"],
            kind=row["kind"],
        )


def cited(passage: dict[str, Any]) -> str:
    """Return a passage as the reader reads it: its speaker before its words."""
    return f"{passage['by']}: {passage['text']}" if passage["by"] else str(passage["text"])


def with_another_number(sentence: str, chance: random.Random) -> str:
    """Return a sentence with one number changed, the empty string where there is none.

    >>> with_another_number("It cost 40 euros.", random.Random(0)) not in ("", "It cost 40 euros.")
    True
    """
    numbers = list(_NUMBER.finditer(sentence))
    if not numbers:
        return ""
    found = chance.choice(numbers)
    old = found.group()
    new = str(int(old) + chance.choice((1, 2, 3, 10, -1)) * max(1, 10 ** (len(old) - 2)))
    return sentence[: found.start()] + new.removeprefix("-") + sentence[found.end() :]


def supports_of_rte3(path: Path) -> Iterator[Pair]:
    """Yield the pairs of RTE-3 in French: does the first sentence carry the second?"""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            yield Pair(
                head="support",
                first=row["hypothesis"],
                second=row["premise"],
                label=int(row["label_text"] == "entailment"),
                source="rte3_fr",
                language="fr",
                group=row["premise"],
                kind=row["label_text"],
            )
