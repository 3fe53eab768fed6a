"""Exports a trained checkpoint to a bundle folder and proves it against PyTorch.

usage: python models/export/export.py --checkpoint DIR --out models/builtin
"""

import argparse
from pathlib import Path

from bundle import summary, write_bundle
from check import OwnNetworks, check_bundle
from errors import ExportError, run
from readers import read_trained
from weights import Weights

ABOUT = {
    "id": "builtin",
    "name": "Realign built-in",
    "description": "A small Altogether captioner and CLIP scorer: 64-pixel eyes, 200 photo classes and the field guide.",
    "licence": "Weights for non-commercial research and teaching: trained in part on ImageNet photographs.",
    "trainingData": "64x64 photographs of 200 ImageNet classes with captions composed from WordNet names and "
    "measured attributes; drawings of the field guide with their own captions.",
    "citation": "Architecture after Xu et al., Altogether: Image Captioning via Re-aligning Alt-text, EMNLP 2024.",
    "encoder": "realign-builtin-64",
    # Its photographs are squares cut out of larger ones: things in them are as wide as they are.
    "resize": "centre-crop",
}
GOLDEN = {
    "imageSeed": 0,
    "altTexts": ["", "great gray owl, Strix nebulosa", "conch"],
    "text": "A photo of a great gray owl, Strix nebulosa.",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    tensors, config = read_trained(options.checkpoint)
    about = {**ABOUT, "tokenizer": options.checkpoint / "tokenizer.json", "golden": GOLDEN}
    try:
        manifest = write_bundle(options.out, Weights(tensors, str(options.checkpoint)), config, about)
    except KeyError as missing:
        raise ExportError(f"config.json of {options.checkpoint} lacks {missing}") from None
    found = check_bundle(options.out, lambda: OwnNetworks(tensors, config), config)
    print(summary(options.out, manifest, found))


if __name__ == "__main__":
    run(main, "export")
