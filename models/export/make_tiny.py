"""Writes models/tiny: a random-weight bundle, from a seed, for tests. Its captions mean nothing."""

import argparse
import json
import re
import tempfile
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from bundle import write_bundle
from check import OwnNetworks, check_bundle
from errors import run
from weights import Weights

SEED = 7
CONFIG = {
    "image_size": 32, "vision_widths": [8, 16], "vision_blocks": [1, 1], "layout_channels": 4, "grid": 4,
    "trunks": 1,
    "embedding": 24, "vocab": 512, "visual_tokens": 4, "mapper_layers": 1, "mapper_heads": 4, "mapper_mlp": 2,
    "hidden": 32, "layers": 2, "heads": 4, "ffn": 64, "max_positions": 60, "position_offset": 2,
    "alt_length": 16, "max_new_tokens": 40, "pad": 1, "eos": 2,
    "text_width": 32, "text_layers": 1, "text_heads": 4, "text_length": 32,
}  # fmt: skip
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
WORDS = """A drawing of a great gray owl, Strix nebulosa. The owl faces left on a cream background; it fills
the frame. A photo of two conchs, one above the other. The monkey sits in the lower right, small and brown.
A photo of a teapot. The beetle is dark green with long antennae. a bird; IMG_2043.jpg $19.99 free shipping
mushroom butterfly shell flower vehicle fish dog cat red yellow blue orange pink white black large photograph
watercolour pencil ink seen from above close to the centre of the picture with a plain grey background
wooden fence, morning light, perched snowy tawny horned barn little burrowing long-eared"""


def make_tokenizer(path):
    """A byte-level BPE with the special pieces first, trained on a few sentences."""
    tokenizer = Tokenizer(models.BPE(unk_token=None))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=CONFIG["vocab"],
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        min_frequency=1,
        show_progress=False,
    )
    tokenizer.train_from_iterator([WORDS.replace("\n", " ")], trainer)
    tokenizer.save(str(path))
    return tokenizer


def random_weights(tokenizer, c=CONFIG):
    """Tensors of the sizes C under the names of models/training, scaled so that greedy output varies and ends."""
    rng = np.random.default_rng(SEED)
    tensors = {}

    def normal(name, *shape, scale):
        tensors[name] = rng.standard_normal(shape).astype(np.float32) * np.float32(scale)

    def linear(name, out, inner, gain=1.0, bias=True):
        normal(f"{name}.weight", out, inner, scale=gain * inner**-0.5)
        if bias:
            normal(f"{name}.bias", out, scale=0.1)

    def norm(name, width):
        normal(f"{name}.weight", width, scale=0.1)
        tensors[f"{name}.weight"] += 1
        normal(f"{name}.bias", width, scale=0.1)

    def batch(name, width):
        norm(name, width)
        normal(f"{name}.running_mean", width, scale=0.1)
        tensors[f"{name}.running_var"] = rng.uniform(0.5, 1.5, width).astype(np.float32)

    def convolution(name, out, inner, size):
        normal(f"{name}.weight", out, inner, size, size, scale=(inner * size * size) ** -0.5)

    first, last = c["vision_widths"][0], c["vision_widths"][-1]
    for trunk in range(c["trunks"]):
        convolution(f"vision.trunks.{trunk}.stem", first, 3, 4)
        batch(f"vision.trunks.{trunk}.stem_norm", first)
        before, index = first, 0
        for width, count in zip(c["vision_widths"], c["vision_blocks"], strict=True):
            for _ in range(count):
                name = f"vision.trunks.{trunk}.blocks.{index}"
                convolution(f"{name}.conv1", width, before, 3)
                batch(f"{name}.norm1", width)
                convolution(f"{name}.conv2", width, width, 3)
                batch(f"{name}.norm2", width)
                linear(f"{name}.squeeze", width // 8, width)
                linear(f"{name}.excite", width, width // 8)
                if width != before:
                    convolution(f"{name}.shortcut", width, before, 1)
                before, index = width, index + 1
    convolution("vision.layout", c["layout_channels"], last, 1)
    normal("vision.layout.bias", c["layout_channels"], scale=0.1)
    joined = c["trunks"] * last + (c["layout_channels"] + 3) * c["grid"] ** 2
    batch("vision.feature_norm", joined)
    linear("vision.project", c["embedding"], joined)

    width = c["text_width"]
    normal("text.embed_tokens.weight", c["vocab"], width, scale=1)
    normal("text.embed_positions.weight", c["text_length"], width, scale=0.3)
    for layer in range(c["text_layers"]):
        name = f"text.layers.{layer}"
        linear(f"{name}.qkv", 3 * width, width)
        linear(f"{name}.out", width, width)
        linear(f"{name}.fc1", 4 * width, width)
        linear(f"{name}.fc2", width, 4 * width)
        norm(f"{name}.norm1", width)
        norm(f"{name}.norm2", width)
    norm("text.final_norm", width)
    linear("text.project", c["embedding"], width, bias=False)

    width = c["hidden"]
    linear("clip_project.linear", c["visual_tokens"] * width, c["embedding"], gain=3)
    normal("clip_project.prefix_const", c["visual_tokens"], width, scale=0.5)
    for layer in range(c["mapper_layers"]):
        name = f"clip_project.transformer.layers.{layer}"
        linear(f"{name}.attn.to_queries", width, width, bias=False)
        linear(f"{name}.attn.to_keys_values", 2 * width, width, bias=False)
        linear(f"{name}.attn.project", width, width, gain=2)
        linear(f"{name}.mlp.fc1", c["mapper_mlp"] * width, width)
        linear(f"{name}.mlp.fc2", width, c["mapper_mlp"] * width)
        norm(f"{name}.norm1", width)
        norm(f"{name}.norm2", width)

    # Large layers and small embeddings: the next token depends on the context, not on its own row.
    opt = "gpt.model.decoder"
    normal(f"{opt}.embed_tokens.weight", c["vocab"], width, scale=0.35)
    normal(f"{opt}.embed_positions.weight", c["max_positions"] + 2, width, scale=0.7)
    for layer in range(c["layers"]):
        name = f"{opt}.layers.{layer}"
        for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
            linear(f"{name}.self_attn.{part}", width, width, gain=2.5)
        linear(f"{name}.fc1", c["ffn"], width, gain=2)
        linear(f"{name}.fc2", width, c["ffn"], gain=2)
        norm(f"{name}.self_attn_layer_norm", width)
        norm(f"{name}.final_layer_norm", width)
    norm(f"{opt}.final_layer_norm", width)
    # The end token's row is longer than the others, so that it wins now and then.
    tensors[f"{opt}.embed_tokens.weight"][c["eos"]] *= 1.35
    # Pieces that are no readable text, and the special ones, almost never do.
    readable = re.compile("[\u0120 -~]+")
    strange = [i for i in range(c["vocab"]) if not readable.fullmatch(tokenizer.id_to_token(i))]
    tensors[f"{opt}.embed_tokens.weight"][[0, c["pad"], 3, *strange]] *= 0.1
    return tensors


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default=Path(__file__).parents[1] / "tiny", type=Path)
    parser.add_argument("--check", action="store_true", help="compare with PyTorch")
    options = parser.parse_args()
    out = options.out
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "tokenizer.json"
        weights = random_weights(make_tokenizer(source))
        manifest = write_bundle(out, Weights(weights, "make_tiny.py"), CONFIG, about(source))
    print(json.dumps({f["path"]: f["bytes"] for f in manifest["files"]}))
    if options.check:
        print(json.dumps(check_bundle(out, lambda: OwnNetworks(weights, CONFIG), CONFIG)))


def about(source):
    """What the manifest says besides sizes."""
    return {
        "id": "tiny",
        "name": "Tiny random captioner",
        "description": "Random weights for tests; its captions mean nothing.",
        "licence": "MIT",
        "trainingData": "none",
        "citation": "",
        "encoder": "tiny-random",
        "resize": "squash",
        "tokenizer": source,
        "golden": {"imageSeed": 0, "altTexts": ["", "great gray owl", "conch"], "text": "A photo of a teapot."},
    }


if __name__ == "__main__":
    run(main, "make_tiny")
