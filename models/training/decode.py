"""Greedy decoding with a cache of keys and values, for the figures watched during training."""

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from model import Captioner, OptLayer


def _step(layer: OptLayer, x: torch.Tensor, cache: list[torch.Tensor]) -> torch.Tensor:
    a = layer.self_attn
    batch, length, width = x.shape
    h = layer.self_attn_layer_norm(x)
    q, k, v = (p(h).view(batch, length, a.heads, -1).transpose(1, 2) for p in (a.q_proj, a.k_proj, a.v_proj))
    if cache:
        k, v = torch.cat([cache[0], k], 2), torch.cat([cache[1], v], 2)
    cache[:] = [k, v]
    y = F.scaled_dot_product_attention(q, k, v, is_causal=length > 1)
    x = x + a.out_proj(y.transpose(1, 2).reshape(batch, length, width))
    return x + layer.fc2(F.relu(layer.fc1(layer.final_layer_norm(x))))


@torch.no_grad()
def greedy(model: Captioner, embeddings: torch.Tensor, alt: torch.Tensor, limit: int = 56) -> torch.Tensor:
    """Greedy ids (B, <=limit) after the slot, eos where a row has ended."""
    decoder = model.gpt.model.decoder
    caches: list[list[torch.Tensor]] = [[] for _ in decoder.layers]
    visual = model.clip_project(embeddings)
    x = torch.cat([visual, decoder.embed_tokens(alt).to(visual.dtype)], 1)
    at, out = 2, []
    done = torch.zeros(len(alt), dtype=torch.bool)
    for _ in range(limit):
        h = x + decoder.embed_positions.weight[at : at + x.shape[1]]
        at += x.shape[1]
        for layer, cache in zip(decoder.layers, caches, strict=True):
            h = _step(layer, h, cache)
        nxt = model.gpt.logits(decoder.final_layer_norm(h[:, -1])).float().argmax(-1)
        nxt = torch.where(done, model.config.eos, nxt)
        out.append(nxt)
        done |= nxt == model.config.eos
        if bool(done.all()):
            break
        x = decoder.embed_tokens(nxt)[:, None]
    return torch.stack(out, 1)


def texts(tokenizer: Tokenizer, ids: torch.Tensor, eos: int) -> list[str]:
    """Text of every row up to its eos."""
    rows = ids.tolist()
    return [tokenizer.decode(r[: r.index(eos)] if eos in r else r).strip() for r in rows]
