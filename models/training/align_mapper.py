"""Carries a mapping network over to an image encoder that was trained on: same picture, same visual tokens.

The embeddings of a retrained encoder are turned against the old ones. A least-squares map from new to old
embeddings of the same pictures, put in front of the projection, saves learning to see again from nothing.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

import checkpoint
from data import fail, need

RIDGE = 1e-3


def linear_map(new: torch.Tensor, old: torch.Tensor) -> torch.Tensor:
    """(257,256): [new, 1] @ it is closest to old, (N,256) each, with a little ridge."""
    x = torch.cat([new, torch.ones(len(new), 1)], 1).double()
    return torch.linalg.solve(x.T @ x + RIDGE * torch.eye(x.shape[1]), x.T @ old.double()).float()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--old", required=True, help="NAME.SUFFIX.npy holds the old embeddings: emb.before, say")
    parser.add_argument("sets", nargs="+")
    args = parser.parse_args()
    torch.set_num_threads(2)

    def read(suffix: str) -> torch.Tensor:
        files = [need(args.work / f"{name}.{suffix}.npy", "the image embeddings") for name in args.sets]
        return torch.from_numpy(np.concatenate([np.load(f) for f in files]).astype(np.float32))

    new, old = read("emb"), read(args.old)
    if new.shape != old.shape:
        fail(f"new and old embeddings differ in number: {tuple(new.shape)} and {tuple(old.shape)}")
    turn = linear_map(new, old)
    back = new @ turn[:-1] + turn[-1]
    kept = 1 - (back - old).pow(2).sum() / (old - old.mean(0)).pow(2).sum()
    print(f"{len(new)} pictures, {kept:.3f} of the old embeddings' variance explained")
    path = args.work / "ckpt" / "captioner.state.pt"
    state = checkpoint.load(path, "the captioner state", weights_only=False)
    model = state["model"]
    weight = model["clip_project.linear.weight"]
    model["clip_project.linear.bias"] = model["clip_project.linear.bias"] + weight @ turn[-1]
    model["clip_project.linear.weight"] = weight @ turn[:-1].T
    torch.save(state, path)


if __name__ == "__main__":
    main()
