"""Kinship finer than the groups of families.json: an owl is no cat, though both are animals.

Names of another group are far from every picture. Within a group a name is far only where both families
have a clade here and the clades differ, and only from a picture whose clade is surely seen: at 64 pixels
the poster knows better. Families without a clade are never far from their own group.
"""

CLADES = {
    "bird": ("bird", "owl", "songbird"),
    "dog": ("dog",),
    "cat": ("cat",),
    "primate": ("primate", "monkey"),
    "hoofed animal": ("hoofed animal",),
    "fish": ("fish",),
    "reptile": ("reptile", "amphibian"),
    "insect": ("insect", "butterfly", "beetle", "arthropod"),
    "sea creature": ("mollusk", "sea creature", "crustacean", "crab"),
    "boat": ("boat",),
    "vehicle": ("vehicle", "car"),
    "mushroom": ("mushroom",),
    "dish": ("food", "fruit", "vegetable"),
    "vessel": ("container", "kitchen tool", "teapot"),
    "furniture": ("furniture",),
    "musical instrument": ("musical instrument",),
    "weapon": ("weapon",),
    "lamp": ("lamp",),
}
CLADE_OF = {family: clade for clade, families in CLADES.items() for family in families}
SURE = 0.6  # the share that the readers of the image stage must give the picture's clade


def apart(a: str, b: str) -> bool:
    """Whether two families are known to be of different clades; those of different groups are far in any case."""
    return a in CLADE_OF and b in CLADE_OF and CLADE_OF[a] != CLADE_OF[b]


def near(word: str, families: dict[str, dict]) -> list[str]:
    """Families of the group of WORD, itself among them, that are not known to be of another clade."""
    return [w for w, f in families.items() if f["group"] == families[word]["group"] and not apart(word, w)]
