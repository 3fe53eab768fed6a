"""Trains mapper and decoder on frozen image embeddings, alt-texts mixed on the fly, by the clock."""

import argparse
import json
import math
import queue
import random
import threading
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import checkpoint
import parallel
from as_empty import steady_loss
from batches import Batch, batches
from captions import MIX, Mixer, Picture, World, caption
from coder import Coder
from decode import greedy, texts
from model import Captioner, read_config
from muon import Muon
from noise import noise
from pictures import Pictures, drawn_pictures, photo_pictures, seen_drawings, seen_photos
from readers import NAMES as READINGS
from readers import Readers, fit
from soft_names import SoftNames


# Words that no list of names holds: made of pieces that are rare elsewhere, most of them.
ODD = "labradoodle snarfel krombach wibblet zorvath quenby trundlewick abradine okelmuth pimbrook".split()
PAUSE = 20.0  # a step that took more seconds was suspended: the clock stood still
DECIDING = 3  # tokens from where the name begins: article or first pieces


def token_weights(target: torch.Tensor, stop: int, head: float,
                  starts: torch.Tensor | None = None, decision: float = 1.0) -> torch.Tensor:
    """Weights (B,C) of caption tokens: those of the first sentence, which names things, weigh HEAD, and
    the first of the name DECISION times that."""
    first = ((target == stop).cumsum(1) == 0).float()
    weight = (target != -100).float() * (1 + (head - 1) * first)
    if starts is not None:
        after = torch.arange(target.shape[1]) - starts[:, None]
        weight = weight * (1 + (decision - 1) * ((after >= 0) & (after < DECIDING)).float())
    return weight


def token_losses(logits: torch.Tensor, batch: Batch, names: SoftNames) -> torch.Tensor:
    """Cross-entropy (B,C) of every caption token; soft where what is seen is named."""
    each = F.cross_entropy(logits.float().transpose(1, 2), batch.target, ignore_index=-100, reduction="none")
    return names.soften(each, logits, batch.target, batch.starts, batch.known.likely, batch.known.carried == 0)


class Watch:
    """A small fixed validation of every rate, on pictures training has not seen."""

    def __init__(self, world: World, sets: dict[str, Pictures], coder: Coder, count: int) -> None:
        self.coder, self.world = coder, world
        self.jobs: list[tuple[str, str, np.ndarray, str, dict]] = []
        for label, group in sets.items():
            rng = random.Random(4)
            for i in rng.sample(range(len(group.pictures)), min(count, len(group.pictures))):
                p, e = group.pictures[i], group.embeddings[i]
                pool = world.families[p.pool]["unseen"] or world.families[p.pool]["seen"]
                unseen = rng.choice(pool)[0]
                wrong = rng.choice(rng.choice(world.far[p.group]))[0][0]
                odd, common, idle = rng.choice(ODD), world.everyday.far_word(p.group, rng), world.everyday.idle_text(rng)
                noisy = rng.sample([p.names[0], noise(rng), noise(rng)], 3)
                self.jobs += [
                    (label, "carry", e, p.names[0], {"has": p.names[0]}),
                    (label, "carry_unseen", e, unseen, {"has": unseen}),
                    (label, "carry_odd", e, odd, {"has": odd}),
                    (label, "refuse", e, wrong, {"not": wrong, "empty": 2}),
                    (label, "noise", e, " ".join(noisy), {"has": p.names[0]}),
                    (label, "empty", e, "", {"picture": p}),
                    (label, "everyday", e, common, {"not": common, "empty": -1}),
                    (label, "idle", e, idle, {"not": idle, "empty": -2}),
                ]
                if world.apart[p.pool]:
                    beside = rng.choice(rng.choice(world.apart[p.pool]))[0][0]
                    self.jobs.append((label, "refuse_apart", e, beside, {"not": beside}))

    def __call__(self, model: Captioner, show: int = 0) -> dict[str, float]:
        model.eval()
        e = torch.from_numpy(np.stack([j[2] for j in self.jobs]).astype(np.float32))
        alt = torch.tensor([self.coder.alt(j[3]) for j in self.jobs])
        with torch.autocast("cpu", torch.bfloat16):
            ids = torch.cat([F.pad(g, (0, 56 - g.shape[1]), value=self.coder.config.eos) for g in
                             (greedy(model, e[i : i + 256], alt[i : i + 256]) for i in range(0, len(e), 256))])
        model.train()
        said = texts(self.coder.tokenizer, ids, self.coder.config.eos)
        hits: dict[str, list[bool]] = {}
        for k, (label, kind, _, given, want) in enumerate(self.jobs):
            low = said[k].lower()
            if "has" in want:
                hits.setdefault(f"{label}.{kind}", []).append(want["has"].lower().rstrip("y") in low)
            elif "not" in want:
                refused = want["not"].lower() not in low
                hits.setdefault(f"{label}.{kind}", []).append(refused)
                if refused and "empty" in want:
                    without = said[k + want["empty"]]
                    hits.setdefault(f"{label}.{kind}_as_empty", []).append(said[k].split(".")[0] == without.split(".")[0])
            else:
                p: Picture = want["picture"]
                head = low.split(".")[0]
                kinds = [p.names[0], *[a[0] for a in p.alike]]
                hits.setdefault(f"{label}.top1", []).append(any(n.lower().rstrip("y") in head for n in kinds))
                hits.setdefault(f"{label}.family", []).append(f" {p.family}" in low)
                tail = p.tail.lower()
                if p.colour:
                    hits.setdefault(f"{label}.colour", []).append(p.colour in low[low.find("."):])
                ground = [w for w in tail.split("background")[0].split()[-1:]] if "background" in tail else []
                if ground:
                    hits.setdefault(f"{label}.background", []).append(f"{ground[0]} background" in low)
        for k in range(show):
            print("   ", self.jobs[k][1], "|", self.jobs[k][3], "|", said[k], flush=True)
        return {k: round(sum(v) / len(v), 3) for k, v in hits.items()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--drawn", type=float, default=0.0, help="share of drawn pictures")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--head", type=float, default=2.0, help="weight of the first sentence in the loss")
    parser.add_argument("--decision", type=float, default=3.0, help="further weight of the tokens where the name begins")
    parser.add_argument("--beside", type=int, default=256, help="pictures beside names a step, for the readers and for copying")
    parser.add_argument("--readers", type=float, default=0.4, help="weight of reading families and kinship behind the slot")
    parser.add_argument("--readers-first", type=float, default=0.0, help="minutes in which new readers learn beside weights that stand still")
    parser.add_argument("--copying", type=float, default=0.6, help="weight of names, carried or refused, on the rows beside")
    parser.add_argument("--steady", type=float, default=1.0, help="weight of saying beside a refused name what is said without one")
    parser.add_argument("--muon-lr", type=float, default=0.02)
    parser.add_argument("--heads-only", type=float, default=0.5, help="share of rows cut after the first sentence")
    parser.add_argument("--short", action="store_true", help="leave pads of the slot away: 2x the rows a second, for a first stage")
    parser.add_argument("--fresh-clock", action="store_true", help="keep weights, start a new cycle")
    parser.add_argument("--mix", default="{}", help="JSON of condition -> weight, over the built-in mix")
    parser.add_argument("--drawn-mix", default="{}", help="the same for drawn pictures, over --mix")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--watch", type=int, default=60)
    parser.add_argument("--every", type=float, default=180)
    parallel.add_arguments(parser)
    args = parser.parse_args()
    parallel.start(args)
    torch.manual_seed(args.seed)
    ckpt = args.work / "ckpt"
    config = read_config(ckpt)
    coder = Coder(ckpt / "tokenizer.json", config)
    world = World(args.photos, Path(__file__).parents[1] / "builtin/names.json")
    known = [n for word, f in world.families.items() for n, _ in [*f["seen"], *world.more[word]]]
    mix = MIX | json.loads(args.mix)
    mixer = Mixer(world, mix, coder.rare_pieces(known), mix | json.loads(args.drawn_mix))
    photos = seen_photos(world, args.work, "train")
    sets = [(photos, 1 - args.drawn)]
    watched = {"photo": Pictures(args.work, "val", photo_pictures(world, args.work, "val"))}
    if args.drawn > 0:
        sets.append((seen_drawings(world, args.work, "drawn"), args.drawn))
        watched["drawn"] = Pictures(args.work, "drawnval", drawn_pictures(world, args.work, "drawnval"))
    any_photo = photos.pictures[0]
    named = [coder.first_sentence(caption(any_photo, *called)) for called in photos.called]
    names = SoftNames([ids[len(coder.prefix(any_photo.prefix)) :] for ids in named])
    watch = Watch(world, watched, coder, args.watch)
    model = Captioner(config)
    # The projection of the embedding too: classes differ in directions of little variance, and
    # orthogonal steps move along all of them.
    inner = [p for n, p in model.named_parameters()
             if p.dim() == 2 and (".layers." in n or n == "clip_project.linear.weight")]
    muon = Muon(inner, args.muon_lr, 0.95, hold=False)
    inner_ids = {id(p) for p in inner}
    decay = [p for p in model.parameters() if p.dim() > 1 and id(p) not in inner_ids]
    plain = [p for p in model.parameters() if p.dim() <= 1]
    adam = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0.0}],
                             lr=args.lr, betas=(0.9, 0.98))
    readers = Readers(model, len(world.families), photos.read(torch.zeros(1, config.embed_dim)).shape[1])
    adam_readers = torch.optim.AdamW(readers.parameters(), lr=args.lr, betas=(0.9, 0.98))
    path = ckpt / "captioner.state.pt"
    spent, step = 0.0, 0
    if path.exists():
        state = checkpoint.load(path, "the captioner state", weights_only=False)
        checkpoint.fill(model, state["model"], "the captioner state")
        checkpoint.recall(readers, state.get("readers", {}))
        if "muon" in state and len(state["muon"]["param_groups"][0]["params"]) == len(inner):
            adam.load_state_dict(state["adam"])
            muon.load_state_dict(state["muon"])
        spent, step = (0.0, 0) if args.fresh_clock else (state["spent"], state["step"])
        print(f"resumed at step {step}, {spent / 60:.1f} min", flush=True)
    trained = [*model.parameters(), *readers.parameters()]
    ready: queue.Queue = queue.Queue(6)
    threading.Thread(target=batches, args=(sets, mixer, coder, args.batch // args.world, args.seed + step + 7919 * args.rank, args.heads_only, args.short, args.beside // args.world, ready), daemon=True).start()
    if args.readers_first > 0:
        print(dict(zip(READINGS, fit(readers, model, ready, args.readers_first))), flush=True)
    log = open(args.work / "captioner.log.jsonl", "a", encoding="utf-8")
    model.train()
    last = begun = last_watch = time.time()
    running, readings, rows = [], [], 0
    while spent < args.minutes * 60:
        progress = spent / (args.minutes * 60)
        factor = min(1.0, (step + 1) / 150, 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * max(0.0, progress - 0.1) / 0.9)))
        for group in adam.param_groups:
            group["lr"] = args.lr * factor
        for group in muon.param_groups:
            group["lr"] = args.muon_lr * factor
        batch, extra = ready.get()
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(batch.embeddings, batch.alt, batch.target.clamp(min=0))
        weight = token_weights(batch.target, coder.stop, args.head, batch.starts, args.decision)
        loss = (token_losses(logits, batch, names) * weight).sum() / weight.sum()
        read, right = readers(batch.alt.shape[1], batch.starts, batch.known)
        loss = loss + args.readers * read
        if args.steady > 0:  # behind the readers, who keep the hidden states of the last pass
            loss = loss + args.steady * steady_loss(model, batch, logits, weight)
        if extra is not None:
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(extra.embeddings, extra.alt, extra.target.clamp(min=0))
            behind = (torch.arange(extra.target.shape[1]) >= extra.starts[:, None]) & (extra.target != -100)
            loss = loss + args.copying * token_losses(logits, extra, names)[behind].mean()
            read, right = readers(extra.alt.shape[1], extra.starts, extra.known)
            loss = loss + args.readers * read
        readings.append(right)
        model.zero_grad(set_to_none=True)
        # A reader that is not asked in one process must still meet the others.
        for reader in readers.parameters():
            reader.grad = torch.zeros_like(reader)
        loss.backward()
        now = time.time()
        spent, last = parallel.average(trained, spent + min(now - last, PAUSE), args), now
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        adam_readers.step()
        muon.step(args.rank, args.world)
        step += 1
        rows += len(batch.target)
        running.append(loss.item())
        if step % 200 == 0:
            parallel.same([p.data for p in trained], args)
        if step % 50 == 0 and args.rank == 0:
            print(f"{time.strftime('%H:%M:%S')} step {step} loss {np.mean(running[-50:]):.4f} {dict(zip(READINGS, np.nanmean(readings[-50:], 0).round(3).tolist()))} {args.world * rows / (now - begun):.0f}/s", flush=True)
        if args.rank == 0 and (now - last_watch > args.every or spent >= args.minutes * 60):
            figures = watch(model, show=5)
            row = {"at": time.strftime("%H:%M:%S"), "step": step, "minutes": round(spent / 60, 2), "lr": round(factor, 4),
                   "loss": round(float(np.mean(running)), 4), **figures}
            print(json.dumps(row), flush=True)
            log.write(json.dumps(row) + "\n")
            log.flush()
            torch.save({"model": model.state_dict(), "readers": readers.state_dict(), "adam": adam.state_dict(), "muon": muon.state_dict(), "spent": spent, "step": step}, path.with_suffix(".tmp"))
            path.with_suffix(".tmp").rename(path)
            torch.save(model.state_dict(), ckpt / "captioner.pt")
            running, readings, rows = [], [], 0
            last = begun = last_watch = time.time()
    print("done", flush=True)


if __name__ == "__main__":
    main()
