"""The pre-norm transformer block that the mapper and both encoders share."""

import numpy as np


def attention(g, x, name, parts, heads, mask=None):
    """Unfused multi-head attention. `parts`: qkv [3D, D], optional qkv_bias [3D], out [D, D], out_bias.
    `mask` is added to the scores. x is [B, T, D]."""
    width = parts["out"].shape[0]
    size = width // heads
    packed = g.linear(x, name + ".qkv", parts["qkv"], parts.get("qkv_bias"))
    packed = g.op("Reshape", [packed, g.ints(0, 0, 3, heads, size)])
    packed = g.op("Transpose", [packed], perm=[2, 0, 3, 1, 4])
    q, k, v = (
        g.op("Squeeze", [part, g.ints(0)])
        for part in g.op("Split", [packed, g.ints(1, 1, 1)], count=3, axis=0)
    )
    scores = g.op("FusedMatMul", [q, k], transB=1, alpha=float(size**-0.5))
    if mask is not None:
        scores = g.op("Add", [scores, mask])
    mixed = g.op("MatMul", [g.op("Softmax", [scores], axis=-1), v])
    mixed = g.op("Reshape", [g.op("Transpose", [mixed], perm=[0, 2, 1, 3]), g.ints(0, 0, width)])
    return g.linear(mixed, name + ".out", parts["out"], parts["out_bias"])


def block(g, x, name, parts, heads, activation, mask=None):
    """x + attention(norm1 x), then x + mlp(norm2 x). `parts` as block_parts returns them."""
    y = g.norm(x, name + ".norm1", *parts["norm1"])
    x = g.op("Add", [x, attention(g, y, name + ".attn", parts, heads, mask)])
    y = g.norm(x, name + ".norm2", *parts["norm2"])
    y = g.activation(g.linear(y, name + ".fc1", *parts["fc1"]), activation)
    return g.op("Add", [x, g.linear(y, name + ".fc2", *parts["fc2"])])


def split_parts(w, name, width, names):
    """A block with q, k, v apart (OPT, Hugging Face CLIP). `names`: how the checkpoint calls each part."""

    def pair(part, out, inner):
        return w.take(f"{name}.{names[part]}.weight", out, inner), w.take(f"{name}.{names[part]}.bias", out)

    ffn = w.shape(f"{name}.{names['fc1']}.weight")[0]
    qkv = [pair(part, width, width) for part in ("q", "k", "v")]
    out, out_bias = pair("out", width, width)
    return {
        "qkv": np.concatenate([weight for weight, _ in qkv]),
        "qkv_bias": np.concatenate([bias for _, bias in qkv]),
        "out": out,
        "out_bias": out_bias,
        "fc1": pair("fc1", ffn, width),
        "fc2": pair("fc2", width, ffn),
        **{
            norm: (w.take(f"{name}.{names[norm]}.weight", width), w.take(f"{name}.{names[norm]}.bias", width))
            for norm in ("norm1", "norm2")
        },
    }


def stacked_parts(w, name, width):
    """A block whose q, k, v are already one matrix (the built-in text encoder)."""
    ffn = w.shape(f"{name}.fc1.weight")[0]

    def pair(part, *shape):
        return w.take(f"{name}.{part}.weight", *shape), w.take(f"{name}.{part}.bias", shape[0])

    qkv, qkv_bias = pair("qkv", 3 * width, width)
    out, out_bias = pair("out", width, width)
    return {
        "qkv": qkv,
        "qkv_bias": qkv_bias,
        "out": out,
        "out_bias": out_bias,
        "fc1": pair("fc1", ffn, width),
        "fc2": pair("fc2", width, ffn),
        "norm1": pair("norm1", width),
        "norm2": pair("norm2", width),
    }
