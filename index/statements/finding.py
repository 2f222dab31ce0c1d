"""The main flow: an article -> its statements with their speakers, in reading order.

Start reading here. Marks, cues and clauses find the words; mentions, naming and speakers
find who says them; what stays open has no speaker.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from index.article import Article
from index.language.quotation_marks import Quotation
from index.language.report_words import folded_first_names, load
from index.statements.assembly import Said, chained, distinct, echoed, framed, rejoined
from index.statements.backward import backward_report
from index.statements.clauses import reports
from index.statements.comments import comment_statements
from index.statements.free_speech import free_speech
from index.statements.loose_words import announcing, loose_words
from index.statements.mentions import Person
from index.statements.page_body import PageBody
from index.statements.questioned import Answer, answers
from index.statements.quoting import unclaimed
from index.statements.report import Report, opens_clause
from index.statements.setoff import SetOff, attribution
from index.statements.statement import Reason, Speaker, Statement
from index.statements.tokens import Sentence
from index.statements.voices import Voice

_OPENING_CHARACTERS = 8
_LONGEST_AUTHOR = 3


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


class _BodyReader(PageBody):
    """Reads the body of one article."""

    def statements(self) -> Iterator[Statement]:
        said: list[Said] = []
        for index, sentence in enumerate(self.sentences):
            said.extend(self._in_sentence(index, sentence, said))
        said += [*self._answered(said)]
        for item, via in framed(distinct(self._whole(said))):
            start, end = self._trimmed(item.start, item.end)
            if start >= end:
                continue
            yield Statement(
                speaker=item.voice.speaker if item.voice else None,
                manner=item.manner,
                start=start,
                end=end,
                text=self.text[start:end],
                cue=item.cue,
                passage=self._article.passage_at(start).label,
                source="article",
                via=via,
                spans=tuple(self._trimmed(*part) for part in item.spans),
                reason=None if item.voice else item.reason,
            )

    def _whole(self, said: Sequence[Said]) -> list[Said]:
        return echoed(rejoined(chained(said, self.quoted), self.quoted, self.text), self.text)

    def _in_sentence(
        self, index: int, sentence: Sentence, before: Sequence[Said]
    ) -> Iterator[Said]:
        found = self.set_off_at(sentence.start)
        if found is not None:
            turn = self.turns.get(found.line)
            if turn is not None and not turn.answers:
                return  # what the paper asks is nobody's statement
            alone = found.line == found.line_end and sentence.end == found.end
            if alone or found.line <= sentence.start < found.line_end:
                yield self._set_off_words(found, index)
            return
        said: list[Said] = []
        last: Voice | None = None
        for report in reports(sentence, self.text, self.language):
            voice = self._voice(report, index, last)
            if voice is not None and report.kind not in ("source", "noun"):
                last = voice
            reason = self.resolver.reason(report.phrase, index)
            said.extend(self._words_of(report, voice, reason))
        if not said:
            said.extend(self._said_before(index, sentence, before))
        if not said:
            said.extend(free_speech(self, index, sentence, before))
        claimed = [(item.start, item.end) for item in said]
        for loose in unclaimed(sentence, self.text, claimed, self.language):
            made = loose_words(self, loose, index, sentence, said, before)
            if made is not None:
                said.append(made)
        yield from said

    def _said_before(
        self, index: int, sentence: Sentence, before: Sequence[Said]
    ) -> Iterator[Said]:
        """Yield the sentence before, where this one only says whose words it was."""
        found = backward_report(sentence.tokens, self.language) if index else None
        previous = self.sentences[index - 1]
        if found is None or (before and before[-1].end > previous.start):
            return
        yield Said(
            start=previous.start,
            end=previous.end,
            manner="indirect",
            cue=found.group.cue(sentence.tokens, self.text),
            voice=self.resolver.resolve(found.phrase, index),
            cue_start=sentence.tokens[found.group.first].start,
            reason=self.resolver.reason(found.phrase, index),
        )

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
            return self.resolver.resolve(report.phrase, index, answering=answering, words=words)
        if report.shared:
            own = last or self.resolver.subject_of(index, report.cue_start)
            if own is None and report.cue_start - report.sentence.start < _OPENING_CHARACTERS:
                return self.resolver.understood(index, report.cue_start)  # « Et d'ajouter que »
            return own
        if report.agentless:
            return None
        if self.language.null_subjects and (self.language.verb_final or opens_clause(report)):
            found = last or self.resolver.understood(index, report.cue_start)
            answers = report.tokens[0].kind == "quotation" and self._answers(report)
            if found is None or (answers and self.resolver.just_spoke(found, index)):
                return None  # «Pues que me enseñen el baremo», replica: not who spoke before
            return found
        if report.kind == "quotation" and self.text[: report.start].rstrip(' «„“"').endswith(":"):
            return announcing(self, index, report.start)  # "wollte Uta Behrens wissen: „…“"
        return None

    def _answers(self, report: Report) -> bool:
        return any(word.startswith(self.language.answers) for word in report.cue.split())

    def _set_off_words(self, found: SetOff, index: int) -> Said:
        sentence = self.sentences[index]
        cue, voice = None, None
        turn = self.turns.get(found.line)
        if found.signed is not None:
            voice = self._poster(found.signed, index)
        elif turn is not None and not turn.names:
            voice = self._interviewed
        elif found.line < found.line_end:
            line = attribution(sentence, self.text, self.language)
            cue = line.cue
            if line.phrase is not None:
                voice = self._signed(self.resolver.resolve(line.phrase, index))
        elif index and self.text[: self.sentences[index - 1].end].endswith(":"):
            voice = announcing(self, index - 1, found.start)
        start, end = self._without_marks(found.start, found.end)
        return Said(
            start=start, end=end, manner="direct", cue=cue, voice=voice, cue_start=sentence.start
        )

    def _poster(self, name: str, index: int) -> Voice:
        """Return who signed a post: somebody of the page ("Governor Ada Lund"), or that name."""
        known = [v for v in self.resolver.named_in(index) if v.person and v.speaker.name in name]
        if known:
            return known[0]
        speaker = Speaker(name=name, as_written=name)
        start = self.sentences[index].start
        return Voice(speaker=speaker, person=None, gender=None, sentence=index, start=start)

    def _signed(self, voice: Voice | None) -> Voice | None:
        """Return the author under the full name, where a label gives the first name alone."""
        names = (self._article.author or "").split()
        if voice is None or voice.person is not None or not 1 < len(names) <= _LONGEST_AUTHOR:
            return voice
        if voice.speaker.name not in names:
            return voice
        return replace(voice, speaker=replace(voice.speaker, name=" ".join(names)))

    def _answered(self, before: Sequence[Said]) -> Iterator[Said]:
        """Yield the answers of an interview whose paragraphs bear no label."""
        found = answers(self.text, self._passages, self.language)
        asked = self._announced(found[0].start) if found else None
        if asked and sum(item.is_sure and self._names(asked, item) for item in found) > 1:
            return  # they tell of somebody, and are no answers of theirs
        for answer in found:
            voice = self._labelled(answer.label) or asked if answer.label else asked
            if voice is None or (not answer.is_sure and self._is_told(answer, voice, before)):
                continue
            yield Said(
                start=answer.start, end=answer.end, manner="direct", cue=None, voice=voice,
                cue_start=answer.start, clause=False,
            )  # fmt: skip

    def _is_told(self, answer: Answer, voice: Voice, before: Sequence[Said]) -> bool:
        """Whether a paragraph tells of whom is interviewed, or reports what others say."""
        return self._names(voice, answer) or any(
            item.voice and answer.start <= item.start < answer.end for item in before
        )

    def _names(self, voice: Voice, answer: Answer) -> bool:
        return voice.speaker.name.split()[-1] in self.text[answer.start : answer.end]

    def _labelled(self, label: tuple[int, int]) -> Voice | None:
        """Return whom a label on a line of its own names."""
        number = next(i for i, s in enumerate(self.sentences) if s.start <= label[0] < s.end)
        return next(iter(self.resolver.named_in(number)), None)

    def _announced(self, before: int) -> Voice | None:
        """Return the only person whom the title names, or else the head, or whom the last of it
        calls: "Nina, how did it begin?"."""
        opening = self.sentences[0].passage
        title = [n for n, s in enumerate(self.sentences) if s.passage == opening]
        head = [n for n, s in enumerate(self.sentences) if s.start < before]
        calling = {voice.speaker.name for voice in self._named_in(head[-1:])}
        called = {word for name in calling for word in name.split()}
        for part in (title, head):
            named = [voice for voice in self._named_in(part) if voice.person]
            sure = [v for v in named if v.person and _is_surely(v.person)] or named
            people = {voice.speaker.name: voice for voice in sure}
            if len(people) > 1:
                people = {n: v for n, v in people.items() if not called.isdisjoint(n.split())}
            if len(people) > 1:  # "Boris Petrovich" of Boris Orlov
                people = {n: v for n, v in people.items() if n not in calling}
            if people:
                return next(iter(people.values())) if len(people) == 1 else None
        return None

    def _named_in(self, numbers: Iterable[int]) -> list[Voice]:
        return [voice for number in numbers for voice in self.resolver.named_in(number)]

    @cached_property
    def _interviewed(self) -> Voice | None:
        """Whom the title announces, else who is named most often; None where nobody is named."""
        named = self._named_in(range(len(self.sentences)))
        often = Counter(voice.speaker.name for voice in named)
        announced = self._announced(self.sentences[0].end)
        return announced or max(named, key=lambda v: often[v.speaker.name], default=None)

    def _without_marks(self, start: int, end: int) -> tuple[int, int]:
        """Return a span without the quotation marks that enclose the whole of it."""
        for item in self.quoted_within(start, end):
            if item.outer_start == start and item.outer_end >= end - 1:
                return item.start, item.end
            break
        return start, end

    def _words_of(self, report: Report, voice: Voice | None, reason: Reason) -> Iterator[Said]:
        """Yield the words of a report: each quotation alone, or the clause as a whole."""
        inside = [
            item
            for item in self.quoted_within(report.start, report.end)
            if item.outer_end <= report.end
        ]
        framing = report.kind in ("source", "parenthesis") and report.gap is None
        tagged = framing and report.kind == "parenthesis"
        tagged = tagged and report.phrase is not None and not report.phrase.pronoun
        if inside and report.kind == "clause" and self._announces(report, inside[-1]):
            # « Campo dit que c'est sale : « … » » are two statements of one speaker
            last = inside.pop()
            cut = self.text[: last.outer_start].rstrip(" :\u00a0\u202f\n")
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
            tagged=tagged,
            reason=reason,
            spans=report.parts,
            clause=report.kind != "object",
            is_deed=report.kind in ("object", "infinitive"),
        )  # fmt: skip

    def _announces(self, report: Report, item: Quotation) -> bool:
        """Whether a colon inside reported words announces the quotation that ends them."""
        before = self.text[report.start : item.outer_start].rstrip(" \u00a0\u202f\n")
        words = self.text[item.start : item.end].split()
        return before.endswith(":") and item.outer_end >= report.end - 1 and len(words) > 3

    def _outside(self, start: int, end: int, inside: Sequence[Quotation]) -> bool:
        position = start
        for item in inside:
            if any(character.isalnum() for character in self.text[position : item.outer_start]):
                between = self.text[position : item.outer_start].strip(" ,").casefold()
                if "noun_coordinators" not in self.language.tagged(between):
                    return True
            position = item.outer_end
        return any(character.isalnum() for character in self.text[position:end])

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and (self.text[start].isspace() or self.text[start] in ",;:"):
            start += 1
        while start < end and (self.text[end - 1].isspace() or self.text[end - 1] in ",;:"):
            end -= 1
        return start, end


def _is_surely(person: Person) -> bool:
    """Whether somebody is a person, also by a first name of another language."""
    return person.is_sure or person.words[0] in folded_first_names()
