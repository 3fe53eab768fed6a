"""Text encoder, mapping network and decoder of the built-in captioner, with the tensor names a checkpoint and a
bundle use, and the sizes of all. The image encoder is in encoder.py."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

from data import need

PIXEL_MEAN = (0.48145466, 0.4578275, 0.40821073)
PIXEL_STD = (0.26862954, 0.26130258, 0.27577711)


@dataclass(frozen=True)
class Config:
    """Every size of the networks; written beside a checkpoint as config.json."""

    image_size: int = 64
    vision_widths: tuple[int, ...] = (32, 96, 224)
    vision_blocks: tuple[int, ...] = (1, 2, 3)
    layout_channels: int = 16
    grid: int = 4
    trunks: int = 1
    embed_dim: int = 256
    vocab_size: int = 2560
    text_width: int = 160
    text_layers: int = 2
    text_heads: int = 4
    text_length: int = 77
    visual_tokens: int = 8
    mapper_layers: int = 2
    mapper_heads: int = 4
    mapper_mlp: int = 2
    hidden: int = 256
    layers: int = 4
    heads: int = 4
    ffn: int = 1024
    alt_length: int = 32
    max_new_tokens: int = 72
    bos: int = 0
    pad: int = 1
    eos: int = 2

    @property
    def positions(self) -> int:
        """Rows of the learned position table: every place of the sequence plus OPT's offset of 2."""
        return self.visual_tokens + self.alt_length + self.max_new_tokens + 2

    def save(self, path: Path) -> None:
        """Write config.json."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n")


def attend(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, causal: bool) -> torch.Tensor:
    """Softmax attention over (B, heads, L, d). Written out: on CPUs its gradient is faster than the fused one."""
    scores = (q @ k.transpose(-1, -2)) * q.shape[-1] ** -0.5
    if causal:
        length = q.shape[2]
        hidden = torch.ones(length, length, dtype=torch.bool).triu(1)
        scores = scores.masked_fill(hidden, float("-inf"))
    return scores.softmax(-1).to(v.dtype) @ v


class TextLayer(nn.Module):
    """Pre-norm transformer layer with causal attention and a ReLU MLP of ratio 4."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        qkv = self.qkv(self.norm1(x)).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        y = attend(qkv[0], qkv[1], qkv[2], causal=True)
        x = x + self.out(y.transpose(1, 2).reshape(batch, length, width))
        return x + self.fc2(F.relu(self.fc1(self.norm2(x))))


class Text(nn.Module):
    """Token ids (B,L<=77), right-padded and ended by eos -> unit embeddings (B,256) at the eos."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.eos = c.eos
        self.embed_tokens = nn.Embedding(c.vocab_size, c.text_width)
        self.embed_positions = nn.Embedding(c.text_length, c.text_width)
        self.layers = nn.ModuleList(TextLayer(c.text_width, c.text_heads) for _ in range(c.text_layers))
        self.final_norm = nn.LayerNorm(c.text_width)
        self.project = nn.Linear(c.text_width, c.embed_dim, bias=False)
        nn.init.normal_(self.embed_tokens.weight, std=0.02)
        nn.init.normal_(self.embed_positions.weight, std=0.01)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        x = self.embed_tokens(ids) + self.embed_positions.weight[: ids.shape[1]]
        for layer in self.layers:
            x = layer(x)
        end = (ids == self.eos).int().argmax(1)
        x = self.final_norm(x[torch.arange(len(ids)), end])
        return F.normalize(self.project(x).float(), dim=-1)


class MapperAttention(nn.Module):
    """Full attention whose keys and values come from one projection, keys first; scale d_head^-0.5."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.to_queries = nn.Linear(width, width, bias=False)
        self.to_keys_values = nn.Linear(width, 2 * width, bias=False)
        self.project = nn.Linear(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        q = self.to_queries(x).view(batch, length, self.heads, -1).transpose(1, 2)
        k, v = self.to_keys_values(x).view(batch, length, 2, self.heads, -1).permute(2, 0, 3, 1, 4)
        y = attend(q, k, v, causal=False)
        return self.project(y.transpose(1, 2).reshape(batch, length, width))


class MapperMlp(nn.Module):
    """ReLU MLP of the mapping network."""

    def __init__(self, width: int, ratio: int) -> None:
        super().__init__()
        self.fc1 = nn.Linear(width, ratio * width)
        self.fc2 = nn.Linear(ratio * width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc2(F.relu(self.fc1(x)))


class MapperLayer(nn.Module):
    """Pre-norm layer of the mapping network."""

    def __init__(self, width: int, heads: int, ratio: int) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attn = MapperAttention(width, heads)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = MapperMlp(width, ratio)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class MapperTransformer(nn.Module):
    """The stack under the name the released checkpoints use."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            MapperLayer(c.hidden, c.mapper_heads, c.mapper_mlp) for _ in range(c.mapper_layers)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = layer(x)
        return x


class Mapper(nn.Module):
    """Unit embeddings (B,256) -> visual tokens (B,N,hidden): N tokens, N constants behind, last N out."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.tokens = c.visual_tokens
        self.linear = nn.Linear(c.embed_dim, c.visual_tokens * c.hidden)
        self.prefix_const = nn.Parameter(torch.randn(c.visual_tokens, c.hidden) * 0.5)
        self.transformer = MapperTransformer(c)

    def forward(self, embeddings: torch.Tensor) -> torch.Tensor:
        x = self.linear(embeddings).view(len(embeddings), self.tokens, -1)
        x = torch.cat([x, self.prefix_const.to(x.dtype).expand(len(x), -1, -1)], 1)
        return self.transformer(x)[:, self.tokens :]


class OptAttention(nn.Module):
    """OPT self-attention, causal, every position visible: pads of the alt slot are attended."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width)
        self.v_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        q, k, v = (
            p(x).view(batch, length, self.heads, -1).transpose(1, 2)
            for p in (self.q_proj, self.k_proj, self.v_proj)
        )
        y = attend(q, k, v, causal=True)
        return self.out_proj(y.transpose(1, 2).reshape(batch, length, width))


class OptLayer(nn.Module):
    """OPT decoder layer, pre-norm, ReLU."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.self_attn = OptAttention(c.hidden, c.heads)
        self.self_attn_layer_norm = nn.LayerNorm(c.hidden)
        self.fc1 = nn.Linear(c.hidden, c.ffn)
        self.fc2 = nn.Linear(c.ffn, c.hidden)
        self.final_layer_norm = nn.LayerNorm(c.hidden)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x + self.self_attn(self.self_attn_layer_norm(x))
        return x + self.fc2(F.relu(self.fc1(self.final_layer_norm(x))))


class OptDecoder(nn.Module):
    """The decoder under `gpt.model.decoder.` with Hugging Face OPT names."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(c.vocab_size, c.hidden)
        self.embed_positions = nn.Embedding(c.positions, c.hidden)
        self.layers = nn.ModuleList(OptLayer(c) for _ in range(c.layers))
        self.final_layer_norm = nn.LayerNorm(c.hidden)

    def forward(self, embeddings: torch.Tensor, keep: int = 0, skip: int = 0) -> torch.Tensor:
        """Hidden states; SKIP positions are left out after the first KEEP (pads that training leaves away)."""
        length = embeddings.shape[1]
        places = self.embed_positions.weight
        x = embeddings + torch.cat([places[2 : 2 + keep], places[2 + keep + skip : 2 + skip + length]])
        for layer in self.layers:
            x = layer(x)
        return self.final_layer_norm(x)


class OptModel(nn.Module):
    """Keeps the `model.decoder.` part of the names."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.decoder = OptDecoder(c)


class Opt(nn.Module):
    """OPT language model with tied embeddings; input is embeddings, not ids."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.model = OptModel(c)
        for name, p in self.named_parameters():
            if p.dim() > 1:
                nn.init.normal_(p, std=0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(p)

    def embed(self, ids: torch.Tensor) -> torch.Tensor:
        return self.model.decoder.embed_tokens(ids)

    def forward(self, embeddings: torch.Tensor, keep: int = 0, skip: int = 0) -> torch.Tensor:
        return self.model.decoder(embeddings, keep, skip)

    def logits(self, hidden: torch.Tensor) -> torch.Tensor:
        return F.linear(hidden, self.model.decoder.embed_tokens.weight)


class Captioner(nn.Module):
    """Mapper and decoder: sequence is [visual tokens][alt slot][caption]; state names as released."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.config = c
        self.clip_project = Mapper(c)
        self.gpt = Opt(c)

    def hidden(self, embeddings: torch.Tensor, ids: torch.Tensor, skip: int = 0) -> torch.Tensor:
        """Hidden states (B, 8+L, hidden) for image embeddings (B,256) and ids (B,L): slot then caption."""
        visual = self.clip_project(embeddings)
        return self.gpt(torch.cat([visual, self.gpt.embed(ids).to(visual.dtype)], 1), self.config.visual_tokens, skip)

    def forward(self, embeddings: torch.Tensor, alt: torch.Tensor, caption: torch.Tensor) -> torch.Tensor:
        """Logits (B, C, V) that predict caption[:, i] at i, from the slot (B,32) and the caption (B,C).

        A slot of S < 32 is one whose first 32-S pads were left away to save time in training; the
        others keep their positions.
        """
        c = self.config
        slot = alt.shape[1]
        h = self.hidden(embeddings, torch.cat([alt, caption[:, :-1]], 1), c.alt_length - slot)
        return self.gpt.logits(h[:, c.visual_tokens + slot - 1 :])

    @torch.no_grad()
    def greedy(self, embeddings: torch.Tensor, alt: torch.Tensor) -> torch.Tensor:
        """Greedy ids (B, <=72), eos where a row has ended. Plain recomputation: for checks, not speed."""
        c = self.config
        ids, done = alt, torch.zeros(len(alt), dtype=torch.bool)
        for _ in range(c.max_new_tokens):
            nxt = self.gpt.logits(self.hidden(embeddings, ids)[:, -1]).float().argmax(-1)
            nxt = torch.where(done, c.eos, nxt)
            ids = torch.cat([ids, nxt[:, None]], 1)
            done |= nxt == c.eos
            if bool(done.all()):
                break
        return ids[:, c.alt_length :]


def read_config(ckpt: Path) -> Config:
    """What a training run wrote down beside its checkpoints."""
    return load_config(json.loads(need(ckpt / "config.json", "config.json").read_text()))


def load_config(raw: dict[str, object]) -> Config:
    """Config from config.json; unknown keys are an error of the caller's file."""
    fields = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
    return Config(**fields)  # type: ignore[arg-type]
