"""Computes the frozen image embeddings that the captioner is trained on, one view per picture."""

import argparse
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch

import checkpoint
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


def part(job: tuple[Path, str, bool, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Embeddings and mirror marks of the rows from START to END, on one thread."""
    work, name, mirror, start, end = job
    torch.set_num_threads(1)
    vision = Vision(Config()).to(memory_format=torch.channels_last)
    checkpoint.fill(vision, checkpoint.load(work / "ckpt/vision.pt", "the vision checkpoint"), "the vision checkpoint")
    vision.eval()
    pixels = np.load(need(work / f"{name}.u8.npy", "the picture array"), mmap_mode="r")
    flips = np.zeros(end - start, bool)
    if mirror:
        flips = np.random.default_rng(9 + start).random(end - start) < 0.5
    return embed(vision, pixels[start:end], flips), flips


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("sets", nargs="+", help="names; NAME~ mirrors a random half")
    args = parser.parse_args()
    with get_context("spawn").Pool(args.processes) as pool:
        for entry in args.sets:
            name = entry.rstrip("~")
            count = len(np.load(need(args.work / f"{name}.u8.npy", "the picture array"), mmap_mode="r"))
            cuts = list(range(0, count, 2048)) + [count]
            jobs = [(args.work, name, entry.endswith("~"), a, b) for a, b in zip(cuts, cuts[1:], strict=False)]
            done = pool.map(part, jobs, chunksize=1)
            np.save(args.work / f"{name}.emb.npy", np.concatenate([d[0] for d in done]))
            np.save(args.work / f"{name}.flip.npy", np.concatenate([d[1] for d in done]))
            print(name, count, flush=True)


if __name__ == "__main__":
    main()
