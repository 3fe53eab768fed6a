"""Fits the readers of the image stage to embeddings that are there: what from_bundle.py cannot bring back."""

import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch

import checkpoint
from data import need
from model import read_config
from train_vision import Heads, Source, as_shares, moved


def mirrored(box: np.ndarray, flip: np.ndarray) -> torch.Tensor:
    """Boxes (N,4), in pixels of 64, as shares of the picture; mirrored where FLIP."""
    return moved(box, np.stack([np.where(flip, -1.0, 1.0), np.ones(len(box))], 1))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=1.5)
    parser.add_argument("--lr", type=float, default=3e-3)
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("sets", nargs="*", default=["train", "drawn"])
    args = parser.parse_args()
    torch.manual_seed(1)
    heads = Heads(read_config(args.work / "ckpt").embed_dim, args.work)

    def read(name: str) -> tuple[torch.Tensor, ...]:
        source = Source(args.work, name)
        e = torch.from_numpy(np.load(need(args.work / f"{name}.emb.npy", "the image embeddings")).astype(np.float32))
        flip = np.load(args.work / f"{name}.flip.npy")
        return e, torch.from_numpy(source.label), mirrored(source.box, flip), torch.from_numpy(source.words)

    e, label, box, words = (torch.cat(parts) for parts in zip(*map(read, args.sets), strict=True))
    adam = torch.optim.AdamW(heads.parameters(), lr=args.lr, weight_decay=0.05)
    begun, losses = time.time(), []
    while (spent := time.time() - begun) < args.minutes * 60:
        for group in adam.param_groups:
            group["lr"] = args.lr * 0.5 * (1 + math.cos(math.pi * spent / (args.minutes * 60)))
        rows = torch.randint(len(e), (args.batch,))
        loss = heads.loss(e[rows], as_shares(label[rows], heads.classes.out_features), box[rows], words[rows])
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        losses.append(loss.item())
    print(f"{len(losses)} steps, loss {np.mean(losses[-100:]):.4f}")
    for name in [*args.sets, "val", "drawnval"]:
        e, label = read(name)[:2]
        right = (heads(e)[0].argmax(1) == label)[label >= 0].float().mean()
        print(f"{name}: top-1 {right:.4f}")
    path = args.work / "ckpt" / "vision.state.pt"
    state = checkpoint.load(path, "the vision state", weights_only=False)
    torch.save(state | {"heads": heads.state_dict()}, path)


if __name__ == "__main__":
    main()
