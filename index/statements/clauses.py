"""What one sentence reports: every cue of it with its words and the phrase beside it.

Prepositions are the work of `sources`, words around a verb of `parentheses`, words behind
it of `complements`; quotations without a verb are the work of `quoting`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.language.report_words import Language
from index.statements.agents import can_speak, is_impersonal, subject_of
from index.statements.complements import complement, passive
from index.statements.cues import VerbGroup, verb_groups
from index.statements.naming import apposed_name
from index.statements.narration import is_author, is_narration
from index.statements.open_verbs import open_verb_reports
from index.statements.parentheses import (
    content_start,
    inserted,
    parenthesis,
    trailing,
    with_nouns,
)
from index.statements.phrases import Phrase, phrase_after
from index.statements.quotatives import Quotative, quotatives
from index.statements.report import Kind, Report
from index.statements.sources import sources
from index.statements.subjects import Subject
from index.statements.tokens import Sentence, Token, last_word, matches
from index.statements.verb_final import verb_final_reports
from index.statements.verb_forms import is_finite


def reports(sentence: Sentence, text: str, language: Language) -> tuple[Report, ...]:
    """Return what a sentence reports, in the order of the cues."""
    found: list[Report] = list(sources(sentence, text, language))
    found.extend(_noun_reports(sentence, text, language))
    spoken = tuple(quotatives(sentence.tokens, language))
    taken = {item.first for item in spoken if item.phrase.first < item.first}
    groups = list(verb_groups(sentence.tokens, language))
    if language.verb_final:
        found.extend(_verb_final_reports(sentence, groups, text, language))
        groups = []
    inside = [(report.cue_start, report.cue_end) for report in found]
    for group in groups:
        place = sentence.tokens[group.parts[0]].start
        if group.finite in taken or any(start <= place < end for start, end in inside):
            continue  # "…," X said, noting that …: what follows is no clause of "said"
        report = _verb_report(sentence, group, text, language)
        if report is not None:
            found.append(report)
    found.extend(
        report
        for report in open_verb_reports(sentence, text, language)
        if not any(start <= report.cue_start < end for start, end in inside)
    )
    found.extend(_open_reports(sentence, spoken, found, text))
    found.sort(key=lambda report: (report.cue_start, report.start))
    announced = {report.start: report for report in found if report.kind == "quotation"}
    whole = [
        _disowned(report, found)
        for report in found
        if not _is_part(report, found)
        # "Asked what if they begged, she shot back: "…"": the nearest verb announces
        and (report.kind != "quotation" or announced[report.start] is report)
    ]
    return tuple(_fitted(whole))


def _disowned(report: Report, found: Sequence[Report]) -> Report:
    """Return "the claim that …" as nobody's where another verb has it as its object.

    Who "rejected the claim that the pier was unsafe" does not say that it was.
    """
    is_object = report.kind == "noun" and any(
        other.kind == "object" and other.start <= report.cue_start < other.end for other in found
    )
    return replace(report, shared=False) if is_object else report


def _verb_final_reports(
    sentence: Sentence, groups: Sequence[VerbGroup], text: str, language: Language
) -> Iterator[Report]:
    tokens = sentence.tokens
    for item in verb_final_reports(tokens, groups, language):
        first, last = item.content
        yield Report(
            sentence=sentence,
            kind="quotation" if tokens[first].kind == "quotation" else "clause",
            start=tokens[first].start,
            end=tokens[last].end,
            cue=item.group.cue(tokens, text),
            cue_start=tokens[item.group.first].start,
            cue_end=tokens[item.group.after - 1].end,
            phrase=item.phrase,
            agentless=item.passive and item.phrase is None,
        )


def _open_reports(
    sentence: Sentence, spoken: Sequence[Quotative], found: Sequence[Report], text: str
) -> Iterator[Report]:
    """Yield what the verbs behind quotations give them to, where no known verb does."""
    tokens = sentence.tokens
    for item in spoken:
        words = tokens[item.quotation]
        place = tokens[item.first].start
        known = [r for r in found if r.start <= words.start < r.end and r.phrase is not None]
        if known and not any(r.cue_start == place for r in found):
            continue
        if any(r.kind == "parenthesis" and r.cue_start == place and r.phrase for r in found):
            continue
        first = item.quotation
        if first and tokens[first - 1].kind == "word":
            first = content_start(tokens, first)
        yield Report(
            sentence=sentence,
            kind="parenthesis",
            start=tokens[first].start,
            end=words.end,
            cue=text[tokens[item.first].start : tokens[item.last].end],
            cue_start=place,
            cue_end=tokens[item.last].end,
            phrase=item.phrase,
        )


def _is_part(report: Report, found: Sequence[Report]) -> bool:
    """Whether "selon X" belongs to the words of somebody else: no comma parts it from them."""
    if report.kind != "source":
        return False
    before = next((t for t in reversed(report.tokens) if t.end <= report.cue_start), None)
    return (
        before is not None
        and before.kind == "word"
        and any(
            other.kind == "clause" and other.start < report.cue_start < other.end for other in found
        )
    )


def _fitted(found: Sequence[Report]) -> Iterator[Report]:
    """Cut a report where the next verb of the same subject, or a frame around it, begins."""
    for position, report in enumerate(found):
        end = report.end
        for other in found[position + 1 :]:
            if not report.start < other.cue_start < end:
                continue
            main = _main_clause_start(report, other)
            if main is not None:
                end = min(end, _before(report, main))
            if _is_around(report, other):
                end = min(end, _before(report, other.cue_start))
            if (other.kind in ("parenthesis", "source") and other.start <= report.cue_start) or (
                other.shared and other.kind not in ("parenthesis", "source", "noun")
            ):
                end = min(end, _before(report, other.cue_start))
        if end > report.start:
            yield _ending(report, end)


def _main_clause_start(report: Report, other: Report) -> int | None:
    """Return where the main clause begins behind "Alors que le maire assure que …,"."""
    tokens = report.tokens
    opening = next((token for token in tokens if not token.has("coordinators")), tokens[0])
    if other.phrase is None or not opening.has("subordinators"):
        return None
    first = other.phrase.first
    return tokens[first].start if first and tokens[first - 1].text == "," else None


def _is_around(report: Report, other: Report) -> bool:
    """Whether a report is inserted between the next verb and its subject.

    "The agency, citing a source, reported that …"
    """
    subject = other.phrase
    return subject is not None and report.tokens[subject.last].end <= report.cue_start


def _before(report: Report, position: int) -> int:
    """Return the end of the last word before a place, without commas and conjunctions."""
    end = report.end
    for token in report.tokens:
        if token.start >= position:
            break
        if (token.kind == "punctuation" and token.text in ",;:—–") or token.has("coordinators"):
            continue
        end = token.end
    return end


def _ending(report: Report, end: int) -> Report:
    if end == report.end:
        return report
    gap = report.gap if report.gap is not None and report.gap[1] < end else None
    return replace(report, end=end, gap=gap)


def _verb_report(
    sentence: Sentence, group: VerbGroup, text: str, language: Language
) -> Report | None:
    tokens = sentence.tokens
    if group.negated or (
        "impersonal" in group.frames and not is_impersonal(tokens, group, language)
    ):
        return None

    def made(kind: Kind, content: tuple[int, int], subject: Subject) -> Report | None:
        first, last = content[0], _before_remark(tokens, *content, language)
        while (
            first <= last and tokens[first].kind == "punctuation" and tokens[first].text in ",:;-–—"
        ):
            first += 1
        while (
            last >= first and tokens[last].kind == "punctuation" and tokens[last].text in ".,;:—–"
        ):
            last -= 1
        if first > last:
            return None
        return Report(
            sentence=sentence,
            kind=kind,
            start=tokens[first].start,
            end=tokens[last].end,
            cue=group.cue(tokens, text),
            cue_start=tokens[min(group.parts)].start,
            cue_end=tokens[max(group.parts)].end,
            phrase=subject.phrase,
            shared=subject.shared,
        )

    around = parenthesis(tokens, group, language)
    if around is not None and _is_apposed(tokens, around[0][0], group, language):
        around = None
    if around is not None and not is_author(tokens, around[1]):
        return made("parenthesis", around[0], Subject(phrase=around[1]))
    subject = subject_of(tokens, group, language)
    if is_author(tokens, subject.phrase) or _is_object(tokens, subject.phrase, language):
        return None
    split = inserted(tokens, group, subject, language)
    if split is not None:
        whole = made("parenthesis", split[0], subject)
        return replace(whole, gap=split[1]) if whole else None
    if group.voice == "passive" and not language.verb_second:
        words = passive(tokens, group, language)
        return made("infinitive", words, subject) if words is not None else None
    found = complement(tokens, group, subject, language)
    if found is None:
        subject = with_nouns(tokens, group, subject, language)
        before = trailing(tokens, group, subject, language)
        return made("parenthesis", before, subject) if before is not None else None
    kind, content = found
    agentless = group.voice == "passive" and "passive" in group.frames and kind == "infinitive"
    left_out = kind == "infinitive" and language.null_subjects and subject.phrase is None
    if kind in ("object", "infinitive") and not (
        agentless or left_out or can_speak(tokens, subject, language)
    ):
        return None
    if (
        kind == "object"
        and content[0] == content[1]
        and tokens[content[0]].has("determiner", "pronoun")
    ):
        return None  # "rejected that"
    if is_narration(tokens, group, subject, kind, content, language):
        return None
    somebody = group.voice == "passive" or can_speak(tokens, subject, language)
    if not somebody and "weak" in group.frames and kind != "quotation":
        return None
    return made(kind, content, subject)


def _is_object(tokens: Sequence[Token], phrase: Phrase | None, language: Language) -> bool:
    """Whether what stands before a verb is the object of another: "called the figure of …".

    "called the savings figure “a tale”": only a verb that lets no clause follow at once.
    """
    if phrase is None or not phrase.first or language.verb_second or language.verb_final:
        return False
    before = tokens[phrase.first - 1]
    forms = language.verbs.get(before.low, ())
    return (
        is_finite(before, language)
        and any({"object", "quoting"} & form.frames for form in forms)
        and not any("clause" in form.frames for form in forms)
    )


def _is_apposed(tokens: Sequence[Token], first: int, group: VerbGroup, language: Language) -> bool:
    """Whether only a subject stands before a verb: « La prévenue, la juriste Ada Val, nie »."""
    phrase = phrase_after(tokens, first, language, skip=False)
    name = apposed_name(tokens, phrase.last, language) if phrase is not None else None
    return name is not None and name[1] + 2 == group.first


def _before_remark(tokens: Sequence[Token], first: int, last: int, language: Language) -> int:
    """Return the end of reported words before the narrator's ", ce que …"."""
    for position in range(first + 3, last - 1):
        if tokens[position].text != ",":
            continue
        if any(matches(tokens, position + 1, words) for words in language.phrases["remarks"]):
            return position - 1
    return last


def _noun_reports(sentence: Sentence, text: str, language: Language) -> Iterator[Report]:
    """Yield "l'accusation de X selon laquelle …"."""
    tokens = sentence.tokens
    end = last_word(tokens)
    for position, token in enumerate(tokens):
        if not token.has("clause_nouns"):
            continue
        if token.has("noun_like") and position and tokens[position - 1].text == ",":
            continue  # the verb behind an apposition: "Ann Hale, the chair, claims that …"
        phrase = None
        after = position + 1
        if after < len(tokens) and tokens[after].has("of"):
            phrase = phrase_after(tokens, after + 1, language, skip=False)
            if phrase is not None:
                after = phrase.last + 1
        if position and tokens[position - 1].has("genitive") and position > 1:
            phrase = Phrase(first=position - 2, last=position - 2)
        if after < len(tokens) and tokens[after].text == ",":
            after += 1
        for words in language.phrases["clause_noun_links"]:
            if matches(tokens, after, words) and after + len(words) <= end:
                yield Report(
                    sentence=sentence,
                    kind="noun",
                    start=tokens[after + len(words)].start,
                    end=tokens[end].end,
                    cue=token.text,
                    cue_start=token.start,
                    cue_end=tokens[after + len(words) - 1].end,
                    phrase=phrase,
                    shared=phrase is None and _is_supported(tokens, position, language),
                )
                break


def _is_supported(tokens: Sequence[Token], noun: int, language: Language) -> bool:
    """Whether a noun stands behind the verb of its sentence: "ziehen den Schluss, dass"."""
    return any(is_finite(token, language) for token in tokens[1 : max(1, noun - 1)])
