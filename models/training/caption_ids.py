"""Writes the caption ids that image and text encoder are contrasted on, for every picture of a set."""

import argparse
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from captions import World, caption, flip_words
from contrast import FORMS
from data import need
from pictures import drawn_pictures, photo_pictures

LENGTH = 77


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("sets", nargs="+")
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(need(args.work / "ckpt/tokenizer.json", "the tokenizer")))
    world = World(args.photos, Path(__file__).parents[1] / "builtin/names.json")
    for name in args.sets:
        read = drawn_pictures if name.startswith("drawn") else photo_pictures
        pictures = read(world, args.work, name)
        full = [caption(p, p.names[0], p.latin) for p in pictures]
        forms = [full, [flip_words(t) for t in full], [t.split(". ")[0] + "." for t in full], [p.names[0] for p in pictures]]
        coded = [[[*e.ids[: LENGTH - 1], 2] for e in tokenizer.encode_batch(f)] for f in forms]
        longest = max(len(r) for c in coded for r in c)
        out = np.ones((len(pictures), FORMS, longest), np.int16)
        for k, rows in enumerate(coded):
            for i, row in enumerate(rows):
                out[i, k, : len(row)] = row
        np.save(args.work / f"{name}.captions.npy", out)
        print(name, out.shape)


if __name__ == "__main__":
    main()
