"""Does a thread look like the words of several people? What does not is never passed on silently.

A page read by the wrong parts gives threads of a kind: every text a counter ("#1"), the same
line before all of them ("[–] 12 points"), one name for everybody ("Posted").
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.language.page_words import label_form, vocabulary
from index.language.reading_words import bare, phrases
from index.reading.dates import find_date
from index.reading.draft import ArticleDraft, CommentDraft

_FEWEST_OF_A_KIND = 3
_FEWEST_OF_ONE_NAME = 8
"""A small thread may well be one reader's."""
_SHORTEST_PREFIX = 4
_LONGEST_NOTICE = 160
_COUNTER = re.compile(r"[\W_]*\d{1,6}[\W_]*|[\W_]*")
_MARKS = re.compile(r"[\d\[\]|•·–—↑↓▲▼]")
_DIGITS = re.compile(r"\d+")


def plausible(draft: ArticleDraft) -> ArticleDraft:
    """Return a draft without what cannot be the words or the names of readers, saying what it was.

    Counters instead of words are in neither lane then; nobody is named where all would be one.
    """
    comments = [_named(_noticed(comment)) for comment in draft.comments]
    live = [comment for comment in comments if comment.text and not comment.deleted]
    notes: list[str] = []
    counters = [comment for comment in live if _is_counter(comment)]
    if len(live) >= 2 and 2 * len(counters) >= len(live):
        notes.append(
            f"what looked like {len(counters)} comments holds no words and was left out;"
            " the words of some readers may not have been found on the page"
        )
        comments = _without_counters(comments)
    elif (prefix := _shared_line(live)) and not _is_of_article(prefix, draft):
        notes.append(f"the same line stood before every comment and was left out: {prefix}")
        comments = [_without_line(comment) for comment in comments]
    names = {comment.author for comment in live}
    if comments and len(live) >= _FEWEST_OF_ONE_NAME and len(names) == 1 and None not in names:
        notes.append(
            f"all {len(live)} comments bear the name {live[0].author}, which no page of several"
            " readers does; nobody is named for them"
        )
        comments = [replace(comment, author=None) for comment in comments]
    return replace(draft, comments=tuple(comments), warnings=(*draft.warnings, *notes))


def _noticed(comment: CommentDraft) -> CommentDraft:
    """Return a comment as deleted where all its words are a page's notice that it was.

    Nobody signs one that says why: "Comment removed by moderator for breaking the rules".
    """
    text = comment.text or ""
    told = label_form(text)
    is_notice = len(text) <= _LONGEST_NOTICE and (
        told in vocabulary().deleted or (comment.author is None and _says_removed(told))
    )
    return replace(comment, text=None, deleted=True, quoted=()) if is_notice else comment


def _says_removed(told: str) -> bool:
    """Whether words are a notice with more in it: "This comment was found rude and removed"."""
    words = frozenset(re.findall(r"\w+", told))
    for notice in vocabulary().deleted:
        subject, _, verb = notice.rpartition(" ")
        if subject and (
            told.startswith(notice)
            or (" " in subject and verb in words and told.startswith(f"{subject} "))
        ):
            return True
    return False


def _without_guest_mark(name: str) -> str:
    """Return a name without what a page adds to those who did not log in.

    >>> _without_guest_mark("Guest - Ada"), _without_guest_mark("Ada (guest)")
    ('Ada', 'Ada')
    """
    for sign in (" - ", " – ", " — ", ": ", " | "):
        mark, found, rest = name.partition(sign)
        if found and rest and bare(mark) in phrases().anonymous:
            name = rest
    rest, found, mark = name.rpartition(" (")
    return rest if found and rest and bare(mark) in phrases().anonymous else name


def _named(comment: CommentDraft) -> CommentDraft:
    """Return a comment whose author is a name alone: Ada of "Ada, 3 May 2021", "Guest - Ada"."""
    name = _without_guest_mark(comment.author) if comment.author else None
    found = find_date(name) if name else None
    if found is None or name is None or not any(map(str.isdigit, found.text)):
        return comment if name == comment.author else replace(comment, author=name)
    return replace(
        comment,
        author=name[: found.start].strip(" ,;:|·•-–—(") or None,
        posted_at=comment.posted_at or found.at,
        posted_at_text=comment.posted_at_text or found.text,
    )


def _is_counter(comment: CommentDraft) -> bool:
    return _COUNTER.fullmatch(comment.text or "") is not None


def _without_counters(comments: Sequence[CommentDraft]) -> list[CommentDraft]:
    """Return the comments that hold words; a name over a counter is that of the words below it.

    Forums set "Ada, 6709 posts" in a cell before each post: where every nameless text follows
    such a cell, they belong together.
    """
    pairs = list(zip([None, *comments], comments, strict=False))
    spoken = [(before, comment) for before, comment in pairs if not _is_counter(comment)]
    are_headed = all(
        before is not None
        and _is_counter(before)
        and before.author
        and comment.author in (None, before.author)
        for before, comment in spoken
    )
    return [
        replace(comment, author=before.author) if before and are_headed else comment
        for before, comment in spoken
    ]


def _shared_line(live: Sequence[CommentDraft]) -> str | None:
    """Return the first line of all comments, numbers aside, where all have one and go on.

    It counts or marks something; words alone that all repeat are their own.
    """
    parts = [(comment.text or "").partition("\n") for comment in live]
    lines = {_DIGITS.sub("0", line) for line, _, _ in parts}
    is_shared = len(live) >= _FEWEST_OF_A_KIND and len(lines) == 1
    line = parts[0][0] if is_shared else ""
    ends = line.rstrip().endswith((".", "!", "?", "…"))
    is_prefix = len(line) >= _SHORTEST_PREFIX and _MARKS.search(line) and not ends
    return line if is_prefix and all(rest.strip() for _, _, rest in parts) else None


def _is_of_article(line: str, draft: ArticleDraft) -> bool:
    """Whether readers quote a line of the article, all of them the same."""
    return any(line in paragraph.text for paragraph in draft.paragraphs)


def _without_line(comment: CommentDraft) -> CommentDraft:
    line, _, rest = (comment.text or "").partition("\n")
    if comment.deleted or not rest:
        return comment
    quoted = tuple(words for words in comment.quoted if words in rest and words != line)
    return replace(comment, text=rest.strip(), quoted=quoted)
