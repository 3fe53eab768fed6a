"""Compares a written bundle with the PyTorch networks it was made from, on 50 inputs."""

import sys
from pathlib import Path

import numpy as np

from errors import ExportError
from reference import Bundle, golden_pixels, normalised
from weights import rounded

ALT_TEXTS = ["", "great gray owl", "conch; IMG_2043.jpg", "a bird on a fence", "teapot, 1905, $19.99 " * 4]
IMAGES = 10
LOGITS, EMBEDDINGS = 1e-4, 1e-5


def check_bundle(folder, networks, config, pictures=IMAGES):
    """Stops with ExportError unless greedy tokens are identical, first logits within 1e-4 and embeddings
    within 1e-5 on PICTURES x 5 alt-texts. Returns the largest differences seen.

    networks(): PyTorch networks with the rounded weights, as OwnNetworks has them. They speak first and are dropped;
    they and the graphs are asked one for all pictures before the next: memory needs to hold one at a time."""
    bundle = Bundle.open(folder)
    slots = [bundle.alt_ids(alt_text) for alt_text in ALT_TEXTS]
    texts = [bundle.scorer_ids(alt_text or "a photo") for alt_text in ALT_TEXTS]
    inputs = [pixels_of(bundle, config, k, noise=k >= pictures // 2) for k in range(pictures)]
    wanted = expected(networks(), inputs, texts, [bundle.slot(row) for row in slots], config["max_new_tokens"])
    images = [bundle.image_embeds(pixels) for pixels in inputs]
    visual = [bundle.visual_embeds(image) for image in images]
    worst = {
        "image": furthest(images, wanted["images"]),
        "text": furthest([bundle.text_embeds(ids) for ids in texts], wanted["texts"]),
        "logits": 0.0,
    }
    tokens = 0
    for k, picture in enumerate(visual):
        for at, alt_text in enumerate(ALT_TEXTS):
            first, made = bundle.decode(picture, slots[at], config["max_new_tokens"])
            worst["logits"] = max(worst["logits"], furthest(first["logits"], wanted["logits"][k][at : at + 1]))
            if made != ended(wanted["ids"][k][at], config["eos"]):
                raise ExportError(f"greedy tokens differ from PyTorch for image {k} and alt-text {alt_text!r}")
            tokens += len(made)
    for part, limit in (("logits", LOGITS), ("image", EMBEDDINGS), ("text", EMBEDDINGS)):
        if not worst[part] <= limit:
            raise ExportError(f"{part} differs from PyTorch by {worst[part]:.2e}, more than {limit:.0e}")
    return {**worst, "inputs": pictures * len(ALT_TEXTS), "tokens": tokens}


def pixels_of(bundle, config, k, noise):
    pixels = normalised(golden_pixels(config["image_size"], k), bundle.manifest["image"])
    return np.random.default_rng(k).standard_normal(pixels.shape).astype(np.float32) if noise else pixels


def expected(reference, inputs, texts, slots, steps):
    """What PyTorch gives: embeddings of INPUTS and TEXTS, and for each image first logits [SLOTS, V] and greedy ids."""
    import torch

    with torch.no_grad():
        images = [reference.image(torch.from_numpy(pixels)) for pixels in inputs]
        written = [reference.text(torch.tensor([ids])).numpy() for ids in texts]
        rows = torch.tensor(slots)
        cases = [(image.expand(len(slots), -1), rows) for image in images]
        return {
            "images": [image.numpy() for image in images],
            "texts": written,
            "logits": [reference.first_logits(*case).numpy() for case in cases],
            "ids": [reference.greedy(*case, steps) for case in cases],
        }


def furthest(ours, theirs):
    """The largest difference of two lists of arrays."""
    return max(float(np.abs(a - b).max()) for a, b in zip(ours, theirs, strict=True))


def ended(row, eos):
    """A row up to and with its end token; PyTorch fills ended rows of a batch with more of them."""
    return row[: row.index(eos) + 1] if eos in row else row


class OwnNetworks:
    """encoder.py and model.py of models/training with the rounded weights, in evaluation mode, float32."""

    def __init__(self, tensors, config):
        import torch

        sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
        import decode
        import encoder
        import model

        torch.set_num_threads(1)  # small networks; more threads only wait for each other
        fields = {
            "embed_dim": config["embedding"], "vocab_size": config["vocab"],
            **{k: v for k, v in config.items() if k in model.Config.__dataclass_fields__},
        }  # fmt: skip
        sizes = model.load_config(fields)
        networks = []
        for kind, prefix in ((encoder.Vision, "vision."), (model.Text, "text."), (model.Captioner, "")):
            network = kind(sizes)
            state = {
                name: torch.from_numpy(rounded(prefix + name, tensors[prefix + name]))
                for name in network.state_dict()
                if not name.endswith("num_batches_tracked")
            }
            network.load_state_dict(state, strict=False)
            networks.append(network.eval())
        # Pixels (1, 3, R, R), and ids (1, T) with start and end: unit vectors (1, E).
        self.image, self.text, self.captioner = networks
        self.decode = decode.greedy

    def first_logits(self, embeddings, slots):
        """(B, V) behind image embeddings (B, E) and alt slots (B, S)."""
        return self.captioner.gpt.logits(self.captioner.hidden(embeddings, slots)[:, -1])

    def greedy(self, embeddings, slots, steps):
        """Lists of at most STEPS ids; whatever follows an end token is not looked at."""
        return self.decode(self.captioner, embeddings, slots, steps).tolist()
