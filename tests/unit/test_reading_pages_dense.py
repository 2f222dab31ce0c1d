"""Pages that are nothing but tags are refused before a tree is made of them."""

import pytest

from index.errors import UnreadableArticleError
from index.reading.html import draft_from_html
from index.reading.html.page import MOST_TAGS


def test_a_page_of_too_many_tags_is_refused_with_their_number() -> None:
    with pytest.raises(UnreadableArticleError, match=f"at most {MOST_TAGS:,} are read"):
        draft_from_html("<p>words of a page</p>" * (MOST_TAGS // 2 + 1))
