"""The main flow: an article -> its statements with their speakers, in reading order.

Start reading here. Marks, cues and clauses find the words; mentions, naming and speakers
find who says them; what stays open has no speaker.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.article import Article, Passage
from index.language.quotation_marks import Quotation, quotations
from index.language.report_words import Language, load
from index.statements.assembly import Said, chained, distinct, framed, rejoined
from index.statements.clauses import reports
from index.statements.comments import comment_statements
from index.statements.dashes import with_dash_speech
from index.statements.insertions import parted
from index.statements.mentions import register
from index.statements.quoting import Unclaimed, unclaimed
from index.statements.report import Report, opens_clause
from index.statements.setoff import SetOff, attribution, attribution_tag, set_off
from index.statements.speakers import SpeakerResolver
from index.statements.statement import Reason, Statement
from index.statements.tokens import Sentence, Token, sentences
from index.statements.verb_forms import is_finite, is_nonfinite
from index.statements.voices import Voice

_OPENING_CHARACTERS = 8
_NEW_CLAUSE = ("complementizers", "coordinators", "relatives")


def find_statements(article: Article) -> tuple[Statement, ...]:
    """Return every statement of an article and its thread, in reading order.

    Args:
        article: The article; its `language` chooses the lexicon.

    Returns:
        Quotations and reported words of the body, then the comments' own words. A speaker
        is None where the page leaves open who speaks.
    """
    language = load(article.language)
    found = list(_BodyReader(article, language).statements())
    found.extend(comment_statements(article))
    found.sort(key=lambda statement: (statement.start, -statement.end))
    return tuple(found)


class _BodyReader:
    """Reads the body of one article; keeps its sentences, quotations and resolver together."""

    def __init__(self, article: Article, language: Language) -> None:
        self._article = article
        self._text = article.text
        self._language = language
        self._passages = tuple(article.body())
        self._quoted = parted(self._quotations(article.text), article.text, language)
        self._setoffs: list[SetOff] = []
        self._sentences = tuple(self._split())
        self._resolver = SpeakerResolver(
            sentences=self._sentences,
            register=register(self._sentences, language),
            text=article.text,
            language=language,
        )

    def _quotations(self, text: str) -> Sequence[Quotation]:
        marked = quotations(text, self._passages)
        return with_dash_speech(marked, text, self._passages, self._language)

    def statements(self) -> Iterator[Statement]:
        said: list[Said] = []
        for index, sentence in enumerate(self._sentences):
            said.extend(self._in_sentence(index, sentence, said))
        for item, via in framed(distinct(self._whole(said))):
            start, end = self._trimmed(item.start, item.end)
            if start >= end:
                continue
            yield Statement(
                speaker=item.voice.speaker if item.voice else None,
                manner=item.manner,
                start=start,
                end=end,
                text=self._text[start:end],
                cue=item.cue,
                passage=self._article.passage_at(start).label,
                source="article",
                via=via,
                spans=tuple(self._trimmed(*part) for part in item.spans),
                reason=None if item.voice else item.reason,
            )

    def _whole(self, said: Sequence[Said]) -> list[Said]:
        return rejoined(chained(said, self._quoted), self._quoted, self._text)

    def _split(self) -> Iterator[Sentence]:
        for position, passage in enumerate(self._passages):
            following = self._passages[position + 1] if position + 1 < len(self._passages) else None
            found = set_off(self._text, passage, following)
            if found is None:
                yield from self._sentences_of(passage, passage.start, passage.end)
                continue
            self._setoffs.append(found)
            if found.line < found.start:
                yield from self._sentences_of(passage, found.line, found.line_end)
            yield from self._sentences_of(passage, found.start, found.end)
            if (
                found.start < found.line
                and found.line_end <= passage.end
                and found.line < found.line_end
            ):
                yield from self._sentences_of(passage, found.line, found.line_end)

    def _sentences_of(self, passage: Passage, start: int, end: int) -> Sequence[Sentence]:
        quoted = self._quoted_within(start, end)
        return sentences(self._text, start, end, quoted, self._language, passage.label)

    def _set_off_at(self, position: int) -> SetOff | None:
        """Return the set-off quotation whose words or line hold a place."""
        number = bisect_right(self._setoffs, position, key=_first_place) - 1
        for found in self._setoffs[max(0, number - 1) : number + 1]:
            words = found.start <= position < found.end
            if words or found.line <= position < found.line_end:
                return found
        return None

    def _quoted_within(self, start: int, end: int) -> Sequence[Quotation]:
        """Return the quotations that open within a span."""
        first = bisect_left(self._quoted, start, key=_opening)
        return self._quoted[first : bisect_left(self._quoted, end, lo=first, key=_opening)]

    def _in_sentence(
        self, index: int, sentence: Sentence, before: Sequence[Said]
    ) -> Iterator[Said]:
        found = self._set_off_at(sentence.start)
        if found is not None:
            alone = found.line == found.line_end and sentence.end == found.end
            if alone or found.line <= sentence.start < found.line_end:
                yield self._set_off_words(found, index)
            return
        said: list[Said] = []
        last: Voice | None = None
        for report in reports(sentence, self._text, self._language):
            voice = self._voice(report, index, last)
            if voice is not None and report.kind not in ("source", "noun"):
                last = voice
            reason = self._resolver.reason(report.phrase, index)
            said.extend(self._words_of(report, voice, reason))
        if not said:
            said.extend(self._free_speech(index, sentence, before))
        claimed = [(item.start, item.end) for item in said]
        for loose in unclaimed(sentence, self._text, claimed, self._language):
            made = self._loose_words(loose, index, sentence, said, before)
            if made is not None:
                said.append(made)
        yield from said

    def _free_speech(
        self, index: int, sentence: Sentence, before: Sequence[Said]
    ) -> Iterator[Said]:
        """Yield a sentence whose mood alone shows that it is somebody's words.

        « Das Gericht hob das Verbot auf. Von einem Notstand könne keine Rede sein. »: the
        first subjunctive says so by itself, the second ("würde") where speech goes before.
        """
        if not index:
            return
        words = [token for token in sentence.tokens[:12] if token.kind != "number"]
        if not words or words[0].kind != "word" or words[0].has("subordinators"):
            return
        goes_on = self._goes_on(index, before)
        strong = any(token.has("reporting_subjunctives") for token in words[1:])
        if not strong and not (goes_on and self._is_reported(words)):
            return
        # "Brennecke wies den Vorwurf zurück. Die Abschlüsse seien geprüft."
        voice = before[-1].voice if goes_on else self._subject_before(index, sentence.start)
        start, end = self._behind_main_clause(sentence), sentence.end
        if start is not None:  # "Seine Frau Simone ätzte, das könne nur am Anfang so sein"
            voice = self._resolver.subject_of(index, start)
            end = start + len(self._text[start:end].rstrip(" .!?"))
        yield Said(
            start=start or sentence.start, end=end, manner="indirect", cue=None,
            voice=voice, cue_start=sentence.start,
        )  # fmt: skip

    def _is_reported(self, words: Sequence[Token]) -> bool:
        """Whether the verb has the form it has in reported words: "würde", "would", « serait ».

        "Three people had, Tom Reed answered." and "She felt that it would" have a verb of their
        own, and "had" alone tells what somebody owned.
        """
        language = self._language
        if language.verb_second:
            return any(token.has("subjunctives") for token in words)
        verb = next((i for i, word in enumerate(words) if self._tells_on(word)), 0)
        before = words[:verb]
        if not verb or before[0].has("prepositions", "times"):
            return False  # "On Sunday the two teams would meet again"
        if any(word.text == "," or word.has(*_NEW_CLAUSE) for word in before):
            return False
        if words[verb].has("perfects"):
            return any(is_nonfinite(word, language) for word in words[verb + 1 : verb + 3])
        return not before[-1].has("determiner", "of", "prepositions")

    def _tells_on(self, token: Token) -> bool:
        endings = self._language.reported_endings
        ends = bool(endings) and token.low.endswith(endings) and is_finite(token, self._language)
        return ends or token.has("subjunctives", "perfects")

    def _behind_main_clause(self, sentence: Sentence) -> int | None:
        """Return where the subjunctive clause begins behind a main clause in the indicative."""
        tokens = sentence.tokens
        moods = ("reporting_subjunctives", "subjunctives")
        verb = next((i for i, token in enumerate(tokens) if i and token.has(*moods)), 0)
        marks = [i for i in range(1, verb) if tokens[i].text in (",", ":")]
        if not marks or marks[-1] + 1 == verb:
            return None
        first, second = tokens[marks[-1] + 1 : marks[-1] + 3]
        if first.has("relatives") and not (
            first.capital or second.capital or verb == marks[-1] + 2
        ):
            return None  # "der Mann, der gelogen habe"
        return tokens[marks[-1] + 1].start

    def _goes_on(self, index: int, before: Sequence[Said]) -> bool:
        """Whether the sentence before a sentence, in the same paragraph, holds reported words."""
        previous = self._sentences[index - 1]
        same = previous.passage == self._sentences[index].passage
        return bool(before) and same and before[-1].end > previous.start

    def _voice(self, report: Report, index: int, last: Voice | None) -> Voice | None:
        if report.phrase is not None:
            # « Interrogée sur la hausse, elle répond : … » goes on about who spoke before
            opens = not report.phrase.first or report.tokens[0].kind == "quotation"
            answering = opens and self._answers(report)
            is_direct = any(
                token.kind == "quotation" and token.start <= report.start < token.end
                for token in report.tokens
            )
            words = (report.start, report.end) if is_direct else None
            return self._resolver.resolve(report.phrase, index, answering=answering, words=words)
        if report.shared:
            own = last or self._resolver.subject_of(index, report.cue_start)
            if own is None and report.cue_start - report.sentence.start < _OPENING_CHARACTERS:
                return self._resolver.understood(index, report.cue_start)  # « Et d'ajouter que »
            return own
        if report.agentless:
            return None
        if self._language.null_subjects and (self._language.verb_final or opens_clause(report)):
            found = last or self._resolver.understood(index, report.cue_start)
            answers = report.tokens[0].kind == "quotation" and self._answers(report)
            if found is None or (answers and self._resolver.just_spoke(found, index)):
                return None  # «Pues que me enseñen el baremo», replica: not who spoke before
            return found
        if report.kind == "quotation" and self._text[: report.start].rstrip(' «„“"').endswith(":"):
            return self._announcing(index, report.start)  # "wollte Uta Behrens wissen: „…“"
        return None

    def _answers(self, report: Report) -> bool:
        return any(word.startswith(self._language.answers) for word in report.cue.split())

    def _set_off_words(self, found: SetOff, index: int) -> Said:
        sentence = self._sentences[index]
        cue, voice = None, None
        if found.line < found.line_end:
            line = attribution(sentence, self._text, self._language)
            cue = line.cue
            if line.phrase is not None:
                voice = self._resolver.resolve(line.phrase, index)
        elif index and self._text[: self._sentences[index - 1].end].endswith(":"):
            voice = self._announcing(index - 1, found.start)
        start, end = self._without_marks(found.start, found.end)
        return Said(
            start=start, end=end, manner="direct", cue=cue, voice=voice, cue_start=sentence.start
        )

    def _without_marks(self, start: int, end: int) -> tuple[int, int]:
        """Return a span without the quotation marks that enclose the whole of it."""
        for item in self._quoted_within(start, end):
            if item.outer_start == start and item.outer_end >= end - 1:
                return item.start, item.end
            break
        return start, end

    def _words_of(self, report: Report, voice: Voice | None, reason: Reason) -> Iterator[Said]:
        """Yield the words of a report: each quotation alone, or the clause as a whole."""
        inside = [
            item
            for item in self._quoted_within(report.start, report.end)
            if item.outer_end <= report.end
        ]
        framing = report.kind in ("source", "parenthesis") and report.gap is None
        if inside and report.kind == "clause" and self._announces(report, inside[-1]):
            # « Campo dit que c'est sale : « … » » are two statements of one speaker
            last = inside.pop()
            cut = self._text[: last.outer_start].rstrip(" :\u00a0\u202f\n")
            report = replace(report, end=len(cut))
            yield Said(
                start=last.start, end=last.end, manner="direct", cue=report.cue, voice=voice,
                cue_start=report.cue_start, reason=reason,
            )  # fmt: skip
        bare = self._outside(report.start, report.end, inside)
        if inside and not bare:
            for item in inside:
                yield Said(
                    start=item.start, end=item.end, manner="direct", cue=report.cue, voice=voice,
                    cue_start=report.cue_start, framing=framing, reason=reason,
                )  # fmt: skip
            return
        yield Said(
            start=report.start, end=report.end, manner="mixed" if inside else "indirect",
            cue=report.cue, voice=voice, cue_start=report.cue_start, framing=framing,
            reason=reason,
            spans=report.parts,
            clause=report.kind != "object",
        )  # fmt: skip

    def _announces(self, report: Report, item: Quotation) -> bool:
        """Whether a colon inside reported words announces the quotation that ends them."""
        before = self._text[report.start : item.outer_start].rstrip(" \u00a0\u202f\n")
        words = self._text[item.start : item.end].split()
        return before.endswith(":") and item.outer_end >= report.end - 1 and len(words) > 3

    def _outside(self, start: int, end: int, inside: Sequence[Quotation]) -> bool:
        position = start
        for item in inside:
            if any(character.isalnum() for character in self._text[position : item.outer_start]):
                between = self._text[position : item.outer_start].strip(" ,").casefold()
                if "noun_coordinators" not in self._language.tagged(between):
                    return True
            position = item.outer_end
        return any(character.isalnum() for character in self._text[position:end])

    def _loose_words(
        self, loose: Unclaimed, index: int, sentence: Sentence,
        said: Sequence[Said], before: Sequence[Said],
    ) -> Said | None:  # fmt: skip
        place = loose.quotation.start
        voice: Voice | None = None
        cue: str | None = None
        framing = [item for item in said if item.cue_start < place]
        if framing and framing[-1].manner in ("direct", "mixed"):
            voice, cue = framing[-1].voice, framing[-1].cue
        elif loose.claim == "announced":
            voice = (framing[-1].voice if framing else None) or self._announcing(index, place)
        elif loose.claim == "alone" and not loose.quotation.continues:
            voice, cue = self._voice_around(loose.quotation, index, before)
        if voice is not None:
            self._resolver.heard(voice, index)
        return Said(
            start=loose.quotation.start,
            end=loose.quotation.end,
            manner="direct",
            cue=cue,
            voice=voice,
            cue_start=place,
        )

    def _voice_around(
        self, quotation: Quotation, index: int, before: Sequence[Said]
    ) -> tuple[Voice | None, str | None]:
        """Return who says a quotation that stands alone: named behind it, or speaking before."""
        following = self._sentences[index + 1 : index + 2]
        if following and following[0].passage == self._sentences[index].passage:
            tag = attribution_tag(following[0], self._text, self._language)
            if tag is not None and tag.phrase is not None:
                return self._resolver.resolve(tag.phrase, index + 1), tag.cue
        announced = self._announced_before(index, quotation.outer_start)
        if announced is not None:
            return announced, None
        if self._others(index, quotation.outer_end):
            return None, None
        if not before or not index:
            return self._subject_before(index, quotation.outer_start), None
        previous, sentence = before[-1], self._sentences[index - 1]
        if previous.start < sentence.start and previous.cue_start < sentence.start:
            return self._subject_before(index, quotation.outer_start), None
        if sentence.passage == self._sentences[index].passage or previous.manner == "direct":
            return previous.voice, previous.cue
        return None, None

    def _others(self, index: int, place: int) -> bool:
        """Whether words behind a quotation leave it to somebody: "…", la replica.

        A verb alone goes on about the one before: «…», ha scherzato.
        """
        behind = [t for t in self._sentences[index].tokens if t.start >= place and t.kind == "word"]
        if not behind or not self._language.null_subjects:
            return bool(behind)
        return behind[0].has("determiner") or any(t.has("pronoun:other") for t in behind)

    def _announced_before(self, index: int, place: int) -> Voice | None:
        """Return who a sentence that ends in a colon lets speak in the words right behind it."""
        if not index or not self._text[: self._sentences[index - 1].end].rstrip().endswith(":"):
            return None
        return self._announcing(index - 1, place)

    def _announcing(self, index: int, place: int) -> Voice | None:
        """Return whom a sentence with a colon at its end lets speak: its last clause's subject."""
        clause = _last_clause(self._sentences[index].tokens, place, self._language)
        if clause is not None:
            # "Putin wollte gehen, aber Ibrahim protestierte: …"
            people = [v for v in self._resolver.people_in(index, place) if v.start >= clause]
            return people[0] if len({voice.speaker.name for voice in people}) == 1 else None
        people = self._resolver.named_in(index)
        only = people[0] if len({voice.speaker.name for voice in people}) == 1 else None
        return self._resolver.subject_of(index, place) or only

    def _subject_before(self, index: int, place: int) -> Voice | None:
        """Return the person the sentence before is about, where it names no other person."""
        if not index or self._sentences[index - 1].passage != self._sentences[index].passage:
            return None
        subject = self._resolver.subject_of(index - 1, place)
        if subject is None or subject.person is None or not self._resolver.is_shown(subject):
            return None
        others = {
            voice.speaker.name
            for voice in self._resolver.named_in(index - 1)
            if voice.start < place and voice.person and voice.person.is_sure
        }
        return None if others - {subject.speaker.name} else subject

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and (self._text[start].isspace() or self._text[start] in ",;:"):
            start += 1
        while start < end and (self._text[end - 1].isspace() or self._text[end - 1] in ",;:"):
            end -= 1
        return start, end


def _first_place(item: SetOff) -> int:
    return min(item.start, item.line)


def _opening(item: Quotation) -> int:
    return item.outer_start


def _last_clause(tokens: Sequence[Token], place: int, language: Language) -> int | None:
    """Return where "but Ibrahim" begins its own clause before a place, None where none does."""
    for back in range(len(tokens) - 2, 0, -1):
        token, following = tokens[back], tokens[back + 1]
        if token.start >= place or not token.has("coordinators"):
            continue
        opens = following.capital or following.has("determiner", "title")
        if opens and any(is_finite(word, language) for word in tokens[:back]):
            behind = tokens[back + 1 :]
            verbs = [word for word in behind if word.start < place and is_finite(word, language)]
            return following.start if verbs else None
    return None
