"""How well pages are read: comments found, comments leaked, article text kept, furniture left out.

Two kinds of gold data, each beside trafilatura alone in the same run:

- `--evaldata FILE --html DIR`: trafilatura's own evaluation form, per page strings that must
  stand in the article (`with`), in a comment (`comments`) or nowhere (`without`). Comment
  strings that do not stand in the HTML at all cannot be found and are counted apart.
  The same file gives title, author and day of most pages: each is right where it is the same
  but for case and punctuation.
- `--extraction DIR`: article-extraction-benchmark (Scrapinghub, 2019): `ground-truth.json` and
  `html/*.html.gz`, scored by multisets of four-word shingles, F1 of the mean precision and
  the mean recall.
"""

import argparse
import gzip
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lxml import html

from index.errors import ArticleError
from index.reading.html import draft_from_html

_SHINGLE_WORDS = 4
_TOKEN = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page as some reader understood it, in plain text."""

    article: str
    comments: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class StringCounts:
    """Gold strings and what became of them; `standing` stand in the HTML at all."""

    pages: int = 0
    comment_strings: int = 0
    comment_strings_standing: int = 0
    comment_strings_found: int = 0
    comment_strings_leaked: int = 0
    article_strings: int = 0
    article_strings_found: int = 0
    boilerplate_strings: int = 0
    boilerplate_strings_emitted: int = 0
    seconds: float = 0.0

    def shares(self) -> dict[str, float]:
        """Return the shares that the bars are set on, and pages per second."""
        return {
            "comments_found_share": self.comment_strings_found
            / max(1, self.comment_strings_standing),
            "comments_leaked_share": self.comment_strings_leaked
            / max(1, self.comment_strings_standing),
            "article_found_share": self.article_strings_found / max(1, self.article_strings),
            "boilerplate_emitted_share": self.boilerplate_strings_emitted
            / max(1, self.boilerplate_strings),
            "pages_per_second": self.pages / max(1e-9, self.seconds),
        }


Reader = Callable[[str, str | None], Reading]


def read_with_us(markup: str, url: str | None) -> Reading:
    """Return the page as this project reads it; empty where it refuses."""
    try:
        draft = draft_from_html(markup, url=url)
    except ArticleError:
        return Reading(article="", comments=())
    parts = [draft.title or "", *(paragraph.text for paragraph in draft.paragraphs)]
    return Reading(
        article="\n\n".join(parts),
        comments=tuple(comment.text for comment in draft.comments if comment.text),
    )


def read_body_with_us(markup: str, url: str | None) -> Reading:
    """Return the page as this project reads it, without the title."""
    try:
        draft = draft_from_html(markup, url=url)
    except ArticleError:
        return Reading(article="", comments=())
    return Reading(article="\n".join(paragraph.text for paragraph in draft.paragraphs), comments=())


def read_with_trafilatura(markup: str, url: str | None) -> Reading:
    """Return the page as trafilatura alone reads it; its comments are one text."""
    import trafilatura

    document: Any = trafilatura.bare_extraction(markup, url=url, include_comments=True)
    if document is None:
        return Reading(article="", comments=())
    return Reading(article=document.text or "", comments=(document.comments or "",))


def read_body_with_trafilatura(markup: str, url: str | None) -> Reading:
    """Return the article body as trafilatura alone reads it."""
    import trafilatura

    text = trafilatura.extract(markup, url=url, include_comments=False)
    return Reading(article=text or "", comments=())


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadRead:
    """What some reader takes for the head of a page; a day as "2021-03-02"."""

    title: str | None
    author: str | None
    date: str | None


def head_with_us(markup: str, url: str | None) -> HeadRead:
    """Return the head of a page as this project reads it."""
    try:
        draft = draft_from_html(markup, url=url)
    except ArticleError:
        return HeadRead(title=None, author=None, date=None)
    day = draft.published_at.date().isoformat() if draft.published_at else None
    return HeadRead(title=draft.title, author=draft.author, date=day)


def head_with_trafilatura(markup: str, url: str | None) -> HeadRead:
    """Return the head of a page as trafilatura alone reads it."""
    import trafilatura

    found: Any = trafilatura.extract_metadata(markup, default_url=url)
    return HeadRead(
        title=getattr(found, "title", None),
        author=getattr(found, "author", None),
        date=getattr(found, "date", None),
    )


def head_counts(
    evaldata: Path, pages: Path, reader: Callable[[str, str | None], HeadRead]
) -> dict[str, dict[str, int]]:
    """Return for title, author and date how many pages give one, and how many are read right."""
    counts = {name: {"given": 0, "right": 0} for name in ("title", "author", "date")}
    for address, gold in json.loads(evaldata.read_text("utf-8")).items():
        read = asdict(reader(decoded((pages / gold["file"]).read_bytes()), address))
        for name, count in counts.items():
            if expected := gold.get(name):
                count["given"] += 1
                count["right"] += _names(read[name] or "") == _names(expected)
    return counts


def _names(written: str) -> list[tuple[str, ...]]:
    """Return the words of each name in a line of them, in no order."""
    parts = re.split(r"[;,&]|\s(?:und|and|et|e|y)\s", written.casefold())
    return sorted(words for part in parts if (words := tuple(_TOKEN.findall(part))))


def without_spaces(text: str) -> str:
    """Return the text as strings are looked for in it: NFC, no white space."""
    return "".join(unicodedata.normalize("NFC", text).split())


def decoded(data: bytes) -> str:
    """Return the text of a page whose encoding nobody noted."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data).best()
        return str(best) if best is not None else data.decode("cp1252", "replace")


def count_strings(evaldata: Path, pages: Path, reader: Reader, *, show: bool) -> StringCounts:
    """Return what becomes of the gold strings when `reader` reads the pages."""
    counts = StringCounts()
    for address, gold in json.loads(evaldata.read_text("utf-8")).items():
        markup = decoded((pages / gold["file"]).read_bytes())
        started = time.perf_counter()
        reading = reader(markup, address)
        counts.seconds += time.perf_counter() - started
        counts.pages += 1
        problems = _count_page(counts, gold, reading, _whole_text(markup))
        if show and problems:
            print(gold["file"], *problems, sep="\n    ")
    return counts


def _count_page(
    counts: StringCounts, gold: dict[str, Any], reading: Reading, whole: str
) -> list[str]:
    article = without_spaces(reading.article)
    comments = [without_spaces(comment) for comment in reading.comments]
    problems = []
    for string in filter(None, map(without_spaces, gold.get("comments") or ())):
        counts.comment_strings += 1
        if string not in whole:
            continue
        counts.comment_strings_standing += 1
        found = any(string in comment for comment in comments)
        counts.comment_strings_found += found
        counts.comment_strings_leaked += string in article
        if not found or string in article:
            problems.append(f"comment {'leaked' if string in article else 'missed'}: {string[:60]}")
    for string in filter(None, map(without_spaces, gold.get("with") or ())):
        counts.article_strings += 1
        counts.article_strings_found += string in article
        if string not in article:
            problems.append(f"article string missed: {string[:60]}")
    for string in filter(None, map(without_spaces, gold.get("without") or ())):
        counts.boilerplate_strings += 1
        emitted = string in article or any(string in comment for comment in comments)
        counts.boilerplate_strings_emitted += emitted
        if emitted:
            place = "article" if string in article else "comment"
            problems.append(f"boilerplate in {place}: {string[:60]}")
    return problems


def _whole_text(markup: str) -> str:
    parser = html.HTMLParser(encoding="utf-8")
    tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    return without_spaces(tree.text_content())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the four-word shingles of a text with their counts; a short text is one shingle."""
    tokens = _TOKEN.findall(text)
    if len(tokens) < _SHINGLE_WORDS:
        return Counter([tuple(tokens)] if tokens else [])
    last = len(tokens) - _SHINGLE_WORDS + 1
    return Counter(tuple(tokens[at : at + _SHINGLE_WORDS]) for at in range(last))


def shingle_scores(folder: Path, reader: Reader) -> dict[str, float]:
    """Return precision, recall and F1 over the pages of an extraction benchmark."""
    gold = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    precisions, recalls = [], []
    seconds = 0.0
    for name, entry in gold.items():
        markup = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()).decode("utf-8")
        started = time.perf_counter()
        found = shingles(reader(markup, entry.get("url")).article)
        seconds += time.perf_counter() - started
        expected = shingles(entry["articleBody"])
        right = sum((found & expected).values())
        if found:
            precisions.append(right / sum(found.values()))
        if expected:
            recalls.append(right / sum(expected.values()))
    precision = sum(precisions) / max(1, len(precisions))
    recall = sum(recalls) / max(1, len(recalls))
    return {
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "precision": precision,
        "recall": recall,
        "pages_per_second": len(gold) / max(1e-9, seconds),
    }


def main() -> None:
    """Read the pages with us and with trafilatura alone; print one JSON object last."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--evaldata", type=Path, help="evaldata.json of the string gold")
    parser.add_argument("--html", type=Path, help="folder of its pages")
    parser.add_argument("--extraction", type=Path, help="folder of the extraction benchmark")
    parser.add_argument("--show", action="store_true", help="print what went wrong on each page")
    given = parser.parse_args()
    report: dict[str, Any] = {}
    if given.evaldata:
        pages = given.html or given.evaldata.parent / "html"
        for name, reader in (("ours", read_with_us), ("trafilatura", read_with_trafilatura)):
            show = given.show and name == "ours"
            counts = count_strings(given.evaldata, pages, reader, show=show)
            report.setdefault("strings", {})[name] = asdict(counts) | counts.shares()
            print(name, json.dumps(report["strings"][name]))
        for name, head in (("ours", head_with_us), ("trafilatura", head_with_trafilatura)):
            report.setdefault("heads", {})[name] = head_counts(given.evaldata, pages, head)
    if given.extraction:
        for name, reader in (
            ("ours", read_body_with_us),
            ("trafilatura", read_body_with_trafilatura),
        ):
            report.setdefault("extraction", {})[name] = shingle_scores(given.extraction, reader)
            print(name, json.dumps(report["extraction"][name]))
    if not report:
        parser.error("give --evaldata, --extraction or both")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
