"""Writes a bundle folder: graphs, tokenizer, golden vectors, manifest with hashes."""

import hashlib
import json
from pathlib import Path

import numpy as np

from clip import build_clip_text, build_clip_vision
from decoder import build_decoder
from errors import ExportError
from mapper import build_mapper
from reference import Bundle, golden_pixels, normalised
from text import build_text
from vision import build_vision

TOLERANCE = {"fp32": 1e-3, "q8": 0.5}
GOLDEN_STEPS = 24
KEPT = 8
MOST_SPARE = 63
SCORER_TOKENIZER = "tokenizer.scorer.json"
WRITTEN = ("*.onnx", "*.onnx_data", "tokenizer*.json", "manifest.json")
OPENAI_PIXELS = {
    "mean": [0.48145466, 0.4578275, 0.40821073],
    "std": [0.26862954, 0.26130258, 0.27577711],
}


def write_bundle(out, weights, config, about):
    """Builds every graph of `config` into folder `out` and describes it.

    weights: Weights, all of which must be used; config: sizes (readers.py lists them); about: id, name,
    description, licence, trainingData, citation, encoder, resize, tokenizer (path), golden (alt-texts, text); where a
    CLIP looks, its pixels (mean and std) and scorer (tokenizer, startId, endId, padId) too."""
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for old in (path for pattern in WRITTEN for path in out.glob(pattern)):
        old.unlink()
    write_tokenizer(about["tokenizer"], out / "tokenizer.json", config["vocab"])
    if "clip_vision" in config:
        write_tokenizer(about["scorer"]["tokenizer"], out / SCORER_TOKENIZER, config["clip_text"]["vocab"])
        build_clip_vision(weights, config, out / "vision.onnx")
        build_clip_text(weights, config, out / "text.onnx")
    else:
        build_vision(weights, config, out / "vision.onnx")
        build_text(weights, config, out / "text.onnx")
    build_mapper(weights, config, out / "mapper.onnx")
    build_decoder(weights, config, out / "decoder.onnx")
    build_decoder(weights, config, out / "decoder.q8.onnx", bits=8)
    weights.finish(ignored=("num_batches_tracked",))
    manifest = describe(config, about)
    manifest["golden"] = golden(out, manifest, about["golden"])
    manifest["files"] = [hashed(path) for pattern in WRITTEN[:-1] for path in sorted(out.glob(pattern))]
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (out / "manifest.json").write_text(text + "\n")
    return manifest


def write_tokenizer(source, target, vocab):
    """Copies a tokenizer.json without its added tokens: a text that spells </s> must not forge an id. Embeddings may
    have up to MOST_SPARE rows more than there are pieces (OPT's are filled up to a round number)."""
    try:
        tokenizer = json.loads(Path(source).read_text())
        ids = sorted(tokenizer["model"]["vocab"].values())
    except FileNotFoundError:
        raise ExportError(f"{source} is missing") from None
    except (ValueError, KeyError, TypeError):
        raise ExportError(f"{source} is no tokenizer.json with a BPE vocabulary") from None
    if ids != list(range(len(ids))) or not len(ids) <= vocab <= len(ids) + MOST_SPARE:
        raise ExportError(f"{source} has {len(ids)} pieces, but the embeddings have {vocab} rows")
    tokenizer["model"]["vocab"] |= {f"<spare {id}>": id for id in range(len(ids), vocab)}
    tokenizer["added_tokens"] = []
    tokenizer["truncation"] = tokenizer["padding"] = None
    Path(target).write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n")


def describe(config, about):
    """manifest.json without files and golden vectors."""
    scorer = {"tokenizer": "tokenizer.json", "startId": None, "endId": config["eos"], "padId": config["pad"]}
    if "scorer" in about:
        scorer = about["scorer"] | {"tokenizer": SCORER_TOKENIZER}
    files = {"vision": "vision.onnx", "mapper": "mapper.onnx", "decoder": "decoder.onnx", "text": "text.onnx"}
    return {
        "format": "realign-bundle",
        "version": 1,
        "id": about["id"],
        "name": about["name"],
        "kind": "captioner+scorer",
        **{key: about[key] for key in ("description", "licence", "trainingData", "citation")},
        "image": {
            "size": config["image_size"],
            "resize": about["resize"],
            "kernel": "cubic",
            **about.get("pixels", OPENAI_PIXELS),
        },
        "imageEncoder": {"name": about["encoder"], "embedding": config["embedding"]},
        "captioner": {
            "visualTokens": config["visual_tokens"],
            "decoder": {
                "layers": config["layers"],
                "hidden": config["hidden"],
                "heads": config["heads"],
                "headDim": config["hidden"] // config["heads"],
                "vocab": config["vocab"],
                "maxPositions": config["max_positions"],
                "topLogits": min(50, config["vocab"]),
            },
            "altSlot": {"length": config["alt_length"], "side": "left", "pads": "attended", "joiner": "; "},
            "ids": {"pad": config["pad"], "eos": config["eos"]},
            "maxNewTokens": config["max_new_tokens"],
            "sampling": {"temperature": 0.2, "topK": 50, "topP": 0.7},
            "tokenizer": "tokenizer.json",
        },
        "scorer": {
            "tokenizer": scorer["tokenizer"],
            "length": config["text_length"],
            **{key: scorer[key] for key in ("startId", "endId", "padId")},
            "pooling": "end-token",
            "policy": "truncate-keep-end",
            "clipsPrefix": "A photo depicts ",
        },
        "variants": {"fp32": files, "q8": {**files, "decoder": "decoder.q8.onnx"}},
        "defaultVariant": "fp32",
    }


def golden(folder, manifest, wanted):
    """Golden vectors by ONNX Runtime on cpu (check.py compares the same graphs with PyTorch)."""
    bundle = Bundle(folder, manifest)
    pixels = golden_pixels(manifest["image"]["size"], wanted["imageSeed"])
    image = bundle.image_embeds(normalised(pixels, manifest["image"]))
    visual = bundle.visual_embeds(image)
    ids = bundle.scorer_ids(wanted["text"])
    vector = bundle.text_embeds(ids)
    slots = [bundle.alt_ids(alt_text) for alt_text in wanted["altTexts"]]
    steps = {}
    for variant in manifest["variants"]:
        bundle = Bundle(folder, manifest, variant)
        steps[variant] = [bundle.decode(visual, slot, GOLDEN_STEPS) for slot in slots]
    cases = [
        {
            "altText": alt_text,
            "altIds": slots[k],
            "caption": bundle.caption(steps["fp32"][k][1]),
            "variants": {variant: golden_step(*step[k]) for variant, step in steps.items()},
        }
        for k, alt_text in enumerate(wanted["altTexts"])
    ]
    return {
        "imageSeed": wanted["imageSeed"],
        "imageEmbeds": listed(image[0, :KEPT]),
        "visualEmbeds": listed(visual[0, 0, :KEPT]),
        "cases": cases,
        "text": {"text": wanted["text"], "ids": ids, "textEmbeds": listed(vector[0, :KEPT])},
        "tolerance": TOLERANCE,
    }


def golden_step(first, tokens):
    return {
        "topLogits": listed(first["top_logits"][0, :KEPT]),
        "topIds": [int(i) for i in first["top_ids"][0, :KEPT]],
        "lse": listed(first["lse"])[0],
        "tokens": tokens,
    }


def listed(values):
    """Plain numbers with the digits float32 can carry."""
    return [float(np.format_float_positional(v, precision=7, fractional=False)) for v in np.float32(values)]


def hashed(path):
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return {"path": path.name, "bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def summary(out, manifest, differences):
    """The line an export ends with: where, how many bytes, and what the check found."""
    size = sum(file["bytes"] for file in manifest["files"])
    return json.dumps({"out": str(out), "bytes": size, "differences": differences})
