"""Refusing means saying what is said without alt-text: the decoder is its own teacher.

Between two likely kinds a wrong name tips the scales even where it is refused, and the caption names
something else than without it. Both captions have the same target, but a target says little of such a
picture; the probabilities without alt-text say which other words were as likely.
"""

import torch
import torch.nn.functional as F

from batches import Batch
from model import Captioner


def steady_loss(model: Captioner, batch: Batch, logits: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """KL divergence of LOGITS (B,C,V) from what MODEL gives beside an empty slot, in nats a token.

    Counted are rows whose alt-text is there and not carried; WEIGHT (B,C) is that of the caption loss.
    The teacher is MODEL as it is now, without gradient.
    """
    pad = model.config.pad
    rows = ((batch.known.carried == 0) & (batch.alt != pad).any(1)).nonzero()[:, 0]
    if len(rows) == 0:
        return logits.sum() * 0
    alt = torch.full_like(batch.alt[rows], pad)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        without = model(batch.embeddings[rows], alt, batch.target[rows].clamp(min=0))
    each = F.kl_div(logits[rows].float().log_softmax(-1), without.float().log_softmax(-1), reduction="none", log_target=True)
    return (each.sum(-1) * weight[rows]).sum() / weight[rows].sum()
