"""vision.onnx of the built-in encoder: a small residual network with three views of the picture."""

import numpy as np

from errors import ExportError
from graph import FLOAT, Graph


def build_vision(w, config, path):
    """Tensors `vision.*` as encoder.py of models/training names them; writes `path`."""
    size, grid = config["image_size"], config["grid"]
    channels, embedding = config["layout_channels"], config["embedding"]
    g = Graph("vision", steps=True)
    seen = [trunk(g, w, config, mirrored(g, size) if k % 2 else "pixel_values", k) for k in range(config["trunks"])]
    what = [g.op("ReduceMean", [x], axes=[2, 3], keepdims=0) for x, _, _ in seen]
    x, width, side = seen[0]
    layout = convolve(g, w, x, "vision.layout", (channels, width, 1, 1), bias=True)
    where = pooled(g, layout, side, grid)
    colour = pooled(g, "pixel_values", size, grid)
    joined = len(seen) * width + (channels + 3) * grid * grid
    x = g.op("Concat", [*what, where, colour], axis=1)
    x = batch_norm(g, w, x, "vision.feature_norm", joined)
    weight = w.take("vision.project.weight", embedding, joined)
    x = g.linear(x, "project", weight, w.take("vision.project.bias", embedding))
    g.unit(x, "image_embeds")
    g.save(
        path,
        [("pixel_values", FLOAT, ["B", 3, size, size])],
        [("image_embeds", FLOAT, ["B", embedding])],
    )


def trunk(g, w, config, pixels, k):
    """(the last map, its channels, its side) of residual network K over PIXELS."""
    name, widths = f"vision.trunks.{k}", config["vision_widths"]
    x = convolve(g, w, pixels, f"{name}.stem", (widths[0], 3, 4, 4), stride=2, pad=1)
    x = g.op("Relu", [batch_norm(g, w, x, f"{name}.stem_norm", widths[0])])
    side, width, index = config["image_size"] // 2, widths[0], 0
    for stage, (wider, count) in enumerate(zip(widths, config["vision_blocks"], strict=True)):
        for i in range(count):
            stride = 2 if stage > 0 and i == 0 else 1
            x = residual(g, w, x, f"{name}.blocks.{index}", (width, wider, stride))
            side, width, index = side // stride, wider, index + 1
    return x, width, side


def mirrored(g, size):
    """The picture in a mirror: columns from right to left."""
    columns = g.constant("columns", np.arange(size - 1, -1, -1, dtype=np.int64))
    return g.op("Gather", ["pixel_values", columns], axis=3)


def residual(g, w, x, name, shape):
    """Two 3x3 convolutions with a squeeze-and-excite gate before the sum; shape is (in, out, stride)."""
    before, width, stride = shape
    y = convolve(g, w, x, f"{name}.conv1", (width, before, 3, 3), stride=stride, pad=1)
    y = g.op("Relu", [batch_norm(g, w, y, f"{name}.norm1", width)])
    y = convolve(g, w, y, f"{name}.conv2", (width, width, 3, 3), pad=1)
    y = batch_norm(g, w, y, f"{name}.norm2", width)
    inner = width // 8
    gate = g.op("ReduceMean", [y], axes=[2, 3], keepdims=0)
    gate = g.linear(gate, f"{name}.squeeze", w.take(f"{name}.squeeze.weight", inner, width),
                    w.take(f"{name}.squeeze.bias", inner))  # fmt: skip
    gate = g.linear(g.op("Relu", [gate]), f"{name}.excite", w.take(f"{name}.excite.weight", width, inner),
                    w.take(f"{name}.excite.bias", width))  # fmt: skip
    gate = g.op("Unsqueeze", [g.op("Sigmoid", [gate]), g.ints(2, 3)])
    y = g.op("Mul", [y, gate])
    if stride != 1 or before != width:
        x = convolve(g, w, x, f"{name}.shortcut", (width, before, 1, 1), stride=stride)
    return g.op("Relu", [g.op("Add", [y, x])])


def convolve(g, w, x, name, shape, stride=1, pad=0, bias=False):
    inputs = [x, g.weight(name, w.take(f"{name}.weight", *shape))]
    if bias:
        inputs.append(g.weight(f"{name}.b", w.take(f"{name}.bias", shape[0])))
    return g.op("Conv", inputs, kernel_shape=list(shape[2:]), strides=[stride] * 2, pads=[pad] * 4)


def batch_norm(g, w, x, name, width):
    """Inference form; the runtime folds it into the convolution before it."""
    parts = [
        g.weight(f"{name}.{part}", w.take(f"{name}.{part}", width))
        for part in ("weight", "bias", "running_mean", "running_var")
    ]
    return g.op("BatchNormalization", [x, *parts], epsilon=1e-5)


def pooled(g, x, side, grid):
    """Mean over a grid x grid division, flattened channel first."""
    if side % grid:
        raise ExportError(f"a map of {side} pixels cannot be divided into a grid of {grid}")
    step = side // grid
    return g.op("Flatten", [g.op("AveragePool", [x], kernel_shape=[step] * 2, strides=[step] * 2)], axis=1)
