"""Exports a captioner of the paper's own architecture (CLIP, mapping network, OPT) to a bundle folder.

usage: python models/export/export_altogether.py --captioner epoch_ft.pt --clip DIR --opt DIR --out DIR --id NAME
"""

import argparse
from functools import partial
from pathlib import Path

from altogether import read_altogether
from bundle import summary, write_bundle
from check import check_bundle
from errors import run
from hf_reference import HuggingFaceNetworks
from weights import Weights

GOLDEN = {"imageSeed": 0, "altTexts": ["", "great gray owl, Strix nebulosa", "conch"], "text": "a photo of a great gray owl"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--captioner", type=Path, required=True, help="checkpoint with clip_project.* and gpt.*")
    parser.add_argument("--clip", type=Path, required=True, help="Hugging Face folder of the CLIP it looks through")
    parser.add_argument("--opt", type=Path, required=True, help="Hugging Face folder of its OPT: config and tokenizer")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--id", required=True, help="small letters, digits, dots and dashes")
    parser.add_argument("--name")
    parser.add_argument("--licence", default="As its owner gave it; not stated.")
    parser.add_argument("--resize", choices=("squash", "centre-crop"), default="squash", help="as it was trained")
    parser.add_argument("--mapper-heads", type=int, default=8)
    parser.add_argument("--alt-length", type=int, default=128)
    parser.add_argument("--max-new-tokens", type=int, default=192)
    parser.add_argument("--pictures", type=int, default=10, help="of the check, with five alt-texts each; 0 leaves it out")
    options = parser.parse_args()
    settings = {name: getattr(options, name) for name in ("mapper_heads", "alt_length", "max_new_tokens")}
    tensors, config, about = read_altogether(options.captioner, options.clip, options.opt, settings)
    about |= {
        "id": options.id,
        "name": options.name or options.id,
        "description": "A captioner that re-aligns alt-texts, exported from its own checkpoint.",
        "licence": options.licence,
        "trainingData": "Not stated.",
        "citation": "Xu et al., Altogether: Image Captioning via Re-aligning Alt-text, EMNLP 2024.",
        "encoder": options.clip.resolve().name,
        "resize": options.resize,
        "golden": GOLDEN,
    }
    manifest = write_bundle(options.out, Weights(tensors, str(options.captioner)), config, about)
    found = "left out"
    if options.pictures > 0:
        networks = partial(HuggingFaceNetworks, tensors, config, options.clip, options.opt)
        found = check_bundle(options.out, networks, config, options.pictures)
    print(summary(options.out, manifest, found))


if __name__ == "__main__":
    run(main, "export")
