"""What encoders that are trained already find in each picture: targets for the next one.

A picture says more of what it shows than its one label (distillation, Hinton et al. 2015, arXiv:1503.02531), and a
network that learns from one of its own size passes it (born-again networks, Furlanello et al. 2018, arXiv:1805.04770).
The teachers look once, at the whole picture, through the embeddings that lie beside their readers.
"""

from pathlib import Path

import numpy as np
import torch

from as_seen import logits, read_state
from data import fail, need

SHARPER = 1.5  # readers trained on smoothed labels and mixed pictures say too little of what they are sure of


def kinds_read(work: Path, name: str) -> torch.Tensor:
    """(N,K) logits: what the readers in WORK see in set NAME, through the embeddings that lie there."""
    embeddings = np.load(need(work / f"{name}.emb.npy", "the image embeddings"))
    return logits(read_state(work)["heads"], "classes", torch.from_numpy(embeddings.astype(np.float32)))


def likely(teachers: str, name: str, classes: int) -> torch.Tensor:
    """(N,CLASSES), what TEACHERS ("WORK:weight,...") give each kind in the pictures of set NAME: the softmax of the
    weighted mean of what their readers see."""
    seen, weights = torch.zeros(()), 0.0
    for teacher in teachers.split(","):
        work, _, weight = teacher.rpartition(":")
        read = kinds_read(Path(work), name)
        if read.shape[1] != classes:
            fail(f"{work}: its readers know {read.shape[1]} kinds, not {classes}")
        seen, weights = seen + float(weight) * read, weights + float(weight)
    return (SHARPER * seen / weights).softmax(1)


def mixed(own: torch.Tensor, taught: torch.Tensor, share: float) -> torch.Tensor:
    """OWN labels (N,K) with SHARE of each exchanged for what is TAUGHT (N,K); rows of zeros, not asked, stay zeros."""
    return (1 - share) * own + share * taught * own.sum(1, keepdim=True)
