"""text.onnx of the built-in encoder: a causal transformer read at the end token."""

from graph import FLOAT, INT64, Graph
from transformer import block, stacked_parts


def build_text(w, config, path):
    """Tensors `text.*` as model.py of models/training names them; writes `path`. Causal attention makes
    whatever stands after the end token (right padding) without influence."""
    width, length, embedding = config["text_width"], config["text_length"], config["embedding"]
    g = Graph("text")
    tokens = w.take("text.embed_tokens.weight", config["vocab"], width)
    rows = g.op("Cast", [g.op("Gather", [g.stored("embed_tokens", tokens), "input_ids"])], to=FLOAT)
    size = g.op("Gather", [g.op("Shape", ["input_ids"]), g.int(1)])
    steps = g.op("Range", [g.int(0), size, g.int(1)])
    table = g.stored("embed_positions", w.take("text.embed_positions.weight", length, width))
    x = g.op("Add", [rows, g.op("Cast", [g.op("Gather", [table, steps])], to=FLOAT)])
    earlier = g.op("LessOrEqual", [g.op("Unsqueeze", [steps, g.ints(0)]), g.op("Unsqueeze", [steps, g.ints(1)])])
    mask = g.op("Where", [earlier, g.float(0.0), g.float(-1e30)])
    for layer in range(config["text_layers"]):
        parts = stacked_parts(w, f"text.layers.{layer}", width)
        x = block(g, x, f"l{layer}", parts, config["text_heads"], "relu", mask)
    last = g.op("Unsqueeze", [g.op("Sub", ["lengths", g.int(1)]), g.ints(1)])
    x = g.op("GatherND", [x, last], batch_dims=1)
    x = g.norm(x, "final", w.take("text.final_norm.weight", width), w.take("text.final_norm.bias", width))
    g.unit(g.linear(x, "project", w.take("text.project.weight", embedding, width)), "text_embeds")
    g.save(
        path,
        [("input_ids", INT64, ["B", "T"]), ("lengths", INT64, ["B"])],
        [("text_embeds", FLOAT, ["B", embedding])],
    )
