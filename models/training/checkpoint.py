"""Loads checkpoints of this trainer, or stops with one line that says what is wrong with the file."""

from pathlib import Path
from typing import Any

import torch

from data import fail, need


def load(path: Path, what: str, weights_only: bool = True) -> Any:
    """What torch.save wrote to PATH. A cut or foreign file ends the program."""
    need(path, what)
    try:
        return torch.load(path, map_location="cpu", weights_only=weights_only)
    except Exception as error:  # noqa: BLE001 - torch raises many kinds for damaged files
        return fail(f"{what} cannot be read, is it unfinished? {path} ({type(error).__name__})")


def recall(module: torch.nn.Module, state: dict[str, torch.Tensor]) -> None:
    """Take what fits of an earlier run's readers, which may have been asked other things."""
    own = module.state_dict()
    module.load_state_dict(own | {k: v for k, v in state.items() if k in own and own[k].shape == v.shape})


def fill(module: torch.nn.Module, state: dict[str, torch.Tensor], what: str) -> None:
    """Load weights; the first missing, unknown or misshapen tensor is named."""
    own = module.state_dict()
    for name in sorted(own.keys() | state.keys()):
        if name not in state:
            fail(f"{what} lacks the tensor {name}")
        if name not in own:
            fail(f"{what} has an unknown tensor {name}")
        if own[name].shape != state[name].shape:
            fail(f"{what}: {name} is {tuple(state[name].shape)}, expected {tuple(own[name].shape)}")
    module.load_state_dict(state)
