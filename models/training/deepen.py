"""Adds blocks to a trained image encoder without changing what it says: python deepen.py --work DIR.

The blocks that Config has and the state lacks start as they would in an untrained network, but their last
normalisation has weight 0: the residual adds nothing until training moves it. The optimiser starts anew.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import torch

import checkpoint
from data import fail
from encoder import Vision
from model import Config, read_config


def deepen(state: dict[str, torch.Tensor], config: Config) -> tuple[dict[str, torch.Tensor], list[str]]:
    """State of the encoder of CONFIG with the tensors of STATE, and the names of those it lacked.

    Blocks can be added behind the last one only: others would shift the numbers in the names.
    """
    torch.manual_seed(1)
    vision = Vision(config)
    own = vision.state_dict()
    added = sorted(own.keys() - state.keys())
    if state.keys() - own.keys() or any(not name.startswith("trunks.") for name in added):
        fail("the vision state differs from the encoder by more than blocks")
    for name in own:
        if name in state:
            if own[name].shape != state[name].shape:
                fail(f"the vision state: {name} is {tuple(state[name].shape)}, expected {tuple(own[name].shape)}")
            own[name] = state[name]
        elif name.endswith("norm2.weight"):
            own[name] = torch.zeros_like(own[name])
    return own, added


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    args = parser.parse_args()
    path = args.work / "ckpt" / "vision.state.pt"
    state = checkpoint.load(path, "the vision state", weights_only=False)
    config = replace(read_config(path.parent), vision_blocks=Config().vision_blocks)
    state["vision"], added = deepen(state["vision"], config)
    torch.save(state | {"muon": None, "spent": 0.0}, path)
    torch.save(state["vision"], path.with_name("vision.pt"))
    config.save(path.with_name("config.json"))
    print(f"{len(added)} tensors added")


if __name__ == "__main__":
    main()
