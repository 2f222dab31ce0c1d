"""The part of the reader that learns: the encoder's upper layers over two texts, and its heads."""

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from training.encoder_graph import Layer
from training.encoder_source import FourBit

States = npt.NDArray[np.float16]

PARTS = 5
"""Of what a head sees: the first token, the mean of each text, their product and difference."""

_HEAD_WIDTH = 128
_DROPOUT = 0.1


class Block(nn.Module):
    """One transformer layer, as `training.encoder_graph` writes it."""

    def __init__(self, layer: Layer, *, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.attention = _linear(layer.attention, layer.attention_bias)
        self.output = _linear(layer.output, layer.output_bias)
        self.attention_norm = _norm(layer.attention_norm, epsilon)
        self.inner = _linear(layer.inner, layer.inner_bias)
        self.outer = _linear(layer.outer, layer.outer_bias)
        self.outer_norm = _norm(layer.outer_norm, epsilon)

    def forward(self, values: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the next states, (pairs, tokens, dimension); mask (pairs, 1, 1, tokens)."""
        pairs, tokens, dimension = values.shape
        mixed = self.attention(values).view(pairs, tokens, 3, self.heads, -1)
        query, key, value = mixed.permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(pairs, tokens, dimension)
        values = self.attention_norm(values + self.output(attended))
        outer = self.outer(functional.gelu(self.inner(values)))
        result: torch.Tensor = self.outer_norm(values + outer)
        return result


class Network(nn.Module):
    """Upper layers and heads; `sizes` says how many labels each head tells apart."""

    def __init__(
        self, layers: list[Layer], *, heads: int, epsilon: float, sizes: dict[str, int]
    ) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(Block(layer, heads=heads, epsilon=epsilon) for layer in layers)
        dimension = len(layers[0].output_bias)
        self.sides = nn.Parameter(torch.zeros(2, dimension))
        nn.init.normal_(self.sides, std=0.02)
        self.heads = nn.ModuleDict({name: _head(dimension, size) for name, size in sizes.items()})

    def forward(self, head: str, firsts: list[States], seconds: list[States]) -> torch.Tensor:
        """Return the logits of one head, (pairs, labels)."""
        values, mask, second = self._laid_out(firsts, seconds)
        for block in self.blocks:
            values = block(values, mask[:, None, None, :])
        pooled = pool(values, mask & ~second, second)
        logits: torch.Tensor = self.heads[head](pooled)
        return logits

    def _laid_out(
        self, firsts: list[States], seconds: list[States]
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return values, which tokens are there, and which belong to the second text."""
        longest = max(len(a) + len(b) for a, b in zip(firsts, seconds, strict=True))
        shape = (len(firsts), longest, firsts[0].shape[1])
        values = np.zeros(shape, np.float32)
        mask, second = np.zeros(shape[:2], bool), np.zeros(shape[:2], bool)
        for row, (a, b) in enumerate(zip(firsts, seconds, strict=True)):
            values[row, : len(a)] = a
            values[row, len(a) : len(a) + len(b)] = b
            mask[row, : len(a) + len(b)] = True
            second[row, len(a) : len(a) + len(b)] = True
        of_second = torch.from_numpy(second)
        sides = torch.where(of_second[..., None], self.sides[1], self.sides[0])
        return torch.from_numpy(values) + sides, torch.from_numpy(mask), of_second


def pool(values: torch.Tensor, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """Return what a head sees of each pair, (pairs, PARTS * dimension)."""
    means = []
    for side in (first, second):
        weights = side.float()[..., None]
        means.append((values * weights).sum(1) / weights.sum(1).clamp(min=1))
    a, b = means
    return torch.cat([values[:, 0], a, b, a * b, (a - b).abs()], dim=1)


def _head(dimension: int, labels: int) -> nn.Sequential:
    return nn.Sequential(
        nn.LayerNorm(PARTS * dimension),
        nn.Linear(PARTS * dimension, _HEAD_WIDTH),
        nn.GELU(),
        nn.Dropout(_DROPOUT),
        nn.Linear(_HEAD_WIDTH, labels),
    )


def _linear(matrix: FourBit | npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> nn.Linear:
    weights = matrix.dequantised() if isinstance(matrix, FourBit) else matrix
    linear = nn.Linear(weights.shape[1], weights.shape[0])
    linear.weight.data = torch.from_numpy(np.ascontiguousarray(weights))
    linear.bias.data = torch.from_numpy(bias.copy())
    return linear


def _norm(
    norm: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]], epsilon: float
) -> nn.LayerNorm:
    made = nn.LayerNorm(len(norm[0]), eps=epsilon)
    made.weight.data = torch.from_numpy(norm[0].copy())
    made.bias.data = torch.from_numpy(norm[1].copy())
    return made
