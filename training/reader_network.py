"""The part of the reader that learns: it reads two texts a little deeper, aligns their tokens and
compares them.

After the decomposable attention of Parikh et al. (2016): each token of one text looks for its
like in the other, the two are compared, and the comparisons are added up. What is alike is
known from the encoder (the matrices begin with the main directions of its hidden states), so
that ten thousand pairs are enough to learn what the differences mean.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from training.reader_layers import TaughtLayer

States = npt.NDArray[np.float16]
Floats = npt.NDArray[np.float32]

WIDTH = 128
FACTS = 3
"""Beside the comparisons of a side: how well its tokens are matched on the mean, how well the
worst of them, and the logarithm of their number."""

_FIRST_SHARPNESS = 8.0  # of the search for a token's like, by cosine
_SMALLEST_SHARE = 0.3  # of the mean variance, added to each: rare directions are mostly noise
_DROPPED_INPUT, _DROPPED = 0.1, 0.2
_NEVER = torch.finfo(torch.float32).min


class Network(nn.Module):
    """One head: from the hidden states of two texts to the logit of yes."""

    def __init__(self, layers: Sequence[TaughtLayer], mean: Floats, directions: Floats) -> None:
        """Begin.

        Args:
            layers: Those through which each text goes by itself.
            mean: What all hidden states behind them share, (dimension,); stays as it is.
            directions: Their main directions, as `main_directions` gives them.
        """
        super().__init__()
        dimension = len(mean)
        self.layers = nn.ModuleList(layers)
        self.mean = nn.Parameter(torch.from_numpy(mean), requires_grad=False)
        self.match = nn.Linear(dimension, WIDTH, bias=False)
        self.value = nn.Linear(dimension, WIDTH)
        for linear in (self.match, self.value):
            linear.weight.data = torch.from_numpy(directions.copy())
        self.sides = nn.Parameter(torch.zeros(2, WIDTH))
        self.sharpness = nn.Parameter(torch.tensor(_FIRST_SHARPNESS))
        self.compare = nn.Sequential(
            nn.Linear(4 * WIDTH + 2, WIDTH),
            nn.GELU(),
            nn.Dropout(_DROPPED_INPUT),
            nn.Linear(WIDTH, WIDTH),
            nn.GELU(),
        )
        seen = 2 * (2 * WIDTH + FACTS)
        self.head = nn.Sequential(
            nn.LayerNorm(seen),
            nn.Dropout(_DROPPED),
            nn.Linear(seen, WIDTH),
            nn.GELU(),
            nn.Dropout(_DROPPED),
            nn.Linear(WIDTH, 1),
        )
        self.dropout = nn.Dropout(_DROPPED_INPUT)

    def forward(self, firsts: Sequence[States], seconds: Sequence[States]) -> torch.Tensor:
        """Return the logits of some pairs, (pairs,)."""
        first, first_mask = deepened(self.layers, firsts)
        second, second_mask = deepened(self.layers, seconds)
        first, second = self.dropout(first - self.mean), self.dropout(second - self.mean)
        likeness = functional.normalize(self.match(first), dim=-1) @ functional.normalize(
            self.match(second), dim=-1
        ).transpose(1, 2)
        values = self.value(first) + self.sides[0], self.value(second) + self.sides[1]
        forth = likeness.masked_fill(~second_mask[:, None, :], _NEVER)
        back = likeness.transpose(1, 2).masked_fill(~first_mask[:, None, :], _NEVER)
        logits: torch.Tensor = self.head(
            torch.cat(
                [
                    self._side(values[0], values[1], forth, first_mask),
                    self._side(values[1], values[0], back, second_mask),
                ],
                dim=-1,
            )
        )
        return logits[:, 0]

    def _side(
        self, own: torch.Tensor, other: torch.Tensor, likeness: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        """Return what one text shows beside the other, (pairs, 2 * WIDTH + FACTS)."""
        shares = torch.softmax(likeness * self.sharpness, dim=-1)
        found = shares @ other
        best = likeness.max(dim=-1, keepdim=True).values
        usual = (shares * likeness).sum(dim=-1, keepdim=True)
        compared = self.compare(
            torch.cat([own, found, own - found, own * found, best, usual], dim=-1)
        )
        there = mask[..., None].float()
        count = there.sum(dim=1)
        return torch.cat(
            [
                (compared * there).sum(dim=1) / count,
                compared.masked_fill(~mask[..., None], _NEVER).max(dim=1).values,
                (best * there).sum(dim=1) / count,
                best.masked_fill(~mask[..., None], 1.0).min(dim=1).values,
                torch.log(count),
            ],
            dim=-1,
        )


def deepened(
    layers: Iterable[nn.Module], texts: Sequence[States]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the states of some texts behind some layers as one block, and where there are tokens.

    They are multiplied in bfloat16: twice as fast where the processor knows it.
    """
    values, mask = padded(texts)
    with torch.autocast("cpu", torch.bfloat16):
        for layer in layers:
            values = layer(values, mask)
    return values.float(), mask


def main_directions(rows: Floats) -> tuple[Floats, Floats]:
    """Return the mean of hidden states and their main directions, scaled to like spread.

    Args:
        rows: Hidden states of many tokens, (tokens, dimension).

    Returns:
        Shapes (dimension,) and (WIDTH, dimension).
    """
    mean = rows.mean(axis=0)
    spread, directions = np.linalg.eigh(np.cov(rows - mean, rowvar=False))
    spread, directions = spread[::-1][:WIDTH], directions[:, ::-1][:, :WIDTH]
    signs = np.sign(directions[np.abs(directions).argmax(axis=0), np.arange(WIDTH)])
    scaled = directions * signs / np.sqrt(spread + _SMALLEST_SHARE * spread.mean())
    return mean.astype(np.float32), np.ascontiguousarray(scaled.T, np.float32)


def padded(texts: Sequence[States]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the states of some texts as one block, and where there are tokens."""
    shape = (len(texts), max(map(len, texts)), texts[0].shape[1])
    values, mask = np.zeros(shape, np.float32), np.zeros(shape[:2], bool)
    for row, text in enumerate(texts):
        values[row, : len(text)] = text
        mask[row, : len(text)] = True
    return torch.from_numpy(values), torch.from_numpy(mask)
