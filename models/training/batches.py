"""Training batches of the captioner, alt-texts mixed on the fly."""

import queue
import random
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from captions import Mixer, caption, flip_words, spoken
from coder import Coder
from noise import noise
from pictures import Pictures, between, named_by_readers


INVENTED, EVERYDAY = 0.24, 0.13  # shares of rows in `pairs`


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
    target: torch.Tensor  # (B,C), -100 padded; of `pairs` the caption's beginning, and its first sentence where that is learnt
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
            text, e = flip_words(row.caption) if group.flipped[i] else row.caption, group.embeddings[i]
            # Naming is the hard part: some rows stop after the first sentence, which is cheaper.
            cut = rng.random() < heads
            if cut and group.called and not row.carries and rng.random() < 0.5:
                # Pictures never seen lie between those of training more often than on them.
                e = between(group, i, range(len(group.pictures)) if row.said is None else group.of_pool[picture.pool], rng)
                text = named_by_readers(group, i, e)
            ids = coder.first_sentence(text) if cut else coder.caption(text)
            kin = -1 if row.said is None else mixer.world.related(picture, row.said)
            rows.append(Line(e, coder.alt(row.alt), ids, len(coder.prefix(picture.prefix)),
                             families.get(row.said, -1), kin, int(row.carries)))
        pad = coder.config.pad
        rows.sort(key=lambda r: sum(i != pad for i in r.slot) if short else len(r.ids))
        starts = list(range(0, len(rows), size))
        rng.shuffle(starts)
        for start in starts:
            batch = collate(rows[start : start + size], sets[0][0].read)
            if short:
                batch = batch._replace(alt=trim(batch.alt, pad))
            out.put((batch, pairs(sets, mixer, coder, beside, rng) if beside else None))


def trim(alt: torch.Tensor, pad: int) -> torch.Tensor:
    """Slots without the pads that none of them needs; one stays, so that pads are always there to be read past."""
    return alt[:, max(0, int((alt == pad).sum(1).min()) - 1) :]


def pairs(sets: list[tuple[Pictures, float]], mixer: Mixer, coder: Coder, size: int, rng: random.Random) -> Batch:
    """Pictures beside names: cheap rows, on which families of names and kinship are learnt by heart, and names
    are copied.

    Of a caption there is the beginning, and the first sentence where it carries the name or surely refuses it
    (without refusals, rows that copy would teach to carry everything). An invented name is of an unknown
    family and kin to everything. On half of the rows, everyday words apart, the alt-text is cut at random places:
    there the readers are asked, and nothing is copied, which would be spelling. Half of those show a part of the name only: known by
    heart, a name teaches nothing of its parts, and parts are all that is known of a name never read.
    """
    world = mixer.world
    words = list(world.families)
    family = {word: k for k, word in enumerate(words)}
    rows: list[Line] = []
    for _ in range(size):
        group = sets[rng.choices(range(len(sets)), [w for _, w in sets])[0]][0]
        i = rng.randrange(len(group.pictures))
        picture, shape = group.pictures[i], rng.random()
        everyday = INVENTED <= shape < INVENTED + EVERYDAY
        idle = everyday and rng.random() < 0.2
        if shape < INVENTED:
            (name, latin), kin = mixer.made_up(picture, rng), 1
            # An invented word before a known one is of the known one's family.
            said = family.get(world.headed.get(name.split()[-1].lower(), ""), len(words))
        elif everyday:
            name, carried = ((world.everyday.idle_text(rng), False) if idle else
                             world.everyday.word(picture.pool, picture.sure, rng.random() < 0.45, rng))
            latin, kin = None, int(carried)
            said = family.get(world.everyday.family.get(name, ""), -1)
        else:
            shape = rng.random()
            near = [w for w in words if world.related(picture, w) == 1]
            word = picture.pool if shape < 0.19 else rng.choice(near if shape < 0.44 else words)
            known_names, more = world.families[word]["seen"], world.more[word]
            altered = rng.random() < 0.15
            rare = not altered and (not known_names or (rng.random() < 0.4 and len(more) > 0))
            name, latin = (mixer.altered(word, rng), None) if altered else rng.choice(more if rare else known_names)
            said, kin = family[word], world.related(picture, word)
            # Of a rare name the family is asked, seldom whether it is far: that would refuse what is not known.
            if rare and kin == 0 and rng.random() < 0.85:
                kin = -1
        alt, name, latin = (name, name, None) if idle else spoken(name, latin, rng)
        # Everyday words are known as they stand: read by their pieces, names never read would be taken for them.
        loose = not everyday and rng.random() < 0.5
        partial = loose and rng.random() < 0.5
        if partial:
            alt = part(alt, world.held, rng)
        slot = coder.alt(f"{alt}, {noise(rng)}" if rng.random() < 0.06 else alt, loose)
        beginning = coder.prefix(picture.prefix)
        ids, e = beginning, group.embeddings[i]
        amid = rng.random() < 0.5
        if amid:
            e = between(group, i, group.of_pool[picture.pool], rng)
        if kin == 1 and not loose:
            ids = coder.first_sentence(caption(picture, name, latin))
        if kin == 0 and not partial and (group.called or not amid):
            ids = coder.first_sentence(named_by_readers(group, i, e) if amid else mixer.plain(picture, group.seen[i] if group.seen else None))
        rows.append(Line(e, slot, ids, len(beginning), said, kin, kin))
    batch = collate(rows, sets[0][0].read)
    return batch._replace(alt=trim(batch.alt, coder.config.pad))


def part(name: str, held: set[str], rng: random.Random) -> str:
    """Some letters in a row, at least three and two fifths: mostly the end, which says most of what a thing is.
    Never one of the names that are HELD back."""
    length = rng.randint(min(len(name), max(3, round(0.4 * len(name)))), len(name))
    shape = rng.random()
    start = len(name) - length if shape < 0.5 else 0 if shape < 0.75 else rng.randint(0, len(name) - length)
    letters = name[start : start + length].strip()
    return name if letters == "" or letters.lower() in held else letters


def collate(rows: list[Line], read: Callable[[torch.Tensor], torch.Tensor]) -> Batch:
    """Tensors of one batch; embeddings get a little noise, so that the captioner forgives the encoder.

    READ gives the likely kinds of the very embeddings that are shown, noise and all.
    """
    target = torch.full((len(rows), max(len(r.ids) for r in rows)), -100)
    for j, r in enumerate(rows):
        target[j, : len(r.ids)] = torch.tensor(r.ids)
    e = torch.from_numpy(np.stack([r.embedding for r in rows]).astype(np.float32))
    e = F.normalize(e + 0.004 * torch.randn_like(e), dim=-1)
    known = Known(torch.tensor([r.said for r in rows]), torch.tensor([r.kin for r in rows]),
                  torch.tensor([r.carried for r in rows]), read(e))
    return Batch(e, torch.tensor([r.slot for r in rows]), target, torch.tensor([r.start for r in rows]), known)
