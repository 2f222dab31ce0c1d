"""How well statements and their speakers are found, against annotated news.

    python -m benchmarks.quotes --german FILE --polnear DIR --gold FILE --text DIR

`--german` is JSON Lines with `text` and `annotations`; `--polnear` a folder with `text` and
`attributions` (brat), of which the first annotator by name counts; `--gold` JSON Lines
`{"doc", "statements": [{"start", "end", "manner", "speaker": [names] or null, "optional"}]}`
over the files of `--text`. A found statement matches a gold one when their words overlap
with an F1 of at least .5, one to one. Prints one JSON object on its last line.
"""

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.article import Article, Passage
from index.language.words import content_words, folded_words
from index.statements import Speaker, Statement, find_statements

_WORD = re.compile(r"\w+")
_TEXT_BOUND = re.compile(r"T\d+\t[\w-]+ \d+ \d+")
_COUNTED_GERMAN = {
    "Direct": "direct",
    "Indirect": "indirect",
    "IndirectFreeIndirect": "indirect_free",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """An annotated statement. `speakers` is None where the annotators found none.

    `counted` is false for kinds that are shown apart: finding them is no error, missing
    them is none either.
    """

    spans: tuple[tuple[int, int], ...]
    manner: str
    speakers: tuple[str, ...] | None
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text with its annotated statements."""

    name: str
    text: str
    language: str
    gold: tuple[Gold, ...]


def plain_article(text: str, language: str) -> Article:
    """Return an article whose canonical text is the given text, one passage per line."""
    passages = tuple(
        Passage(
            label=f"A{number}",
            source="article",
            kind="paragraph",
            start=match.start(),
            end=match.end(),
            text=match.group(),
        )
        for number, match in enumerate(re.finditer(r"[^\n]*\S[^\n]*", text), 1)
    )
    return Article(
        id="plain", version="1", source_key="plain", title=None, language=language, outlet=None,
        author=None, url=None, published_at=None, text=text, passages=passages, comments=(),
    )  # fmt: skip


def german_documents(file: Path) -> Iterator[Document]:
    """Yield the texts of a file of German news quotations."""
    for line in file.read_text("utf-8").split("\n"):
        if not line.strip():
            continue
        entry = json.loads(line)
        gold = tuple(
            Gold(
                spans=tuple((start, end) for start, end in item["quote"]["spans"]),
                manner=_COUNTED_GERMAN.get(item["type"], item["type"]),
                speakers=(item["speaker"]["text"],) if item["speaker"]["spans"] else None,
                counted=item["type"] in _COUNTED_GERMAN,
            )
            for item in entry["annotations"]
        )
        yield Document(name=entry["doc"], text=entry["text"], language="de", gold=gold)


def polnear_documents(folder: Path) -> Iterator[Document]:
    """Yield the English texts of a folder, with the annotations of the first annotator."""
    done: set[str] = set()
    for file in sorted((folder / "attributions").glob("*.ann")):
        name = file.stem.rpartition("_")[0]
        if name in done:
            continue
        done.add(name)
        with (folder / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as source:
            text = source.read()
        yield Document(name=name, text=text, language="en", gold=tuple(_brat(file)))


def _brat(file: Path) -> Iterator[Gold]:
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    words: dict[str, str] = {}
    events: list[list[str]] = []
    for line in file.read_text("utf-8").split("\n"):
        mark, _, rest = line.partition("\t")
        if _TEXT_BOUND.match(line):
            kind_and_span, _, written = rest.partition("\t")
            places = kind_and_span.split(" ", 1)[1]
            spans[mark] = tuple(
                (int(start), int(end))
                for start, end in (place.split() for place in places.split(";"))
            )
            words[mark] = written
        elif re.match(r"E\d+\t", line):
            events.append(rest.split())
    for event in events:
        roles = defaultdict(list)
        for part in event:
            role, _, mark = part.partition(":")
            roles[role.rstrip("0123456789")].append(mark)
        content = tuple(span for mark in roles["Content"] for span in spans[mark])
        if content:
            yield Gold(
                spans=content,
                manner="attribution",
                speakers=tuple(words[mark] for mark in roles["Source"]) or None,
            )


def gold_documents(gold: Path, texts: Path) -> Iterator[Document]:
    """Yield the texts that a file in the project's own form annotates."""
    for line in gold.read_text("utf-8").splitlines():
        if not line.strip():
            continue
        entry = json.loads(line)
        name = str(entry["doc"])
        path = texts / (name if name.endswith(".txt") else f"{name}.txt")
        statements = tuple(
            Gold(
                spans=((item["start"], item["end"]),),
                manner=item["manner"],
                speakers=tuple(item["speaker"]) if item["speaker"] else None,
                counted=not item.get("optional", False),
            )
            for item in entry["statements"]
        )
        with path.open(encoding="utf-8", newline="") as source:
            text = source.read()
        yield Document(name=name, text=text, language=entry.get("language", "fr"), gold=statements)


def agrees(speaker: Speaker | None, wanted: Sequence[str] | None, language: str) -> bool:
    """Whether a found speaker is the annotated one: unknown for unknown, or the same head."""
    if wanted is None or speaker is None:
        return wanted is None and speaker is None
    forms = (speaker.name, speaker.as_written, *speaker.aliases)
    for gold in wanted:
        for form in forms:
            if folded_words(form) == folded_words(gold):
                return True
            shared = set(content_words(form, language)) & set(content_words(gold, language))
            if any(len(word) > 1 for word in shared):
                return True
    return False


def _overlap(found: Statement, gold: Gold, text: str) -> float:
    if found.end <= min(start for start, _ in gold.spans):
        return 0.0
    if found.start >= max(end for _, end in gold.spans):
        return 0.0
    ours = {
        match.start() for start, end in found.parts for match in _WORD.finditer(text, start, end)
    }
    theirs = {
        match.start() for start, end in gold.spans for match in _WORD.finditer(text, start, end)
    }
    common = len(ours & theirs)
    return 2 * common / (len(ours) + len(theirs)) if common else 0.0


def matched(
    found: Sequence[Statement], gold: Sequence[Gold], text: str
) -> list[tuple[Statement, Gold]]:
    """Return the pairs of found and annotated statements, best overlap first, one to one."""
    pairs = sorted(
        (
            (-overlap, not gold[there].counted, here, there)
            for here in range(len(found))
            for there in range(len(gold))
            if (overlap := _overlap(found[here], gold[there], text)) >= 0.5
        ),
    )
    ours: set[int] = set()
    theirs: set[int] = set()
    result: list[tuple[Statement, Gold]] = []
    for _, _, here, there in pairs:
        if here not in ours and there not in theirs:
            ours.add(here)
            theirs.add(there)
            result.append((found[here], gold[there]))
    return result


def measured(documents: Iterable[Document], *, show: int = 0) -> dict[str, object]:
    """Return precision, recall, F1 and the share of right speakers over documents."""
    found_count = gold_count = hits = apart = words = 0
    seconds = 0.0
    right: dict[str, list[bool]] = defaultdict(list)
    recalled: dict[str, list[bool]] = defaultdict(list)
    unknown: list[bool] = []
    for document in documents:
        article = plain_article(document.text, document.language)
        words += len(_WORD.findall(document.text))
        begun = time.perf_counter()
        found = find_statements(article)
        seconds += time.perf_counter() - begun
        pairs = matched(found, document.gold, document.text)
        met = {id(gold) for _, gold in pairs}
        found_count += len(found)
        for statement, gold in pairs:
            apart += not gold.counted
            hits += gold.counted
            if not gold.counted:
                continue
            ok = agrees(statement.speaker, gold.speakers, document.language)
            right[gold.manner].append(ok)
            if gold.speakers is None:
                unknown.append(statement.speaker is None)
            if not ok and show & 1:
                who = statement.speaker and (statement.speaker.name, statement.speaker.as_written)
                _line("SPEAKER", document.name, who, gold.speakers, statement.text)
        for gold in document.gold:
            recalled[gold.manner].append(id(gold) in met)
            gold_count += gold.counted
            if gold.counted and id(gold) not in met and show & 2:
                words_of = " ~ ".join(document.text[s:e] for s, e in gold.spans)
                _line("MISSED", document.name, gold.manner, gold.speakers, words_of)
        taken = {id(statement) for statement, _ in pairs}
        for statement in found:
            if id(statement) not in taken and show & 4:
                named = statement.speaker.name if statement.speaker else None
                _line(
                    "SURPLUS",
                    document.name,
                    named,
                    f"{statement.manner}/{statement.cue}",
                    statement.text,
                )
    precision = hits / max(found_count - apart, 1)
    recall = hits / max(gold_count, 1)
    speakers = [ok for oks in right.values() for ok in oks]
    return {
        "found": found_count,
        "gold": gold_count,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        "recall_by_manner": {
            manner: [round(_share(hit), 3), len(hit)] for manner, hit in sorted(recalled.items())
        },
        "speaker_right": round(_share(speakers), 4),
        "speaker_by_manner": {
            manner: [round(_share(oks), 3), len(oks)] for manner, oks in sorted(right.items())
        },
        "unknown_stayed_unknown": [round(_share(unknown), 4), len(unknown)],
        "words_per_second": round(words / seconds) if seconds else None,
    }


def _share(outcomes: Sequence[bool]) -> float:
    return sum(outcomes) / len(outcomes) if outcomes else 0.0


def _line(*parts: object) -> None:
    print(" | ".join(fold_space(str(part)) for part in parts))


def fold_space(text: str) -> str:
    """Return the text on one line, cut to what a terminal shows well."""
    return re.sub(r"\s+", " ", text)[:300]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure on the data given and print the figures."""
    parser = argparse.ArgumentParser(description="Measure who-said-what on annotated news.")
    parser.add_argument("--german", type=Path)
    parser.add_argument("--polnear", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--text", type=Path)
    parser.add_argument("--show", type=int, default=0, help="1 speakers + 2 missed + 4 surplus")
    parser.add_argument("--limit", type=int, help="only the first documents")
    options = parser.parse_args(arguments)
    results: dict[str, object] = {}
    sources: dict[str, Iterable[Document]] = {}
    if options.german:
        sources["german"] = german_documents(options.german)
    if options.polnear:
        sources["polnear"] = polnear_documents(options.polnear)
    if options.gold:
        sources["gold"] = gold_documents(options.gold, options.text or options.gold.parent)
    if not sources:
        parser.error("give --german, --polnear or --gold")
    for name, documents in sources.items():
        chosen = list(documents)[: options.limit]
        results[name] = measured(chosen, show=options.show)
    print(json.dumps(results, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
