"""The assistant as LlamaIndex sees it: a query engine and a retriever, one line to plug in.

LlamaIndex imports in a second or two, so this module is imported only when it is asked for.
"""

from collections.abc import Callable
from typing import Any

from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.answer import Answer, Citation
from assistant.formats.as_json import answer_json
from index.library.article_index import Evidence


class AssistantQueryEngine(CustomQueryEngine):
    """Answers LlamaIndex queries; the source nodes are the cited passages."""

    ask: Callable[[str], Answer]

    def custom_query(self, query_str: str) -> Response:
        """Return the answer's text, its citations as nodes, the whole answer as metadata."""
        answer = self.ask(query_str)
        return Response(
            response=answer.text,
            source_nodes=[
                NodeWithScore(node=_cited_node(citation), score=1.0)
                for citation in answer.citations
            ],
            metadata=answer_json(answer),
        )


class PassageRetriever(BaseRetriever):
    """Retrieves passages of the page; node ids are `<article>:<label>`."""

    def __init__(self, search: Callable[[str], tuple[Evidence, ...]], **options: Any) -> None:
        self._search = search
        super().__init__(**options)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [
            NodeWithScore(
                node=TextNode(
                    id_=f"{item.article}:{item.passage.label}",
                    text=item.passage.text,
                    metadata={
                        "article": item.article,
                        "label": item.passage.label,
                        "source": item.passage.source,
                        "start": item.passage.start,
                        "end": item.passage.end,
                    },
                ),
                score=item.similarity,
            )
            for item in self._search(query_bundle.query_str)
        ]


def _cited_node(citation: Citation) -> TextNode:
    return TextNode(
        id_=f"{citation.article}:{citation.label}:{citation.start}",
        text=citation.quote,
        metadata={
            "article": citation.article,
            "label": citation.label,
            "source": citation.source,
            "speaker": citation.speaker or "",
            "author": citation.author or "",
            "start": citation.start,
            "end": citation.end,
        },
    )
