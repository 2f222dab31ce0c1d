"""Whether an answer is right, by rules that hold in every language and need no model."""

from dataclasses import dataclass

from assistant.answer import Answer, Citation
from assistant.evaluation.cases import Case
from assistant.markers import without_markers
from index.language.words import spaced_words
from index.statements import Speaker, speaker_matches

MOST_WORDS = 200
MOST_CITATIONS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """`faults` says what is wrong, in the order of the rules; none means right."""

    case: str
    faults: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether no rule is broken."""
        return not self.faults


def judge(case: Case, answer: Answer) -> Judgement:
    """Return whether an answer is right, and if not why."""
    return Judgement(case=case.id, faults=tuple(_faults(case, answer)))


def matched_groups(case: Case, answer: Answer) -> tuple[bool, ...]:
    """Return for each group of `answer_all` whether a member is in the answer."""
    text = spaced_words(without_markers(answer.text))
    return tuple(any(spaced_words(member) in text for member in group) for group in case.answer_all)


def _faults(case: Case, answer: Answer) -> list[str]:
    refused = answer.status == "not_in_article"
    if case.refuse:
        faults = [] if refused else [f"answered although the article does not ({answer.status})"]
        return faults + (["cites in a refusal"] if answer.citations else [])
    if refused:
        return ["refused"]
    text = spaced_words(without_markers(answer.text))
    faults = [
        f"misses {' / '.join(group)}"
        for group, is_matched in zip(case.answer_all, matched_groups(case, answer), strict=True)
        if not is_matched
    ]
    faults += [f"holds {word}" for word in case.answer_none if spaced_words(word) in text]
    if case.cite_any_of:
        fitting = [c for c in answer.citations if contains_any(c.passage_text, case.cite_any_of)]
        if not fitting:
            faults.append("cites no passage with the expected words")
        elif case.speaker and not any(is_by(citation, case.speaker) for citation in fitting):
            named = ", ".join(sorted({c.speaker or "nobody" for c in fitting}))
            faults.append(f"speaker {named} instead of {case.speaker}")
    if len(without_markers(answer.text).split()) > MOST_WORDS:
        faults.append(f"longer than {MOST_WORDS} words")
    if len(answer.citations) > MOST_CITATIONS:
        faults.append(f"more than {MOST_CITATIONS} citations")
    return faults


def contains_any(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text holds one of some words or phrases, folded."""
    folded = spaced_words(text)
    return any(spaced_words(member) in folded for member in words)


def is_by(citation: Citation, speaker: str) -> bool:
    """Whether a citation's words are attributed to a speaker, or its comment to an author."""
    if citation.speaker is None:
        return citation.author == speaker
    said_by = Speaker(name=citation.speaker, as_written=citation.speaker)
    expected = Speaker(name=speaker, as_written=speaker)
    return speaker_matches(speaker, said_by) or speaker_matches(citation.speaker, expected)
