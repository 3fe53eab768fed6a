"""Trains the image encoder: what, where and which colours from the picture alone.

The schedule follows the clock (--minutes of training time, kept across restarts), because the
budget of the built-in model is time on a small processor, not a number of epochs.
"""

import argparse
import json
import math
import queue
import threading
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import checkpoint
import parallel
from data import fail, need
from contrast import CaptionIds, contrast
from encoder import Vision
from model import PIXEL_MEAN, PIXEL_STD, Config, Text, read_config
from muon import Muon
from taught import likely, mixed

MEAN = torch.tensor(PIXEL_MEAN).view(1, 3, 1, 1)
STD = torch.tensor(PIXEL_STD).view(1, 3, 1, 1)
ZOOM = (0.72, 1.14)  # of what is seen of a photograph


def normalise(pixels: np.ndarray) -> torch.Tensor:
    """uint8 (B,64,64,3) -> float (B,3,64,64), channels last."""
    x = torch.from_numpy(pixels).permute(0, 3, 1, 2).float().div_(255)
    return x.sub_(MEAN).div_(STD).contiguous(memory_format=torch.channels_last)


def moved(boxes: np.ndarray, scale: np.ndarray, shift: np.ndarray | float = 0.0) -> torch.Tensor:
    """Boxes (N,4), in pixels of 64, as shares of a picture that shows them by SCALE (N,2), below 0 in a mirror, and
    SHIFT (N,2): the diagonal and the last column of what affine_grid takes."""
    shift = np.broadcast_to(shift, scale.shape)
    # Corners are pixels: their middles go where the pictures of them go.
    corners = (((boxes + 0.5) / 32.0 - 1.0).reshape(-1, 2, 2) - shift[:, None]) / scale[:, None]
    out = np.clip((np.sort(corners, 1) + 1.0) / 2 - 0.5 / 64, 0, 1)
    return torch.from_numpy(out.reshape(-1, 4).astype(np.float32))


def augment(
    pixels: np.ndarray, boxes: np.ndarray, side: int, rng: np.random.Generator, level: str
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Bring a batch to side x side; returns pixels, boxes in 0..1 and the flips.

    Level `full` flips, zooms and shifts, `flip` only flips (captions stay true but for left and
    right), `still` shifts by a pixel: drawn pictures have poses that a mirror would change.
    """
    n = len(pixels)
    zoom = np.where(rng.random((n, 1)) < 0.3, 1.0, rng.uniform(*ZOOM, (n, 1)))
    zoom = zoom * np.where(rng.random((n, 1)) < 0.5, 1.0, rng.uniform(0.92, 1.08, (n, 2)))
    shift = rng.integers(-6, 7, (n, 2)) / 32.0
    flip = rng.random(n) < 0.5
    if level != "full":
        zoom, shift = np.ones((n, 2)), rng.integers(-1, 2, (n, 2)) / 32.0
    if level == "still":
        flip = np.zeros(n, bool)
    scale = zoom * np.stack([np.where(flip, -1.0, 1.0), np.ones(n)], 1)
    theta = np.zeros((n, 2, 3), np.float32)
    theta[:, 0, 0], theta[:, 1, 1] = scale[:, 0], scale[:, 1]
    theta[:, :, 2] = shift
    grid = F.affine_grid(torch.from_numpy(theta), [n, 3, side, side], align_corners=False)
    x = F.grid_sample(normalise(pixels), grid, "bilinear", "reflection", align_corners=False)
    return (
        x.contiguous(memory_format=torch.channels_last),
        moved(boxes, scale, shift),
        torch.from_numpy(flip),
    )


def cutmix(x: torch.Tensor, kinds: torch.Tensor, share: float, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """CutMix (Yun et al. 2019, arXiv:1905.04899): in SHARE of the pictures (B,3,S,S) a rectangle of the next one.

    Returns pictures, KINDS (B,C) mixed by area, and which rows are mixed.
    """
    n, side = len(x), x.shape[-1]
    mixed = rng.random(n) < share
    half = np.where(mixed, np.sqrt(rng.random(n)) / 2, 0.0) * side
    centre, at = rng.random((2, n)) * side, np.arange(side) + 0.5
    inside = [np.abs(at - c[:, None]) < half[:, None] for c in centre]
    cut = torch.from_numpy(inside[0][:, :, None] & inside[1][:, None, :])
    part = cut.float().mean((1, 2))[:, None]
    x = torch.where(cut[:, None], x.roll(1, 0), x).contiguous(memory_format=torch.channels_last)
    return x, (1 - part) * kinds + part * kinds.roll(1, 0), torch.from_numpy(mixed)


def as_shares(label: torch.Tensor, classes: int) -> torch.Tensor:
    """(B,classes), one-hot; rows of zeros where the label is -1."""
    return F.one_hot(label.clamp(min=0), classes).float() * (label >= 0)[:, None]


class Source:
    """One set of pictures with labels: pixels, label (or -1), box (or nan), words (column -> ids, -1)."""

    def __init__(self, root: Path, name: str) -> None:
        self.pixels = np.load(need(root / f"{name}.u8.npy", "the picture array"), mmap_mode="r")
        self.label = np.load(need(root / f"{name}.label.npy", "the labels"))
        self.box = np.load(need(root / f"{name}.box.npy", "the boxes"))
        self.words = np.load(need(root / f"{name}.words.npy", "the words"))
        self.drawn = name.startswith("drawn")
        self.captions = CaptionIds(root / f"{name}.captions.npy")
        if len(self.label) != len(self.pixels):
            fail(f"{name}: {len(self.label)} labels for {len(self.pixels)} pictures")


class Heads(nn.Module):
    """Linear readers of the embedding, used in training only."""

    def __init__(self, width: int, work: Path) -> None:
        meta = json.loads(need(work / "words.json", "the word list").read_text())
        super().__init__()
        self.scale = width**0.5
        self.classes = nn.Linear(width, meta["classes"])
        self.box = nn.Linear(width, 4)
        self.words = nn.ModuleList(nn.Linear(width, len(w["values"])) for w in meta["words"])
        self.weights = [w["weight"] for w in meta["words"]]
        self.places = nn.ModuleList([nn.Linear(width, 3), nn.Linear(width, 9)])

    def forward(self, e: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor], list[torch.Tensor]]:
        e = e * self.scale
        return self.classes(e), torch.sigmoid(self.box(e)), [w(e) for w in self.words], [p(e) for p in self.places]

    def loss(self, e: torch.Tensor, kinds: torch.Tensor, box: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """What the readings of embeddings E (B,256) lack: KINDS (B,classes), shares that sum to 1 or, not asked, to
        0; boxes (B,4) in 0..1 or nan; words TARGET (B,K), or -1."""
        classes, boxes, words, placed = self(e)
        known = kinds.sum(1) > 0
        loss = F.cross_entropy(classes[known], kinds[known], label_smoothing=0.1)
        has_box = ~box.isnan().any(1)
        loss = loss + 3.0 * F.smooth_l1_loss(boxes[has_box], box[has_box], beta=0.1)
        # Corners are pixels inside the object: its far edge is one pixel on.
        for guess, place in zip(placed, places(box + torch.tensor([0, 0, 1, 1]) / 64), strict=True):
            if (place >= 0).any():
                loss = loss + 0.3 * F.cross_entropy(guess, place, ignore_index=-1)
        for k, guess in enumerate(words):
            if (target[:, k] >= 0).any():
                loss = loss + self.weights[k] * F.cross_entropy(guess, target[:, k], ignore_index=-1)
        return loss


def places(box: torch.Tensor) -> list[torch.Tensor]:
    """Size (3) and position (9) ids of boxes (B,4) in 0..1, -1 where undefined; the limits of photo-truth.ts.

    Taken from the box after zoom and shift: a word measured on the whole photograph would be wrong there.
    """
    known = ~box.isnan().any(1)
    b = box.nan_to_num()
    area = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    size = (area < 0.72).long() + (area < 0.38).long()
    across, down = (b[:, 0] + b[:, 2]) / 2, (b[:, 1] + b[:, 3]) / 2
    column = 1 - (across < 0.4).long() + (across > 0.6).long()
    row = 1 - (down < 0.38).long() + (down > 0.64).long()
    position = torch.where(known & (size > 0), row * 3 + column, -1)
    return [torch.where(known, size, -1), position]


def schedule(progress: float) -> float:
    """One cycle: 6 % warm-up, then cosine to zero."""
    if progress < 0.06:
        return 0.05 + 0.95 * progress / 0.06
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - 0.06) / 0.94)))


@torch.no_grad()
def evaluate(vision: nn.Module, heads: Heads, source: Source, count: int) -> dict[str, float]:
    """Top-1, top-5, box error (pixels) and word accuracies on the first COUNT shuffled pictures."""
    vision.eval()
    pick = np.sort(np.random.default_rng(5).permutation(len(source.pixels))[:count])
    top1 = top5 = box = named = 0.0
    right, seen = None, None
    where = [[0, 0], [0, 0]]
    for i in range(0, len(pick), 250):
        rows = pick[i : i + 250]
        with torch.autocast("cpu", torch.bfloat16):
            e = vision(normalise(source.pixels[rows]))
        classes, boxes, words, placed = heads(e.float())
        truth = torch.from_numpy(source.label[rows])
        order = classes.topk(5, 1).indices
        top1 += (order[:, 0] == truth).sum().item()
        top5 += (order == truth[:, None]).any(1).sum().item()
        named += (truth >= 0).sum().item()
        edges = torch.from_numpy(source.box[rows]).float()
        for k, target in enumerate(places(torch.cat([edges[:, :2], edges[:, 2:] + 1], 1) / 64)):
            where[0][k] += ((placed[k].argmax(1) == target) & (target >= 0)).sum().item()
            where[1][k] += (target >= 0).sum().item()
        box += (boxes * 64 - torch.from_numpy(source.box[rows])).abs().mean(1).sum().item()
        if words:
            target = torch.from_numpy(source.words[rows])
            hits = torch.stack([(w.argmax(1) == target[:, k]) for k, w in enumerate(words)], 1)
            known = target >= 0
            right = (hits & known).sum(0) + (right if right is not None else 0)
            seen = known.sum(0) + (seen if seen is not None else 0)
    vision.train()
    out = {"top1": round(top1 / max(1, named), 4), "top5": round(top5 / max(1, named), 4)}
    if not math.isnan(box):
        out["box"] = round(box / len(pick), 2)
    for k, name in enumerate(("size", "position")):
        if where[1][k]:
            out[name] = round(where[0][k] / where[1][k], 3)
    if right is not None and seen is not None:
        for k in range(len(right)):
            if seen[k] > 0:
                out[f"w{k}"] = round(right[k].item() / seen[k].item(), 3)
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--sources", default="train:1.0", help="name:share,... of every batch")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--optimizer", choices=["muon", "adamw"], default="muon")
    parser.add_argument("--lr", type=float, default=3e-3)
    parser.add_argument("--muon-lr", type=float, default=0.08)
    parser.add_argument("--small-until", type=float, default=0.6)
    parser.add_argument("--name", default="vision")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--text-from", type=float, default=2.0, help="progress from which captions join (contrastive)")
    parser.add_argument("--cutmix", type=float, default=0.0, help="share of photographs with a piece of another, until captions join")
    parser.add_argument("--teachers", default="", help="WORK:weight,... whose readers tell what else is likely in a picture")
    parser.add_argument("--taught", type=float, default=0.7, help="share of the teachers in what pictures are learnt to show")
    parser.add_argument("--compile", action="store_true", help="a tenth faster after a minute of compiling; needs a C++ compiler")
    parser.add_argument("--fresh-clock", action="store_true", help="keep weights, start a new cycle")
    parallel.add_arguments(parser)
    args = parser.parse_args()
    parallel.start(args)
    share = args.batch // args.world
    torch.manual_seed(args.seed)
    written = args.work / "ckpt" / "config.json"
    config = read_config(written.parent) if written.exists() else Config()
    if args.rank == 0:
        written.parent.mkdir(exist_ok=True)
        config.save(written)
    vision = Vision(config).to(memory_format=torch.channels_last)
    heads = Heads(config.embed_dim, args.work)
    sources, kinds = [], []
    for part in args.sources.split(","):
        name, weight = part.split(":")
        sources.append((Source(args.work, name), float(weight)))
        own = as_shares(torch.from_numpy(sources[-1][0].label), heads.classes.out_features)
        kinds.append(mixed(own, likely(args.teachers, name, own.shape[1]), args.taught) if args.teachers else own)
    val = Source(args.work, "val")
    drawn_val = Source(args.work, "drawnval") if (args.work / "drawnval.u8.npy").exists() else None

    text, scale = Text(config), nn.Parameter(torch.tensor(math.log(10.0)))
    held = [p for n, p in vision.named_parameters() if p.dim() == 4 and "blocks" in n and "conv" in n]
    held_ids = {id(p) for p in held} if args.optimizer == "muon" else set()
    rest = [p for m in (vision, heads) for p in m.parameters() if id(p) not in held_ids]
    decay = [p for p in rest if p.dim() > 1]
    plain = [p for p in rest if p.dim() <= 1]
    adam = torch.optim.AdamW(
        [{"params": decay, "weight_decay": 0.05}, {"params": plain, "weight_decay": 0.0}],
        lr=args.lr, betas=(0.9, 0.99),
    )
    adam_text = torch.optim.AdamW([*text.parameters(), scale], lr=1e-3, betas=(0.9, 0.98), weight_decay=0.02)
    muon = Muon(held, args.muon_lr) if held_ids else None

    path = args.work / "ckpt" / f"{args.name}.state.pt"
    spent, step = 0.0, 0
    if path.exists():
        state = checkpoint.load(path, "the vision state", weights_only=False)
        checkpoint.fill(vision, state["vision"], "the vision state")
        checkpoint.recall(heads, state.get("heads", {}))
        if muon is not None and state.get("muon") is not None:
            muon.load_state_dict(state["muon"])
        if "text" in state:
            text.load_state_dict(state["text"])
        if "scale" in state:
            scale.data.copy_(state["scale"])
        step = state["step"]
        spent = 0.0 if args.fresh_clock else state["spent"]
        print(f"resumed at step {step}, {spent / 60:.1f} min", flush=True)

    look = torch.compile(vision) if args.compile else vision
    trained = [*vision.parameters(), *heads.parameters(), *text.parameters(), scale]
    batches: queue.Queue = queue.Queue(4)
    side_now, with_text = [48], [False]

    def feed() -> None:
        rng = np.random.default_rng(args.seed + step + 7919 * args.rank)
        orders = [np.empty(0, np.int64) for _ in sources]
        while True:
            parts = []
            for k, (source, part) in enumerate(sources):
                n = round(share * part)
                if len(orders[k]) < n:
                    orders[k] = rng.permutation(len(source.pixels))
                rows, orders[k] = orders[k][:n], orders[k][n:]
                level = "still" if source.drawn else "flip" if with_text[0] else "full"
                x, b, flip = augment(source.pixels[rows], source.box[rows], side_now[0], rng, level)
                said = source.captions.pick(rows, flip.numpy(), rng) if with_text[0] else None
                w = torch.from_numpy(source.words[rows].copy())
                shown = kinds[k][rows]
                if level == "full":  # what stands where, and in which colours, is not asked of mixed pictures
                    x, shown, cut = cutmix(x, shown, args.cutmix, rng)
                    b[cut], w[cut] = torch.nan, -1
                parts.append((x, shown, b, w, said))
            batches.put(parts)

    threading.Thread(target=feed, daemon=True).start()
    log = open(args.work / f"{args.name}.log.jsonl", "a", encoding="utf-8")
    vision.train()
    last, last_eval, images, running = time.time(), time.time(), 0, []
    begun = time.time()
    while spent < args.minutes * 60:
        progress = spent / (args.minutes * 60)
        side_now[0] = 48 if progress < args.small_until else 64
        with_text[0] = progress >= args.text_from
        factor = schedule(progress)
        for group in adam.param_groups:
            group["lr"] = args.lr * factor
        if muon is not None:
            for group in muon.param_groups:
                group["lr"] = args.muon_lr * factor
        parts = batches.get()
        if len({p[0].shape[-1] for p in parts}) > 1:
            continue
        x, shown, box, target = (torch.cat([p[k] for p in parts]) for k in range(4))
        x = x.contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            e = look(x)
        loss = heads.loss(e.float(), shown, box, target)
        if all(p[4] is not None for p in parts):
            longest = max(p[4].shape[1] for p in parts)
            ids = torch.cat([F.pad(p[4], (0, longest - p[4].shape[1]), value=config.pad) for p in parts])
            ids = ids[:, : int((ids != config.pad).sum(1).max())]
            with torch.autocast("cpu", torch.bfloat16):
                t = text(ids)
            loss = loss + 0.7 * contrast(e.float(), t.float(), ids, scale)
        adam.zero_grad(set_to_none=True)
        vision.zero_grad(set_to_none=True)
        adam_text.zero_grad(set_to_none=True)
        loss.backward()
        now = time.time()
        spent, last = parallel.average(trained, spent + now - last, args), now
        nn.utils.clip_grad_norm_(rest, 5.0)
        adam.step()
        for group in adam_text.param_groups:
            group["lr"] = 1e-3 * min(1.0, 4 * factor + 0.05)
        adam_text.step()
        if muon is not None:
            muon.step(args.rank, args.world)
        step += 1
        images += len(x)
        running.append(loss.item())
        if step % 200 == 0:
            parallel.same([p.data for p in trained], args)
        if args.rank == 0 and (now - last_eval > 150 or spent >= args.minutes * 60):
            figures = evaluate(vision, heads, val, 2000 if spent < args.minutes * 60 else 5000)
            if drawn_val is not None:
                figures |= {f"d_{k}": v for k, v in evaluate(vision, heads, drawn_val, 1000).items()}
            row = {"at": time.strftime("%H:%M:%S"), "step": step, "minutes": round(spent / 60, 2), "side": side_now[0],
                   "loss": round(float(np.mean(running)), 4), "per_s": round(args.world * images / (time.time() - begun)), **figures}
            print(json.dumps(row), flush=True)
            log.write(json.dumps(row) + "\n")
            log.flush()
            running = []
            torch.save({"vision": vision.state_dict(), "heads": heads.state_dict(), "text": text.state_dict(), "scale": scale.data, "step": step, "spent": spent,
                        "muon": muon.state_dict() if muon is not None else None}, path.with_suffix(".tmp"))
            path.with_suffix(".tmp").rename(path)
            torch.save(vision.state_dict(), args.work / "ckpt" / "vision.pt")
            torch.save(text.state_dict(), args.work / "ckpt" / "text.pt")
            last_eval = last = begun = time.time()
            images = 0
    print("done", flush=True)


if __name__ == "__main__":
    main()
