"""Reads WordNet 3.0 nouns (Debian's wordnet-base) and lists the names below a synset."""

from functools import cache
from pathlib import Path

from data import need

HOME = Path("/usr/share/wordnet")


def lines(name: str) -> list[str]:
    """Lines of one file of WordNet, without its licence."""
    text = need(HOME / name, "WordNet").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("  ")]


@cache
def _load() -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, str]]:
    names: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    files: dict[str, str] = {}
    for line in lines("data.noun"):
        fields = line.split(" | ")[0].split()
        offset, words = fields[0], int(fields[3], 16)
        files[offset] = fields[1]
        names[offset] = [w.replace("_", " ") for w in fields[4 : 4 + 2 * words : 2]]
        at = 4 + 2 * words
        pointers = int(fields[at])
        for p in range(pointers):
            symbol, target = fields[at + 1 + 4 * p], fields[at + 2 + 4 * p]
            if symbol in ("@", "@i"):
                below.setdefault(target, []).append(offset)
    return names, below, files


def file_of(offset: str) -> str:
    """Number of the lexicographer file that a synset stands in: 05 animals, 06 artifacts, ... (lexnames(5WN))."""
    return _load()[2][offset]


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


def of_family(family: dict) -> list[str]:
    """Offsets below the roots of one family of families.json, without what it leaves to others."""
    leave = {o for r in family.get("without", []) for o in subtree(r)}
    return [o for r in family["roots"] for o in subtree(r) if o not in leave]


def parents() -> dict[str, list[str]]:
    """Synset -> its hypernyms."""
    up: dict[str, list[str]] = {}
    for parent, children in _load()[1].items():
        for child in children:
            up.setdefault(child, []).append(parent)
    return up
