"""mapper.onnx: one image vector becomes the decoder's visual tokens (clip_project.* tensors)."""

import numpy as np

from graph import FLOAT, Graph
from transformer import block


def build_mapper(w, config, path):
    """Linear E -> N*D, the learned constants appended, pre-norm layers with full attention; the last N
    outputs are the visual tokens. Returns nothing; writes `path`."""
    tokens, width, size = config["visual_tokens"], config["hidden"], config["embedding"]
    g = Graph("mapper")
    x = g.linear(
        "image_embeds", "linear",
        w.take("clip_project.linear.weight", tokens * width, size),
        w.take("clip_project.linear.bias", tokens * width),
    )  # fmt: skip
    x = g.op("Reshape", [x, g.ints(-1, tokens, width)])
    constants = w.take("clip_project.prefix_const", None, width)
    count = constants.shape[0]
    rows = g.op("Slice", [g.op("Shape", ["image_embeds"]), g.ints(0), g.ints(1)])
    shape = g.op("Concat", [rows, g.ints(count, width)], axis=0)
    added = g.op("Expand", [g.weight("prefix_const", constants[None]), shape])
    x = g.op("Concat", [x, added], axis=1)
    for layer in range(config["mapper_layers"]):
        x = block(g, x, f"l{layer}", mapper_parts(w, layer, width), config["mapper_heads"], "relu")
    g.op("Slice", [x, g.ints(tokens), g.ints(tokens + count), g.ints(1)], out="visual_embeds")
    g.save(
        path,
        [("image_embeds", FLOAT, ["B", size])],
        [("visual_embeds", FLOAT, ["B", count, width])],
    )


def mapper_parts(w, layer, width):
    """One layer; queries come apart from keys and values (keys first), and none of them has a bias."""
    name = f"clip_project.transformer.layers.{layer}"
    ffn = w.shape(f"{name}.mlp.fc1.weight")[0]
    queries = w.take(f"{name}.attn.to_queries.weight", width, width)
    keys_values = w.take(f"{name}.attn.to_keys_values.weight", 2 * width, width)
    return {
        "qkv": np.concatenate([queries, keys_values]),
        "out": w.take(f"{name}.attn.project.weight", width, width),
        "out_bias": w.take(f"{name}.attn.project.bias", width),
        "fc1": (w.take(f"{name}.mlp.fc1.weight", ffn, width), w.take(f"{name}.mlp.fc1.bias", ffn)),
        "fc2": (w.take(f"{name}.mlp.fc2.weight", width, ffn), w.take(f"{name}.mlp.fc2.bias", width)),
        "norm1": (w.take(f"{name}.norm1.weight", width), w.take(f"{name}.norm1.bias", width)),
        "norm2": (w.take(f"{name}.norm2.weight", width), w.take(f"{name}.norm2.bias", width)),
    }
