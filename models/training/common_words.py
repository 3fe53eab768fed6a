"""What people call things: common words of English, the families and groups of what they name, and words for no thing.

How common a word is: wordfreq's Zipf scale (log10 of uses in a thousand
million words; Speer 2022); what it names: its most used senses in WordNet.
"""

import json
import re
from pathlib import Path
from typing import NamedTuple

from wordfreq import zipf_frequency

import wordnet
from noise import MEDIA

HERE = Path(__file__).parent
# Zipf of things, Zipf of words that name no thing. Few enough to be known by heart: with twice as many things and eight
# times as many idle words, words that nobody has read were refused as well (a made-up word was carried on 45 % of photographs,
# n = 80, where it had been on 87 %).
COMMON, IDLE = 3.6, 5.2
RARE = 3.2  # below this, Zipf of words that hardly anybody knows
WORD = re.compile(r"^[a-z]{3,}$")
# Roots of groups, for things below no family. The first that fits.
GROUPS = {
    "animal": ["00015388"], "plant": ["00017222", "13087625"], "person": ["00007846"], "body": ["05220461"],
    "vehicle": ["03100490"], "clothing": ["03051540", "02756098", "03380867"], "food": ["00021265", "07555863", "07881800"],
    "building": ["04341686", "02735688", "04564698"], "landscape": ["09287968", "09225146", "09334396", "08630985"],
    "object": ["00021939"], "stuff": ["00020827", "00034213", "00019613"],
}
THINGS = {"05", "06", "08", "13", "17", "18", "19", "20", "27"}  # lexicographer files of what is seen (lexnames(5WN))


def grown() -> dict[str, tuple[str | None, str]]:
    """Synset -> (family, group) it lies below: of families the smallest, of groups the first."""
    families = json.loads((HERE / "families.json").read_text())
    trees = [(word, set(wordnet.of_family(f)), f["group"]) for word, f in families.items()]
    out: dict[str, tuple[str | None, str]] = {}
    for word, below, group in sorted(trees, key=lambda t: len(t[1])):
        for offset in below:
            out.setdefault(offset, (word, group))
    for group, roots in GROUPS.items():
        for offset in (o for r in roots for o in wordnet.subtree(r)):
            out.setdefault(offset, (None, group))
    return out


def senses() -> dict[str, list[str]]:
    """Lemma -> synsets of its nouns, the most used first: those that somebody met in a text, two at least. Proper names
    have none."""
    out: dict[str, list[str]] = {}
    for line in wordnet.lines("index.noun"):
        fields = line.split()
        met = max(2, int(fields[-int(fields[2]) - 1]))
        offsets = fields[-int(fields[2]):][:met]
        if wordnet.synset_names(offsets[0])[0][0].islower():
            out[fields[0]] = offsets
    return out


def uses() -> dict[str, dict[str, int]]:
    """Lemma -> part of speech (1 noun, 2 verb, 3 or 5 adjective) -> how often it was met in tagged texts."""
    out: dict[str, dict[str, int]] = {}
    for line in wordnet.lines("cntlist.rev"):
        key, _, count = line.split()
        lemma, rest = key.split("%")
        part = out.setdefault(lemma, {})
        part[rest[0]] = part.get(rest[0], 0) + int(count)
    return out


def is_noun(word: str, used: dict[str, dict[str, int]], others: set[str]) -> bool:
    """Whether it is a noun more often than anything else."""
    met = used.get(word, {})
    most = max((n for part, n in met.items() if part != "1"), default=0)
    return met.get("1", 0) >= most and (met.get("1", 0) > 0 or word not in others)


class Thing(NamedTuple):
    """What a common noun may mean."""

    word: str
    zipf: float
    family: str | None  # of its first sense
    others: list[str]  # families of its further senses
    groups: list[str]


class Words(NamedTuple):
    """Words of English, in alphabetical order."""

    things: list[Thing]
    idle: list[str]  # they name no thing
    rare: list[str]  # hardly anybody knows them, and they name nothing of any family


def read() -> Words:
    """What WordNet and wordfreq say."""
    tree, nouns, used, others = grown(), senses(), uses(), {line.split()[0] for line in wordnet.lines("index.adj")}
    things: list[Thing] = []
    idle: set[str] = set()
    rare: list[str] = []
    for word, meant in nouns.items():
        zipf = zipf_frequency(word, "en")
        found = [tree[offset] for offset in meant if offset in tree]
        families, groups = {family for family, _ in found if family}, {group for _, group in found}
        if WORD.match(word) and zipf < RARE and not families:
            rare.append(word)
        if not WORD.match(word) or zipf < COMMON or word in MEDIA or not is_noun(word, used, others):
            continue
        if wordnet.file_of(meant[0]) in THINGS:
            family, group = tree.get(meant[0], (None, None))
            # "Cow" is said of people as well, but not of the people in a picture.
            groups = groups if group == "person" or groups == {"person"} else groups - {"person"}
            if groups:
                things.append(Thing(word, zipf, family, sorted(families - {family}), sorted(groups)))
        elif zipf >= IDLE and not any(wordnet.file_of(offset) in THINGS for offset in meant):
            idle.add(word)
    idle |= {w for w in others if WORD.match(w) and zipf_frequency(w, "en") >= IDLE and not is_noun(w, used, set())}
    return Words(sorted(things, key=lambda t: t.word), sorted(idle), sorted(rare))
