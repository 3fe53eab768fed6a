"""Photographs as arrays: decodes the archives of photos64 once into flat uint8 files."""

import csv
import gzip
import io
import sys
import tarfile
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from PIL import Image

SIDE = 64


def fail(message: str) -> None:
    """Stop with one clear line; every input error of the trainer ends here."""
    sys.exit(f"training: {message}")


def need(path: Path, what: str) -> Path:
    """The path, or one clear line when it is missing."""
    if not path.exists():
        fail(f"{what} is missing: {path}")
    return path


def read_classes(photos: Path) -> list[tuple[str, list[str]]]:
    """(wnid, names) in file order; the row number is the class index everywhere."""
    with open(need(photos / "classes.tsv", "the class list"), encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row["wnid"], [n.strip() for n in row["names"].split(",")]) for row in rows]


def read_index(photos: Path, split: str) -> list[tuple[str, str, tuple[int, int, int, int]]]:
    """(wnid, file, box) of one split in file order."""
    with gzip.open(need(photos / "index.tsv.gz", "the photo index"), "rt", encoding="utf-8") as handle:
        return [
            (r["wnid"], r["file"], (int(r["x0"]), int(r["y0"]), int(r["x1"]), int(r["y1"])))
            for r in csv.DictReader(handle, delimiter="\t")
            if r["split"] == split
        ]


def _decode(archive: Path) -> tuple[list[str], np.ndarray]:
    names, rows = [], []
    with tarfile.open(archive, "r:gz") as tar:
        for member in tar:
            if not member.isfile():
                continue
            handle = tar.extractfile(member)
            assert handle is not None
            image = Image.open(io.BytesIO(handle.read())).convert("RGB")
            if image.size != (SIDE, SIDE):
                fail(f"{archive.name}: {member.name} is {image.size}, expected {SIDE}x{SIDE}")
            names.append(Path(member.name).name)
            rows.append(np.asarray(image, dtype=np.uint8))
    return names, np.stack(rows)


def prepare(photos: Path, out: Path) -> None:
    """Write OUT/{train,val}.u8 (N,64,64,3), .label (N) and .box (N,4) in index order."""
    out.mkdir(parents=True, exist_ok=True)
    label_of = {wnid: i for i, (wnid, _) in enumerate(read_classes(photos))}
    for split, archives in (("train", [f"train-{i}.tar.gz" for i in range(4)]), ("val", ["val.tar.gz"])):
        with Pool(2) as pool:
            parts = pool.map(_decode, [need(photos / a, "a photo archive") for a in archives])
        where = {name: (p, i) for p, (names, _) in enumerate(parts) for i, name in enumerate(names)}
        index = read_index(photos, split)
        pixels = np.empty((len(index), SIDE, SIDE, 3), np.uint8)
        for row, (_, file, _) in enumerate(index):
            if file not in where:
                fail(f"{file} is in the index but in no archive")
            part, i = where[file]
            pixels[row] = parts[part][1][i]
        np.save(out / f"{split}.u8.npy", pixels)
        np.save(out / f"{split}.label.npy", np.array([label_of[w] for w, _, _ in index], np.int64))
        np.save(out / f"{split}.box.npy", np.array([b for _, _, b in index], np.float32))
        print(split, pixels.shape)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        fail("usage: data.py PHOTOS_DIR OUT_DIR")
    prepare(Path(sys.argv[1]), Path(sys.argv[2]))
