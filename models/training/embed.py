"""Computes the frozen image embeddings that the captioner is trained on, one view per picture."""

import argparse
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path

import numpy as np
import torch

import checkpoint
from data import need
from encoder import Vision
from model import read_config
from train_vision import normalise

ROWS = 2048  # of one job; where a set is cut decides which of its pictures are mirrored


@torch.no_grad()
def part(job: tuple[Path, Path, str, bool, bool, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """What `look_at` gives, for the rows from START to END, on one thread."""
    work, ckpt, name, mirror, features, start, end = job
    torch.set_num_threads(1)
    vision = Vision(read_config(ckpt)).to(memory_format=torch.channels_last)
    checkpoint.fill(vision, checkpoint.load(ckpt / "vision.pt", "the vision checkpoint"), "the vision checkpoint")
    vision.eval()
    pixels = np.load(need(work / f"{name}.u8.npy", "the picture array"), mmap_mode="r")[start:end]
    flips = np.random.default_rng(9 + start).random(len(pixels)) < (0.5 if mirror else 0)
    out = []
    for i in range(0, len(pixels), 256):
        x = normalise(pixels[i : i + 256])
        turned = torch.from_numpy(flips[i : i + 256])
        x[turned] = x[turned].flip(3)
        with torch.autocast("cpu", torch.bfloat16):
            seen = vision.features(x) if features else vision(x)
        out.append(seen.float().numpy().astype(np.float16))
    return np.concatenate(out), flips


def look_at(pool: Pool, work: Path, ckpt: Path, entry: str, features: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Unit embeddings (N,256) float16 by the encoder in CKPT of the set ENTRY names, or the FEATURES (N,J) that are
    projected to them, and which pictures were mirrored first: none, or a random half of NAME~."""
    name = entry.rstrip("~")
    count = len(np.load(need(work / f"{name}.u8.npy", "the picture array"), mmap_mode="r"))
    cuts = [*range(0, count, ROWS), count]
    jobs = [(work, ckpt, name, entry.endswith("~"), features, a, b) for a, b in zip(cuts, cuts[1:], strict=False)]
    found, flips = zip(*pool.map(part, jobs, chunksize=1), strict=True)
    return np.concatenate(found), np.concatenate(flips)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What every tool asks that looks at whole sets."""
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("sets", nargs="+", help="names; NAME~ mirrors a random half")


def main() -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    args = parser.parse_args()
    with get_context("spawn").Pool(args.processes) as pool:
        for entry in args.sets:
            name = entry.rstrip("~")
            found, flips = look_at(pool, args.work, args.work / "ckpt", entry)
            np.save(args.work / f"{name}.emb.npy", found)
            np.save(args.work / f"{name}.flip.npy", flips)
            print(name, len(found), flush=True)


if __name__ == "__main__":
    main()
