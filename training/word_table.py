"""The table being trained: sentence-transformers' StaticEmbedding, read word by word.

`index.encoder` reads the finished table the same way, without torch.
"""

import numpy as np
import torch
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from torch.nn.functional import embedding_bag

from index.encoder.features import FeatureReader, split_words

_FIRST_SPREAD = 0.1  # of the random rows training starts from


class WordTable(StaticEmbedding):
    """Adds up the rows of a word with their weights, then the words of a text.

    The random rows it starts from matter: n-grams never seen in training keep theirs, so that
    words nobody translated still match themselves in every language.
    """

    def __init__(self, reader: FeatureReader, *, dimension: int) -> None:
        rows = torch.randn(reader.pieces + reader.buckets, dimension) * _FIRST_SPREAD
        super().__init__(reader.tokenizer, embedding_weights=rows)
        self._reader = reader
        self._known: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def preprocess(  # type: ignore[override]  # texts only, not every kind of input there is
        self, inputs: list[str], prompt: str | None = None, **kwargs: object
    ) -> dict[str, torch.Tensor]:
        """Return the rows of each distinct word, and the words of each text."""
        numbers: dict[str, int] = {}
        texts = [
            [numbers.setdefault(word, len(numbers)) for word in split_words(text)]
            for text in inputs
        ]
        self._learn_of(list(numbers))
        features = [self._known[word] for word in numbers]
        return {
            "rows": torch.from_numpy(np.concatenate([rows for rows, _ in features])),
            "weights": torch.from_numpy(np.concatenate([weights for _, weights in features])),
            "word_starts": _starts([len(rows) for rows, _ in features]),
            "words": torch.tensor([word for words in texts for word in words], dtype=torch.long),
            "text_starts": _starts([len(words) for words in texts]),
        }

    def forward(
        self, features: dict[str, torch.Tensor], **kwargs: object
    ) -> dict[str, torch.Tensor]:
        """Add the sum of each text, not normalised, as `sentence_embedding`."""
        words = embedding_bag(
            features["rows"],
            self.embedding.weight,
            features["word_starts"],
            mode="sum",
            per_sample_weights=features["weights"],
        )
        features["sentence_embedding"] = embedding_bag(
            features["words"], words, features["text_starts"], mode="sum"
        )
        return features

    def _learn_of(self, words: list[str]) -> None:
        new = [word for word in words if word not in self._known]
        read = self._reader.read(new)
        for place, word in enumerate(new):
            part = slice(read.offsets[place], read.offsets[place + 1])
            self._known[word] = read.rows[part], read.weights[part]


def _starts(lengths: list[int]) -> torch.Tensor:
    return torch.from_numpy(np.cumsum([0, *lengths[:-1]]))
