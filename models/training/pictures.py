"""Sets of pictures for the captioner: frozen embeddings beside what is known of each picture."""

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from as_seen import readings, seen_truth
from captions import Picture, World, caption
from clades import CLADE_OF, SURE
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
        self.read: Callable[[torch.Tensor], torch.Tensor] = lambda e: e[:, :0]  # (B,256) -> (B,K), likely kinds
        self.called: list[tuple[str, str | None]] = []  # what each kind that is read is called, where `seen` is given
        self.of_pool: dict[str, list[int]] = {}
        for i, p in enumerate(pictures):
            self.of_pool.setdefault(p.pool, []).append(i)
        if len(self.embeddings) != len(pictures):
            fail(f"{name}: {len(self.embeddings)} embeddings for {len(pictures)} pictures")


def between(group: Pictures, i: int, others: Sequence[int], rng: random.Random) -> np.ndarray:
    """(256,) an embedding between those of picture I and one of OTHERS, nearer to the first (mixup, Zhang et al. 2018,
    arXiv:1710.09412): the readers are functions of the embedding, so that their answer is known there as well."""
    share = rng.uniform(0.5, 1)
    return share * group.embeddings[i] + (1 - share) * group.embeddings[rng.choice(others)]


def named_by_readers(group: Pictures, i: int, e: np.ndarray) -> str:
    """Caption of picture I, called what the readers of GROUP find likeliest in embedding E (256,)."""
    likely = group.read(F.normalize(torch.from_numpy(e.astype(np.float32)), dim=0)[None])[0, : len(group.called)]
    return caption(group.pictures[i], *group.called[int(likely.argmax())])


def photo_facts(work: Path, split: str) -> list[tuple[int, dict]]:
    """(class, truth) of a photo split, in array order."""
    labels = np.load(need(work / f"{split}.label.npy", "the labels"))
    lines = need(work / f"photos-truth-{split}.jsonl", "photo truth").read_text().splitlines()
    return [(int(k), json.loads(line)) for k, line in zip(labels, lines, strict=True)]


def photo_pictures(world: World, work: Path, split: str) -> list[Picture]:
    """Pictures of a photo split, in array order."""
    return [world.photo(k, truth) for k, truth in photo_facts(work, split)]


def seen_photos(world: World, work: Path, split: str) -> Pictures:
    """A photo split as the readers see it: their attributes in every caption, their name where none is carried."""
    facts = photo_facts(work, split)
    group = Pictures(work, split, [world.photo(k, truth) for k, truth in facts])
    read = readings(work, group.embeddings, len(world.classes))
    truths = [seen_truth(truth, read, i, bool(group.flipped[i])) for i, (_, truth) in enumerate(facts)]
    group.pictures = [world.photo(k, truth) for (k, _), truth in zip(facts, truths, strict=True)]
    group.read = read.read
    clades = [CLADE_OF.get(world.family_of[k], "") for k in range(len(world.classes))]
    of_clade = {c: [k for k, own in enumerate(clades) if own == c] for c in set(clades)}
    for i, p in enumerate(group.pictures):
        p.sure = read.likely[i, of_clade[clades[p.kind]]].sum().item() >= SURE
    group.called = [(p.names[0], p.latin) for p in (world.photo(k, truths[0]) for k in range(len(world.classes)))]
    group.seen = [world.photo(k, truth) for k, truth in zip(read.kind, truths, strict=True)]
    return group


def seen_drawings(world: World, work: Path, split: str) -> Pictures:
    """A drawn split with what the readers give each kind; its captions say the truth, which they see."""
    group = Pictures(work, split, drawn_pictures(world, work, split))
    group.read = readings(work, group.embeddings, len(world.classes)).read
    return group


def drawn_pictures(world: World, work: Path, split: str) -> list[Picture]:
    """Pictures of a drawn split, in array order (see drawn.py)."""
    from drawn import read_drawn

    return read_drawn(world, work / f"{split}.truth.jsonl")
