"""Naming softly: where a caption names what is seen, every kind the readers find likely has its share of the target.

Of two kinds that are nearly as likely a caption names one, and says nothing of the other; two pictures that differ
little get captions that differ in everything. A share of each token instead (distillation, Hinton et al. 2015,
arXiv:1503.02531, over the prefix tree of the names) lets the decoder follow the readers up to where they waver.
"""

from collections.abc import Sequence

import torch

SHARPER = 3.0  # power of what is likely: greedy decoding takes "a" for "an umbrella" where more kinds begin with "a"


class SoftNames:
    """The prefix tree of what K kinds are called, by the ids from where a name begins through the full stop."""

    def __init__(self, called: Sequence[list[int]]) -> None:
        length = max(map(len, called))
        self.ids = torch.tensor([ids + [-1] * (length - len(ids)) for ids in called])  # (K,L), -1 behind the end
        same = self.ids[:, None] == self.ids[None]
        # (K,K,L): whether the second kind is called as the first is, up to before id l.
        self.with_prefix = torch.cat([torch.ones_like(same[..., :1]), same.cumprod(2)[..., :-1].bool()], 2)

    def soften(self, each: torch.Tensor, logits: torch.Tensor, target: torch.Tensor, starts: torch.Tensor,
               likely: torch.Tensor, named: torch.Tensor) -> torch.Tensor:
        """Cross-entropies EACH (B,C) of LOGITS (B,C,V) with those of name ids exchanged for soft ones.

        In rows that are NAMED (B,), whose TARGET (B,C) from STARTS (B,) on is what one of the kinds is called; LIKELY
        (B,K or more) is what the readers give each kind, where those behind the first K are never named softly.
        """
        kinds, length = self.ids.shape
        rows = (named & (likely.argmax(1) < kinds)).nonzero()[:, 0]
        at = starts[rows, None] + torch.arange(length)  # (R,L)
        inside = at < target.shape[1]
        at = at.clamp(max=target.shape[1] - 1)
        said = torch.where(inside, target[rows[:, None], at], -100)
        fits = ((said[:, None] == self.ids) | (self.ids < 0)).all(2)  # (R,K)
        found = fits.any(1)
        rows, at, kind = rows[found], at[found], fits[found].int().argmax(1)
        if len(rows) == 0:
            return each
        share = likely[rows, None, :kinds] ** SHARPER * self.with_prefix[kind].transpose(1, 2)  # (R,L,K)
        share = share / share.sum(2, keepdim=True).clamp(min=1e-12)
        log_p = logits[rows[:, None], at].float().log_softmax(2)
        soft = -(share * log_p.gather(2, self.ids.clamp(min=0).T.expand(len(rows), -1, -1))).sum(2)
        own = self.ids[kind] >= 0  # (R,L)
        out = each.clone()
        out[rows[:, None].expand_as(at)[own], at[own]] = soft[own]
        return out
