"""Computes the frozen image embeddings that the captioner is trained on, one view per picture."""

import argparse
from pathlib import Path

import numpy as np
import torch

from data import need
from model import Config, Vision
from train_vision import normalise


@torch.no_grad()
def embed(vision: Vision, pixels: np.ndarray, flips: np.ndarray) -> np.ndarray:
    """Unit embeddings (N,256) float16; rows marked in FLIPS are mirrored first."""
    out = np.empty((len(pixels), vision.project.out_features), np.float16)
    for i in range(0, len(pixels), 256):
        x = normalise(pixels[i : i + 256])
        turned = torch.from_numpy(flips[i : i + 256])
        x[turned] = x[turned].flip(3)
        with torch.autocast("cpu", torch.bfloat16):
            out[i : i + 256] = vision(x).float().numpy().astype(np.float16)
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("sets", nargs="+", help="names; NAME~ mirrors a random half")
    args = parser.parse_args()
    torch.set_num_threads(2)
    vision = Vision(Config()).to(memory_format=torch.channels_last)
    vision.load_state_dict(torch.load(need(args.work / "ckpt/vision.pt", "the vision checkpoint")))
    vision.eval()
    for entry in args.sets:
        name = entry.rstrip("~")
        pixels = np.load(need(args.work / f"{name}.u8.npy", "the picture array"), mmap_mode="r")
        flips = np.zeros(len(pixels), bool)
        if entry.endswith("~"):
            flips = np.random.default_rng(9).random(len(pixels)) < 0.5
        np.save(args.work / f"{name}.emb.npy", embed(vision, pixels, flips))
        np.save(args.work / f"{name}.flip.npy", flips)
        print(name, len(pixels), flush=True)


if __name__ == "__main__":
    main()
