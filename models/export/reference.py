"""What a bundle computes, step by step in numpy and ONNX Runtime: for golden vectors and checks."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer


def golden_pixels(size, k):
    """RGB bytes [size, size, 3] of manifest.ts goldenPixels(size, k)."""
    y, x = np.mgrid[0:size, 0:size]
    last = max(1, size - 1)
    red = (255 * x // last + 61 * k) % 256
    green = (255 * y // last + 97 * k) % 256
    blue = (x * 5 + y * 3 + 31 * k) % 256
    return np.stack([red, green, blue], -1).astype(np.uint8)


def normalised(pixels, image):
    """[1, 3, size, size] float32 from RGB bytes [size, size, 3]."""
    mean, std = np.float32(image["mean"]), np.float32(image["std"])
    values = (pixels.astype(np.float32) / np.float32(255) - mean) / std
    return np.ascontiguousarray(values.transpose(2, 0, 1))[None]


class Bundle:
    """The graphs of one variant on cpu, of which only the one last used is in memory: ask one for all before the
    next."""

    def __init__(self, folder, manifest, variant="fp32"):
        self.manifest, self.folder = manifest, Path(folder)
        self.files = manifest["variants"][variant]
        self.part = self.opened = None
        self.tokenizers = {
            part: Tokenizer.from_file(str(self.folder / manifest[part]["tokenizer"]))
            for part in ("captioner", "scorer")
            if part in manifest
        }

    @staticmethod
    def open(folder, variant="fp32"):
        return Bundle(folder, json.loads((Path(folder) / "manifest.json").read_text()), variant)

    def session(self, part):
        if part != self.part:
            self.part = self.opened = None  # closed before the next is opened
            path = self.folder / self.files[part]
            options = onnxruntime.SessionOptions()
            beside = path.with_name(path.name + "_data")
            options.intra_op_num_threads = 0 if beside.exists() else 1  # on small graphs threads only wait
            self.opened = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
            self.part = part
        return self.opened

    def image_embeds(self, pixel_values):
        return self.session("vision").run(["image_embeds"], {"pixel_values": pixel_values})[0]

    def visual_embeds(self, image_embeds):
        return self.session("mapper").run(["visual_embeds"], {"image_embeds": image_embeds})[0]

    def alt_ids(self, text):
        """Ids of an alt-text, cut to the slot; an empty one has none, whatever the tokenizer makes of it."""
        if text == "":
            return []
        ids = self.tokenizers["captioner"].encode(text, add_special_tokens=False).ids
        return ids[: self.manifest["captioner"]["altSlot"]["length"]]

    def slot(self, ids):
        """The alt slot as it is fed: pads on the left or right, or none where they are masked."""
        rule, pad = self.manifest["captioner"]["altSlot"], self.manifest["captioner"]["ids"]["pad"]
        if rule["pads"] == "masked":
            return list(ids)
        pads = [pad] * (rule["length"] - len(ids))
        return pads + list(ids) if rule["side"] == "left" else list(ids) + pads

    def scorer_ids(self, text):
        """Ids with start and end token, cut with the end kept."""
        rule = self.manifest["scorer"]
        start = [] if rule["startId"] is None else [rule["startId"]]
        ids = self.tokenizers["scorer"].encode(text, add_special_tokens=False).ids
        return start + ids[: rule["length"] - 1 - len(start)] + [rule["endId"]]

    def text_embeds(self, ids):
        """The unit vector [1, E] of scorer_ids."""
        feeds = {"input_ids": np.array([ids], np.int64), "lengths": np.array([len(ids)], np.int64)}
        return self.session("text").run(["text_embeds"], feeds)[0]

    def decode(self, visual, ids, steps):
        """Greedy decoding of one row through the delta graph; returns the first step and the new ids."""
        shape = self.manifest["captioner"]["decoder"]
        eos = self.manifest["captioner"]["ids"]["eos"]
        slot = self.slot(ids)
        bucket = 64 * ((visual.shape[1] + len(slot) + steps) // 64 + 1)
        cache = {
            f"past.{layer}.{kind}": np.zeros((1, shape["heads"], bucket, shape["headDim"]), np.float32)
            for layer in range(shape["layers"])
            for kind in ("key", "value")
        }
        decoder = self.session("decoder")
        names = [output.name for output in decoder.get_outputs()]
        prefix, fed, past, tokens, first = visual, slot, 0, [], None
        while True:
            new = prefix.shape[1] + len(fed)
            feeds = {
                "prefix_embeds": prefix,
                "input_ids": np.array([fed], np.int64).reshape(1, -1),
                "past_len": np.array([past], np.int64),
                "new_len": np.array([new], np.int64),
                **cache,
            }
            out = dict(zip(names, decoder.run(None, feeds), strict=True))
            first = first or out
            tokens.append(int(out["top_ids"][0, 0]))
            if tokens[-1] == eos or len(tokens) == steps:
                return first, tokens
            for key, held in cache.items():
                held[:, :, past : past + new] = out["new." + key.removeprefix("past.")]
            past, fed, prefix = past + new, [tokens[-1]], np.zeros((1, 0, shape["hidden"]), np.float32)

    def caption(self, tokens):
        """Text of generated ids, without the end token, newlines as spaces."""
        eos = self.manifest["captioner"]["ids"]["eos"]
        kept = tokens[: tokens.index(eos)] if eos in tokens else tokens
        return self.tokenizers["captioner"].decode(kept, skip_special_tokens=False).replace("\n", " ").strip()
