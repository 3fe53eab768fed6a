"""decoder.onnx: an OPT decoder whose caller owns the cache; only new keys and values come out."""

import numpy as np

from graph import FLOAT, INT64, Graph
from transformer import split_parts

OPT = "gpt.model.decoder"
NAMES = {
    "q": "self_attn.q_proj", "k": "self_attn.k_proj", "v": "self_attn.v_proj", "out": "self_attn.out_proj",
    "fc1": "fc1", "fc2": "fc2", "norm1": "self_attn_layer_norm", "norm2": "final_layer_norm",
}  # fmt: skip


def build_decoder(w, config, path, bits=None):
    """Writes `path`; `bits` 8 for the quantised variant. One graph serves the shared prefix, ragged
    prompts and single steps, on cpu and webgpu: attention is spelled out, never fused."""
    width, heads, vocab = config["hidden"], config["heads"], config["vocab"]
    layers, top = config["layers"], min(50, config["vocab"])
    size = width // heads
    g = Graph("decoder", bits)
    embeddings = w.take(f"{OPT}.embed_tokens.weight", vocab, width)
    # In 8 bits what is read is what the output layer multiplies with: the largest table lies there once.
    rows = g.quantised_rows("head", embeddings, "input_ids") if bits == 8 else g.rows("embed_tokens", embeddings, "input_ids")
    x = g.op("Concat", ["prefix_embeds", rows], axis=1)
    new, past = axis_size(g, x, 1), axis_size(g, "past.0.key", 2)
    x = g.op("Add", [x, positions(g, w, config, new)])
    mask = attention_mask(g, new, past)
    cut = g.op("Concat", [g.op("Unsqueeze", [past, g.ints(0)]), g.op("Unsqueeze", [new, g.ints(0)])], axis=0)
    rows = g.op("Slice", [g.op("Shape", [x]), g.ints(0), g.ints(2)])
    packed = g.op("Concat", [rows, g.ints(3 * heads, size)], axis=0)
    # Rows and positions are one axis but in attention: fewer, larger nodes, which is what a single step costs.
    real, places, last = packing(g, new)
    x = g.op("Gather", [g.op("Reshape", [x, g.ints(-1, width)]), real])
    part = split_parts(w, f"{OPT}.layers.0", width, NAMES)
    y = g.norm(x, "l0.norm1", *part["norm1"])
    for layer in range(layers):
        final = layer + 1 == layers
        # Behind the last attention only what says the next token is computed.
        y = cached_attention(g, y, layer, part, heads, (mask, cut, packed, places, g.op("Gather", [real, last]) if final else real))
        x = g.op("Gather", [x, last]) if final else x
        y, x = g.add_and_norm(x, y, f"l{layer}.norm2", *part["norm2"])
        y = g.activation(g.linear(y, f"l{layer}.fc1", *part["fc1"], flat=True), "relu")
        y = g.linear(y, f"l{layer}.fc2", *part["fc2"], flat=True)
        if not final:
            part = split_parts(w, f"{OPT}.layers.{layer + 1}", width, NAMES)
            y, x = g.add_and_norm(x, y, f"l{layer + 1}.norm1", *part["norm1"])
    x = g.op("Add", [x, y])
    norm = (w.take(f"{OPT}.final_layer_norm.weight", width), w.take(f"{OPT}.final_layer_norm.bias", width))
    head(g, g.norm(x, "final", *norm), embeddings, top)
    cache = [f"{layer}.{kind}" for layer in range(layers) for kind in ("key", "value")]
    g.save(
        path,
        [
            ("prefix_embeds", FLOAT, ["B", "N", width]),
            ("input_ids", INT64, ["B", "T"]),
            ("past_len", INT64, ["B"]),
            ("new_len", INT64, ["B"]),
        ]
        + [(f"past.{c}", FLOAT, ["B", heads, "S", size]) for c in cache],
        [
            ("top_logits", FLOAT, ["B", top]),
            ("top_ids", INT64, ["B", top]),
            ("lse", FLOAT, ["B"]),
            ("logits", FLOAT, ["B", vocab]),
        ]
        + [(f"new.{c}", FLOAT, ["B", heads, "NT", size]) for c in cache],
    )


def axis_size(g, x, axis):
    return g.op("Gather", [g.op("Shape", [x]), g.int(axis)])


def packing(g, new):
    """Padding is computed nowhere but in attention. `real`: places of the real positions among all rows x steps;
    `places`: where each of rows x steps stands among the real ones (padding: the real one before it); `last`:
    where the last real one of each row stands among them."""
    steps = g.op("Range", [g.int(0), new, g.int(1)])
    valid = g.op("Less", [g.op("Unsqueeze", [steps, g.ints(0)]), g.op("Unsqueeze", ["new_len", g.ints(1)])])
    valid = g.op("Reshape", [valid, g.ints(-1)])
    real = g.op("Squeeze", [g.op("NonZero", [valid]), g.ints(0)])
    count = g.op("CumSum", [g.op("Cast", [valid], to=INT64), g.int(0)])
    last = g.op("Sub", [g.op("CumSum", ["new_len", g.int(0)]), g.int(1)])
    return real, g.op("Sub", [count, g.int(1)]), last


def positions(g, w, config, new):
    """Learned positions of past_len + t. Right padding may point past the table: it is clamped, never read."""
    offset = config["position_offset"]
    table = w.take(f"{OPT}.embed_positions.weight", config["max_positions"] + offset, config["hidden"])
    steps = g.op("Unsqueeze", [g.op("Range", [g.int(0), new, g.int(1)]), g.ints(0)])
    at = g.op("Add", [g.op("Unsqueeze", ["past_len", g.ints(1)]), steps])
    at = g.op("Min", [at, g.int(config["max_positions"] - 1)])
    at = g.op("Add", [at, g.int(offset)])
    return g.rows("embed_positions", table, at)


def attention_mask(g, new, past):
    """[B, 1, new, past + new]: valid rows of the past, and the new positions up to oneself."""
    steps = g.op("Range", [g.int(0), new, g.int(1)])
    rows = g.op("Range", [g.int(0), past, g.int(1)])
    seen = g.op("Less", [g.op("Unsqueeze", [rows, g.ints(0, 1, 2)]), g.op("Unsqueeze", ["past_len", g.ints(1, 2, 3)])])
    earlier = g.op("LessOrEqual", [g.op("Unsqueeze", [steps, g.ints(0)]), g.op("Unsqueeze", [steps, g.ints(1)])])
    old = g.op("Where", [seen, g.float(0.0), g.float(-1e30)])
    fresh = g.op("Where", [earlier, g.float(0.0), g.float(-1e30)])
    width = g.op("Unsqueeze", [new, g.ints(0)])
    old = g.op("Expand", [old, g.op("Concat", [g.ints(1, 1), width, g.ints(1)], axis=0)])
    shape = g.op("Concat", [g.op("Slice", [g.op("Shape", [old]), g.ints(0), g.ints(3)]), width], axis=0)
    return g.op("Concat", [old, g.op("Expand", [fresh, shape])], axis=3)


def scaled_queries(parts, size):
    """Packed weight and bias whose queries come out times size^-0.5, and what is left to multiply them by: 1
    where that is a power of two, which changes no bit of a product."""
    scale = float(size**-0.5)
    if np.frexp(scale)[0] != 0.5:
        return parts["qkv"], parts["qkv_bias"], scale
    width = parts["out"].shape[0]
    factor = np.where(np.arange(3 * width) < width, np.float32(scale), np.float32(1))
    return parts["qkv"] * factor[:, None], parts["qkv_bias"] * factor, 1.0


def cached_attention(g, y, layer, parts, heads, shapes):
    """Scores against the caller's past and against the new keys, side by side: the past is never copied.

    y is [real positions, D], the result those of them that `wanted` names among rows x steps. Scaled keys would
    cost more than scaled queries: the runtime has no fast product of one row with a factor.
    """
    mask, cut, packed, places, wanted = shapes
    width = parts["out"].shape[0]
    weight, bias, scale = scaled_queries(parts, width // heads)
    y = g.op("Gather", [g.linear(y, f"l{layer}.qkv", weight, bias, flat=True), places])
    y = g.op("Reshape", [y, packed])
    q, k, v = f"l{layer}.query", f"new.{layer}.key", f"new.{layer}.value"
    g.op("Split", [g.op("Transpose", [y], perm=[0, 2, 1, 3]), g.ints(heads, heads, heads)], out=[q, k, v], axis=1)
    if scale != 1:
        q = g.op("Mul", [q, g.float(scale)])
    old = g.op("FusedMatMul", [q, f"past.{layer}.key"], transB=1)
    fresh = g.op("FusedMatMul", [q, k], transB=1)
    share = g.op("Softmax", [g.op("Add", [g.op("Concat", [old, fresh], axis=3), mask])], axis=-1)
    on_old, on_fresh = g.op("Split", [share, cut], count=2, axis=3)
    mixed = g.op("Add", [g.op("MatMul", [on_old, f"past.{layer}.value"]), g.op("MatMul", [on_fresh, v])])
    mixed = g.op("Reshape", [g.op("Transpose", [mixed], perm=[0, 2, 1, 3]), g.ints(-1, width)])
    mixed = g.op("Gather", [mixed, wanted])
    return g.linear(mixed, f"l{layer}.out", parts["out"], parts["out_bias"], flat=True)


def head(g, x, embeddings, top):
    """Tied output layer on the last position, its largest logits and logsumexp."""
    if g.bits == 8:
        logits = g.quantised(x, "head", embeddings)
    else:
        table = g.op("Cast", [g.stored("embed_tokens", embeddings)], to=FLOAT)
        logits = g.op("Gemm", [x, table], transB=1)
    g.op("TopK", [logits, g.ints(top)], out=["top_logits", "top_ids"], axis=-1, largest=1, sorted=1)
    # Spelled out: exp runs on all cores, the runtime's own ReduceLogSumExp on one.
    best = g.op("Slice", ["top_logits", g.ints(0), g.ints(1), g.ints(1)])
    total = g.op("ReduceSum", [g.op("Exp", [g.op("Sub", [logits, best])]), g.ints(1)], keepdims=0)
    g.op("Add", [g.op("Squeeze", [best, g.ints(1)]), g.op("Log", [total])], out="lse")
    g.op("Identity", [logits], out="logits")
