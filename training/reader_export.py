"""Writes what the reader has learned as an ONNX file: `python -m training.reader_export`.

The probabilities are scaled to held-out pairs first (Platt 1999; for several labels one
temperature), and the scale is put into the last matrix of each head, so that the file gives
calibrated logits.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from index.encoder.model import BUNDLED, EncoderModel
from index.encoder.reader import FILE, FIRST, SECOND
from training.encoder_graph import Graph, Layer, floats_of
from training.reader import new_network
from training.reader_data import Pair, all_pairs
from training.reader_figures import logits_of
from training.reader_network import Block, Network
from training.reader_states import States

_HEADS = ("answer", "support", "relation", "intent")
_STEPS = 200


def main() -> None:
    """Scale, write, and print the size of the file and the scale of each head."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--states", type=Path, required=True)
    parser.add_argument("--heads", nargs="+", default=["answer", "support", "relation"])
    parser.add_argument("--out", type=Path, default=BUNDLED / FILE)
    options = parser.parse_args()
    network = new_network()
    network.load_state_dict(load_file(options.weights))
    network.eval()
    held_out = [pair for pair in all_pairs(options.data, seed=0) if pair.is_held_out]
    states = States(options.states, EncoderModel(BUNDLED))
    scales: dict[str, tuple[float, float]] = {}
    for head in options.heads:
        mine = [pair for pair in held_out if pair.head == head and pair.source in _LIKE_THE_PAGE]
        states.learn(mine)
        scales[head] = calibrate(network, head, mine, states)
    model = graph_of(network, options.heads)
    onnx.save(model, str(options.out))
    print(json.dumps({"bytes": options.out.stat().st_size, "scales": scales}))


_LIKE_THE_PAGE = ("written", "seed", "flip", "thread")


def calibrate(
    network: Network, head: str, pairs: list[Pair], states: States
) -> tuple[float, float]:
    """Scale and shift the logits of a head so that they fit held-out pairs."""
    logits = torch.from_numpy(logits_of(network, states, pairs))
    labels = torch.tensor([pair.label for pair in pairs])
    scale = torch.ones((), dtype=torch.float64, requires_grad=True)
    shift = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([scale, shift], max_iter=_STEPS)

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        scaled = logits * scale
        if logits.shape[1] == 1:
            value = functional.binary_cross_entropy_with_logits(
                scaled[:, 0] + shift, labels.double()
            )
        else:
            value = functional.cross_entropy(scaled, labels)
        value.backward()
        return value

    optimizer.step(step)
    last = network.heads[head][-1]
    with torch.no_grad():
        last.weight *= scale.float()
        last.bias.copy_(last.bias * scale.float() + shift.float())
    return round(scale.item(), 3), round(shift.item(), 3)


def graph_of(network: Network, heads: list[str]) -> onnx.ModelProto:
    """Return the graph: the hidden states of two texts to the logits of each head."""
    first_block = network.blocks[0]
    dimension = first_block.output.out_features
    graph = Graph(heads=first_block.heads, epsilon=first_block.outer_norm.eps)
    sides = network.sides.detach().numpy()
    marked = [
        graph.add("Add", [name, graph.constant(side)])
        for name, side in zip((FIRST, SECOND), sides, strict=True)
    ]
    values = graph.add("Concat", marked, axis=1)
    for block in network.blocks:
        values = graph.layer(values, _layer(block))
    pooled = _pooled(graph, values)
    for head in heads:
        graph.name_result(_head(graph, pooled, network.heads[head]), head)
    outputs = [floats_of(head, [1, network.heads[head][-1].out_features]) for head in heads]
    inputs = [floats_of(name, [1, f"{name}_tokens", dimension]) for name in (FIRST, SECOND)]
    return graph.model(inputs, outputs)


def _pooled(graph: Graph, values: str) -> str:
    zero = graph.constant(np.array([0], np.int64))
    one = graph.constant(np.array([1], np.int64))
    all_of_it = graph.constant(np.array([2**31], np.int64))
    border = graph.add("Shape", [FIRST], start=1, end=2)
    firsts = graph.add("Slice", [values, zero, border, one])
    seconds = graph.add("Slice", [values, border, all_of_it, one])
    a, b = (graph.add("ReduceMean", [part, one], keepdims=0) for part in (firsts, seconds))
    beginning = graph.add("Squeeze", [graph.add("Slice", [values, zero, one, one]), one])
    product = graph.add("Mul", [a, b])
    difference = graph.add("Abs", [graph.add("Sub", [a, b])])
    return graph.add("Concat", [beginning, a, b, product, difference], axis=1)


def _head(graph: Graph, pooled: str, head: nn.Sequential) -> str:
    norm, inner, _, _, outer = head
    values = graph.add(
        "LayerNormalization",
        [pooled, graph.constant(_numbers(norm.weight)), graph.constant(_numbers(norm.bias))],
        axis=-1,
        epsilon=norm.eps,
    )
    values = graph.multiply(values, _numbers(inner.weight), _numbers(inner.bias))
    values = graph.add_microsoft("Gelu", [values])
    outer_weights = graph.constant(_numbers(outer.weight).T)
    values = graph.add("MatMul", [values, outer_weights])
    return graph.add("Add", [values, graph.constant(_numbers(outer.bias))])


def _layer(block: Block) -> Layer:
    return Layer(
        attention=_numbers(block.attention.weight),
        attention_bias=_numbers(block.attention.bias),
        output=_numbers(block.output.weight),
        output_bias=_numbers(block.output.bias),
        attention_norm=(
            _numbers(block.attention_norm.weight),
            _numbers(block.attention_norm.bias),
        ),
        inner=_numbers(block.inner.weight),
        inner_bias=_numbers(block.inner.bias),
        outer=_numbers(block.outer.weight),
        outer_bias=_numbers(block.outer.bias),
        outer_norm=(_numbers(block.outer_norm.weight), _numbers(block.outer_norm.bias)),
    )


def _numbers(values: torch.Tensor) -> npt.NDArray[np.float32]:
    return np.asarray(values.detach().numpy(), np.float32)


if __name__ == "__main__":
    main()
