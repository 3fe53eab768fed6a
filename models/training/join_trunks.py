"""Joins trained image encoders into one of as many trunks, which sees better than any of them.

All go on unchanged, every second behind a mirror (encoder.py). The projection is fitted by least squares, so that a
captioner that reads the embeddings in WORK reads the new ones too: to those embeddings, moved a little to where the
readers in WORK see of each picture what the encoders' own readers see, together. Fitted to the classes
themselves, it would learn by heart what the trunks know of the training pictures.
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
from as_seen import read_state
from data import fail, need
from embed import add_arguments, look_at
from encoder import Vision
from model import Config, read_config
from taught import kinds_read

State = dict[str, torch.Tensor]
LISTEN = 0.003  # more, and the words for pose and medium begin to suffer; classes gain no more from 0.003 on


def joined(encoders: list[State], config: Config) -> State:
    """State of the encoder of CONFIG, which has as many trunks as there are ENCODERS, of one trunk each. Until it is
    fitted, it says what the first says."""
    state, last, first = Vision(config).state_dict(), config.vision_widths[-1], encoders[0]
    for name, tensor in state.items():
        if name.startswith("trunks."):
            _, k, part = name.split(".", 2)
            state[name] = encoders[int(k)][f"trunks.0.{part}"]
        elif name.startswith("feature_norm.") and tensor.dim() == 1:
            state[name] = torch.cat([*(own[name][:last] for own in encoders), first[name][last:]])
        elif name == "project.weight":
            old = first[name]
            state[name] = torch.cat([old[:, :last], torch.zeros(len(old), tensor.shape[1] - old.shape[1]), old[:, last:]], 1)
        else:
            state[name] = first[name]
    return state


def moved_to(seen: torch.Tensor, old: torch.Tensor, readers: torch.Tensor, listen: float = LISTEN) -> torch.Tensor:
    """Embeddings OLD (N,E), moved to where linear READERS (K,E) would see what is SEEN (N,K, without their bias).

    The t of least |t - OLD|^2 + LISTEN |R t - S|^2, where R and S are READERS and SEEN less their means over kinds,
    which no softmax tells, and S is as large as what READERS see in OLD.
    """
    r = readers - readers.mean(0)
    s = seen - seen.mean(1, keepdim=True)
    s = s * ((old @ r.T).std() / s.std())
    return (old + listen * s @ r) @ torch.linalg.inv(torch.eye(old.shape[1]) + listen * r.T @ r)


def save(vision: Vision, config: Config, ckpt: Path) -> None:
    """What embed.py and the exporter read of an encoder."""
    torch.save(vision.state_dict(), ckpt / "vision.pt")
    config.save(ckpt / "config.json")


def main() -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    parser.add_argument("--of", type=Path, action="append", required=True, metavar="WORK",
                        help="where an encoder of one trunk lies beside its own embeddings; every second looks into a mirror")
    args = parser.parse_args()
    ckpt = args.work / "ckpt"
    state, found = read_state(args.work), [read_state(work) for work in args.of]
    one = replace(read_config(ckpt), trunks=1)
    for work, own in zip(args.of, found, strict=True):
        checkpoint.fill(Vision(one), own["vision"], f"the encoder in {work}")
    config = replace(one, trunks=len(args.of))
    vision = Vision(config)
    vision.load_state_dict(joined([own["vision"] for own in found], config))
    vision.eval()
    readers = state["heads"]["classes.weight"] * config.embed_dim**0.5
    targets, features = [], []
    # Not in WORK before it is fitted: stopped half-way, this can be started again.
    with TemporaryDirectory() as unfitted, get_context("spawn").Pool(args.processes) as pool:
        save(vision, config, Path(unfitted))
        for entry in args.sets:
            name = entry.rstrip("~")
            old = np.load(need(args.work / f"{name}.emb.npy", "the image embeddings"))
            seen = sum(kinds_read(work, name) for work in args.of) / len(args.of) - state["heads"]["classes.bias"]
            targets.append(moved_to(seen, torch.from_numpy(old.astype(np.float32)), readers))
            looked, flips = look_at(pool, args.work, Path(unfitted), entry, features=True)
            for work in (args.work, *args.of):
                if not np.array_equal(flips, np.load(work / f"{name}.flip.npy")):
                    fail(f"{name}: other pictures are mirrored than in {work}, is a ~ missing or too many?")
            features.append(looked)
    with torch.no_grad():
        target = torch.cat(targets)
        new = vision.feature_norm(torch.from_numpy(np.concatenate(features).astype(np.float32)))
        turn = linear_map(new, target)
        vision.project.weight.copy_(turn[:-1].T)
        vision.project.bias.copy_(turn[-1])
        like = F.cosine_similarity(vision.project(new), target).mean()
    print(f"{len(new)} pictures, mean cosine of new embeddings and what they are fitted to {like:.3f}")
    torch.save(state | {"vision": vision.state_dict(), "muon": None, "spent": 0.0}, ckpt / "vision.state.pt")
    save(vision, config, ckpt)


if __name__ == "__main__":
    main()
