"""Writes transformer layers as an ONNX graph, operator by operator.

Two sorts of matrices: those of the encoder stay in the 4 bit they came in (`MatMulNBits`, which
multiplies them with 8-bit rows, each row by itself); the few the reader was taught are floats.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.encoder_source import BLOCK, FourBit

_MICROSOFT = "com.microsoft"
_OPSETS = (helper.make_opsetid("", 21), helper.make_opsetid(_MICROSOFT, 1))
_INTEGER_PRODUCTS = 4  # accuracy level of MatMulNBits: activations in 8 bit
_FORMAT = 10  # of ONNX files, the newest all runtimes in use read

Array = npt.NDArray[np.generic]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The numbers of one layer; `attention` holds query, key and value in one matrix."""

    attention: FourBit
    attention_bias: Floats
    output: FourBit
    output_bias: Floats
    attention_norm: tuple[Floats, Floats]
    inner: FourBit
    inner_bias: Floats
    outer: FourBit
    outer_bias: Floats
    outer_norm: tuple[Floats, Floats]


@dataclass(slots=True)
class Graph:
    """A graph being written: each method adds operators and returns the name of their result."""

    heads: int
    epsilon: float
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, values: Array) -> str:
        """Add numbers."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, operator: str, inputs: Sequence[str], **attributes: object) -> str:
        """Add an operator of ONNX with one result."""
        return self._node(operator, inputs, "", attributes)

    def add_microsoft(self, operator: str, inputs: Sequence[str], **attributes: object) -> str:
        """Add an operator of onnxruntime with one result."""
        return self._node(operator, inputs, _MICROSOFT, attributes)

    def _node(
        self, operator: str, inputs: Sequence[str], domain: str, attributes: dict[str, object]
    ) -> str:
        result = f"{operator}_{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(operator, list(inputs), [result], domain=domain, **attributes)
        )
        return result

    def rows_of(self, table: FourBit, numbers: str) -> str:
        """Look rows of a 4-bit table up, dequantised."""
        inputs = [self.constant(table.packed()), numbers, self.constant(table.scales)]
        return self.add_microsoft(
            "GatherBlockQuantized",
            inputs,
            bits=4,
            block_size=BLOCK,
            gather_axis=0,
            quantize_axis=1,
        )

    def multiply(self, values: str, matrix: FourBit | Floats, bias: Floats) -> str:
        """Multiply with a matrix (outputs, inputs) and add a bias (outputs,)."""
        if isinstance(matrix, FourBit):
            rows, columns = matrix.values.shape
            packed = matrix.packed().reshape(rows, columns // BLOCK, BLOCK // 2)
            scales = matrix.scales.reshape(-1)
            product = self.add_microsoft(
                "MatMulNBits",
                [values, self.constant(packed), self.constant(scales)],
                K=columns,
                N=rows,
                bits=4,
                block_size=BLOCK,
                accuracy_level=_INTEGER_PRODUCTS,
            )
        else:
            product = self.add("MatMul", [values, self.constant(matrix.T)])
        return self.add("Add", [product, self.constant(bias)])

    def normalise(self, values: str, norm: tuple[Floats, Floats]) -> str:
        """Normalise each row, scale it and shift it."""
        inputs = [values, self.constant(norm[0]), self.constant(norm[1])]
        return self.add("LayerNormalization", inputs, axis=-1, epsilon=self.epsilon)

    def name_result(self, values: str, name: str) -> None:
        """Give a result the name of an output."""
        self.nodes.append(helper.make_node("Identity", [values], [name]))

    def layer(self, values: str, layer: Layer) -> str:
        """Add one transformer layer (normalised after each half, as BERT is)."""
        mixed = self.multiply(values, layer.attention, layer.attention_bias)
        names = [f"{part}_{len(self.nodes)}" for part in ("query", "key", "value")]
        self.nodes.append(helper.make_node("Split", [mixed], names, axis=-1, num_outputs=3))
        attended = self.add_microsoft("MultiHeadAttention", names, num_heads=self.heads)
        attended = self.multiply(attended, layer.output, layer.output_bias)
        values = self.normalise(self.add("Add", [values, attended]), layer.attention_norm)
        inner = self.multiply(values, layer.inner, layer.inner_bias)
        inner = self.add_microsoft("Gelu", [inner])
        outer = self.multiply(inner, layer.outer, layer.outer_bias)
        return self.normalise(self.add("Add", [values, outer]), layer.outer_norm)

    def model(
        self, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        """Return the finished model, checked."""
        graph = helper.make_graph(self.nodes, "graph", inputs, outputs, self.constants)
        model = helper.make_model(graph, opset_imports=list(_OPSETS), ir_version=_FORMAT)
        onnx.checker.check_model(model)
        return model


def numbers_of(name: str, shape: Sequence[str | int]) -> onnx.ValueInfoProto:
    """Return an input or output of whole numbers."""
    return helper.make_tensor_value_info(name, TensorProto.INT64, list(shape))


def floats_of(name: str, shape: Sequence[str | int]) -> onnx.ValueInfoProto:
    """Return an input or output of floats."""
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))
