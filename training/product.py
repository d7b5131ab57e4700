"""Writes the product of bytes by which the site learns whether its processor multiplies bytes exactly.

    python -m training.product

It never changes; it is written by a script, and by `make train`, so that nobody has to trust a file of bytes.
"""

from __future__ import annotations

from pathlib import Path

import onnx
from onnx import TensorProto, helper

from incidents.language.pieces import WEIGHTS


def write(path: Path) -> None:
    """Unsigned by signed bytes with sums of 32 bits: the form of every product of the quantised encoder."""
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["left", "right"], ["sums"])],
        "product",
        [
            helper.make_tensor_value_info("left", TensorProto.UINT8, ["rows", "inner"]),
            helper.make_tensor_value_info("right", TensorProto.INT8, ["inner", "columns"]),
        ],
        [helper.make_tensor_value_info("sums", TensorProto.INT32, ["rows", "columns"])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)


if __name__ == "__main__":
    write(WEIGHTS / "product.onnx")
