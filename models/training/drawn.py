"""Field-guide pictures for training: arrays, labels of the heads, and pictures for the captions."""

import json
import sys
from pathlib import Path

import numpy as np

from captions import Picture, World
from data import fail, need
from words import WORDS, labels

# Which family of names.json a drawn family takes its consistent names from.
POOLS = {
    "shell": "mollusk",
}
ASPECTS = ["family", "medium", "count", "colour", "pose", "position", "size", "background"]


def read_drawn(world: World, path: Path) -> list[Picture]:
    """Pictures of a truth.jsonl, in file order."""
    rows = [json.loads(x) for x in need(path, "drawn truth").read_text().splitlines()]
    kinds = {s: i for i, s in enumerate(sorted({r["species"]["id"] for r in rows}))}
    guide: dict[str, dict[str, str | None]] = {}
    for r in rows:
        pool = r["family"] if r["family"] in world.families else POOLS.get(r["family"], "object")
        guide.setdefault(pool, {})[r["species"]["name"]] = r["species"]["latin"] or None
    for pool, names in guide.items():
        world.learn(pool, sorted(names.items()))
    out = []
    for r in rows:
        family = r["family"]
        pool = family if family in world.families else POOLS.get(family, "object")
        species = r["species"]
        alike = [] if r["decidable"] else [(a["name"], a["latin"] or None) for a in r["alike"]]
        out.append(Picture(
            [species["name"]], species["latin"] or None, family, pool, world.families[pool]["group"], r["tail"],
            r["colour"], kinds[species["id"]], r["head"]["prefix"], r["head"]["plural"], True, alike,
        ))
    return out


def _row_labels(r: dict) -> dict[str, str]:
    said = {a: str(r[a]) for a in ASPECTS if r.get(a) is not None}
    if "pose" in said:
        said["pose"] = f"{r['family']}/{r['pose']}"
    return said


def prepare(work: Path, names: list[str]) -> None:
    """From NAME.raw and NAME.truth.jsonl write arrays and labels; photo word files gain empty columns."""
    truths = {n: [json.loads(x) for x in need(work / f"{n}.truth.jsonl", "drawn truth").read_text().splitlines()] for n in names}
    every = [r for rows in truths.values() for r in rows]
    # Look-alikes share a label: the eye cannot tell them.
    look = {r["species"]["id"]: r["species"]["id"] if r["decidable"] else min([r["species"]["id"], *[a["id"] for a in r["alike"]]]) for r in every if r["medium"] == "colour"}
    kinds = {s: 200 + i for i, s in enumerate(sorted({min(r["species"]["id"], look.get(r["species"]["id"], "~")) for r in every}))}
    values = {a: sorted({_row_labels(r)[a] for r in every if a in _row_labels(r)}) for a in ASPECTS}
    words = [*WORDS, *({"name": f"drawn {a}", "values": values[a], "weight": 0.3} for a in ASPECTS)]
    for name, rows in truths.items():
        raw = np.fromfile(work / f"{name}.raw", np.uint8)
        if raw.size != len(rows) * 64 * 64 * 3:
            fail(f"{name}.raw holds {raw.size} bytes for {len(rows)} pictures")
        np.save(work / f"{name}.u8.npy", raw.reshape(-1, 64, 64, 3))
        np.save(work / f"{name}.box.npy", np.full((len(rows), 4), np.nan, np.float32))
        kind = [kinds[min(r["species"]["id"], look.get(r["species"]["id"], "~"))] if r["decidable"] or r["medium"] == "colour" else -1 for r in rows]
        np.save(work / f"{name}.label.npy", np.array(kind, np.int64))
        w = np.full((len(rows), len(words)), -1, np.int64)
        for i, r in enumerate(rows):
            for a, v in _row_labels(r).items():
                w[i, len(WORDS) + ASPECTS.index(a)] = values[a].index(v)
        np.save(work / f"{name}.words.npy", w)
    for split in ("train", "val"):
        rows = [json.loads(x) for x in (work / f"photos-truth-{split}.jsonl").read_text().splitlines()]
        own = labels(rows, split == "val")
        np.save(work / f"{split}.words.npy", np.pad(own, ((0, 0), (0, len(ASPECTS))), constant_values=-1))
    (work / "words.json").write_text(json.dumps({"classes": 200 + len(kinds), "words": words}))
    print(len(kinds), "kinds", {a: len(v) for a, v in values.items()})


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), sys.argv[2:])
