"""vision.onnx and text.onnx of a CLIP with Hugging Face names (Radford et al. 2021, arXiv:2103.00020): a ViT read at
its class token, and a causal transformer read at the end token."""

from graph import FLOAT, Graph
from text import write_text
from transformer import block, split_parts

NAMES = {
    "q": "self_attn.q_proj", "k": "self_attn.k_proj", "v": "self_attn.v_proj", "out": "self_attn.out_proj",
    "fc1": "mlp.fc1", "fc2": "mlp.fc2", "norm1": "layer_norm1", "norm2": "layer_norm2",
}  # fmt: skip


def build_clip_vision(w, config, path):
    """Tensors `clip.vision_model.*` and `clip.visual_projection.weight`; writes `path`."""
    c, size, embedding = config["clip_vision"], config["image_size"], config["embedding"]
    name, width, patch = "clip.vision_model", c["width"], c["patch"]
    count = (size // patch) ** 2
    g = Graph("vision")
    kernel = g.weight("patches", w.take(f"{name}.embeddings.patch_embedding.weight", width, 3, patch, patch))
    x = g.op("Conv", ["pixel_values", kernel], kernel_shape=[patch] * 2, strides=[patch] * 2)
    x = g.op("Transpose", [g.op("Reshape", [x, g.ints(0, width, count)])], perm=[0, 2, 1])
    own = g.constant("class", w.take(f"{name}.embeddings.class_embedding", width)[None, None])
    rows = g.op("Slice", [g.op("Shape", ["pixel_values"]), g.ints(0), g.ints(1)])
    own = g.op("Expand", [own, g.op("Concat", [rows, g.ints(1, width)], axis=0)])
    places = g.weight("places", w.take(f"{name}.embeddings.position_embedding.weight", count + 1, width))
    x = g.op("Add", [g.op("Concat", [own, x], axis=1), places])
    x = g.norm(x, "first", *pair(w, f"{name}.pre_layrnorm", width))  # so spelt in every checkpoint
    x = layers(g, w, x, name, c)
    x = g.norm(g.op("Gather", [x, g.int(0)], axis=1), "last", *pair(w, f"{name}.post_layernorm", width))
    g.unit(g.linear(x, "project", w.take("clip.visual_projection.weight", embedding, width)), "image_embeds")
    g.save(
        path,
        [("pixel_values", FLOAT, ["B", 3, size, size])],
        [("image_embeds", FLOAT, ["B", embedding])],
    )


def build_clip_text(w, config, path):
    """Tensors `clip.text_model.*` and `clip.text_projection.weight`; writes `path`."""
    c, name = config["clip_text"], "clip.text_model"
    width = c["width"]
    tokens = w.take(f"{name}.embeddings.token_embedding.weight", c["vocab"], width)
    places = w.take(f"{name}.embeddings.position_embedding.weight", config["text_length"], width)
    norm = pair(w, f"{name}.final_layer_norm", width)
    project = w.take("clip.text_projection.weight", config["embedding"], width)
    write_text(path, tokens, places, lambda g, x, mask: layers(g, w, x, name, c, mask), norm, project)


def layers(g, w, x, name, c, mask=None):
    for layer in range(c["layers"]):
        parts = split_parts(w, f"{name}.encoder.layers.{layer}", c["width"], NAMES)
        x = block(g, x, f"l{layer}", parts, c["heads"], c["activation"], mask)
    return x


def pair(w, name, width):
    return w.take(f"{name}.weight", width), w.take(f"{name}.bias", width)
