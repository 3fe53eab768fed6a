"""The contrastive part: caption ids in several lengths, and the loss that allows equal texts."""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from data import fail

FORMS = 4  # full, full mirrored, head only, name only


class CaptionIds:
    """NAME.captions.npy: int16 (N, FORMS, L), eos-ended, right-padded (see caption_ids.py)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ids = np.load(path, mmap_mode="r") if path.exists() else None

    def pick(self, rows: np.ndarray, flipped: np.ndarray, rng: np.random.Generator) -> torch.Tensor:
        """Mostly the full caption, sometimes its head or the bare name; (B, L) int64."""
        if self.ids is None:
            fail(f"captions are missing: {self.path}")
        form = rng.choice([0, 2, 3], len(rows), p=[0.65, 0.2, 0.15])
        form = np.where((form == 0) & flipped, 1, form)
        return torch.from_numpy(self.ids[rows, form].astype(np.int64))


def contrast(images: torch.Tensor, texts: torch.Tensor, ids: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    """Symmetric InfoNCE over a batch; rows with the same text share their target."""
    logits = scale.clamp(max=4.6).exp() * images @ texts.T
    same = (ids[:, None] == ids[None]).all(-1).float()
    target = same / same.sum(1, keepdim=True)
    return 0.5 * (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target))
