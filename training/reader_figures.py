"""How good a head of the reader is on what was held out, by source, language and kind."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from operator import attrgetter

import numpy as np
import numpy.typing as npt
import torch

from training.reader_data import Pair
from training.reader_network import Network
from training.reader_states import States

_AT_ONCE = 64
Numbers = npt.NDArray[np.floating]


def logits_of(network: Network, states: States, pairs: Sequence[Pair]) -> Numbers:
    """Return the logits of some pairs, (pairs,)."""
    result = np.empty(len(pairs), np.float64)
    order = np.argsort([sum(map(len, states.of(pair))) for pair in pairs], kind="stable")
    with torch.no_grad():
        for start in range(0, len(pairs), _AT_ONCE):
            some = order[start : start + _AT_ONCE]
            firsts, seconds = zip(*(states.of(pairs[place]) for place in some), strict=True)
            result[some] = network(firsts, seconds).numpy()
    return result


def figures(scores: Numbers, pairs: Sequence[Pair]) -> dict[str, object]:
    """Return the figures of a head on pairs that it did not learn from, by its logits of them."""
    return {
        "by source": _grouped(pairs, scores, attrgetter("source"), area),
        "by language": _grouped(pairs, scores, attrgetter("language"), area),
        "right by kind": _grouped(pairs, scores, attrgetter("kind"), _right),
    }


def area(scores: Numbers, labels: npt.NDArray[np.bool_]) -> float | None:
    """Return the area under the ROC curve, None where there is but one label.

    >>> area(np.array([0.1, 0.9, 0.5, 0.5]), np.array([False, True, True, False]))
    0.875
    """
    right, wrong = scores[labels], scores[~labels]
    if not len(right) or not len(wrong):
        return None
    won = (right[:, None] > wrong).mean() + (right[:, None] == wrong).mean() / 2
    return round(float(won), 3)


def _right(scores: Numbers, labels: npt.NDArray[np.bool_]) -> float:
    return round(float(((scores > 0) == labels).mean()), 3)


def _grouped(
    pairs: Sequence[Pair],
    scores: Numbers,
    key: Callable[[Pair], str],
    figure: Callable[..., object],
) -> dict[str, object]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, pair in enumerate(pairs):
        places[key(pair)].append(place)
        places["all"].append(place)
    labels = np.array([pair.label == 1 for pair in pairs])
    return {name: figure(scores[some], labels[some]) for name, some in sorted(places.items())}
