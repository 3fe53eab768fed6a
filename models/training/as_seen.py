"""Photographs as the image encoder's own readers see them: what a captioner can say without alt-text.

Half of the photographs are not what the encoder takes them for. Trained to name the true class, the
decoder would spend its time on what the embedding does not hold; trained to say what the readers of the
image stage say, it learns a function of the embedding, and the same words whatever alt-text it refuses
(distillation, Hinton et al. 2015, arXiv:1503.02531, with hard targets).
"""

from pathlib import Path

import numpy as np
import torch

import checkpoint
from words import WORDS

SIZES = ("close-up", "large", "small")  # in the order of train_vision.places
POSITIONS = (
    "in the upper left", "near the top", "in the upper right",
    "on the left", "in the centre", "on the right",
    "in the lower left", "near the bottom", "in the lower right",
)
MIRRORED = (2, 1, 0, 5, 4, 3, 8, 7, 6)
SURE = 0.5  # a position that its reader holds for less likely than not is not said


def read_state(work: Path) -> dict:
    """What train_vision.py left in WORK: the encoder and its readers."""
    return checkpoint.load(work / "ckpt" / "vision.state.pt", "the vision state", weights_only=False)


def logits(heads: dict[str, torch.Tensor], name: str, e: torch.Tensor) -> torch.Tensor:
    """(B,K), what the reader NAME of HEADS finds in embeddings E (B,256)."""
    return e.shape[1] ** 0.5 * e @ heads[f"{name}.weight"].T + heads[f"{name}.bias"]


class Reading:
    """Ids (N,) that the readers give for embeddings (N,256); positions are -1 where none is likely."""

    def __init__(self, embeddings: np.ndarray, heads: dict[str, torch.Tensor], classes: int) -> None:
        seen = torch.from_numpy(embeddings.astype(np.float32))

        def read(name: str, e: torch.Tensor = seen) -> torch.Tensor:
            return logits(heads, name, e)

        # (B,256) -> (B,K), how likely each kind is: photo classes, then drawn kinds.
        self.read = lambda e: read("classes", e).softmax(1)
        kinds = read("classes")
        self.likely = kinds.softmax(1)
        self.kind = kinds[:, :classes].argmax(1).tolist()
        self.size = read("places.0").argmax(1).tolist()
        likely, where = read("places.1").softmax(1).max(1)
        self.position = torch.where(likely >= SURE, where, -1).tolist()
        self.words = {w["name"]: read(f"words.{k}").argmax(1).tolist() for k, w in enumerate(WORDS)}


def readings(work: Path, embeddings: np.ndarray, classes: int) -> Reading:
    """The readers that train_vision.py left, on EMBEDDINGS."""
    return Reading(embeddings, read_state(work)["heads"], classes)


def seen_truth(truth: dict, r: Reading, i: int, flipped: bool) -> dict:
    """TRUTH with the words of the readers for picture I, in the directions of the picture before the mirror."""
    size, where = SIZES[r.size[i]], r.position[i]
    out = truth | {"size": {"word": size}, "position": None}
    if size != "close-up" and where >= 0:
        out["position"] = {"word": POSITIONS[MIRRORED[where] if flipped else where]}
    for k, name in enumerate(("colour", "background")):
        if truth.get(name):
            out[name] = {"word": WORDS[k]["values"][r.words[name][i]]}
    return out
