"""Reads WordNet 3.0 nouns (Debian's wordnet-base) and lists the names below a synset."""

from functools import cache
from pathlib import Path

from data import need

HOME = Path("/usr/share/wordnet")


@cache
def _load() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    names: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    with open(need(HOME / "data.noun", "WordNet"), encoding="utf-8") as handle:
        for line in handle:
            if line.startswith("  "):
                continue
            fields = line.split(" | ")[0].split()
            offset, words = fields[0], int(fields[3], 16)
            names[offset] = [w.replace("_", " ") for w in fields[4 : 4 + 2 * words : 2]]
            at = 4 + 2 * words
            pointers = int(fields[at])
            for p in range(pointers):
                symbol, target = fields[at + 1 + 4 * p], fields[at + 2 + 4 * p]
                if symbol in ("@", "@i"):
                    below.setdefault(target, []).append(offset)
    return names, below


def synset_names(offset: str) -> list[str]:
    """Names of one synset, in WordNet's order."""
    return _load()[0][offset]


def subtree(offset: str) -> list[str]:
    """Offsets of a synset and everything below it, each once, in a fixed order."""
    below = _load()[1]
    seen: dict[str, None] = {}
    queue = [offset]
    while queue:
        here = queue.pop()
        if here not in seen:
            seen[here] = None
            queue.extend(reversed(below.get(here, [])))
    return list(seen)


def parents() -> dict[str, list[str]]:
    """Synset -> its hypernyms."""
    up: dict[str, list[str]] = {}
    for parent, children in _load()[1].items():
        for child in children:
            up.setdefault(child, []).append(parent)
    return up
