"""Sets of pictures for the captioner: frozen embeddings beside what is known of each picture."""

import json
from pathlib import Path

import numpy as np

from as_seen import readings, seen_truth
from captions import Picture, World
from data import fail, need


class Pictures:
    """Embeddings of one set beside the pictures they came from; `flipped` marks mirrored ones.

    `seen` are the same pictures as the encoder's readers see them; None where they see what is there.
    """

    def __init__(self, work: Path, name: str, pictures: list[Picture]) -> None:
        self.embeddings = np.load(need(work / f"{name}.emb.npy", "the image embeddings (embed.py)"))
        flips = work / f"{name}.flip.npy"
        self.flipped = np.load(flips) if flips.exists() else np.zeros(len(self.embeddings), bool)
        self.pictures = pictures
        self.seen: list[Picture] | None = None
        if len(self.embeddings) != len(pictures):
            fail(f"{name}: {len(self.embeddings)} embeddings for {len(pictures)} pictures")


def photo_pictures(world: World, work: Path, split: str) -> list[Picture]:
    """Pictures of a photo split, in array order."""
    labels = np.load(need(work / f"{split}.label.npy", "the labels"))
    lines = need(work / f"photos-truth-{split}.jsonl", "photo truth").read_text().splitlines()
    return [world.photo(int(k), json.loads(line)) for k, line in zip(labels, lines, strict=True)]


def see(world: World, work: Path, split: str, group: Pictures) -> None:
    """Give GROUP what the readers see: attributes to every caption, the name where none is carried."""
    labels = np.load(need(work / f"{split}.label.npy", "the labels"))
    lines = need(work / f"photos-truth-{split}.jsonl", "photo truth").read_text().splitlines()
    read = readings(work, group.embeddings, len(world.classes))
    truths = [seen_truth(json.loads(line), read, i, bool(group.flipped[i])) for i, line in enumerate(lines)]
    group.pictures = [world.photo(int(k), t) for k, t in zip(labels, truths, strict=True)]
    group.seen = [world.photo(k, t) for k, t in zip(read.kind, truths, strict=True)]


def drawn_pictures(world: World, work: Path, split: str) -> list[Picture]:
    """Pictures of a drawn split, in array order (see drawn.py)."""
    from drawn import read_drawn

    return read_drawn(world, work / f"{split}.truth.jsonl")
