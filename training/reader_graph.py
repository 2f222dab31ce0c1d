"""Writes a head of the reader as ONNX, and scales its probabilities."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import onnx
import torch
from torch import nn
from torch.nn import functional

from index.encoder.model import HIDDEN
from index.encoder.reader import DEEPER, FIRST, LOGITS, SECOND
from training.encoder_graph import Graph, floats_of
from training.reader_layers import TaughtLayer
from training.reader_network import Network

_STEPS = 200


def calibrate(
    network: Network, logits: npt.NDArray[np.floating], labels: Sequence[int]
) -> tuple[float, float]:
    """Scale and shift the logits so that they fit pairs that were not learned (Platt 1999).

    The scale is put into the last matrix.

    Args:
        network: The head; its last matrix is changed.
        logits: Of the pairs, (pairs,).
        labels: Theirs.
    """
    given, right = torch.from_numpy(logits), torch.tensor(labels).double()
    scale = torch.ones((), dtype=torch.float64, requires_grad=True)
    shift = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([scale, shift], max_iter=_STEPS)

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        value = functional.binary_cross_entropy_with_logits(given * scale + shift, right)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(step)  # type: ignore[no-untyped-call]
    last = linear_of(network.head, 5)
    with torch.no_grad():
        last.weight *= scale.float()
        last.bias.copy_(last.bias * scale.float() + shift.float())
    return round(scale.item(), 3), round(shift.item(), 3)


def layers_of(network: Network) -> onnx.ModelProto:
    """Return the graph of the layers of a head: the states of one text to those behind them."""
    layers = [layer for layer in network.layers if isinstance(layer, TaughtLayer)]
    graph, values = Graph(heads=layers[0].heads, epsilon=layers[0].outer_norm.eps), HIDDEN
    for layer in layers:
        values = graph.layer(values, layer.written())
    graph.name_result(values, DEEPER)
    shape: list[str | int] = [1, "tokens", len(network.mean)]
    return graph.model([floats_of(HIDDEN, shape)], [floats_of(DEEPER, shape)])


def graph_of(network: Network) -> onnx.ModelProto:
    """Return the graph of a head: the hidden states of two texts, one pair, to its logits."""
    graph = Graph(heads=1, epsilon=1e-5)
    mean = graph.constant(_numbers(network.mean))
    centred = [graph.add("Sub", [name, mean]) for name in (FIRST, SECOND)]
    match = graph.constant(_numbers(network.match.weight).T)
    keys = [
        graph.add("LpNormalization", [graph.add("MatMul", [text, match])], axis=-1, p=2)
        for text in centred
    ]
    turned = graph.add("Transpose", [keys[1]], perm=[0, 2, 1])
    forth = graph.add("MatMul", [keys[0], turned])
    back = graph.add("Transpose", [forth], perm=[0, 2, 1])
    values = [
        graph.multiply(
            text, _numbers(network.value.weight), _numbers(network.value.bias + network.sides[side])
        )
        for side, text in enumerate(centred)
    ]
    sides = [
        _side(graph, network, values[0], values[1], forth, FIRST),
        _side(graph, network, values[1], values[0], back, SECOND),
    ]
    seen = graph.add("Concat", sides, axis=1)
    graph.name_result(_head(graph, seen, network.head), LOGITS)
    dimension = len(network.mean)
    return graph.model(
        [floats_of(name, [1, f"{name}_tokens", dimension]) for name in (FIRST, SECOND)],
        [floats_of(LOGITS, [1, 1])],
    )


def averaged(models: Sequence[onnx.ModelProto]) -> onnx.ModelProto:
    """Return one graph for several heads taught alike: the mean of their logits."""
    if len(models) == 1:
        return models[0]
    parts = [
        onnx.compose.add_prefix(model, f"{number}_", rename_inputs=False).graph
        for number, model in enumerate(models)
    ]
    mean = onnx.helper.make_node("Mean", [part.output[0].name for part in parts], [LOGITS])
    graph = onnx.helper.make_graph(
        [*(node for part in parts for node in part.node), mean],
        models[0].graph.name,
        list(models[0].graph.input),
        list(models[0].graph.output),
        initializer=[constant for part in parts for constant in part.initializer],
    )
    return onnx.helper.make_model(
        graph, opset_imports=models[0].opset_import, ir_version=models[0].ir_version
    )


def _side(graph: Graph, network: Network, own: str, other: str, likeness: str, states: str) -> str:
    last = graph.constant(np.array([-1], np.int64))
    tokens = graph.constant(np.array([1], np.int64))
    sharpness = graph.constant(_numbers(network.sharpness))
    shares = graph.add("Softmax", [graph.add("Mul", [likeness, sharpness])], axis=-1)
    found = graph.add("MatMul", [shares, other])
    best = graph.add("ReduceMax", [likeness, last], keepdims=1)
    usual = graph.add("ReduceSum", [graph.add("Mul", [shares, likeness]), last], keepdims=1)
    difference, product = (graph.add(operator, [own, found]) for operator in ("Sub", "Mul"))
    values = graph.add("Concat", [own, found, difference, product, best, usual], axis=-1)
    for linear in (linear_of(network.compare, 0), linear_of(network.compare, 3)):
        values = graph.multiply(values, _numbers(linear.weight), _numbers(linear.bias))
        values = graph.add_microsoft("Gelu", [values])
    count = graph.add("Shape", [states], start=1, end=2)
    logarithm = graph.add("Log", [graph.add("Cast", [count], to=onnx.TensorProto.FLOAT)])
    parts = [
        graph.add("ReduceMean", [values, tokens], keepdims=0),
        graph.add("ReduceMax", [values, tokens], keepdims=0),
        graph.add("ReduceMean", [best, tokens], keepdims=0),
        graph.add("ReduceMin", [best, tokens], keepdims=0),
        graph.add("Unsqueeze", [logarithm, graph.constant(np.array([0], np.int64))]),
    ]
    return graph.add("Concat", parts, axis=1)


def _head(graph: Graph, seen: str, head: nn.Sequential) -> str:
    norm, inner, outer = head[0], linear_of(head, 2), linear_of(head, 5)
    values = graph.normalise(seen, (_numbers(norm.weight), _numbers(norm.bias)))
    values = graph.multiply(values, _numbers(inner.weight), _numbers(inner.bias))
    values = graph.add_microsoft("Gelu", [values])
    return graph.multiply(values, _numbers(outer.weight), _numbers(outer.bias))


def linear_of(parts: nn.Sequential, place: int) -> nn.Linear:
    """Return a matrix with its bias out of some parts.

    Raises:
        TypeError: Something else stands there.
    """
    found = parts[place]
    if not isinstance(found, nn.Linear):
        raise TypeError(f"part {place} is a {type(found).__name__}")
    return found


def _numbers(values: "torch.Tensor | nn.Module") -> npt.NDArray[np.float32]:
    return np.asarray(values.detach().numpy(), np.float32)  # type: ignore[operator]
