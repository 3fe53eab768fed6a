"""Reads the paper's captioner as a user has it: a checkpoint of mapping network and OPT, and beside it the Hugging Face
folders of the CLIP it looks through and of the OPT it was made from."""

import json
from pathlib import Path

import numpy as np

from errors import ExportError
from readers import OPT_OFFSET, read_json, read_state
from weights import plain

OPT = "gpt.model.decoder"
START, END = "<|startoftext|>", "<|endoftext|>"


def read_altogether(captioner, clip, opt, settings):
    """(tensors, config, about) of the checkpoint file CAPTIONER, the folder CLIP (config.json, weights, tokenizer) and
    the folder OPT (config.json, tokenizer; its weights are in the checkpoint).

    settings: what stands in none of them: mapper_heads, alt_length, max_new_tokens. about: pixels, tokenizer, scorer.
    """
    tensors = read_state(captioner)
    head = tensors.pop("gpt.lm_head.weight", None)  # tied: saved twice
    if head is not None and not np.array_equal(plain(head), plain(tensors.get(f"{OPT}.embed_tokens.weight", ()))):
        raise ExportError(f"{captioner}: the output layer is not tied to the embeddings")
    about, towers = clip_parts(Path(clip))
    decoder = opt_sizes(Path(opt) / "config.json")
    own = {f"clip.{name}": tensor for name, tensor in folder_tensors(Path(clip)).items() if is_weight(name)}
    try:
        tokens = tensors["clip_project.prefix_const"].shape[0]
        rows = tensors[f"{OPT}.embed_positions.weight"].shape[0]
        mapper = sum(name.endswith(".attn.project.weight") for name in tensors)
    except KeyError as missing:
        raise ExportError(f"{captioner} has no tensor {missing.args[0]}: is it a captioner of the paper?") from None
    used, places = tokens + settings["alt_length"] + settings["max_new_tokens"], rows - OPT_OFFSET
    if used > places:
        raise ExportError(f"visual tokens, alt slot and caption need {used} positions, {captioner} has {places}")
    config = {
        **settings, **towers, **decoder, "visual_tokens": tokens, "mapper_layers": mapper,
        "mapper_mlp": 2, "position_offset": OPT_OFFSET, "max_positions": places,
    }  # fmt: skip
    about["tokenizer"] = tokenizer_of(Path(opt))
    return tensors | own, config, about


def is_weight(name):
    return name != "logit_scale" and not name.endswith("position_ids")


def clip_parts(folder):
    """(about, sizes) of a CLIP folder."""
    raw = read_json(folder / "config.json")
    try:
        vision, text = tower(raw["vision_config"], folder), tower(raw["text_config"], folder)
        vision["patch"] = raw["vision_config"]["patch_size"]
        text["vocab"] = raw["text_config"]["vocab_size"]
        sizes = {
            "clip_vision": vision, "clip_text": text, "embedding": raw["projection_dim"],
            "image_size": raw["vision_config"]["image_size"],
            "text_length": raw["text_config"]["max_position_embeddings"],
        }  # fmt: skip
    except KeyError as missing:
        raise ExportError(f"{folder / 'config.json'} lacks {missing}: is it the folder of a CLIP?") from None
    tokenizer = tokenizer_of(folder)
    pieces = read_json(tokenizer).get("model", {}).get("vocab", {})
    if START not in pieces or END not in pieces:
        raise ExportError(f"{tokenizer} has no {START} and {END}: is it the tokenizer of a CLIP?")
    scorer = {"tokenizer": tokenizer, "startId": pieces[START], "endId": pieces[END], "padId": pieces[END]}
    about = {"scorer": scorer}
    if (folder / "preprocessor_config.json").is_file():
        seen = read_json(folder / "preprocessor_config.json")
        if "image_mean" in seen and "image_std" in seen:
            about["pixels"] = {"mean": seen["image_mean"], "std": seen["image_std"]}
    return about, sizes


def tower(raw, folder):
    """Sizes of one of the two transformers, whose activation has to be one that the graphs know."""
    if raw.get("layer_norm_eps", 1e-5) != 1e-5:
        raise ExportError(f"{folder / 'config.json'}: layer_norm_eps is {raw['layer_norm_eps']}, not 1e-5")
    activation = raw.get("hidden_act", "quick_gelu")
    if activation not in ("quick_gelu", "gelu"):
        raise ExportError(f"{folder / 'config.json'}: the activation {activation} is not known")
    return {
        "width": raw["hidden_size"], "layers": raw["num_hidden_layers"], "heads": raw["num_attention_heads"],
        "activation": activation,
    }  # fmt: skip


def opt_sizes(path):
    raw = read_json(path)
    try:
        sizes = {
            "hidden": raw["hidden_size"], "layers": raw["num_hidden_layers"], "heads": raw["num_attention_heads"],
            "vocab": raw["vocab_size"], "pad": raw["pad_token_id"], "eos": raw["eos_token_id"],
        }  # fmt: skip
    except KeyError as missing:
        raise ExportError(f"{path} lacks {missing}: is it the folder of an OPT?") from None
    if raw.get("word_embed_proj_dim", sizes["hidden"]) != sizes["hidden"] or not raw.get("do_layer_norm_before", True):
        raise ExportError(f"{path}: only an OPT that norms first and embeds at full width can be exported, as 1.3b does")
    return sizes


def folder_tensors(folder):
    """Every tensor of a Hugging Face folder, in one file or several."""
    for name in ("model.safetensors", "pytorch_model.bin"):
        index = folder / f"{name}.index.json"
        if index.is_file():
            parts = sorted(set(read_json(index).get("weight_map", {}).values()))
            return {key: tensor for part in parts for key, tensor in read_file(folder / Path(part).name).items()}
        if (folder / name).is_file():
            return read_file(folder / name)
    raise ExportError(f"{folder} has neither model.safetensors nor pytorch_model.bin")


def read_file(path):
    if path.suffix != ".safetensors":
        return read_state(path)
    try:
        from safetensors import SafetensorError
        from safetensors.torch import load_file
    except ImportError:
        raise ExportError(f"{path} needs safetensors: pip install -r requirements.txt") from None
    try:
        return load_file(path)
    except (OSError, SafetensorError) as error:
        raise ExportError(f"{path} cannot be read: {error}") from None


def tokenizer_of(folder):
    """The tokenizer.json of FOLDER; of an older one, whose pieces lie in vocab.json and merges.txt, it is written
    beside them."""
    path = folder / "tokenizer.json"
    if path.is_file():
        return path
    vocab, merges = folder / "vocab.json", folder / "merges.txt"
    if not vocab.is_file() or not merges.is_file():
        raise ExportError(f"{folder} has neither tokenizer.json nor vocab.json with merges.txt")
    lines = [line for line in merges.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#version")]
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    model = {"type": "BPE", "dropout": None, "unk_token": None, "vocab": read_json(vocab), "merges": lines}
    path.write_text(json.dumps({"version": "1.0", "added_tokens": [], "normalizer": None, "pre_tokenizer": level,
                                "post_processor": None, "decoder": level, "model": model}, ensure_ascii=False))  # fmt: skip
    return path
