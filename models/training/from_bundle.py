"""Turns a shipped bundle back into checkpoints, so that training can go on from what is in git.

Matrices come back as the bundle holds them, rounded to float16. What only training needs (readers,
optimisers, clocks) is in no bundle: fit_heads.py fits the readers of the image stage anew.
"""

import argparse
import math
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

import checkpoint
from data import need
from encoder import Vision
from model import Captioner, Config, Text

State = dict[str, torch.Tensor]


class Stored:
    """The weights of one graph under the names that models/export gave them."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(str(need(path, "the graph"))).graph
        found = {w.name.removesuffix(".f16"): numpy_helper.to_array(w) for w in graph.initializer}
        whole = {name.removesuffix(".q8s"): found[name.removesuffix("s")] * found[name] for name in found if name.endswith(".q8s")}
        self.arrays = found | whole

    def get(self, name: str) -> torch.Tensor:
        return torch.from_numpy(self.arrays[name].astype(np.float32))

    def linear(self, name: str, to: str, bias: bool = True) -> State:
        """A linear layer, which lies transposed in the graph."""
        weight = {f"{to}.weight": self.get(f"{name}.t").T.contiguous()}
        return weight | ({f"{to}.bias": self.get(f"{name}.b")} if bias else {})

    def norm(self, name: str, to: str) -> State:
        return {f"{to}.weight": self.get(f"{name}.g"), f"{to}.bias": self.get(f"{name}.b")}


def vision(g: Stored, c: Config) -> State:
    """State of encoder.Vision."""
    out: State = {}
    for name, own in Vision(c).state_dict().items():
        module, part = name.rsplit(".", 1)
        if part == "num_batches_tracked":
            out[name] = own
        elif module.endswith(("squeeze", "excite")):
            out |= g.linear(f"vision.{module}", module)
        elif module == "project":
            out |= g.linear("project", "project")
        elif module == "layout" and part == "bias":
            out[name] = g.get("vision.layout.b")
        else:
            out[name] = g.get(f"vision.{module}" if own.dim() > 1 else f"vision.{name}")
    return out


def text(g: Stored, c: Config) -> State:
    """State of model.Text."""
    out = {f"embed_{k}.weight": g.get(f"embed_{k}") for k in ("tokens", "positions")}
    for i in range(c.text_layers):
        for norm in ("norm1", "norm2"):
            out |= g.norm(f"l{i}.{norm}", f"layers.{i}.{norm}")
        for part, name in (("qkv", "attn.qkv"), ("out", "attn.out"), ("fc1", "fc1"), ("fc2", "fc2")):
            out |= g.linear(f"l{i}.{name}", f"layers.{i}.{part}")
    return out | g.norm("final", "final_norm") | g.linear("project", "project", bias=False)


def mapper(g: Stored, c: Config) -> State:
    """clip_project.* of model.Captioner."""
    out = g.linear("linear", "clip_project.linear") | {"clip_project.prefix_const": g.get("prefix_const")[0]}
    for i in range(c.mapper_layers):
        to = f"clip_project.transformer.layers.{i}"
        for norm in ("norm1", "norm2"):
            out |= g.norm(f"l{i}.{norm}", f"{to}.{norm}")
        queries, keys_values = g.get(f"l{i}.attn.qkv.t").T.split([c.hidden, 2 * c.hidden])
        out |= {f"{to}.attn.to_queries.weight": queries, f"{to}.attn.to_keys_values.weight": keys_values}
        out |= g.linear(f"l{i}.attn.out", f"{to}.attn.project")
        out |= g.linear(f"l{i}.fc1", f"{to}.mlp.fc1") | g.linear(f"l{i}.fc2", f"{to}.mlp.fc2")
    return out


def decoder(g: Stored, c: Config) -> State:
    """gpt.* of model.Captioner."""
    opt = "gpt.model.decoder"
    scale = (c.hidden // c.heads) ** 0.5
    # scaled_queries of ../export/decoder.py folds the scale of the scores into them where that is exact.
    folded = {"q": scale} if math.frexp(scale)[0] == 0.5 else {}
    out = {f"{opt}.embed_{k}.weight": g.get(f"embed_{k}") for k in ("tokens", "positions")}
    for i in range(c.layers):
        to = f"{opt}.layers.{i}"
        weights, biases = g.get(f"l{i}.qkv.t").T.chunk(3), g.get(f"l{i}.qkv.b").chunk(3)
        for part, weight, bias in zip("qkv", weights, biases, strict=True):
            out[f"{to}.self_attn.{part}_proj.weight"] = weight * folded.get(part, 1.0)
            out[f"{to}.self_attn.{part}_proj.bias"] = bias * folded.get(part, 1.0)
        out |= g.linear(f"l{i}.out", f"{to}.self_attn.out_proj")
        out |= g.linear(f"l{i}.fc1", f"{to}.fc1") | g.linear(f"l{i}.fc2", f"{to}.fc2")
        out |= g.norm(f"l{i}.norm1", f"{to}.self_attn_layer_norm")
        out |= g.norm(f"l{i}.norm2", f"{to}.final_layer_norm")
    return out | g.norm("final", f"{opt}.final_layer_norm")


def restore(bundle: Path, ckpt: Path, c: Config) -> None:
    """Write vision.pt, text.pt, captioner.pt, states to go on from, config.json and tokenizer.json."""
    read = {name: Stored(bundle / f"{name}.onnx") for name in ("vision", "text", "mapper", "decoder")}
    parts = {
        "vision": (Vision(c), vision(read["vision"], c)),
        "text": (Text(c), text(read["text"], c)),
        "captioner": (Captioner(c), mapper(read["mapper"], c) | decoder(read["decoder"], c)),
    }
    ckpt.mkdir(parents=True, exist_ok=True)
    states = {}
    for name, (module, state) in parts.items():
        states[name] = {k: v.contiguous() for k, v in state.items()}
        checkpoint.fill(module, states[name], f"the {name} of {bundle}")
        torch.save(states[name], ckpt / f"{name}.pt")
    clock = {"step": 0, "spent": 0.0}
    torch.save({"vision": states["vision"], "text": states["text"], **clock}, ckpt / "vision.state.pt")
    torch.save({"model": states["captioner"], **clock}, ckpt / "captioner.state.pt")
    c.save(ckpt / "config.json")
    shutil.copyfile(need(bundle / "tokenizer.json", "the tokenizer"), ckpt / "tokenizer.json")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    args = parser.parse_args()
    trunks = sum(name.endswith(".stem") for name in Stored(args.bundle / "vision.onnx").arrays)
    restore(args.bundle, args.work / "ckpt", replace(Config(), trunks=trunks))
    print(f"checkpoints in {args.work / 'ckpt'}")


if __name__ == "__main__":
    main()
