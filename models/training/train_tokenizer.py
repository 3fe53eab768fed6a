"""Trains the byte-level BPE on captions, alt-texts and the names that training may see."""

import argparse
import json
import random
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from captions import MIX, Mixer, World
from data import need
from noise import noise

SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"]


def corpus(world: World, work: Path, count: int, drawn: list[Path]) -> list[str]:
    """Captions and alt-texts of COUNT photographs, the seen names thrice, captions of drawn pictures."""
    labels = np.load(work / "train.label.npy")
    lines = need(work / "photos-truth-train.jsonl", "photo truth").read_text().splitlines()
    rng = random.Random(11)
    mixer = Mixer(world, MIX)
    texts: list[str] = []
    for i in rng.sample(range(len(labels)), min(count, len(labels))):
        row = mixer(world.photo(int(labels[i]), json.loads(lines[i])), rng)
        texts += [row.alt, row.caption] if row.alt else [row.caption]
    for family in world.families.values():
        for name, latin in family["seen"]:
            texts += [name, f" a {name}", f"{name}, {latin}" if latin else name]
    for common, latin, names in world.classes:
        texts += [*names, f" a {common}", f"{common}, {latin}" if latin else common] * 3
    for path in drawn:
        said = [json.loads(x)["caption"] for x in need(path, "drawn truth").read_text().splitlines()]
        texts += rng.sample(said, min(len(said), count // 8))
    texts += [noise(rng) for _ in range(count // 4)]
    return texts


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--drawn", type=Path, nargs="*", default=[])
    parser.add_argument("--size", type=int, default=2560)
    args = parser.parse_args()
    world = World(args.photos, Path(__file__).parents[1] / "builtin/names.json")
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=args.size, special_tokens=SPECIALS, show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
    )
    tokenizer.train_from_iterator(corpus(world, args.work, 20000, args.drawn), trainer)
    out = args.work / "ckpt" / "tokenizer.json"
    out.parent.mkdir(exist_ok=True)
    tokenizer.save(str(out))
    for text in ("A photo of a golden retriever. The dog is large, brown and in the centre.", "IMG_2034.JPG; grosbeak", "Velmorian warbler, Strix nebulosa"):
        ids = tokenizer.encode(text).ids
        print(len(ids), tokenizer.encode(text).tokens)
        assert tokenizer.decode(ids).strip() == text


if __name__ == "__main__":
    main()
