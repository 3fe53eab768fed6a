"""Everyday words beside pictures: which are kin to those of a family, which far from those of a group.

The lists of names.json hold what a naturalist says, the first name of every synset, from four letters on; people say
"cow", "window", "breakfast", "summer".
"""

import random

import clades
from common_words import Thing, Words
from noise import media

# Groups of pictures on which nobody can say whether a thing without a family is there: people wear clothes and play
# instruments, a landscape has water. On other pictures it is far.
UNSURE = {
    "animal": {"animal"}, "vehicle": {"vehicle", "object"}, "clothing": {"clothing"}, "person": {"clothing", "object", "vehicle"},
    "body": {"animal", "clothing", "object"}, "plant": {"plant", "food", "landscape", "object"},
    "food": {"food", "plant", "object"}, "building": {"building", "landscape", "object", "vehicle"},
    "landscape": {"landscape", "building", "vehicle"}, "object": {"object", "vehicle", "building", "clothing"},
    "stuff": {"landscape", "food", "plant", "building", "object"},
}
# How often words of each are to be refused: their numbers differ more than their use.
SHARES = {"animal": 5, "object": 5, "food": 3, "vehicle": 2, "clothing": 2, "building": 2, "plant": 2, "landscape": 2,
          "person": 2, "body": 1, "stuff": 1}


def held_back(families: dict[str, dict]) -> set[str]:
    """The names that training never shows."""
    return {name.lower() for f in families.values() for name, _ in f["unseen"]}


class Everyday:
    """Which everyday words are kin to pictures of a family, and which are far from those of a group."""

    def __init__(self, families: dict[str, dict], names: set[str], common: Words) -> None:
        """FAMILIES of names.json, whose names held back are left out, in the plural too; NAMES of kinds are
        neither idle nor rare."""
        held = held_back(families)
        secret = held | {f"{name}s" for name in held}
        things = [t for t in common.things if t.word not in secret]
        self.idle = [w for w in common.idle if w not in secret and w not in names]
        self.rare = [w for w in common.rare if w not in secret and w not in names]
        self.family = {t.word: t.family for t in things if t.family}
        # A family's own word says nothing that the caption would not say: it is refused elsewhere, and never carried.
        self.kin = {word: [t.word for t in things if t.family == word and t.word not in families] for word in families}
        self.near = {word: [w for other in sorted(clades.near(word, families)) if other != word for w in self.kin[other]] for word in families}
        self.apart = {word: [t.word for t in things if t.family and clades.apart(word, t.family)] for word in families}
        self.group_of = {word: f["group"] for word, f in families.items()}
        self.far: dict[str, dict[str, list[Thing]]] = {}
        for group in set(self.group_of.values()):
            far = [t for t in things if not self._maybe(t, group)]
            self.far[group] = {of: found for of in SHARES if (found := [t for t in far if t.groups[0] == of])}

    def _maybe(self, thing: Thing, group: str) -> bool:
        """Whether the thing may be what a picture of GROUP shows."""
        if any(self.group_of[f] == group for f in [thing.family, *thing.others] if f):
            return True
        return group in thing.groups or (not thing.family and any(group in UNSURE[g] for g in thing.groups))

    def far_word(self, group: str, rng: random.Random) -> str:
        """A word far from pictures of GROUP, the more common the more often."""
        found = self.far[group]
        of = rng.choices(list(found), [SHARES[k] for k in found])[0]
        return rng.choices(found[of], [t.zipf - 2.5 for t in found[of]])[0].word

    def word(self, family: str, sure: bool, kin: bool, rng: random.Random) -> tuple[str, bool]:
        """A word for a picture of FAMILY, and whether it is kin: a far one also where a KIN one is wanted and there is
        none. Where the clade is SURE, some far ones are of another clade, those of the own group among them."""
        name = self.kin_word(family, rng) if kin else None
        if name:
            return name, True
        apart = self.apart[family] if sure and rng.random() < 0.2 else []
        return rng.choice(apart) if apart else self.far_word(self.group_of[family], rng), False

    def commonest(self, group: str, count: int) -> list[str]:
        """About COUNT words far from pictures of GROUP, by their shares, without those for people's bodies and for stuff:
        what is asked in the evaluation."""
        found = {of: words for of, words in self.far[group].items() if of not in ("body", "stuff")}
        each = count / sum(SHARES[of] for of in found)
        return sorted(t.word for of, words in found.items()
                      for t in sorted(words, key=lambda t: -t.zipf)[: round(each * SHARES[of])])

    def kin_word(self, family: str, rng: random.Random) -> str | None:
        """A word of FAMILY, or of one kin to it; None where there is none."""
        own, near = self.kin[family], self.near[family]
        return rng.choice(own if own and (not near or rng.random() < 0.7) else near) if own or near else None

    def idle_text(self, rng: random.Random) -> str:
        """One or two words that name nothing in a picture, or the picture itself."""
        if rng.random() < 0.25:
            return media(rng)
        word = rng.choice(self.idle)
        shape = rng.random()
        if shape < 0.5:
            return word if rng.random() < 0.8 else word.title()
        if shape < 0.7:
            return f"{rng.choice(['the', 'my', 'our', 'a', 'in the', 'this'])} {word}"
        return f"{word}{rng.choice([' ', ' ', ' and ', ', ', '; '])}{rng.choice(self.idle)}"
