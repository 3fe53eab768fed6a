"""Composes target captions and alt-texts: what a picture shows, and what a web page says about it."""

import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import common_words
from clades import apart, near
from data import need, read_classes
from everyday import Everyday, held_back
from make_names import more_names, split_names
from noise import noise

PLAIN_NAMES = {  # no article in front
    "guacamole", "mashed potato", "espresso", "binoculars", "sunglasses", "swimming trunks", "thatch", "brass",
    "field glasses", "opera glasses", "dark glasses", "shades", "bathing trunks", "icecream", "ice cream", "meatloaf",
}
SYLLABLES = (
    "ba be bi bo bra bre ca ce co cra da de di dor dra el en fa fe fil fla ga gen gra gri ha hel ho il in ja jor ka "
    "kel kin la le lin lo lu ma me mi mon mor na nel ni no nor o or pa pel pi pla por ra re ri ro ru sa sel si sol "
    "sta ta te ti tor tra tu ul va ver vi vo wa wen wi xa yor za zel zo"
).split()
NAME_ENDS = "n,r,s,l,th,ck,nd,m,t,sh,ng,ll,st,x".split(",")
GENERAL = {
    "animal": ["an animal", "animal", "wildlife", "a creature", "animal picture", "nature"],
    "vehicle": ["transport", "a vehicle", "traffic", "vehicle for sale"],
    "clothing": ["clothes", "fashion", "a garment", "clothing", "outfit"],
    "building": ["architecture", "a structure", "building", "travel"],
    "food": ["food", "lunch", "something to eat", "delicious", "recipe"],
    "object": ["an object", "a thing", "stuff", "product", "item"],
    "landscape": ["nature", "landscape", "a view", "travel", "outdoors"],
    "plant": ["a plant", "plants", "nature", "botanical"],
}
RARE = 0.45  # share of real words among names of no family
ALTERED = 0.12  # share of refused names that no list holds, but whose last word is known
COLOUR_WORDS = "black grey white brown red orange yellow green blue pink purple".split()


def article(name: str) -> str:
    """'a ' or 'an ', or nothing where the name takes none."""
    if name in PLAIN_NAMES:
        return ""
    return "an " if name[0].lower() in "aeiou" else "a "


def plural(name: str) -> str:
    """The plural that the field guide uses."""
    if re.search(r"(fish|sheep|deer|trout|salmon|perch|pike|carp)$", name, re.I):
        return name
    if re.search(r"[^aeiou]y$", name, re.I):
        return name[:-1] + "ies"
    return name + ("es" if re.search(r"(s|x|z|ch|sh)$", name, re.I) else "s")


@dataclass
class Picture:
    """What captions and alt-texts need to know about one picture."""

    names: list[str]  # own names, common first
    latin: str | None
    family: str  # word for the tail
    pool: str  # family of names.json it takes consistent names from
    group: str
    tail: str
    colour: str | None
    kind: int  # index of the class or species, -1 unknown
    prefix: str = ""  # 'A photo of ' (article follows) or the drawn head with its article
    many: bool = False
    drawn: bool = False
    alike: list[tuple[str, str | None]] = field(default_factory=list)
    sure: bool = True  # whether its clade is surely seen (clades.py)


def photo_tail(family: str, truth: dict) -> str:
    """One or two sentences of what is visible. Nearest words are stated, sure or not."""
    said = []
    size = truth["size"]["word"]
    if size != "close-up":
        said.append(size)
    colour = truth.get("colour")
    if colour and truth["medium"]["word"] == "colour":
        said.append(colour["word"])
    position = truth.get("position")
    text = f"The {family} "
    if size == "close-up":
        text += "fills the frame" + (f" and is {said[0]}" if said else "")
    else:
        text += "is " + ", ".join(said) + (f" and {position['word']}" if position else "")
    background = truth.get("background")
    if background and truth["medium"]["word"] == "colour":
        text += f", against a{'n' if background['word'][0] in 'aeiou' else ''} {background['word']} background"
    text += "."
    light = truth["light"]["word"]
    return text + (f" The picture is {light}." if light != "ordinary" else "")


def photo_prefix(truth: dict) -> str:
    """The starting prompt (Table 8 of the paper) that fits best."""
    if truth["medium"]["word"] != "colour":
        return "A black and white photo of "
    if truth["focus"]["word"] == "blurry":
        return "A blurry photo of "
    return "A close-up photo of " if truth["size"]["word"] == "close-up" else "A photo of "


class World:
    """Names, families and the relation between them."""

    def __init__(self, photos: Path, names: Path) -> None:
        content = json.loads(need(names, "the family names").read_text())["families"]
        self.families: dict[str, dict] = content
        # Beyond names.json: read too seldom to be known by heart, so the kind must show in the word itself.
        self.more: dict[str, list] = more_names(photos, content)
        # Never to be shown, not even put together by chance.
        self.held = held_back(content)
        self.more_of_group: dict[str, list] = {}
        for word, f in content.items():
            self.more_of_group.setdefault(f["group"], []).extend(self.more[word])
        self.more_near: dict[str, list] = {
            word: [m for w in near(word, content) for m in self.more[w]] for word in content
        }
        self.kin: dict[str, str] = {}
        self.classes = [split_names(n) + (n,) for _, n in read_classes(photos)]
        row = {wnid: i for i, (wnid, _) in enumerate(read_classes(photos))}
        self.family_of = {row[w]: word for word, f in content.items() for w in f["classes"]}
        self._relate()
        self.everyday = Everyday(content, set(self.kin), common_words.read())

    def learn(self, pool: str, names: list[tuple[str, str | None]]) -> None:
        """Add names to a family: the species of the field guide are known names as well."""
        seen = self.families[pool]["seen"]
        have = {n for n, _ in seen}
        seen += [[n, lt] for n, lt in names if n not in have]
        self._relate()

    def _relate(self) -> None:
        content = self.families
        for word, f in content.items():
            for name, _ in [*f["seen"], *self.more[word]]:
                self.kin.setdefault(name.lower(), word)
        for kind, word in self.family_of.items():
            for name in self.classes[kind][2]:
                self.kin.setdefault(name.lower(), word)
        # One pool a family, so that small families are refused as often as large ones.
        pools = {
            word: [*(self._called(int(i)) for i, w in self.family_of.items() if w == word), *(([n], lt) for n, lt in f["seen"])]
            for word, f in content.items()
        }
        self.far: dict[str, list[list[tuple[list[str], str | None]]]] = {
            group: [pools[word] for word, f in content.items() if f["group"] != group]
            for group in {f["group"] for f in content.values()}
        }
        # Last words of names that one family alone has, single names among them: an "X truck" is a vehicle.
        last: dict[str, set[str]] = {}
        for name, word in self.kin.items():
            last.setdefault(name.split()[-1], set()).add(word)
        self.headed = {head: min(of) for head, of in last.items() if len(of) == 1 and head.isalpha() and len(head) > 2}
        self.heads: dict[str, list[str]] = {word: [] for word in content}
        for head in sorted(self.headed):
            self.heads[self.headed[head]].append(head)
        self.apart: dict[str, list[list[tuple[list[str], str | None]]]] = {
            word: [pools[w] for w, f in content.items() if f["group"] == own["group"] and apart(word, w)]
            for word, own in content.items()
        }

    def related(self, p: Picture, word: str) -> int:
        """1 where names of family WORD are kin to the picture, 0 where they are far, -1 where nobody can say."""
        if self.families[word]["group"] != p.group:
            return 0
        if not apart(p.pool, word):
            return 1
        return 0 if p.sure else -1

    def _called(self, kind: int) -> tuple[list[str], str | None]:
        _, latin, names = self.classes[kind]
        return [n for n in names if n != latin], latin

    def photo(self, kind: int, truth: dict) -> Picture:
        common, latin, names = self.classes[kind]
        family = self.family_of[kind]
        own = [n for n in names if n != latin]
        return Picture(own, latin, family, family, self.families[family]["group"], photo_tail(family, truth),
                       (truth.get("colour") or {}).get("word"), kind, photo_prefix(truth))


def flip_words(text: str) -> str:
    """Left and right exchanged, for a mirrored picture."""
    return re.sub(r"\b(left|right)\b", lambda m: "right" if m[1] == "left" else "left", text)


def caption(p: Picture, name: str, latin: str | None, several: bool = False) -> str:
    """Head with the name as given, without an article where it names SEVERAL, then the tail."""
    called = plural(name) if p.many else name
    if p.drawn:
        head = re.sub(r"\b(a|an)$", article(name).strip() or "a", p.prefix) + " " + called
    else:
        head = p.prefix + ("" if several else article(name)) + called
    return f"{head}{', ' + latin if latin else ''}. {p.tail}"


def invented(p: Picture, rng: random.Random) -> tuple[str, str | None]:
    """A name nobody has read before, with a plausible head noun; sometimes a Latin one as well."""
    word = "".join(rng.choices(SYLLABLES, k=rng.choice([1, 2, 2, 3]))) + rng.choice(NAME_ENDS)
    if rng.random() < 0.4:
        word = word.capitalize()
    noun = rng.choice([p.family.split()[-1], rng.choice(p.names).split()[-1], ""])
    shape = rng.random()
    name = f"{word} {noun}".strip() if shape < 0.6 else f"{noun or 'wild'} {word}" if shape < 0.7 else word
    latin = None
    if p.group in ("animal", "plant") and rng.random() < 0.35:
        parts = ["".join(rng.choices(SYLLABLES, k=rng.choice([2, 3]))) for _ in range(2)]
        latin = parts[0].capitalize() + rng.choice(["us", "a", "is", "um", "ia"]) + " " + parts[1] + rng.choice(["us", "a", "is", "ensis", "ii"])
    return name, latin


def spoken(name: str, latin: str | None, rng: random.Random) -> tuple[str, str, str | None]:
    """(alt-text, name, latin) in one of the forms in which a web page gives a name."""
    if rng.random() < 0.12:
        name = name.title() if rng.random() < 0.8 else name.upper()
    elif rng.random() < 0.2:
        name = name.lower()
    r = rng.random()
    if latin and r < 0.45:
        return rng.choice([f"{name}, {latin}", f"{name}, {latin}", f"{name} ({latin})"]), name, latin
    if r < 0.75:
        return name, name, None
    return rng.choice([f"{article(name)}{name}", f"a photo of {article(name)}{name}", f"{name} picture", f"the {name}"]), name, None


class Row(NamedTuple):
    """One example: what the alt-text says, the family of the name in it where that is known, and whether
    the caption takes a name from it."""

    kind: str
    alt: str
    caption: str
    said: str | None
    carries: bool


class Mixer:
    """Draws (alt-text, caption) pairs for a picture by the mix of conditions."""

    def __init__(self, world: World, mix: dict[str, float], pieces: tuple[list[str], list[str]] = ([], []),
                 drawn: dict[str, float] | None = None) -> None:
        self.world = world
        self.pieces = pieces  # of words that hardly any name holds (coder.py)
        self.mixes = {False: mix, True: drawn or mix}
        names = [n for f in world.families.values() for n, _ in f["seen"]]
        letters = [w.lower() for n in names for w in n.split() if w.isalpha() and len(w) > 4]
        self.chunks = sorted({w[i : i + k] for w in letters for k in (2, 3, 4) for i in range(0, len(w) - k, 2)})
        self.words = sorted({n.split()[0] for n in names if " " in n})

    def __call__(self, p: Picture, rng: random.Random, seen: Picture | None = None) -> Row:
        """An alt-text and the caption it should get; SEEN is what to say of it without a name to carry."""
        mix = self.mixes[p.drawn]
        kind = rng.choices(list(mix), list(mix.values()))[0]
        own = (p.names[0], p.latin)
        if p.alike:
            own = rng.choice([own, *p.alike])
        plain = self.plain(p, seen)
        if kind == "empty":
            return Row(kind, "", plain, None, False)
        if kind == "general":
            return Row(kind, self._general(p, rng), plain, None, False)
        if kind == "far":
            alt, said = self._far(p, rng)
            return Row(kind, f"{alt}, {noise(rng)}" if rng.random() < 0.08 else alt, plain, said, False)
        if kind == "everyday":
            return self._everyday(p, plain, rng)
        if kind == "noise" and rng.random() < 0.45:
            return Row(kind, rng.choice(["; ", " ", ", "]).join(noise(rng) for _ in range(rng.choice([1, 1, 2]))), plain, None, False)
        if kind == "own" and p.latin and not p.alike and rng.random() < 0.08:
            return Row(kind, p.latin, caption(p, *own), p.pool, True)
        name, latin = self._name(p, kind, rng)
        alt, name, latin = spoken(name, latin, rng)
        if kind == "noise":
            parts = [alt] + [noise(rng) for _ in range(rng.choice([1, 1, 2]))]
            if rng.random() < 0.6:
                rng.shuffle(parts)
            alt = rng.choice(["; ", " ", ", ", " - "]).join(parts)
        if kind == "partly":
            alt = self._spoil(p, alt, name, rng)
        return Row(kind, alt, caption(p, name, latin), None if kind == "partly" else self.world.kin.get(name.lower()), True)

    def _everyday(self, p: Picture, plain: str, rng: random.Random) -> Row:
        """A word as people say it: carried where it is kin, refused where it is far or names nothing."""
        words, shape = self.world.everyday, rng.random()
        if shape < 0.15:
            alt = words.idle_text(rng)
            return Row("idle", f"{alt}; {noise(rng)}" if rng.random() < 0.1 else alt, plain, None, False)
        several = not p.drawn and rng.random() < 0.12
        name, kin = words.word(p.pool, p.sure, shape < 0.45, rng)
        said = words.family.get(name)
        if several:
            return Row("everyday", plural(name), caption(p, plural(name), None, several) if kin else plain, said, kin)
        alt, name, _ = spoken(name, None, rng)
        return Row("everyday", alt, caption(p, name, None) if kin else plain, said, kin)

    @staticmethod
    def plain(p: Picture, seen: Picture | None) -> str:
        """The caption without a name to carry: always of the same look-alike, so that a refusal says what an empty
        slot says."""
        if seen:
            return caption(seen, seen.names[0], seen.latin)
        return caption(p, *min([*p.alike, (p.names[0], p.latin)], key=lambda n: n[0]))

    def _name(self, p: Picture, kind: str, rng: random.Random) -> tuple[str, str | None]:
        seen = self.world.families[p.pool]["seen"]
        if kind == "novel":
            return self._novel(p, rng)
        if kind == "consistent" or (kind != "own" and rng.random() < 0.4):
            if seen and rng.random() < 0.9:
                name, latin = rng.choice(seen)
                return name, latin
        if p.alike and rng.random() < 0.5:
            return rng.choice(p.alike)
        return (p.names[0] if rng.random() < 0.6 else rng.choice(p.names)), p.latin

    def _novel(self, p: Picture, rng: random.Random) -> tuple[str, str | None]:
        """A rare name of the family, an invented one, chunks of known names or rare pieces, or a known word before
        a head noun."""
        more = self.world.more[p.pool] or self.world.more_near[p.pool]
        real = rng.random()
        if more and real < 0.45:
            # The family in the picture is not always seen right: some names come from families beside it.
            name, latin = rng.choice(more if real < 0.35 else self.world.more_near[p.pool])
            return name, latin
        shape = rng.random()
        if shape < 0.6:
            return self.made_up(p, rng)
        if shape < 0.8:
            return "".join(rng.choices(self.chunks, k=rng.choice([1, 2, 2, 3]))), None
        return self.altered(p.pool, rng), None

    def altered(self, word: str, rng: random.Random) -> str:
        """A name of family WORD that no list holds, by its last word: "dessert truck", "minitruck"."""
        head = rng.choice(self.world.heads[word] or [word])
        if rng.random() < 0.2:
            name = rng.choice(self.chunks) + head
        else:
            name = f"{rng.choice(self.words if rng.random() < 0.8 else self.chunks)} {head}"
        return self.altered(word, rng) if name.lower() in self.world.held else name

    def made_up(self, p: Picture, rng: random.Random) -> tuple[str, str | None]:
        """A name of no family: a rare word, invented, or put together from rare pieces, alone or before a word of a name."""
        # Words that nobody knows are carried, and they must not only sound like nothing: those yet unread look like these.
        if rng.random() < RARE and self.world.everyday.rare:
            word = rng.choice(self.world.everyday.rare)
            return (f"{word} {rng.choice(p.names).split()[-1]}" if rng.random() < 0.15 else word), None
        if rng.random() < 0.5 or not self.pieces[0]:
            return invented(p, rng)
        name = self._of_pieces(rng)
        return (f"{name} {rng.choice(p.names).split()[-1]}" if rng.random() < 0.3 else name), None

    def _of_pieces(self, rng: random.Random) -> str:
        starts, ends = self.pieces
        first = rng.choice(starts if rng.random() < 0.5 else self.chunks)
        rest = [rng.choice(ends if rng.random() < 0.7 else self.chunks) for _ in range(rng.choice([0, 1, 1, 2]))]
        name = "".join([first, *rest])
        return self._of_pieces(rng) if name in self.world.kin or name in self.world.held else name

    def _far(self, p: Picture, rng: random.Random) -> tuple[str, str | None]:
        """(alt-text, family of the name in it)."""
        # Names hardly ever read are seldom to be refused: whoever posts a picture knows best, so what is not
        # known to be far is carried.
        if rng.random() < 0.08:
            group = rng.choice([g for g, names in self.world.more_of_group.items() if g != p.group and names])
            name, latin = rng.choice(self.world.more_of_group[group])
        elif rng.random() < ALTERED:
            word = rng.choice([w for w in self.world.families if self.world.related(p, w) == 0])
            return spoken(self.altered(word, rng), None, rng)[0], word
        else:
            apart = self.world.apart[p.pool] if p.sure and rng.random() < 0.3 else []
            names, latin = rng.choice(rng.choice(apart or self.world.far[p.group]))
            name = names[0] if rng.random() < 0.7 else rng.choice(names)
        return spoken(name, latin, rng)[0], self.world.kin.get(name.lower())

    def _general(self, p: Picture, rng: random.Random) -> str:
        family = [p.family, f"{article(p.family)}{p.family}", f"a photo of {article(p.family)}{p.family}", plural(p.family)]
        return rng.choice(family if rng.random() < 0.6 else GENERAL[p.group])

    def _spoil(self, p: Picture, alt: str, name: str, rng: random.Random) -> str:
        if rng.random() < 0.35:
            wrong = rng.choice([c for c in COLOUR_WORDS if c != p.colour])
            return f"{rng.choice(['', 'a '])}{wrong} {name}"
        other = self._far(p, rng)[0]
        pair = [alt, other] if rng.random() < 0.6 else [other, alt]
        return rng.choice([" and ", "; ", ", ", " with "]).join(pair)


MIX = {"empty": 0.15, "own": 0.07, "consistent": 0.18, "novel": 0.25, "far": 0.14, "noise": 0.06, "partly": 0.03, "general": 0.04,
       "everyday": 0.08}
