"""Readers of checkpoints: each gives the tensors and the sizes the graph builders want.

A reader returns (tensors, config). The sizes in config: image_size, vision_widths, vision_blocks,
layout_channels, grid, trunks, embedding; visual_tokens, mapper_layers, mapper_heads; hidden, layers, heads, vocab,
max_positions, position_offset; alt_length, max_new_tokens, pad, eos; text_width, text_layers, text_heads,
text_length. A CLIP instead of our encoders (altogether.py): clip_vision (width, layers, heads, activation, patch) and
clip_text (width, layers, heads, activation, vocab) in place of vision_*, layout_channels, grid, trunks and text_* but
text_length. Tensor names: those of models/training (mapper and decoder as the paper's code names them).
"""

import json
from pathlib import Path
from zipfile import is_zipfile

from errors import ExportError

# config.json of models/training -> what the builders call it
RENAMED = {"embed_dim": "embedding", "vocab_size": "vocab"}
OPT_OFFSET = 2


# What a finished training leaves -> the prefix of its tensors in the graph builders.
STAGES = {"vision.pt": "vision.", "text.pt": "text.", "captioner.pt": ""}


def read_trained(folder):
    """The built-in captioner as models/training leaves it: config.json, tokenizer.json and three stages."""
    folder = Path(folder)
    if not folder.is_dir():
        raise ExportError(f"{folder} is no folder")
    for name in ("config.json", "tokenizer.json"):
        if not (folder / name).is_file():
            raise ExportError(f"{folder / name} is missing")
    for name in STAGES:
        if not (folder / name).is_file():
            raise ExportError(f"{folder} is an unfinished checkpoint: {name} is missing")
    raw = read_json(folder / "config.json")
    config = {RENAMED.get(key, key): value for key, value in raw.items()}
    try:
        used = config["visual_tokens"] + config["alt_length"] + config["max_new_tokens"]
    except (KeyError, TypeError):
        raise ExportError(f"{folder / 'config.json'} lacks visual_tokens, alt_length or max_new_tokens") from None
    config |= {"max_positions": used, "position_offset": OPT_OFFSET}
    tensors = {}
    for name, prefix in STAGES.items():
        tensors |= {prefix + key: value for key, value in read_state(folder / name).items()}
    return tensors, config


def read_state(path):
    """PyTorch tensors of a .pt file by name, mapped where its format (a zip since PyTorch 1.6) allows it; a `module.`
    prefix is dropped."""
    import torch

    try:
        state = torch.load(path, map_location="cpu", weights_only=True, mmap=is_zipfile(path))
    except Exception as error:
        reason = str(error).strip().split("\n")[0]
        raise ExportError(f"{path} cannot be read as a checkpoint: {reason}") from None
    state = state.get("state_dict", state) if isinstance(state, dict) else state
    if not isinstance(state, dict) or not all(isinstance(v, torch.Tensor) for v in state.values()):
        raise ExportError(f"{path} holds no state_dict of tensors")
    return {name.removeprefix("module."): tensor.detach() for name, tensor in state.items()}


def read_json(path):
    try:
        value = json.loads(Path(path).read_text())
    except (OSError, ValueError) as error:
        raise ExportError(f"{path} cannot be read: {error}") from None
    if not isinstance(value, dict):
        raise ExportError(f"{path} is no JSON object")
    return value
