"""Two layers of the encoder as a head of the reader learns them: its own, kept in 4 bit.

The lower layers stay as they are for all heads; the two above them begin as the encoder's and are
taught with the head. They are multiplied in 4 bit from the first step on (what rounding takes away
is passed over when they are corrected), so that what is written is what was learned.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from training import encoder_graph
from training.encoder import LOWER_LAYERS
from training.encoder_source import BLOCK, FourBit, Source

TAUGHT = range(LOWER_LAYERS, LOWER_LAYERS + 2)
_LOWEST, _HIGHEST = -8, 7
_DROPPED = 0.1


def rounded(weights: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return a matrix as whole numbers from -8 to 7 and the scale of each block of 32.

    The number farthest from nought becomes -8, so that it is exact.

    >>> values, scales = rounded(torch.tensor([[4.0, -1.0] + [0.0] * 30]))
    >>> values[0, :2].tolist(), scales.tolist()
    ([-8.0, 2.0], [[-0.5]])
    """
    blocks = weights.detach().reshape(len(weights), -1, BLOCK)
    farthest = blocks.gather(-1, blocks.abs().argmax(dim=-1, keepdim=True))
    scales = farthest / _LOWEST
    divided = torch.where(scales == 0, 0.0, blocks / scales)
    values = divided.round().clamp(_LOWEST, _HIGHEST)
    return values.reshape(weights.shape), scales[..., 0]


class FourBitLinear(nn.Module):
    """A matrix and a bias; the matrix is multiplied as it looks in 4 bit."""

    def __init__(self, matrix: FourBit, bias: np.ndarray) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.from_numpy(matrix.dequantised().copy()))
        self.bias = nn.Parameter(torch.from_numpy(bias.astype(np.float32)))

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """Return the products, (..., outputs)."""
        whole, scales = rounded(self.weight)
        seen = whole * scales.repeat_interleave(BLOCK, dim=1)
        return functional.linear(values, self.weight + (seen - self.weight).detach(), self.bias)

    def four_bit(self) -> FourBit:
        """Return the matrix as it is written."""
        whole, scales = rounded(self.weight)
        return FourBit(values=(whole + 8).numpy().astype(np.uint8), scales=scales.numpy())


class TaughtLayer(nn.Module):
    """One transformer layer (normalised after each half, as BERT is)."""

    def __init__(self, source: Source, number: int) -> None:
        super().__init__()
        stored = source.matrices, source.vectors

        def linear(part: str) -> FourBitLinear:
            return FourBitLinear(stored[0][f"l{number}.{part}.w"], stored[1][f"l{number}.{part}.b"])

        def norm(part: str) -> nn.LayerNorm:
            made = nn.LayerNorm(source.dimension, eps=source.epsilon)
            for name, values in (("w", made.weight), ("b", made.bias)):
                values.data = torch.from_numpy(stored[1][f"l{number}.{part}.{name}"].copy())
            return made

        self.heads = source.heads
        self.query, self.key, self.value, self.output = map(linear, ("q", "k", "v", "ao"))
        self.inner, self.outer = linear("fi"), linear("fo")
        self.attention_norm, self.outer_norm = norm("aln"), norm("oln")
        self.dropout = nn.Dropout(_DROPPED)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the states of the next layer, (texts, tokens, dimension)."""
        texts, tokens, dimension = states.shape
        query, key, value = (
            linear(states).view(texts, tokens, self.heads, -1).transpose(1, 2)
            for linear in (self.query, self.key, self.value)
        )
        attended = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask[:, None, None, :]
        ).transpose(1, 2)
        attended = self.output(attended.reshape(texts, tokens, dimension))
        states = self.attention_norm(states + self.dropout(attended))
        outer = self.outer(functional.gelu(self.inner(states)))
        result: torch.Tensor = self.outer_norm(states + self.dropout(outer))
        return result

    def written(self) -> encoder_graph.Layer:
        """Return its numbers as the graph takes them."""
        attention = [self.query, self.key, self.value]
        four = [part.four_bit() for part in attention]
        return encoder_graph.Layer(
            attention=FourBit(
                values=np.concatenate([part.values for part in four]),
                scales=np.concatenate([part.scales for part in four]),
            ),
            attention_bias=np.concatenate([_numbers(part.bias) for part in attention]),
            output=self.output.four_bit(),
            output_bias=_numbers(self.output.bias),
            attention_norm=(
                _numbers(self.attention_norm.weight),
                _numbers(self.attention_norm.bias),
            ),
            inner=self.inner.four_bit(),
            inner_bias=_numbers(self.inner.bias),
            outer=self.outer.four_bit(),
            outer_bias=_numbers(self.outer.bias),
            outer_norm=_norm(self.outer_norm),
        )


def _norm(norm: nn.LayerNorm) -> tuple[np.ndarray, np.ndarray]:
    return _numbers(norm.weight), _numbers(norm.bias)


def _numbers(values: torch.Tensor) -> np.ndarray:
    return values.detach().numpy().astype(np.float32)
