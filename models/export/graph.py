"""Writes one ONNX graph node by node: small constants, float16-stored weights, 8-bit blocks."""

import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.external_data_helper import set_external_data

from weights import in_steps

MICROSOFT = "com.microsoft"
OPSET = 17
IR_VERSION = 8
FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64
BLOCK = 32
LARGEST_FILE = 256 * 1024**2
SMALL, PAGE = 1024, 4096
MICROSOFT_OPERATORS = ("FusedMatMul", "MatMulNBits", "SkipLayerNormalization")


class Graph:
    """Collects nodes and initialisers; `bits` 8 turns linear layers into MatMulNBits; with `steps` weights are
    stored in 8 bits and computed with in float32."""

    def __init__(self, name, bits=None, steps=False):
        self.name = name
        self.bits, self.steps = bits, steps
        self.nodes = []
        self.initialisers = {}
        self.cast = {}
        self.counter = 0

    def op(self, kind, inputs, out=None, count=1, **attributes):
        """Adds a node; returns its output name, or the list of names when there are several."""
        self.counter += 1
        if out is None:
            out = [f"{kind}_{self.counter}" + (f"_{i}" if count > 1 else "") for i in range(count)]
        outputs = out if isinstance(out, list) else [out]
        domain = MICROSOFT if kind in MICROSOFT_OPERATORS else ""
        self.nodes.append(
            helper.make_node(kind, inputs, outputs, name=f"n{self.counter}", domain=domain, **attributes)
        )
        return outputs if len(outputs) > 1 else outputs[0]

    def constant(self, name, array):
        if name not in self.initialisers:
            self.initialisers[name] = numpy_helper.from_array(np.asarray(array, order="C"), name)
        return name

    def ints(self, *values):
        name = "i_" + "_".join(str(v) for v in values).replace("-", "m")
        return self.constant(name, np.array(values, np.int64))

    def int(self, value):
        return self.constant(f"is_{value}".replace("-", "m"), np.array(value, np.int64))

    def float(self, value):
        return self.constant(f"f_{value}", np.array(value, np.float32))

    def weight(self, name, array, outputs=0):
        """float32 tensor in the graph: matrices lie in the file as float16 behind a Cast, or `in_steps`, along the
        axis of OUTPUTS, behind a Cast and a Mul, which the runtime folds once at load; vectors as float32."""
        if array.ndim < 2:
            return self.constant(name, array.astype(np.float32))
        if self.steps:
            steps, scale = in_steps(array, outputs)
            whole = self.op("Cast", [self.constant(name + ".q8", steps)], to=FLOAT)
            return self.op("Mul", [whole, self.constant(name + ".q8s", scale)], out=name)
        if name not in self.cast:
            stored = self.stored(name, array)
            self.cast[name] = self.op("Cast", [stored], out=name, to=FLOAT)
        return self.cast[name]

    def stored(self, name, array):
        """The float16 initialiser itself."""
        return self.constant(name + ".f16", array.astype(np.float16))

    def rows(self, name, table, ids):
        """float32 rows IDS of TABLE, without making float32 of the others."""
        return self.op("Cast", [self.op("Gather", [self.stored(name, table), ids])], to=FLOAT)

    def quantised_rows(self, name, table, ids):
        """float32 rows IDS of the TABLE that `quantised` holds under NAME, and multiplies with."""
        count, columns = table.shape
        values, scale = self.blocks(name, table)
        scale = self.op("Reshape", [scale, self.ints(count, columns // BLOCK, 1)])
        whole = self.op("Cast", [self.op("Gather", [values, ids])], to=FLOAT)
        whole = self.op("Sub", [whole, self.float(128.0)])
        whole = self.op("Mul", [whole, self.op("Gather", [scale, ids])])
        return self.op("Reshape", [whole, self.ints(0, 0, columns)])

    def linear(self, x, name, weight, bias=None, flat=False):
        """x @ weight.T + bias, with weight [out, in] as PyTorch keeps it. `flat` where x has two axes: product,
        bias and a relu behind them are then one node for the runtime."""
        if self.bits == 8 and weight.shape[1] % BLOCK == 0:
            y = self.quantised(x, name, weight)
        else:
            table = self.weight(name + ".t", np.ascontiguousarray(weight.T), outputs=1)
            if flat and bias is not None:
                return self.op("Gemm", [x, table, self.weight(name + ".b", bias)])
            y = self.op("MatMul", [x, table])
        return y if bias is None else self.op("Add", [y, self.weight(name + ".b", bias)])

    def blocks(self, name, weight):
        """8-bit blocks of 32 along the input, symmetric around 128 (the operator's own zero point), and their scales."""
        rows, columns = weight.shape
        blocks = weight.reshape(rows, columns // BLOCK, BLOCK)
        scale = np.maximum(np.abs(blocks).max(-1), 1e-12) / 127
        values = np.clip(np.rint(blocks / scale[..., None]) + 128, 0, 255).astype(np.uint8)
        return self.constant(name + ".q8", values), self.constant(name + ".q8s", scale.astype(np.float32).reshape(-1))

    def quantised(self, x, name, weight):
        """x @ weight.T with the weight in blocks."""
        rows, columns = weight.shape
        packed, scales = self.blocks(name, weight)
        return self.op(
            "MatMulNBits", [x, packed, scales],
            K=columns, N=rows, bits=8, block_size=BLOCK, accuracy_level=4,
        )  # fmt: skip

    def norm(self, x, name, weight, bias, epsilon=1e-5):
        return self.op(
            "LayerNormalization", [x, self.weight(name + ".g", weight), self.weight(name + ".b", bias)],
            axis=-1, epsilon=epsilon,
        )  # fmt: skip

    def add_and_norm(self, x, y, name, weight, bias, epsilon=1e-5):
        """(norm(x + y), x + y) in one node."""
        out = [f"{name}.normed", "", "", f"{name}.sum"]
        self.op(
            "SkipLayerNormalization", [x, y, self.weight(name + ".g", weight), self.weight(name + ".b", bias)],
            out=out, epsilon=epsilon,
        )  # fmt: skip
        return out[0], out[3]

    def unit(self, x, out):
        """x divided by its length, along the last axis."""
        length = self.op("ReduceL2", [x], axes=[-1], keepdims=1)
        return self.op("Div", [x, self.op("Max", [length, self.float(1e-12)])], out=out)

    def activation(self, x, kind):
        """relu, gelu (exact, by the error function) or quick_gelu (x * sigmoid(1.702 x))."""
        if kind == "relu":
            return self.op("Relu", [x])
        if kind == "gelu":
            erf = self.op("Erf", [self.op("Mul", [x, self.float(2**-0.5)])])
            half = self.op("Mul", [x, self.float(0.5)])
            return self.op("Mul", [half, self.op("Add", [erf, self.float(1.0)])])
        if kind == "quick_gelu":
            return self.op("Mul", [x, self.op("Sigmoid", [self.op("Mul", [x, self.float(1.702)])])])
        raise ValueError(f"unknown activation {kind}")

    def save(self, path, inputs, outputs):
        """Writes the graph; each of inputs and outputs is (name, type, shape). The weights of one over LARGEST_FILE
        come to lie in `path` + "_data" beside it: a message may hold 2 GiB, and is copied whole several times."""
        beside = sum(len(tensor.raw_data) for tensor in self.initialisers.values()) > LARGEST_FILE
        if beside:
            self.put_beside(path.with_name(path.name + "_data"))
        graph = helper.make_graph(
            self.nodes,
            self.name,
            [helper.make_tensor_value_info(*value) for value in inputs],
            [helper.make_tensor_value_info(*value) for value in outputs],
            list(self.initialisers.values()),
        )
        model = helper.make_model(
            graph,
            producer_name="realign",
            ir_version=IR_VERSION,
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        )
        if not beside:
            onnx.checker.check_model(model)
        with open(path, "wb") as file:
            file.write(model.SerializeToString(deterministic=True))
        if beside:
            onnx.checker.check_model(path)  # wants the file, to look beside it

    def put_beside(self, path):
        """Moves all weights but the small ones to the file PATH, one after the other, each on a page of its own."""
        with open(path, "wb") as file:
            for tensor in self.initialisers.values():
                size = len(tensor.raw_data)
                if size < SMALL:
                    continue
                file.seek(-file.tell() % PAGE, os.SEEK_CUR)
                set_external_data(tensor, path.name, file.tell(), size)
                file.write(tensor.raw_data)
                tensor.ClearField("raw_data")
