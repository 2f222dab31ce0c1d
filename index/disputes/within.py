"""The article against itself: sides that accuse each other, denials, doubts, other figures.

What no expression shows is judged by trained models.
"""

from collections.abc import Iterator

from index.disputes.accusations import Accusation, accusation_in, negated, sides_in
from index.disputes.claims import Claims, Sentence
from index.disputes.conflict import conflict
from index.disputes.contest import Contest
from index.disputes.denials import DenialReader
from index.disputes.dispute import Claim, Position, Relation
from index.disputes.exchanges import Exchanges
from index.disputes.figures import rival_figures
from index.disputes.pair_models import Models
from index.disputes.pairs import Pair, Pairs
from index.disputes.reader_words import read_pairs
from index.encoder import open_embedder, word_table
from index.errors import EmbedderError
from index.language.words import Span, fold, stop_words
from index.statements.statement import Speaker

_ANSWER_WINDOW = 40
"""Sentences; an accusation further on is not taken for the answer to this one."""

_CONTRADICTION_WINDOW = 5
_MOST_READ = 80  # pairs, the most promising ones


class BodyReader:
    """Reads the sentences of one article against each other."""

    def __init__(self, claims: Claims) -> None:
        self._text = claims.article.text
        self._claims = claims
        self._sentences = claims.body
        self._known = claims.vocabulary
        self._denials = DenialReader(claims)
        self._stop = stop_words(self._known.language)

    def contests(self) -> Iterator[Contest]:
        """Yield who contests what in the body, without regard to the comments.

        What is said behind a denial in its passage is about what is denied, by whom ever it is
        said: "The town hall denies hiding the study. “It is public”, replied its deputy."
        """
        found = list(self._by_expressions())
        yield from found
        denying = {(contest.position.passage, contest.voice) for contest in found}
        denials = {(contest.position.passage, contest.position.start) for contest in found}
        for pair in self._likely():
            if self._denials.verb(pair.position) is not None:
                continue  # it was read: "rejected the criticism" answers what nobody voiced
            contest = self._contest(pair.claim, pair.position, "objects", None)
            goes_on = (contest.position.passage, contest.claim.start) in denials
            if not goes_on and (contest.position.passage, contest.voice) not in denying:
                yield contest

    def _likely(self) -> list[Pair]:
        """Return the pairs of sentences that the models take for contests; none without them."""
        models = Models.bundled()
        try:
            pairs = Pairs(
                self._claims,
                self._denials,
                table=word_table(),
                encoder=open_embedder("e5"),
                tone=models.tone,
                inner=models.inner,
            )
        except (EmbedderError, ImportError):
            return []
        likely = models.trees.likely([pair for group in pairs for pair in group])[:_MOST_READ]
        words = [
            (self._claims.claim(pair.claim).text, self._claims.claim(pair.position).text)
            for _, pair in likely
        ]
        read = read_pairs(words)
        return models.reading.confirmed(likely, read) if read else []

    def _by_expressions(self) -> Iterator[Contest]:
        yield from self._accusations()
        yield from self._mutual()
        denials: dict[int, Speaker | None] = {}
        for denial in self._denials.denials():
            if denial.speaker is None and isinstance(denial.claim, Sentence):
                continue  # "I was skeptical at first": nobody is known to deny what stands near
            holder = denial.claim.speaker if isinstance(denial.claim, Sentence) else None
            denials[denial.position.start] = holder
            speakers = holder, denial.speaker
            yield self._contest(
                denial.claim, denial.position, denial.relation, denial.cue, speakers=speakers
            )
        read = self._text, self._sentences, self._known
        for found in Exchanges(*read, self._denials.deniers, denials):
            speakers = found.holder, found.speaker
            yield self._contest(
                found.claim, found.position, found.relation, found.cue, speakers=speakers
            )
        yield from self._contradictions()
        yield from self._unproven()

    def _accusations(self) -> Iterator[Contest]:
        found = [accusation_in(item, self._text, self._known) for item in self._sentences]
        for place, first in enumerate(found):
            if first is None:
                continue
            for second in found[place + 1 : place + 1 + _ANSWER_WINDOW]:
                if second is not None and _answers(first, second):
                    yield self._contest(first.sentence, second.sentence, "counters", second.cue)

    def _mutual(self) -> Iterator[Contest]:
        for place, sentence in enumerate(self._sentences):
            words = sentence.reading.words
            found = self._known.mutual.find(words)
            if not found or negated(found[0], words, self._known):
                continue
            sides = sides_in(sentence, self._text, self._known)
            blames = self._known.harms.find(words) or self._known.accuse_verbs.find(words)
            phrase = words[found[0].first : found[0].last + 1]
            quarrels = len(phrase) > 1 and any(w.folded not in self._stop for w in phrase)
            if len(sides) < 2 or not (blames or quarrels):
                continue  # "talk to each other" is no quarrel, "traded blame" is
            cue = Span(found[0].start, found[0].end)
            told = [
                item
                for item in self._sentences[place + 1 : place + 4]
                if (accused := accusation_in(item, self._text, self._known))
                and accused.accusers & sides
            ]
            for item in told or [sentence]:
                yield self._contest(sentence, item, "counters", cue if item is sentence else None)

    def _contradictions(self) -> Iterator[Contest]:
        for place, first in enumerate(self._sentences):
            yield from (
                self._contest(pair.claim, pair.position, "contradicts", None)
                for pair in rival_figures(first, self._sentences[place : place + 4], self._known)
            )
            if first.speaker is None:
                continue
            for second in self._sentences[place + 1 : place + 1 + _CONTRADICTION_WINDOW]:
                if second.speaker is None or _share_a_name(first.speaker, second.speaker):
                    continue
                replies = self._known.reply_verbs.find(second.reading.words)
                if replies and second is self._sentences[place + 1]:
                    cue = Span(replies[0].start, replies[0].end)
                    yield self._contest(first, second, "objects", cue)
                elif conflict(first.reading, second.reading) is not None:
                    yield self._contest(first, second, "contradicts", None)

    def _unproven(self) -> Iterator[Contest]:
        for sentence in self._sentences:
            found = self._known.unproven.find(sentence.reading.words)
            if found and sentence.speaker is not None:
                cue = Span(found[0].start, found[0].end)
                yield self._contest(
                    sentence, sentence, "questions", cue, speakers=(sentence.speaker, None)
                )

    def _contest(
        self,
        claim: Sentence | Span,
        position: Sentence | Span,
        relation: Relation,
        cue: Span | None,
        *,
        speakers: tuple[Speaker | None, Speaker | None] | None = None,
    ) -> Contest:
        holder, speaker = speakers or (self._speaker(claim), self._speaker(position))
        voice = f"speaker:{fold(speaker.name)}" if speaker else f"sentence:{position.start}"
        text = self._text[position.start : position.end]
        return Contest(
            claim=Claim(
                start=claim.start,
                end=claim.end,
                text=self._text[claim.start : claim.end],
                passage=self._passage(claim),
                speaker=holder,
            ),
            position=Position(
                start=position.start,
                end=position.end,
                text=text,
                passage=self._passage(position),
                speaker=speaker,
                author=None,
                relation=relation,
                cue=cue.of(self._text) if cue else None,
            ),
            voice=voice,
            wording=fold(text),
            anonymous=False,
        )

    def _passage(self, part: Sentence | Span) -> str:
        if isinstance(part, Sentence):
            return part.passage
        return self._claims.article.passage_at(part.start).label

    def _speaker(self, part: Sentence | Span) -> Speaker | None:
        if isinstance(part, Sentence):
            return part.speaker
        return next(
            (
                statement.speaker
                for sentence in self._sentences
                if sentence.start <= part.start < sentence.end
                for statement in sentence.statements
                if statement.start < part.end and part.start < statement.end
            ),
            None,
        )


def _share_a_name(one: Speaker, other: Speaker) -> bool:
    """Whether two speakers have a name in common."""
    names = {fold(name) for name in (one.name, *one.aliases)}
    return bool(names & {fold(name) for name in (other.name, *other.aliases)})


def _answers(first: Accusation, second: Accusation) -> bool:
    """Whether the second is the accused side accusing in return."""
    if not (second.accusers & first.accused) or second.accused & first.accused:
        return False
    return bool(second.accused & first.accusers) or first.is_explicit
