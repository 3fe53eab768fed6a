"""Joins two trained image encoders into one of two trunks, which sees better than either.

Both go on unchanged, the second behind a mirror (encoder.py). The projection is fitted by least squares to the
embeddings that lie in WORK, those of the second: a captioner that reads these reads the new ones too. No step of
training does better: fitted to the classes of training pictures as well, which both trunks know by heart, the
projection names fewer pictures that neither has seen.
"""

import argparse
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
import torch.nn.functional as F

import checkpoint
from align_mapper import linear_map
from data import fail, need
from embed import add_arguments, look_at
from encoder import Vision
from model import Config, read_config

State = dict[str, torch.Tensor]


def joined(first: State, second: State, config: Config) -> State:
    """State of the encoder of CONFIG, which has two trunks, from two encoders of one."""
    state, last = Vision(config).state_dict(), config.vision_widths[-1]
    for name, tensor in state.items():
        if name.startswith("trunks.1."):
            state[name] = second[name.replace("trunks.1.", "trunks.0.")]
        elif name.startswith("feature_norm.") and tensor.dim() == 1:
            state[name] = torch.cat([first[name][:last], second[name][:last], first[name][last:]])
        elif name == "project.weight":
            old = first[name]
            state[name] = torch.cat([old[:, :last], torch.zeros(len(old), last), old[:, last:]], 1)
        else:
            state[name] = first[name]
    return state


def save(vision: Vision, config: Config, ckpt: Path) -> None:
    """What embed.py and the exporter read of an encoder."""
    torch.save(vision.state_dict(), ckpt / "vision.pt")
    config.save(ckpt / "config.json")


def main() -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    parser.add_argument("--other", type=Path, required=True, help="vision.pt of the second encoder, of the same sizes")
    args = parser.parse_args()
    ckpt = args.work / "ckpt"
    config = read_config(ckpt)
    if config.trunks != 1:
        fail(f"the encoder in {ckpt} has {config.trunks} trunks already")
    path = ckpt / "vision.state.pt"
    state = checkpoint.load(path, "the vision state", weights_only=False)
    second = Vision(config)
    checkpoint.fill(second, checkpoint.load(args.other, "the second encoder"), "the second encoder")
    config = replace(config, trunks=2)
    vision = Vision(config)
    vision.load_state_dict(joined(state["vision"], second.state_dict(), config))
    vision.eval()
    known, found = [], []
    # Not in WORK before it is fitted: stopped half-way, this can be started again.
    with TemporaryDirectory() as unfitted, get_context("spawn").Pool(args.processes) as pool:
        save(vision, config, Path(unfitted))
        for entry in args.sets:
            name = entry.rstrip("~")
            known.append(np.load(need(args.work / f"{name}.emb.npy", "the image embeddings")))
            features, flips = look_at(pool, args.work, Path(unfitted), entry, features=True)
            if not np.array_equal(flips, np.load(args.work / f"{name}.flip.npy")):
                fail(f"{name}: other pictures are mirrored than in its embeddings, is a ~ missing or too many?")
            found.append(features)
    with torch.no_grad():
        old = torch.from_numpy(np.concatenate(known).astype(np.float32))
        new = vision.feature_norm(torch.from_numpy(np.concatenate(found).astype(np.float32)))
        turn = linear_map(new, old)
        vision.project.weight.copy_(turn[:-1].T)
        vision.project.bias.copy_(turn[-1])
        like = F.cosine_similarity(vision.project(new), old).mean()
    print(f"{len(new)} pictures, mean cosine of new and old embeddings {like:.3f}")
    torch.save(state | {"vision": vision.state_dict(), "muon": None, "spent": 0.0}, path)
    save(vision, config, ckpt)


if __name__ == "__main__":
    main()
