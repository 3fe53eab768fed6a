"""Text to ids in the forms the decoder needs."""

import re
from collections import Counter
from pathlib import Path

from tokenizers import Tokenizer

from data import need
from model import Config

DROPPED = 0.12  # share of merges left out where names are read in other pieces


class Coder:
    """Slots and captions of one bundle's tokenizer."""

    def __init__(self, path: Path, config: Config) -> None:
        self.tokenizer = Tokenizer.from_file(str(need(path, "the tokenizer")))
        # BPE-dropout (Provilkov et al. 2020, arXiv:1910.13267): the bus in "minibus" must show however it is cut.
        self.loose = Tokenizer.from_file(str(path))
        self.loose.model.dropout = DROPPED
        self.config = config
        vocab = self.tokenizer.get_vocab()
        self.stop = vocab["."]
        self.first = {vocab["ĠA"]: [vocab["A"]], vocab.get("ĠAn", -1): [vocab["A"], vocab["n"]]}

    def rare_pieces(self, names: list[str]) -> tuple[list[str], list[str]]:
        """Pieces of letters of which hardly any of NAMES are made: (word beginnings, what may follow).

        A piece that is never copied in training is never copied: "labrador" (l, abrad, or) came out as noise.
        """
        used = Counter(piece for name in names for piece in self.tokenizer.encode(name).tokens)
        rare = [p for p in sorted(self.tokenizer.get_vocab()) if used[p] < 4 and re.fullmatch(r"Ġ?[a-z]{2,}", p)]
        return [p[1:] for p in rare if p[0] == "Ġ"], [p for p in rare if p[0] != "Ġ"]

    def alt(self, text: str, loose: bool = False) -> list[int]:
        """The slot: ids cut at 32, left-padded; an empty alt-text is all pads. LOOSE cuts words at random places."""
        tokenizer = self.loose if loose else self.tokenizer
        ids = tokenizer.encode(text).ids[: self.config.alt_length] if text else []
        return [self.config.pad] * (self.config.alt_length - len(ids)) + ids

    def caption(self, text: str) -> list[int]:
        """Caption ids and eos. The first word loses the space the tokenizer puts in front."""
        ids = self.tokenizer.encode(text).ids
        ids = self.first.get(ids[0], ids[:1]) + ids[1:]
        return [*ids[: self.config.max_new_tokens - 1], self.config.eos]

    def first_sentence(self, text: str) -> list[int]:
        """Caption ids up to the first full stop, which names what is seen."""
        ids = self.caption(text)
        return ids[: ids.index(self.stop) + 1] if self.stop in ids else ids

    def prefix(self, text: str) -> list[int]:
        """The ids of a caption's beginning, before the name."""
        return self.caption(text.strip())[:-1]
