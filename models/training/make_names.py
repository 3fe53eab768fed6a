"""Writes models/builtin/names.json: family words, their WordNet names, and which are held out."""

import hashlib
import json
import re
import sys
from pathlib import Path

import common_words
import wordnet
from data import fail, read_classes
from everyday import Everyday, held_back

HERE = Path(__file__).parent
NAMES, HELD_OUT_OF_TEN, EVERYDAY = 64, 1, 48
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


def found_names(photos: Path, shortest: int = 4, secret: set[str] | None = None) -> dict[str, dict[str, str | None]]:
    """Family -> name -> Latin, everything WordNet has, the first name of a synset, or every name of those that have
    no SECRET one. A name below two families belongs to the first; class names to none."""
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
        for offset in wordnet.of_family(families[word]):
            names = wordnet.synset_names(offset)
            _, latin = split_names(names)
            if secret is None:
                names = names[:1]
            elif any(n.lower() in secret for n in names):
                names = []
            for name in names:
                good = PLAIN.match(name) and shortest <= len(name) <= 22 and not BINOMIAL.match(name)
                genus = re.match(r"^(genus|family|order|class|Jew)\b", name)
                taxon = name[0].isupper() and " " not in name
                if good and not genus and not taxon and name.lower() not in used:
                    used.add(name.lower())
                    found[name] = latin
        out[word] = found
    return {w: out[w] for w in families}


def held_out(name: str) -> bool:
    """Whether the hash keeps this name from training."""
    return rank(name) % 10 < HELD_OUT_OF_TEN


def pools(photos: Path) -> dict[str, object]:
    """The content of names.json: NAMES names a family, EVERYDAY words a group, far from its pictures."""
    families = json.loads((HERE / "families.json").read_text())
    out: dict[str, dict] = {}
    for word, found in found_names(photos).items():
        ranked = sorted(found, key=rank)[:NAMES]
        out[word] = {
            **families[word],
            "seen": [[n, found[n]] for n in sorted(ranked) if not held_out(n)],
            "unseen": [[n, found[n]] for n in sorted(ranked) if held_out(n)],
        }
    everyday = Everyday(out, set(), common_words.read())
    far = {group: " ".join(everyday.commonest(group, EVERYDAY)) for group in sorted(everyday.far)}
    return {"licence": LICENCE, "families": out, "everyday": far}


def more_names(photos: Path, names: dict[str, dict]) -> dict[str, list[list[str | None]]]:
    """Family -> [name, Latin] beyond names.json, for training alone, synonyms too: none held out, none that holds a
    held-out name."""
    kept = held_back(names)
    secret = re.compile(r"\b(" + "|".join(re.escape(n) for n in sorted(kept)) + r")s?\b")
    taken = {n.lower() for f in names.values() for n, _ in f["seen"]}
    return {
        word: [[n, lt] for n, lt in sorted(found.items())
               if not held_out(n) and n.lower() not in taken and not secret.search(n.lower())]
        for word, found in found_names(photos, 3, kept).items()
    }


if __name__ == "__main__":
    if len(sys.argv) != 3:
        fail("usage: make_names.py PHOTOS_DIR OUT.json")
    content = pools(Path(sys.argv[1]))
    Path(sys.argv[2]).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    for word, f in content["families"].items():  # type: ignore[attr-defined]
        print(word, f["group"], len(f["classes"]), len(f["seen"]), len(f["unseen"]), f["seen"][:4], f["unseen"][:2])
