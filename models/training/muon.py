"""Optimiser of the convolutions: momentum, made orthogonal by Newton-Schulz, on norm-held filters."""

from collections.abc import Iterable

import torch


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
    """For weights followed by a normalisation: the step is relative, so the norm is held fixed."""

    def __init__(self, params: Iterable[torch.nn.Parameter], lr: float, momentum: float = 0.9) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self) -> None:  # type: ignore[override]
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                buffer = self.state[p].setdefault("momentum", torch.zeros_like(p.grad))
                buffer.mul_(group["momentum"]).add_(p.grad)
                direction = p.grad.add(buffer, alpha=group["momentum"])
                update = orthogonal(direction.reshape(len(p), -1)).view_as(p)
                p.mul_(len(p) ** 0.5 / (p.norm() + 1e-7)).add_(update, alpha=-group["lr"])
