"""Everything that is measured of one answer without asking a model."""

from collections.abc import Iterable

from assistant.answer import Answer, Citation
from assistant.evaluation.cases import Case
from assistant.evaluation.judging import (
    Judgement,
    contains_any,
    is_by,
    matched_groups,
)
from assistant.evaluation.metrics.overlap import chrf, token_f1
from assistant.evaluation.metrics.ranking import judge_ranking
from assistant.evaluation.record import Measures
from assistant.markers import without_markers
from index.article import Article

RETRIEVAL_DEPTH = 8


def measure(case: Case, answer: Answer, judgement: Judgement, article: Article) -> Measures:
    """Return the measures of an answer to a case about one article."""
    refused = answer.status == "not_in_article"
    measures = Measures(
        right=float(judgement.is_right),
        refusal_recall=float(refused) if case.refuse else None,
        refusal_precision=float(case.refuse) if refused else None,
        wrongly_answered=float(not refused) if case.refuse else None,
        wrongly_refused=None if case.refuse else float(refused),
        language_match=float(answer.language == case.lang) if case.lang else None,
        exact_quotations=_mean(_is_exact(c, article) for c in answer.citations),
        cited_sentences=_mean(bool(s.citations) for s in answer.sentences if s.lane != "assistant"),
        lane_errors=_mean(_is_lane_error(answer, number) for number in range(len(answer.sentences)))
        if not refused
        else None,
        supported=_mean(
            sentence.verdict in ("supported", "counted")
            for sentence in (*answer.sentences, *answer.dropped)
        )
        if not refused
        else None,
    )
    if case.refuse:
        return measures
    return measures.model_copy(update=_of_answerable(case, answer, article))


def _of_answerable(case: Case, answer: Answer, article: Article) -> dict[str, float | None]:
    """Return the measures of a case that the article answers; a refusal misses all of them."""
    refused = answer.status == "not_in_article"
    measures: dict[str, float | None] = {}
    if case.answer_all:
        spoken = "" if refused else _own_words(answer)
        measures["answer_hit"] = float(not refused and all(matched_groups(case, answer)))
        measures["token_f1"] = token_f1(spoken, case.references)
        measures["chrf"] = chrf(spoken, case.references)
    words = case.cite_any_of
    if words:
        fitting = [c for c in answer.citations if contains_any(c.passage_text, words)]
        measures["citation_hit"] = float(bool(fitting))
        if answer.citations:
            measures["citation_precision"] = len(fitting) / len(answer.citations)
        if case.speaker:
            measures["speaker_right"] = float(any(is_by(c, case.speaker) for c in fitting))
    relevant = {p.label for p in article.passages if words and contains_any(p.text, words)}
    if relevant:
        labels = [item.label for item in answer.retrieved if item.article == article.id]
        ranking = judge_ranking(labels, relevant, depth=RETRIEVAL_DEPTH)
        measures["retrieval_hit"] = ranking.hit
        measures["retrieval_recall"] = ranking.recall
        measures["reciprocal_rank"] = ranking.reciprocal_rank
        measures["ndcg"] = ranking.ndcg
    return measures


def _own_words(answer: Answer) -> str:
    """Return what an answer says, without markers and without the frames around quotations."""
    cited = [sentence for sentence in answer.sentences if sentence.citations]
    return without_markers(" ".join(s.text for s in cited or answer.sentences)).strip()


def _is_exact(citation: Citation, article: Article) -> bool:
    return (
        article.text[citation.start : citation.end] == citation.quote
        and citation.quote in citation.passage_text
    )


def _is_lane_error(answer: Answer, number: int) -> bool:
    """Whether a sentence tells a reader's words as the article's, or the other way round."""
    sentence = answer.sentences[number]
    sources = {c.source for c in answer.citations if c.label in sentence.citations}
    if sentence.lane == "assistant":
        return False
    return bool(sources - {"article" if sentence.lane == "article" else "comment"})


def _mean(outcomes: Iterable[bool]) -> float | None:
    counted = list(outcomes)
    return sum(counted) / len(counted) if counted else None
