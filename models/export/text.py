"""text.onnx of the built-in encoder: a causal transformer read at the end token."""

from graph import FLOAT, INT64, Graph
from transformer import block, stacked_parts


def build_text(w, config, path):
    """Tensors `text.*` as model.py of models/training names them; writes `path`."""
    width, embedding = config["text_width"], config["embedding"]

    def layers(g, x, mask):
        for layer in range(config["text_layers"]):
            parts = stacked_parts(w, f"text.layers.{layer}", width)
            x = block(g, x, f"l{layer}", parts, config["text_heads"], "relu", mask)
        return x

    tokens = w.take("text.embed_tokens.weight", config["vocab"], width)
    places = w.take("text.embed_positions.weight", config["text_length"], width)
    norm = (w.take("text.final_norm.weight", width), w.take("text.final_norm.bias", width))
    write_text(path, tokens, places, layers, norm, w.take("text.project.weight", embedding, width))


def write_text(path, tokens, places, layers, norm, project):
    """The graph of a causal transformer read at the end token: TOKENS [V, D] and PLACES [T, D], LAYERS(g, x, mask), a
    last NORM, and PROJECT [E, D]. What stands after the end token (right padding) has no influence."""
    g = Graph("text")
    rows = g.rows("embed_tokens", tokens, "input_ids")
    size = g.op("Gather", [g.op("Shape", ["input_ids"]), g.int(1)])
    steps = g.op("Range", [g.int(0), size, g.int(1)])
    x = g.op("Add", [rows, g.rows("embed_positions", places, steps)])
    earlier = g.op("LessOrEqual", [g.op("Unsqueeze", [steps, g.ints(0)]), g.op("Unsqueeze", [steps, g.ints(1)])])
    x = layers(g, x, g.op("Where", [earlier, g.float(0.0), g.float(-1e30)]))
    last = g.op("Unsqueeze", [g.op("Sub", ["lengths", g.int(1)]), g.ints(1)])
    x = g.op("GatherND", [x, last], batch_dims=1)
    x = g.norm(x, "final", *norm)
    g.unit(g.linear(x, "project", project), "text_embeds")
    g.save(
        path,
        [("input_ids", INT64, ["B", "T"]), ("lengths", INT64, ["B"])],
        [("text_embeds", FLOAT, ["B", len(project)])],
    )
