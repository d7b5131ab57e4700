"""Rewrites an exported encoder with the operators that onnxruntime has for attention: a sixth faster, the same weights.

The exporter writes attention as some fifty small nodes a layer. Here query, key and value become one product, so that a
layer's input is quantised once for all three, and the product is handed to one operator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, helper, numpy_helper

Array = NDArray[np.generic]

_LAYER = re.compile(r"/encoder/encoder/layer\.(\d+)/")
_LINEAR = re.compile(r"/encoder/encoder/(layer\.\d+/.+)/MatMul_quant$")
_EMBEDDED = "/encoder/embeddings/LayerNorm/LayerNormalization_output_0"
_SELF = ("query", "key", "value")
_OURS = "com.microsoft"
# MiniLM's; the epsilon is that of BERT's layer norms.
HEADS = 12
_EPSILON = 1e-12


def fuse(path: Path) -> None:
    """In place. What is not one of the encoder's layers stays as it is: embeddings and heads."""
    model = onnx.load(path)
    fused = _Fused(model)
    states = _EMBEDDED
    for layer in range(1 + max(int(match[1]) for node in model.graph.node if (match := _LAYER.match(node.name)))):
        states = fused.add_layer(layer, states)
    kept = list(_needed([*model.graph.node, *fused.nodes], [output.name for output in model.graph.output]))
    names = {name for node in kept for name in node.input}
    initializers = [one for one in [*model.graph.initializer, *fused.initializers()] if one.name in names]
    graph = helper.make_graph(kept, "encoder", model.graph.input, model.graph.output, initializers)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_OURS, 1)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)


class _Fused:
    """The layers as they are written anew; the last node of each gives what the old layer gave, under its name."""

    def __init__(self, model: ModelProto) -> None:
        self.nodes: list[NodeProto] = []
        self._old: Mapping[str, Array] = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
        self._weight = {
            match[1]: node.input[1].removesuffix("_quantized")
            for node in model.graph.node
            if (match := _LINEAR.match(node.name))
        }
        self._new: dict[str, Array] = {}

    def initializers(self) -> Iterator[onnx.TensorProto]:
        for name, array in self._new.items():
            yield numpy_helper.from_array(np.ascontiguousarray(array), name)

    def add_layer(self, number: int, states: str) -> str:
        layer = f"layer.{number}"
        attended = self._linear(self._attention(layer, states), f"{layer}/attention/output/dense")
        states = self._normalized(attended, states, f"{layer}/attention/output")
        wide = self._linear(states, f"{layer}/intermediate/dense")
        bent = self._node("Gelu", [wide], f"{layer}/gelu", domain=_OURS)
        return self._normalized(self._linear(bent, f"{layer}/output/dense"), states, f"{layer}/output")

    def _attention(self, layer: str, states: str) -> str:
        parts = [f"{layer}/attention/self/{part}" for part in _SELF]
        weight, scale = self._joined(parts)
        bias = np.concatenate([self._parameter(part, "bias") for part in parts])
        quantized, step, zero = (f"{layer}/fused/{name}" for name in ("quantized", "step", "zero"))
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [states], [quantized, step, zero]))
        inputs = [
            quantized, self._constant(f"{layer}/qkv", weight), self._constant(f"{layer}/qkv_bias", bias), step,
            self._constant(f"{layer}/qkv_scale", scale), "", zero,
            self._constant(f"{layer}/qkv_zero", np.zeros(scale.shape, dtype=np.int8)),
        ]  # fmt: skip
        return self._node("QAttention", inputs, f"{layer}/attention", domain=_OURS, num_heads=HEADS)

    def _linear(self, states: str, part: str) -> str:
        weight, scale = self._joined([part])
        inputs = [
            states, self._constant(f"{part}/weight", weight), self._constant(f"{part}/scale", scale), "",
            self._constant(f"{part}/bias", self._parameter(part, "bias")),
        ]  # fmt: skip
        return self._node("DynamicQuantizeMatMul", inputs, part, domain=_OURS)

    def _normalized(self, states: str, residual: str, part: str) -> str:
        added = self._node("Add", [states, residual], f"{part}/sum")
        norm = f"{part}/LayerNorm"
        inputs = [
            added,
            *(self._constant(f"{norm}/{name}", self._parameter(norm, name)) for name in ("weight", "bias")),
        ]
        output = f"/encoder/encoder/{norm}/LayerNormalization_output_0"
        self.nodes.append(helper.make_node("LayerNormalization", inputs, [output], axis=-1, epsilon=_EPSILON))
        return output

    def _joined(self, parts: list[str]) -> tuple[Array, Array]:
        """The int8 weights of linear layers side by side, and the scales of their columns."""
        names = [self._weight[part] for part in parts]
        weights = [self._old[f"{name}_quantized"] for name in names]
        if any(
            weight.dtype != np.int8 or self._old[f"{name}_zero_point"].any()
            for weight, name in zip(weights, names, strict=True)
        ):
            raise ValueError("the weights are not symmetric int8")
        return np.concatenate(weights, axis=1), np.concatenate([self._old[f"{name}_scale"] for name in names])

    def _parameter(self, part: str, name: str) -> Array:
        return self._old[f"encoder.encoder.{part.replace('/', '.')}.{name}"]

    def _constant(self, name: str, array: Array) -> str:
        self._new[f"fused/{name}"] = array
        return f"fused/{name}"

    def _node(self, kind: str, inputs: list[str], name: str, **attributes: object) -> str:
        output = f"fused/{name}/output"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output


def _needed(nodes: list[NodeProto], outputs: list[str]) -> Iterator[NodeProto]:
    """The nodes that the outputs need, each behind those that it needs; of two that give a name the later counts."""
    giver = {name: node for node in nodes for name in node.output}
    done: set[int] = set()
    waiting = [giver[name] for name in reversed(outputs)]
    while waiting:
        node = waiting[-1]
        first = [giver[name] for name in node.input if name in giver and id(giver[name]) not in done]
        if first:
            waiting += first
            continue
        waiting.pop()
        if id(node) not in done:
            done.add(id(node))
            yield node
