"""What a reporting verb announces: a clause, a quotation, an infinitive or a noun phrase.

Covers the verb before its words ("X a dit que …"), behind them ("…, a dit X") and in their
middle. Quotations without a verb are the work of `quoting`.
"""

from collections.abc import Iterator, Sequence

from index.statements.cues import VerbGroup, verb_groups
from index.statements.language import Language
from index.statements.german import german_subject, is_oblique
from index.statements.phrases import Phrase, Subject, phrase_after, subject_before
from index.statements.report import Kind, Report
from index.statements.sources import last_word, matches, sources
from index.statements.tokens import Sentence, Token

_REACH = 30
_PAUSES = (",", "—", "–", "-", "--", "?", "!", "…")
_OPEN = Subject(phrase=None)


def reports(sentence: Sentence, text: str, language: Language) -> tuple[Report, ...]:
    """Return what a sentence reports, in the order of the cues."""
    found: list[Report] = list(sources(sentence, text, language))
    found.extend(_noun_reports(sentence, text, language))
    groups = list(verb_groups(sentence.tokens, language))
    inside = [(report.cue_start, report.cue_end) for report in found]
    for group in groups:
        place = sentence.tokens[group.parts[0]].start
        if any(start <= place < end for start, end in inside):
            continue
        report = _verb_report(sentence, group, text, language)
        if report is not None:
            found.append(report)
    found.sort(key=lambda report: (report.cue_start, report.start))
    return tuple(_fitted([report for report in found if not _is_part(report, found)]))


def _is_part(report: Report, found: Sequence[Report]) -> bool:
    """Whether "selon X" belongs to the words of somebody else: no comma parts it from them."""
    if report.kind != "source":
        return False
    before = next((t for t in reversed(report.tokens) if t.end <= report.cue_start), None)
    return before is not None and before.kind == "word" and any(
        other.kind == "clause" and other.start < report.cue_start < other.end for other in found
    )


def _fitted(found: Sequence[Report]) -> Iterator[Report]:
    """Cut a report where the next verb of the same subject, or a frame around it, begins."""
    for position, report in enumerate(found):
        end = report.end
        for other in found[position + 1 :]:
            if not report.start < other.cue_start < end:
                continue
            if other.kind in ("parenthesis", "source") and other.start <= report.cue_start:
                end = min(end, _before(report, other.cue_start))
            elif other.shared and other.kind not in ("parenthesis", "source"):
                end = min(end, _before(report, other.cue_start))
        if end > report.start:
            yield _ending(report, end)


def _before(report: Report, position: int) -> int:
    """Return the end of the last word before a place, without commas and conjunctions."""
    end = report.end
    for token in report.tokens:
        if token.start >= position:
            break
        if token.kind == "sign" and token.text in ",;:—–" or token.has("coordinators"):
            continue
        end = token.end
    return end


def _ending(report: Report, end: int) -> Report:
    if end == report.end:
        return report
    return Report(
        sentence=report.sentence, kind=report.kind, start=report.start, end=end, cue=report.cue,
        cue_start=report.cue_start, cue_end=report.cue_end, phrase=report.phrase,
        shared=report.shared,
    )  # fmt: skip


def _verb_report(
    sentence: Sentence, group: VerbGroup, text: str, language: Language
) -> Report | None:
    tokens = sentence.tokens
    if group.negated or "impersonal" in group.frames and not _is_impersonal(tokens, group):
        return None

    def made(kind: Kind, content: tuple[int, int], subject: Subject) -> Report | None:
        first, last = content[0], _before_remark(tokens, *content)
        while first <= last and tokens[first].kind == "sign" and tokens[first].text in ",:;-–—":
            first += 1
        while last >= first and tokens[last].kind == "sign" and tokens[last].text in ".,;:—–":
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

    if language.verb_final:
        final = _verb_final(tokens, group, language)
        return made("clause", final[0], Subject(phrase=final[1])) if final else None
    parenthesis = _parenthesis(tokens, group, language)
    if parenthesis is not None:
        return made("parenthesis", parenthesis[0], Subject(phrase=parenthesis[1]))
    subject = _subject(tokens, group, language)
    if group.voice == "passive" and not language.verb_second:
        passive = _passive(tokens, group, language)
        return made("infinitive", passive, subject) if passive is not None else None
    complement = _complement(tokens, group, subject, language)
    if complement is None:
        trailing = _trailing(tokens, group, subject, language)
        return made("parenthesis", trailing, subject) if trailing is not None else None
    kind, content = complement
    if kind in ("object", "infinitive") and not _can_speak(tokens, subject):
        return None
    if subject.phrase is None and not subject.shared and group.voice != "passive":
        if "weak" in group.frames and kind != "quotation":
            return None
    return made(kind, content, subject)


def _verb_final(
    tokens: Sequence[Token], group: VerbGroup, language: Language
) -> tuple[tuple[int, int], Phrase | None] | None:
    """Return the words and the speaker of a Turkish sentence: subject, words, verb."""
    quoted = [i for i in range(group.first) if tokens[i].kind == "quotation"]
    after = phrase_after(tokens, group.after, language)
    first = phrase_after(tokens, 0, language)
    if quoted and group.first - quoted[-1] <= 4:
        who = after if after is not None and quoted[0] == 0 else first
        return (quoted[-1], quoted[-1]), who
    if first is None or first.last + 1 >= group.first:
        return None
    return (first.last + 1, group.first - 1), first


def _before_remark(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return the end of reported words before the narrator's ", ce que …"."""
    for position in range(first + 3, last - 1):
        if tokens[position].text == "," and tokens[position + 1].low == "ce":
            if tokens[position + 2].low in ("que", "qu'", "qui", "dont"):
                return position - 1
    return last


def _is_impersonal(tokens: Sequence[Token], group: VerbGroup) -> bool:
    around = tokens[max(0, group.finite - 1) : group.finite + 2]
    return any(token.low == "es" for token in around)


def _subject(tokens: Sequence[Token], group: VerbGroup, language: Language) -> Subject:
    if "impersonal" in group.frames:
        return Subject(phrase=_document(tokens, group, language))
    if group.voice == "passive" and "subject_speaks" not in group.frames:
        return Subject(phrase=_agent(tokens, group, language))
    if group.voice in ("gerund", "infinitive"):
        return _subject_of_nonfinite(tokens, group, language)
    if group.finite + 1 < len(tokens) and tokens[group.finite + 1].has("inverted"):
        position = group.finite + 1
        if tokens[position].has("pronoun:other") or tokens[position].has("pronoun:first"):
            return _OPEN
        return Subject(phrase=Phrase(first=position, last=position, pronoun=True))
    if language.verb_second:
        return german_subject(tokens, group, language)
    return subject_before(tokens, group.finite, language)


def _passive(
    tokens: Sequence[Token], group: VerbGroup, language: Language
) -> tuple[int, int] | None:
    """Return the words of "X est accusé d'avoir …": nobody need be named as the source."""
    end = last_word(tokens)
    if "passive" not in group.frames or group.after > end:
        return None
    following = tokens[group.after]
    if following.has("complementizers"):
        return group.after + 1, end
    if following.low == "s":
        return None
    if not (
        following.has("infinitive_markers") or following.has("of") or following.has("agent")
        or following.low == "as"
    ):  # fmt: skip
        return None
    before = subject_before(tokens, group.finite, language).phrase
    if before is None or before.pronoun and tokens[before.first].has("pronoun:first"):
        return None
    return before.first, end


def _subject_of_nonfinite(
    tokens: Sequence[Token], group: VerbGroup, language: Language
) -> Subject:
    """Return the subject that ", saying that" or "refused to say" share, else none."""
    position = group.first - 1
    if group.voice == "gerund":
        before = tokens[position] if position >= 0 else None
        linked = before is not None and (
            before.text == "," or before.has("coordinators") or before.has("gerund_markers")
        )
        return Subject(phrase=None, shared=linked)
    while position >= 0 and (
        tokens[position].has("infinitive_markers") or tokens[position].has("adverbs")
        or tokens[position].has("negations")
        or tokens[position].has("objects") and not tokens[position].has("pronoun")
    ):
        position -= 1
    if position < 0:
        return _OPEN
    if tokens[position].has("purpose"):
        return Subject(phrase=None, shared=True)
    if not tokens[position].has("infinitive_hosts"):
        return _OPEN
    first = position
    while first > 0 and (
        tokens[first - 1].has("auxiliaries") or tokens[first - 1].has("reflexives")
        or tokens[first - 1].has("copulas") or tokens[first - 1].has("objects")
        or tokens[first - 1].has("negations") or tokens[first - 1].has("adverbs")
    ) and not tokens[first - 1].has("pronoun"):
        if tokens[first - 1].has("copulas") and language.bare_clauses:
            return _OPEN  # "was asked to say"
        first -= 1
    if language.verb_second:
        return _OPEN
    return subject_before(tokens, first, language)


def _document(tokens: Sequence[Token], group: VerbGroup, language: Language) -> Phrase | None:
    """Return what speaks in "heißt es in dem Bericht"."""
    for ahead in range(group.after, min(group.after + 3, len(tokens) - 1)):
        if tokens[ahead].low in ("in", "im", "aus", "von"):
            return phrase_after(tokens, ahead + 1, language, skip=False)
    return None


def _agent(tokens: Sequence[Token], group: VerbGroup, language: Language) -> Phrase | None:
    for ahead in range(group.after, min(group.after + 3, len(tokens))):
        if tokens[ahead].has("agent"):
            return phrase_after(tokens, ahead + 1, language, skip=False)
    return None


def _can_speak(tokens: Sequence[Token], subject: Subject) -> bool:
    if subject.shared:
        return True
    if subject.phrase is None:
        return False
    if subject.phrase.pronoun:
        return not tokens[subject.phrase.first].has("pronoun:first")
    inside = tokens[subject.phrase.first : subject.phrase.last + 1]
    return (
        any(
            token.capital
            and index + subject.phrase.first > 0
            or token.has("role")
            or token.has("organisations")
            or token.has("pronoun:people")
            or token.has("determiner:plural")
            for index, token in enumerate(inside)
        )
        or len(inside) > 0
        and inside[0].capital
        and not inside[0].has("determiner")
    )


def _parenthesis(
    tokens: Sequence[Token], group: VerbGroup, language: Language
) -> tuple[tuple[int, int], Phrase | None] | None:
    """Return the words and the speaker of "…, a dit X" and of "comme l'a dit X, …"."""
    if group.voice != "finite" or not group.frames & {"clause", "quoting"}:
        return None
    first = group.first
    as_frame = _as_frame(tokens, group, language)
    if as_frame is not None:
        return as_frame
    if first == 0:
        return None
    if _inverted_pronoun(tokens, group) is None and "weak" in group.frames:
        if tokens[first - 1].kind != "quotation" and tokens[first - 2].kind != "quotation":
            return None
    before = tokens[first - 1]
    opens = before.kind == "quotation" or before.kind == "sign" and before.text in ",?!…—–-)"
    if not opens:
        return None
    inverted = _inverted_pronoun(tokens, group)
    if inverted is not None and tokens[inverted.first].has("pronoun:other"):
        return None
    phrase = inverted or phrase_after(tokens, group.last + 1, language)
    if "impersonal" in group.frames and _is_impersonal(tokens, group):
        document = _document(tokens, group, language)
        return (_content_start(tokens, first - 1), first - 1), document
    if phrase is None:
        return None
    if language.verb_second and is_oblique(tokens, phrase):
        return None
    if phrase.pronoun and tokens[phrase.first].has("pronoun:first"):
        return None
    if before.kind != "quotation" and not _closes(tokens, phrase, group):
        return None
    if before.text == "," and not phrase.pronoun and _only_names(tokens, first - 1, language):
        return None
    if before.kind != "quotation" and not phrase.pronoun and len(group.parts) > 1:
        if not _can_speak(tokens, Subject(phrase=phrase)):
            return None
    if before.kind != "quotation" and _complementizer_at(tokens, max(phrase.last, group.last) + 1):
        return None
    last = first - 1
    content_first = _content_start(tokens, last)
    if tokens[last].text == "," and last and tokens[last - 1].kind == "quotation":
        last -= 1
    if not any(token.kind in ("word", "quotation") for token in tokens[content_first : last + 1]):
        return None
    behind = max(phrase.last, group.last) + 1
    if not _has_verb(tokens[content_first : last + 1], language) and behind < len(tokens):
        if tokens[behind].text == ",":
            return (content_first, last_word(tokens)), phrase
    return (content_first, last), phrase


def _only_names(tokens: Sequence[Token], comma: int, language: Language) -> bool:
    """Whether what stands before a comma is a subject with its apposition, not a clause."""
    start = _content_start(tokens, comma)
    inside = tokens[start:comma]
    if any(token.kind == "quotation" for token in inside):
        return False
    if not any(token.text == "," for token in inside):
        return False
    return not any(
        token.has("auxiliaries") or token.has("copulas") or token.has("finite")
        or token.has("subjunctives") or token.low in language.verbs
        or language.code == "fr" and token.low.endswith(("ait", "aient", "èrent", "ra", "ront"))
        for token in inside
        if not token.capital
    )  # fmt: skip


def _closes(tokens: Sequence[Token], phrase: Phrase, group: VerbGroup) -> bool:
    """Whether nothing but time and place follows the speaker of an inversion."""
    behind = max(phrase.last, group.last) + 1
    if behind >= len(tokens):
        return True
    following = tokens[behind]
    return (
        following.kind in ("sign", "quotation") or following.has("times")
        or following.has("prepositions") or following.has("adverbs") or following.has("openers")
        or following.has("relatives") or following.has("determiner") and group.after > group.last + 1
        or following.has("inner") or following.has("coordinators") or following.has("infinitive_markers")
    )  # fmt: skip


def _inverted_pronoun(tokens: Sequence[Token], group: VerbGroup) -> Phrase | None:
    """Return the pronoun of "a-t-elle dit" and "dit-il"."""
    for position in range(group.first, min(group.last + 2, len(tokens))):
        if tokens[position].has("inverted"):
            return Phrase(first=position, last=position, pronoun=True)
    return None


def _has_verb(tokens: Sequence[Token], language: Language) -> bool:
    """Whether words can be a clause of their own, not only its beginning."""
    return len(tokens) > 5 or any(
        token.kind == "quotation" or token.has("copulas") or token.has("auxiliaries")
        or token.has("finite") or token.low in language.verbs
        for token in tokens
    )  # fmt: skip


def _as_frame(
    tokens: Sequence[Token], group: VerbGroup, language: Language
) -> tuple[tuple[int, int], Phrase | None] | None:
    """Return the words around "wie X mitteilte", "comme le dit X", "as X put it"."""
    start = None
    for back in range(group.first - 1, max(group.first - 16, -1), -1):
        if tokens[back].text in (",", ";", ":") or tokens[back].kind == "quotation":
            break
        if any(matches(tokens, back, words) for words in language.phrases["attributions_as"]):
            start = back
            break
    if start is None or start > 0 and tokens[start - 1].text not in (",", "(", "—", "–"):
        return None
    if start == group.first - 1 or tokens[start + 1].has("objects"):
        phrase = phrase_after(tokens, group.last + 1, language)
        end = phrase.last if phrase else group.last
    else:
        subject = subject_before(tokens, group.first, language)
        phrase, end = subject.phrase, max(group.parts)
    if phrase is None:
        phrase = phrase_after(tokens, start + 1, language)
        if phrase is None:
            return None
    if start == 0:
        for ahead in range(end + 1, len(tokens)):
            if tokens[ahead].text == ",":
                return (ahead + 1, last_word(tokens)), phrase
        return None
    return (_content_start(tokens, start - 1), start - 1), phrase


def _content_start(tokens: Sequence[Token], last: int) -> int:
    """Return where the words before a parenthesis begin."""
    for back in range(last, -1, -1):
        if tokens[back].text in (";", ":"):
            return back + 1
    return 0


def _complementizer_at(tokens: Sequence[Token], position: int) -> bool:
    return position < len(tokens) and tokens[position].has("complementizers")


def _complement(
    tokens: Sequence[Token], group: VerbGroup, subject: Subject, language: Language
) -> tuple[Kind, tuple[int, int]] | None:
    """Return what follows the verb as its words, None when nothing of the kind does."""
    end = last_word(tokens)
    start = group.after
    if subject.phrase is not None and subject.phrase.first >= start:
        start = subject.phrase.last + 1
    position = start
    can_clause = "clause" in group.frames
    limit = min(start + _REACH, end + 1)
    commas = 0
    while position < limit:
        token = tokens[position]
        if token.kind == "quotation":
            if commas and not (position == start + 1 or language.verb_second):
                break
            return "quotation", _quotation_content(tokens, group, start, position, end, language)
        if token.kind == "sign":
            if token.text == ":":
                if position + 1 <= end:
                    return "quotation", _after_colon(tokens, position + 1, end)
                return None
            if token.text in ";.!?":
                break
            if token.text == ",":
                if language.verb_second and can_clause and _german_clause(tokens, position, end):
                    if group.voice != "infinitive" or tokens[position + 1].has("complementizers"):
                        return "clause", (position + 1, end)
                commas += 1
        elif token.has("complementizers") and (can_clause or "infinitive" in group.frames):
            if commas and commas != 2 and position > start + 12:
                break
            if position and tokens[position - 1].has("conjunction_heads"):
                break
            if token.low in ("that", "dass", "daß", "que", "qu'", "che") or not token.has(
                "determiner"
            ):
                if position + 1 <= end and can_clause:
                    return "clause", (position + 1, end)
        elif token.has("questions") and can_clause and not commas:
            return "clause", (position, end)
        elif (
            "infinitive" in group.frames
            and not commas
            and _infinitive_at(tokens, position, language)
        ):
            return "infinitive", (_infinitive_start(tokens, start, position), end)
        elif token.has("relatives") and not (
            token.has("determiner") and tokens[position - 1].text != ","
        ):
            break
        elif token.has("subordinators") and not token.has("determiner"):
            break
        elif token.has("copulas") or token.has("auxiliaries") or token.has("finite"):
            if not commas:
                break
        elif token.has("coordinators") and not token.has("noun_coordinators"):
            break
        position += 1
    bare = _bare_clause(tokens, group, start, end, language)
    if bare is not None:
        return "clause", (bare, end)
    if "object" in group.frames and start <= end:
        if _object_at(tokens, start, language):
            return "object", (start, end)
    return None


def _quotation_content(
    tokens: Sequence[Token], group: VerbGroup, start: int, position: int, end: int,
    language: Language,
) -> tuple[int, int]:  # fmt: skip
    last = position
    while last + 2 <= end and tokens[last + 1].text in (",", "et", "and", "und"):
        if tokens[last + 2].kind != "quotation":
            break
        last += 2
    return position, last


def _after_colon(tokens: Sequence[Token], first: int, end: int) -> tuple[int, int]:
    if tokens[first].kind == "quotation":
        return first, first
    return first, end


def _german_clause(tokens: Sequence[Token], comma: int, end: int) -> bool:
    """Whether a clause of reported words follows a comma, not a relative clause."""
    if comma + 1 > end:
        return False
    first = tokens[comma + 1]
    if first.has("complementizers") or first.has("questions"):
        return True
    later = any(
        tokens[ahead].text == "," and tokens[ahead + 1].has("complementizers")
        for ahead in range(comma + 1, end)
    )
    if (
        later
        or first.has("prepositions")
        and comma + 2 <= end
        and tokens[comma + 2].has("relatives")
    ):
        return False
    if first.has("relatives") and comma + 2 <= end:
        following = tokens[comma + 2]
        if not (following.capital or not following.tags):
            return False
    return not first.has("subordinators") and not first.has("coordinators")


def _infinitive_at(tokens: Sequence[Token], position: int, language: Language) -> bool:
    token = tokens[position]
    if not token.has("infinitive_markers") or position + 1 >= len(tokens):
        return language.verb_second and token.low.find("zu") > 0 and token.low.endswith("en")
    following = position + 1
    while following < len(tokens) and (
        tokens[following].has("objects")
        or tokens[following].has("negations")
        or tokens[following].has("adverbs")
    ):
        following += 1
    if following >= len(tokens) or tokens[following].kind != "word":
        return False
    low = tokens[following].low
    if language.code == "fr":
        return (
            low.endswith(("er", "ir", "re", "oir"))
            and not tokens[following].capital
            and (low in language.verbs or not tokens[following].has("determiner"))
        )
    if language.code == "en":
        return not tokens[following].has("determiner") and not tokens[following].capital
    return low.endswith(("en", "ar", "er", "ir", "are", "ere", "ire"))


def _infinitive_start(tokens: Sequence[Token], start: int, position: int) -> int:
    """Return where the words begin: the one asked or accused belongs to them."""
    if tokens[start].has("dative") or position - start > 12:
        return position
    return start


def _bare_clause(
    tokens: Sequence[Token], group: VerbGroup, start: int, end: int, language: Language
) -> int | None:
    """Return where an English clause without "that" begins."""
    if not language.bare_clauses or "clause" not in group.frames or start > end:
        return None
    if group.voice == "passive":
        return None
    position = start
    if "addressed" in group.frames:
        phrase = phrase_after(tokens, position, language)
        if phrase is None:
            return None
        position = phrase.last + 1
    while position <= end and (tokens[position].has("times") or tokens[position].has("adverbs")):
        position += 1
    if position > end:
        return None
    token = tokens[position]
    if (
        token.kind == "number"
        or token.kind == "word"
        and (
            token.has("determiner")
            or token.capital
            or token.has("pronoun")
            or not token.tags
            or token.has("subordinators")
        )
    ):
        if (
            any(
                later.has("copulas")
                or later.has("auxiliaries")
                or later.has("finite")
                or later.low.endswith(("ed", "s"))
                for later in tokens[position + 1 : end + 1]
            )
            or "object" in group.frames
        ):
            return position
    return None


def _object_at(tokens: Sequence[Token], position: int, language: Language) -> bool:
    while position < len(tokens) and tokens[position].has("adverbs"):
        position += 1
    if language.code == "fr" and position < len(tokens) and tokens[position].has("dative"):
        told = phrase_after(tokens, position + 1, language, skip=False)
        position = told.last + 1 if told else position
    if position >= len(tokens):
        return False
    token = tokens[position]
    return (
        token.has("determiner") or token.has("possessives") or token.capital
        or token.kind == "number" or token.has("of") and language.code == "fr"
        or language.bare_clauses and (not token.tags or token.has("pronoun"))
    )  # fmt: skip


def _trailing(
    tokens: Sequence[Token], group: VerbGroup, subject: Subject, language: Language
) -> tuple[int, int] | None:
    """Return the words before ", X said."."""
    if group.voice != "finite" or subject.phrase is None or language.verb_second:
        return None
    if not group.frames & {"clause", "quoting"} or subject.phrase.first == 0:
        return None
    if subject.phrase.first > group.first:
        return None
    before = tokens[subject.phrase.first - 1]
    if before.kind != "quotation":
        quoted = before.text == "," and tokens[subject.phrase.first - 2].kind == "quotation"
        if not quoted and not (language.bare_clauses and before.text in _PAUSES):
            return None
    if "weak" in group.frames and before.kind != "quotation":
        return None
    last = subject.phrase.first - 1
    first = _content_start(tokens, last)
    if before.text == "," and last and tokens[last - 1].kind == "quotation":
        last -= 1
    if before.kind != "quotation" and last - first < 4:
        return None
    return first, last


def _noun_reports(sentence: Sentence, text: str, language: Language) -> Iterator[Report]:
    """Yield "l'accusation de X selon laquelle …"."""
    tokens = sentence.tokens
    end = last_word(tokens)
    for position, token in enumerate(tokens):
        if not token.has("clause_nouns"):
            continue
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
                )
                break
