"""Training batches of the captioner, alt-texts mixed on the fly."""

import queue
import random
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from captions import Mixer, flip_words, invented, noise, spoken
from coder import Coder
from pictures import Pictures


class Known(NamedTuple):
    """What is known of each row, for the readers: -1 is unknown and not asked."""

    said: torch.Tensor  # (B,) family of the name in the alt-text; the count of families: an invented name
    kin: torch.Tensor  # (B,) whether the name is of the picture's group
    carried: torch.Tensor  # (B,) whether the caption takes a name from the alt-text
    likely: torch.Tensor  # (B,K) what the readers of the image stage give each kind


class Batch(NamedTuple):
    """Rows with captions."""

    embeddings: torch.Tensor  # (B,256)
    alt: torch.Tensor  # (B,S) slots
    target: torch.Tensor  # (B,C), -100 padded; of `pairs` only the caption's beginning
    starts: torch.Tensor  # (B,) index in the caption where the name begins
    known: Known


class Line(NamedTuple):
    embedding: np.ndarray
    slot: list[int]
    ids: list[int]
    start: int
    said: int
    kin: int
    carried: int
    likely: np.ndarray


def batches(sets: list[tuple[Pictures, float]], mixer: Mixer, coder: Coder, size: int, seed: int, heads: float, short: bool, beside: int, out: queue.Queue) -> None:
    """Endless training batches, each (Batch, Batch of `pairs` or None).

    Eight batches are drawn at once and sorted by caption length, so that little is padding; for SHORT
    slots by the length of the alt-text, and pads that no row of the batch needs are cut from the slots.
    """
    rng = random.Random(seed)
    families: dict[str | None, int] = {word: k for k, word in enumerate(mixer.world.families)}
    orders: list[list[int]] = [[] for _ in sets]
    weights = [w for _, w in sets]
    while True:
        rows: list[Line] = []
        for _ in range(8 * size):
            k = rng.choices(range(len(sets)), weights)[0]
            if not orders[k]:
                orders[k] = rng.sample(range(len(sets[k][0].pictures)), len(sets[k][0].pictures))
            i = orders[k].pop()
            group = sets[k][0]
            picture = group.pictures[i]
            row = mixer(picture, rng, group.seen[i] if group.seen else None)
            caption = flip_words(row.caption) if group.flipped[i] else row.caption
            ids = coder.caption(caption)
            # Naming is the hard part: some rows stop after the first sentence, which is cheaper.
            if rng.random() < heads and coder.stop in ids:
                ids = ids[: ids.index(coder.stop) + 1]
            groups = mixer.world.families
            kin = -1 if row.said is None else int(groups[row.said]["group"] == picture.group)
            rows.append(Line(group.embeddings[i], coder.alt(row.alt), ids, len(coder.prefix(picture.prefix)),
                             families.get(row.said, -1), kin, int(row.carries), group.likely[i]))
        pad = coder.config.pad
        rows.sort(key=lambda r: sum(i != pad for i in r.slot) if short else len(r.ids))
        starts = list(range(0, len(rows), size))
        rng.shuffle(starts)
        for start in starts:
            batch = collate(rows[start : start + size])
            if short:
                batch = batch._replace(alt=trim(batch.alt, pad))
            out.put((batch, pairs(sets, mixer, coder, beside, rng) if beside else None))


def trim(alt: torch.Tensor, pad: int) -> torch.Tensor:
    """Slots without the pads that none of them needs; one stays, so that pads are always there to be read past."""
    return alt[:, max(0, int((alt == pad).sum(1).min()) - 1) :]


def pairs(sets: list[tuple[Pictures, float]], mixer: Mixer, coder: Coder, size: int, rng: random.Random) -> Batch:
    """Pictures beside names and no caption but its beginning, with what the readers are asked.

    Cheap rows, on which families of names and kinship are learnt by heart. An invented name is of an
    unknown family and kin to everything: it will be carried.
    """
    world = mixer.world
    words = list(world.families)
    family = {word: k for k, word in enumerate(words)}
    rows: list[Line] = []
    for _ in range(size):
        group = sets[rng.choices(range(len(sets)), [w for _, w in sets])[0]][0]
        i = rng.randrange(len(group.pictures))
        picture, shape = group.pictures[i], rng.random()
        if shape < 0.15:
            (name, latin), said, kin = invented(picture, rng), len(words), 1
        else:
            near = [w for w in words if world.families[w]["group"] == picture.group]
            word = picture.pool if shape < 0.3 else rng.choice(near if shape < 0.5 else words)
            known_names, more = world.families[word]["seen"], world.more[word]
            rare = not known_names or (rng.random() < 0.4 and len(more) > 0)
            name, latin = rng.choice(more if rare else known_names)
            said, kin = family[word], int(world.families[word]["group"] == picture.group)
            # Of a rare name the family is asked, not whether it is far: that would refuse what is not known.
            if rare and kin == 0:
                kin = -1
        alt = spoken(name, latin, rng)[0]
        slot = coder.alt(f"{alt}, {noise(rng)}" if rng.random() < 0.06 else alt, rng.random() < 0.5)
        ids = coder.prefix(picture.prefix)
        rows.append(Line(group.embeddings[i], slot, ids, len(ids), said, kin, kin, group.likely[i]))
    batch = collate(rows)
    return batch._replace(alt=trim(batch.alt, coder.config.pad))


def collate(rows: list[Line]) -> Batch:
    """Tensors of one batch; embeddings get a little noise, so that the captioner forgives the encoder."""
    target = torch.full((len(rows), max(len(r.ids) for r in rows)), -100)
    for j, r in enumerate(rows):
        target[j, : len(r.ids)] = torch.tensor(r.ids)
    e = torch.from_numpy(np.stack([r.embedding for r in rows]).astype(np.float32))
    e = F.normalize(e + 0.004 * torch.randn_like(e), dim=-1)
    likely = torch.from_numpy(np.stack([r.likely for r in rows]).astype(np.float32))
    known = Known(torch.tensor([r.said for r in rows]), torch.tensor([r.kin for r in rows]),
                  torch.tensor([r.carried for r in rows]), likely)
    return Batch(e, torch.tensor([r.slot for r in rows]), target, torch.tensor([r.start for r in rows]), known)
