"""Readers that training puts on the decoder, so that what it must know is there before it names anything."""

import queue
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from batches import Known
from model import Captioner

NAMES = ("said", "seen", "kin", "named", "carried")


class Readers(nn.Module):
    """Linear readings, in training only.

    Behind the slot: the family of the name in the alt-text and the kind in the picture (both from the
    second layer), and whether the two are kin (third layer). Where the caption's name begins, from the
    third layer: whether the name of the alt-text is carried, and where it is not, the kind in the picture.
    The last layer has nothing left to do but to choose.

    Kinds are learnt from what the readers of the image stage give each (distillation, Hinton et al. 2015,
    arXiv:1503.02531): one picture says as much as many captions of it.
    """

    def __init__(self, model: Captioner, families: int, kinds: int) -> None:
        super().__init__()
        hidden = model.config.hidden
        self.visual = model.config.visual_tokens
        self.said, self.seen, self.kin = nn.Linear(hidden, families + 1), nn.Linear(hidden, kinds), nn.Linear(hidden, 2)
        self.named, self.carried = nn.Linear(hidden, kinds), nn.Linear(hidden, 2)
        self.kept: dict[int, torch.Tensor] = {}
        layers = model.gpt.model.decoder.layers
        self.middle = len(layers) // 2 - 1
        for k in (self.middle, self.middle + 1):
            layers[k].register_forward_hook(lambda _m, _i, out, k=k: self.kept.__setitem__(k, out))

    def _at(self, layer: int, at: torch.Tensor) -> torch.Tensor:
        x = self.kept[layer]
        picked = x[torch.arange(len(x)), at.clamp(max=x.shape[1] - 1)]
        return F.layer_norm(picked.float(), (x.shape[-1],))

    def forward(self, slot: int, starts: torch.Tensor, known: Known) -> tuple[torch.Tensor, list[float]]:
        """Loss, and the share of right readings in the order of NAMES, behind a slot of SLOT ids and where
        names begin (STARTS, (B,))."""
        behind = torch.full_like(starts, self.visual + slot - 1)
        early, late = self._at(self.middle, behind), self._at(self.middle + 1, behind)
        begin = self._at(self.middle + 1, behind + starts)
        kind = known.likely.argmax(1)
        free = torch.where(known.carried == 0, kind, -1)
        asked = (
            (self.said, early, known.said, None), (self.seen, early, kind, known.likely), (self.kin, late, known.kin, None),
            (self.named, begin, free, known.likely), (self.carried, begin, known.carried, None),
        )
        loss, right = torch.zeros(()), []
        for reader, x, answer, likely in asked:
            rows = answer >= 0
            right.append(float("nan"))
            if rows.any():
                logits = reader(x[rows])
                loss = loss + F.cross_entropy(logits, answer[rows] if likely is None else likely[rows])
                right[-1] = (logits.argmax(1) == answer[rows]).float().mean().item()
        return loss, right


def fit(readers: Readers, model: Captioner, ready: queue.Queue, minutes: float, lr: float = 5e-3) -> list[float]:
    """Readers that begin from nothing learn first beside a MODEL that stands still: what they do not know yet would
    pull it about. Returns the share of right readings of the last steps, in the order of NAMES."""
    adam = torch.optim.AdamW(readers.parameters(), lr=lr, betas=(0.9, 0.98))
    begun, readings = time.time(), []
    while (progress := (time.time() - begun) / (minutes * 60)) < 1:
        for group in adam.param_groups:
            group["lr"] = lr * (1 - progress)
        batch, extra = ready.get()
        asked = batch if extra is None else extra
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            model(asked.embeddings, asked.alt, asked.target.clamp(min=0))
        loss, right = readers(asked.alt.shape[1], asked.starts, asked.known)
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        readings.append(right)
    return np.nanmean(readings[-50:], 0).round(3).tolist()
