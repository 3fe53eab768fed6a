"""The mean of two captioners of one descent, often better than both (Wortsman et al. 2022, arXiv:2109.01903)."""

import argparse
from pathlib import Path

import torch

import checkpoint
from data import fail


def mean(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor], share: float) -> dict[str, torch.Tensor]:
    """SHARE of B and the rest of A, tensor by tensor; both must have the same tensors."""
    if {k: v.shape for k, v in a.items()} != {k: v.shape for k, v in b.items()}:
        fail("the two captioners differ in their tensors")
    return {k: (1 - share) * a[k].float() + share * b[k].float() for k in a}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--a", type=Path, required=True)
    parser.add_argument("--b", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.5, help="share of --b")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    a, b = (checkpoint.load(path, "a captioner") for path in (args.a, args.b))
    torch.save(mean(a, b, args.share), args.out)


if __name__ == "__main__":
    main()
