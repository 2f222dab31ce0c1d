"""Whether a question asks what readers write below the article, in whatever words.

"The folks in the thread", "les gens sous l'article", "die leute im forum" are no list. A logistic
regression over the encoder's vector of a question tells; its weights are a JSON file made by
`training.of_readers`.
"""

from functools import cache

import numpy as np

from index.encoder.regression import Numbers, SureRegression, probabilities

WEIGHTS = "of_readers.json"
FEATURES = tuple(map(str, range(384)))
"""The numbers of the encoder's vector of a question."""


@cache
def readers_model() -> SureRegression:
    """Return the bundled weights; from `sure` on a question asks readers."""
    return SureRegression.bundled(
        "assistant.question", WEIGHTS, FEATURES, made_by="training.of_readers"
    )


def asks_readers(vector: Numbers) -> bool:
    """Whether the question with this vector, (384,), surely asks what readers write."""
    model = readers_model()
    share: float = float(probabilities(np.asarray(model.logits(vector))))
    return share >= model.sure
