"""Writes models/builtin/names.json: family words, their WordNet names, and which are held out."""

import hashlib
import json
import re
import sys
from pathlib import Path

import wordnet
from data import fail, read_classes

HERE = Path(__file__).parent
NAMES, HELD_OUT_OF_TEN = 64, 1
BINOMIAL = re.compile(r"^[A-Z][a-z]+ [a-z]+$")
PLAIN = re.compile(r"^[A-Za-z][A-Za-z'-]*( [A-Za-z'-]+){0,2}$")
LICENCE = (
    "Names and hierarchy: WordNet 3.0, Copyright 2006 by Princeton University. All rights reserved. "
    "Used under the WordNet licence (https://wordnet.princeton.edu/license-and-commercial-use): provided "
    "'as is' without warranty; the name of Princeton University may not be used in advertising."
)


def rank(name: str) -> int:
    """A fixed pseudo-random number per name, the same on every machine."""
    return int(hashlib.sha256(name.lower().encode()).hexdigest()[:12], 16)


def split_names(names: list[str]) -> tuple[str, str | None]:
    """(common, Latin or None) of a synset's names."""
    english = {w.lower() for n in names if not BINOMIAL.match(n) for w in n.split()}
    latin = next((n for n in names[1:] if BINOMIAL.match(n) and not english & set(n.lower().split())), None)
    return names[0], latin


def found_names(photos: Path) -> dict[str, dict[str, str | None]]:
    """Family -> name -> Latin, everything WordNet has. A name below two families belongs to the first;
    class names to none."""
    families = json.loads((HERE / "families.json").read_text())
    classes = read_classes(photos)
    used = {n.lower() for _, names in classes for n in names} | {w for w in families}
    known = {wnid for f in families.values() for wnid in f["classes"]}
    missing = [wnid for wnid, _ in classes if wnid not in known]
    if missing:
        fail(f"families.json has no family for {', '.join(missing[:5])}")
    # Butterflies lie below insects and so on: small subtrees choose first.
    order = sorted(families, key=lambda w: sum(len(wordnet.subtree(r)) for r in families[w]["roots"]))
    out: dict[str, dict[str, str | None]] = {}
    for word in order:
        found: dict[str, str | None] = {}
        leave = {o for r in families[word].get("without", []) for o in wordnet.subtree(r)}
        for root in families[word]["roots"]:
            for offset in (o for o in wordnet.subtree(root) if o not in leave):
                common, latin = split_names(wordnet.synset_names(offset))
                good = PLAIN.match(common) and 4 <= len(common) <= 22 and not BINOMIAL.match(common)
                genus = re.match(r"^(genus|family|order|class|Jew)\b", common)
                taxon = common[0].isupper() and " " not in common
                if good and not genus and not taxon and common.lower() not in used:
                    used.add(common.lower())
                    found[common] = latin
        out[word] = found
    return {w: out[w] for w in families}


def held_out(name: str) -> bool:
    """Whether the hash keeps this name from training."""
    return rank(name) % 10 < HELD_OUT_OF_TEN


def pools(photos: Path) -> dict[str, object]:
    """The content of names.json: NAMES names a family."""
    families = json.loads((HERE / "families.json").read_text())
    out: dict[str, dict[str, object]] = {}
    for word, found in found_names(photos).items():
        ranked = sorted(found, key=rank)[:NAMES]
        out[word] = {
            **families[word],
            "seen": [[n, found[n]] for n in sorted(ranked) if not held_out(n)],
            "unseen": [[n, found[n]] for n in sorted(ranked) if held_out(n)],
        }
    return {"licence": LICENCE, "families": out}


def more_names(photos: Path, names: dict[str, dict]) -> dict[str, list[list[str | None]]]:
    """Family -> [name, Latin] beyond names.json, for training alone: none held out, none that holds a held-out name."""
    kept = [n.lower() for f in names.values() for n, _ in f["unseen"]]
    secret = re.compile(r"\b(" + "|".join(re.escape(n) for n in kept) + r")s?\b")
    taken = {n.lower() for f in names.values() for n, _ in f["seen"]}
    return {
        word: [[n, lt] for n, lt in sorted(found.items())
               if not held_out(n) and n.lower() not in taken and not secret.search(n.lower())]
        for word, found in found_names(photos).items()
    }


if __name__ == "__main__":
    if len(sys.argv) != 3:
        fail("usage: make_names.py PHOTOS_DIR OUT.json")
    content = pools(Path(sys.argv[1]))
    Path(sys.argv[2]).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    for word, f in content["families"].items():  # type: ignore[attr-defined]
        print(word, f["group"], len(f["classes"]), len(f["seen"]), len(f["unseen"]), f["seen"][:4], f["unseen"][:2])
