"""Optimiser of the convolutions: momentum, made orthogonal by Newton-Schulz, on norm-held filters."""

from collections.abc import Iterable

import torch
import torch.distributed as dist


def orthogonal(gradient: torch.Tensor, steps: int = 4) -> torch.Tensor:
    """The nearest semi-orthogonal matrix, about, by the quintic iteration of Muon (Jordan 2024)."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = gradient.bfloat16()
    x = x / (x.norm() + 1e-7)
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    for _ in range(steps):
        s = x @ x.T
        x = a * x + (b * s + c * s @ s) @ x
    return (x.T if tall else x).float()


class Muon(torch.optim.Optimizer):
    """Orthogonal steps for matrices and filters.

    With `hold` (weights followed by a normalisation) the norm of a weight is held fixed and the step is
    relative to it. Without, the step is scaled by sqrt(rows / columns) where that is above 1, and the
    weight decays.
    """

    def __init__(
        self, params: Iterable[torch.nn.Parameter], lr: float, momentum: float = 0.9, hold: bool = True
    ) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "hold": hold, "decay": 0.01})

    @torch.no_grad()
    def step(self, rank: int = 0, world: int = 1) -> None:  # type: ignore[override]
        """One step. With several ranks each makes its share of the matrices orthogonal."""
        params = [(g, p) for g in self.param_groups for p in g["params"] if p.grad is not None]
        updates = []
        for i, (group, p) in enumerate(params):
            buffer = self.state[p].setdefault("momentum", torch.zeros_like(p.grad))
            buffer.mul_(group["momentum"]).add_(p.grad)
            direction = p.grad.add(buffer, alpha=group["momentum"])
            own = i % world == rank
            updates.append(orthogonal(direction.reshape(len(p), -1)) if own else torch.zeros(p.numel()))
        if world > 1:
            flat = torch.cat([u.flatten() for u in updates])
            dist.all_reduce(flat)
            updates = list(flat.split([u.numel() for u in updates]))
        for (group, p), update in zip(params, updates, strict=True):
            update = update.view_as(p)
            if group.get("hold", True):
                p.mul_(len(p) ** 0.5 / (p.norm() + 1e-7)).add_(update, alpha=-group["lr"])
            else:
                scale = max(1.0, p.shape[0] / p.shape[1]) ** 0.5
                p.mul_(1 - group["lr"] * group["decay"]).add_(update, alpha=-group["lr"] * scale)
