"""How far two judges agree beyond chance (Cohen 1960)."""

from collections import Counter
from collections.abc import Hashable, Sequence


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Return Cohen's kappa of the verdicts of two judges on the same things, at most 1.

    Where both give one and the same verdict throughout there is nothing beyond chance to agree
    on; by convention that is 1.

    >>> round(kappa([("yes", "yes")] * 20 + [("no", "no")] * 15 + [("yes", "no")] * 5
    ...             + [("no", "yes")] * 10), 2)
    0.4
    """
    if not pairs:
        return 0.0
    one, other = (Counter(side) for side in zip(*pairs, strict=True))
    total = len(pairs)
    observed = sum(first == second for first, second in pairs) / total
    chance = sum(one[verdict] * other[verdict] for verdict in one) / total**2
    return (observed - chance) / (1 - chance) if chance < 1 else 1.0
