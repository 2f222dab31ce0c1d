"""The questions of the training data, put to their own pages and to others."""

import pytest

from training.question_pages import _others


@pytest.mark.parametrize(
    ("pages", "others"),
    [
        (["a.en.json", "b.fr.json", "c.en.json"], {"a.en.json": "c.en.json"}),
        (["a.en.json", "b.fr.json", "c.en.json"], {"b.fr.json": "c.en.json"}),
        (["a.en.json", "b.en.json"], {"a.en.json": "b.en.json", "b.en.json": "a.en.json"}),
    ],
)
def test_a_question_is_put_to_another_page_of_its_language(
    pages: list[str], others: dict[str, str]
) -> None:
    found = _others(pages)
    assert {page: found[page] for page in others} == others
    assert all(page != other for page, other in found.items())
