"""Gathers the parts of a training run into the one checkpoint folder that the exporter reads."""

import argparse
import json
import shutil
from pathlib import Path

import torch

import checkpoint
from data import fail, need


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--finished", action="store_true", help="the run is complete: the exporter may ship it")
    args = parser.parse_args()
    source = args.work / "ckpt"
    state: dict[str, torch.Tensor] = {}
    for part in ("vision", "text", "captioner"):
        own = checkpoint.load(source / f"{part}.pt", f"the {part} checkpoint")
        prefix = "" if part == "captioner" else f"{part}."
        state |= {prefix + k: v.float() if v.is_floating_point() else v for k, v in own.items()}
    bad = [k for k, v in state.items() if v.is_floating_point() and not bool(v.isfinite().all())]
    if bad:
        fail(f"{bad[0]} holds numbers that are not finite; the checkpoint cannot be used")
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(state, args.out / "model.pt")
    for name in ("config.json", "tokenizer.json"):
        shutil.copyfile(need(source / name, name), args.out / name)
    (args.out / "status.json").write_text(json.dumps({"finished": args.finished}) + "\n")
    print(f"{len(state)} tensors, {sum(v.numel() for v in state.values())} numbers -> {args.out}")


if __name__ == "__main__":
    main()
