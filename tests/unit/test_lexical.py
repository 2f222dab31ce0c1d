"""Finding texts by their words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.retrieval.bm25 import LexicalIndex, ngrams, scores_together, stems
from index.retrieval.postings import Occurrences, Postings, rarity_of

TEXTS = [
    "Les élections municipales auront lieu à Valmont.",
    "Le port de Sarnes ferme ses portes dimanche.",
    "Un bateau a coulé près du vieux port.",
]


def test_other_forms_of_a_word_are_found_by_its_stem() -> None:
    index = LexicalIndex.build(TEXTS, language="fr")
    scores = index.word_scores("Quand a lieu l'élection municipale ?", language="fr")
    assert scores.argmax() == 0
    assert scores[1] == 0


def test_accents_and_case_do_not_matter() -> None:
    index = LexicalIndex.build(TEXTS, language="fr")
    assert np.allclose(index.ngram_scores("ELECTIONS"), index.ngram_scores("élections"))
    assert index.scores("ELECTIONS")[0] > 0


def test_a_misspelt_name_is_found_by_its_ngrams() -> None:
    index = LexicalIndex.build(TEXTS, language="fr")
    assert index.word_scores("Sarrnes").max() == 0
    assert index.ngram_scores("Sarrnes").argmax() == 1


def test_a_text_without_any_of_the_words_scores_zero() -> None:
    index = LexicalIndex.build(TEXTS, language="fr")
    assert not index.scores("xylophone wz").any()
    assert not index.scores("").any()
    assert index.scores("dimanche")[2] == 0


def test_a_rare_word_counts_more_than_a_frequent_one() -> None:
    index = LexicalIndex.build(["boat red", "boat blue", "boat green", "red sky"], language="en")
    scores = index.word_scores("blue boat", language="en")
    assert scores.argmax() == 1
    assert scores[3] == 0


def test_scores_lie_between_zero_and_one_and_repeated_words_make_no_ties() -> None:
    index = LexicalIndex.build(["port port port", "port port", "port", "sea"], language="en")
    scores = index.scores("port")
    assert scores.dtype == np.float32
    assert scores.max() <= 1
    assert scores[0] > scores[1] > scores[2] > scores[3] == 0


def test_languages_without_spaces_are_read_in_steps() -> None:
    assert ngrams("選挙管") == ("選", "挙", "管", "選挙", "挙管")
    assert stems(["選挙"], "ja") == [("選", "挙", "選挙")]
    index = LexicalIndex.build(["市長選挙の結果が発表された", "今日は天気が良い"], language="ja")
    assert index.scores("選挙").argmax() == 0
    assert index.scores("選挙")[1] == 0


def test_texts_of_several_languages_are_stemmed_each_by_its_own_rules() -> None:
    index = LexicalIndex.build(
        ["The ministers resigned", "Die Minister traten zurück"], language=["en", "de"]
    )
    assert index.word_scores("resigning").argmax() == 0
    assert index.word_scores("Ministern", language="de")[1] > 0


def test_every_text_needs_a_language() -> None:
    with pytest.raises(ValueError, match="2 texts but 1 languages"):
        LexicalIndex.build(["one", "two"], language=["en"])


def test_an_index_of_nothing_and_of_empty_texts_can_be_asked() -> None:
    assert LexicalIndex.build([], language="fr").scores("mot").shape == (0,)
    assert LexicalIndex.build(["", "?!"], language="fr").scores("mot").tolist() == [0, 0]


def test_an_index_made_of_its_arrays_answers_like_the_first() -> None:
    index = LexicalIndex.build(TEXTS, language="fr")
    again = LexicalIndex.from_arrays(index.arrays())
    assert len(again) == 3
    for question in ("port", "élection", "rien"):
        assert np.array_equal(again.scores(question), index.scores(question))


def test_one_score_can_be_computed_by_hand() -> None:
    found = Occurrences(
        terms=np.array([0, 0, 1]), texts=np.array([0, 0, 1]), counts=np.array([1, 1, 2])
    )
    postings = Postings.build({"boat": 0, "moon": 1}, [found], size=2)
    rarity = np.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    own = rarity_of(postings.holders(["boat"]), size=2)
    assert own == pytest.approx([rarity])
    assert postings.scores(["boat"], own) == pytest.approx([rarity * 2 * 2.2 / (2 + 1.2), 0])
    assert postings.scores(["boat"], own / 2) == pytest.approx(
        [rarity * 2 * 2.2 / (2 + 1.2) / 2, 0]
    )


def test_several_indexes_score_as_one_index_of_all_texts() -> None:
    texts = ["The ferry left late", "A ferry and a quay", "The school reopens", "Late again"]
    whole = LexicalIndex.build(texts, language="en").scores("Why was the ferry late?")
    halves = [
        LexicalIndex.build(texts[:2], language="en"),
        LexicalIndex.build(texts[2:], language="en"),
    ]
    parts = np.concatenate(scores_together(halves, "Why was the ferry late?"))
    # The average length of a text is each half's own.
    assert parts == pytest.approx(whole, abs=0.06)
    assert list(np.argsort(-parts)) == list(np.argsort(-whole))
    alone = scores_together([LexicalIndex.build(texts, language="en")], "Why was the ferry late?")
    assert alone[0] == pytest.approx(whole)


@given(st.lists(st.text(max_size=40), max_size=8), st.text(max_size=40))
def test_any_text_can_be_indexed_and_asked(texts: list[str], question: str) -> None:
    scores = LexicalIndex.build(texts, language="fr").scores(question)
    assert scores.shape == (len(texts),)
    assert ((scores >= 0) & (scores <= 1 + 1e-6)).all()


def test_an_index_made_in_parts_is_the_one_made_at_once() -> None:
    texts = ["the boat and the moon", "", "moon over the harbour", "boats", "the boat, the boat"]
    numbers: dict[str, int] = {}
    found = [
        (numbers.setdefault(word, len(numbers)), place)
        for place, text in enumerate(texts)
        for word in text.split()
    ]

    def occurrences(some: list[tuple[int, int]]) -> Occurrences:
        terms, places = (np.array(column, np.int64) for column in zip(*some, strict=True))
        return Occurrences(terms=terms, texts=places, counts=np.ones(len(some), np.int64))

    whole = Postings.build(numbers, [occurrences(found)], size=len(texts))
    parts = [
        occurrences([pair for pair in found if pair[1] in places])
        for places in ({0, 1}, {2}, {3, 4})
    ]
    made = Postings.build(numbers, parts, size=len(texts))
    for terms in (["the"], ["boat", "moon"], ["harbour", "boats"], ["unheard"]):
        rarity = rarity_of(whole.holders(terms), size=len(texts))
        assert made.scores(terms, rarity).tolist() == whole.scores(terms, rarity).tolist()
        assert made.holders(terms).tolist() == whole.holders(terms).tolist()
