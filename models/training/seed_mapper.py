"""Gives the mapping network a head start: the class reader of the image stage, in words of the decoder.

The embedding holds the class in directions of little variance, which the projection learns slowly. This
adds to the projection what the linear class reader sees, each class as the embedding of its name's
tokens, centred and as strong as what was there. It changes an untrained or a partly trained mapper.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

import checkpoint
from captions import World
from data import need
from model import read_config


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--gain", type=float, default=1.0)
    args = parser.parse_args()
    torch.set_num_threads(1)
    ckpt = args.work / "ckpt"
    config = read_config(ckpt)
    heads = checkpoint.load(ckpt / "vision.state.pt", "the vision state", weights_only=False)["heads"]
    state = checkpoint.load(ckpt / "captioner.state.pt", "the captioner state", weights_only=False)
    model = state["model"]
    world = World(args.photos, Path(__file__).parents[1] / "builtin/names.json")
    tokenizer = Tokenizer.from_file(str(need(ckpt / "tokenizer.json", "the tokenizer")))
    table = model["gpt.model.decoder.embed_tokens.weight"]
    reader = heads["classes.weight"][: len(world.classes)] * config.embed_dim**0.5
    reader = reader - reader.mean(0)

    def words(place: int) -> torch.Tensor:
        rows = []
        for i, (common, _, _) in enumerate(world.classes):
            ids = tokenizer.encode(common).ids
            family = tokenizer.encode(world.family_of[i]).ids
            rows.append((ids[0], ids[min(1, len(ids) - 1)], ids[-1], family[0])[place % 4])
        vectors = table[rows]
        return vectors / vectors.norm(dim=1, keepdim=True)

    added = torch.cat([words(j).T @ reader for j in range(config.visual_tokens)])
    embeddings = torch.from_numpy(np.load(args.work / "val.emb.npy").astype(np.float32))
    before = embeddings @ model["clip_project.linear.weight"].T
    signal = embeddings @ added.T
    scale = args.gain * before.std(0).mean() / signal.std(0).mean()
    print(f"std before {before.std(0).mean():.3f}, of the reader {signal.std(0).mean():.3f}, scale {scale:.4f}")
    model["clip_project.linear.weight"] += scale * added
    model["clip_project.linear.bias"] -= scale * (added @ embeddings.mean(0))
    torch.save(state, ckpt / "captioner.state.pt")


if __name__ == "__main__":
    main()
