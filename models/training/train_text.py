"""Finishes the text encoder against the frozen image embeddings, by the clock; texts only, so it is fast."""

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn

import checkpoint
from contrast import CaptionIds, contrast
from data import need
from model import Text, read_config


@torch.no_grad()
def one_of_ten(text: Text, images: np.ndarray, captions: CaptionIds, count: int) -> float:
    """How often a picture's own full caption beats those of nine others."""
    text.eval()
    pick = np.random.default_rng(2).permutation(len(images))[:count]
    count = len(pick)
    t = text(captions.pick(pick, np.zeros(count, bool), Fixed()))  # type: ignore[arg-type]
    s = torch.from_numpy(images[pick].astype(np.float32)) @ t.T
    text.train()
    order = torch.from_numpy(np.random.default_rng(3).permuted(np.tile(np.arange(count - 1), (count, 1)), axis=1)[:, :9])
    order = order + (order >= torch.arange(count)[:, None])
    return (s.diag()[:, None] > s.gather(1, order)).all(1).float().mean().item()


class Fixed:
    """Stands in for the generator where every caption is wanted in full."""

    def choice(self, _: object, count: int, p: object) -> np.ndarray:
        del p
        return np.zeros(count, np.int64)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--sets", default="train:0.75,drawn:0.25")
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--lr", type=float, default=1.2e-3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    text, scale = Text(read_config(args.work / "ckpt")), nn.Parameter(torch.tensor(math.log(14.0)))
    path = args.work / "ckpt/text.pt"
    if path.exists():
        checkpoint.fill(text, checkpoint.load(path, "the text checkpoint"), "the text checkpoint")
    sets = []
    for part in args.sets.split(","):
        name, share = part.split(":")
        images = np.load(need(args.work / f"{name}.emb.npy", "the image embeddings"))
        flips = np.load(args.work / f"{name}.flip.npy")
        sets.append((images, flips, CaptionIds(args.work / f"{name}.captions.npy"), round(float(share) * args.batch)))
    held = [(n, np.load(args.work / f"{n}.emb.npy"), CaptionIds(args.work / f"{n}.captions.npy"))
            for n in ("val", "drawnval") if (args.work / f"{n}.emb.npy").exists()]
    adam = torch.optim.AdamW([*text.parameters(), scale], lr=args.lr, betas=(0.9, 0.98), weight_decay=0.02)
    begun, step = time.time(), 0
    while (spent := time.time() - begun) < args.minutes * 60:
        progress = spent / (args.minutes * 60)
        for group in adam.param_groups:
            group["lr"] = args.lr * min(1.0, (step + 1) / 40) * 0.5 * (1 + math.cos(math.pi * progress))
        e, t = [], []
        for images, flips, captions, n in sets:
            rows = rng.integers(0, len(images), n)
            e.append(torch.from_numpy(images[rows].astype(np.float32)))
            t.append(captions.pick(rows, flips[rows], rng))
        longest = max(x.shape[1] for x in t)
        ids = torch.cat([nn.functional.pad(x, (0, longest - x.shape[1]), value=1) for x in t])
        ids = ids[:, : int((ids != 1).sum(1).max())]
        with torch.autocast("cpu", torch.bfloat16):
            said = text(ids)
        loss = contrast(torch.cat(e), said.float(), ids, scale)
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        step += 1
        if step % 40 == 0:
            print(step, round(loss.item(), 4), round(scale.exp().item(), 1), f"{time.time() - begun:.0f} s", flush=True)
    torch.save(text.state_dict(), path)
    row = {"at": time.strftime("%H:%M:%S"), "step": step, **{n: round(one_of_ten(text, e, c, 1000), 3) for n, e, c in held}}
    print(json.dumps(row))
    with open(args.work / "text.log.jsonl", "a", encoding="utf-8") as log:
        log.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
