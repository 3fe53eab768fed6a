"""Turns photo truth into word labels for the heads that the image encoder is trained with."""

import numpy as np

COLOURS = ["black", "grey", "white", "brown", "red", "orange", "yellow", "green", "blue", "pink"]
WORDS = [
    {"name": "colour", "values": COLOURS, "weight": 0.25},
    {"name": "background", "values": COLOURS, "weight": 0.25},
    {"name": "medium", "values": ["colour", "black and white"], "weight": 0.1},
    {"name": "light", "values": ["ordinary", "dark", "bright"], "weight": 0.1},
]


def labels(rows: list[dict], only_sure: bool) -> np.ndarray:
    """(N, words) ids, -1 where a word is undefined, or unsure when only sure ones are wanted."""
    out = np.full((len(rows), len(WORDS)), -1, np.int64)
    for i, row in enumerate(rows):
        for k, word in enumerate(WORDS):
            reading = row.get(word["name"])
            if reading and (reading["sure"] or not only_sure):
                out[i, k] = word["values"].index(reading["word"])
    return out
