"""Prints every rate that training watches, on more pictures: a first figure before the product's own evaluation."""

import argparse
import json
from pathlib import Path

import torch

import checkpoint
from captions import World
from model import Captioner, read_config
from coder import Coder
from pictures import Pictures, drawn_pictures, photo_pictures
from train_captioner import Watch


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--captioner", default="captioner.pt")
    args = parser.parse_args()
    ckpt = args.work / "ckpt"
    config = read_config(ckpt)
    world = World(args.photos, Path(__file__).parents[1] / "builtin/names.json")
    drawn = Pictures(args.work, "drawnval", drawn_pictures(world, args.work, "drawnval"))
    photos = Pictures(args.work, "val", photo_pictures(world, args.work, "val"))
    model = Captioner(config)
    checkpoint.fill(model, checkpoint.load(ckpt / args.captioner, "the captioner"), "the captioner")
    torch.set_num_threads(1)
    watch = Watch(world, {"photo": photos, "drawn": drawn}, Coder(ckpt / "tokenizer.json", config), args.count)
    print(args.captioner, args.count, json.dumps(watch(model)))


if __name__ == "__main__":
    main()
