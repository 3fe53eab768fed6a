"""The commands of README.md, in order, on a few made-up pictures of the 200 classes: python -m unittest test_recipe.

In seconds nothing is learnt. Asked is that every program reads what those before it wrote, up to a bundle that the
product finds in order. About two minutes; needs WordNet and the project's `npm ci`, and says so where they are missing.
"""

import gzip
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

import wordnet

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NODE = ROOT / "node_modules/.bin"
SHORTER = [
    (r"--minutes [\d.]+", "--minutes 0.1"), (r"(render-drawn\.ts \S+ 0) \d+", r"\1 90"),
    (r"\.\./builtin/names\.json", "$W/names.json"), (r"--out \.\./builtin", "--out $W/bundle"),
    (r"(train_vision\.py .*)", r"\1 --batch 24"), (r"(train_captioner\.py .*)", r"\1 --batch 8 --beside 8 --watch 1"),
    (r"(fit_heads\.py .*)", r"\1 --minutes 0.05"), (r"(watch_rates\.py .*)", r"\1 --count 2"),
]


def commands() -> list[list[str]]:
    """Of every block of commands in README.md its lines, without comments and shortened."""
    blocks = re.findall(r"```sh\n(.*?)```", (HERE / "README.md").read_text(), re.DOTALL)
    plain = [re.sub(r" *#.*", "", block).replace("\\\n", "").strip().splitlines() for block in blocks]
    return [[_shortened(line) for line in lines if line != "P=PHOTOS W=WORK"] for lines in plain]


def _shortened(line: str) -> str:
    for long, short in SHORTER:
        line = re.sub(long, short, line)
    return line


def photo(rng: random.Random) -> bytes:
    """A square on another, as JPEG."""
    image = Image.new("RGB", (64, 64), tuple(rng.randrange(256) for _ in range(3)))
    image.paste(tuple(rng.randrange(256) for _ in range(3)), (12, 20, 52, 60))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def write_photos(photos: Path) -> None:
    """PHOTOS as README.md describes it: of each class two photographs to train on and one to validate."""
    families = json.loads((HERE / "families.json").read_text())
    classes = sorted(wnid for f in families.values() for wnid in f["classes"])
    named = [f"{wnid}\t{', '.join(wordnet.synset_names(wnid[1:]))}" for wnid in classes]
    (photos / "classes.tsv").write_text("\n".join(["wnid\tnames", *named]) + "\n")
    rng, index = random.Random(3), ["split\twnid\tfile\tx0\ty0\tx1\ty1"]
    archives = {name: tarfile.open(photos / f"{name}.tar.gz", "w:gz") for name in ("val", *(f"train-{i}" for i in range(4)))}
    for k, wnid in enumerate(classes):
        for i, name in enumerate((f"train-{k % 4}", f"train-{(k + 1) % 4}", "val")):
            data, entry = photo(rng), tarfile.TarInfo(f"{wnid}/{wnid}_{i}.JPEG")
            entry.size = len(data)
            archives[name].addfile(entry, io.BytesIO(data))
            index.append(f"{name.split('-')[0]}\t{wnid}\t{wnid}_{i}.JPEG\t12\t20\t51\t59")
    for archive in archives.values():
        archive.close()
    with gzip.open(photos / "index.tsv.gz", "wt") as handle:
        handle.write("\n".join(index) + "\n")


class Recipe(unittest.TestCase):
    def run_all(self, lines: list[str], **folders: Path) -> None:
        env = {**os.environ, **{k: str(v) for k, v in folders.items()},
               "PATH": os.pathsep.join([str(Path(sys.executable).parent), str(NODE), os.environ["PATH"]])}
        for line in lines:
            done = subprocess.run(line, shell=True, cwd=HERE, env=env, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")

    def check(self, bundle: Path) -> None:
        """The product finds the bundle in order: hashes, golden step."""
        self.run_all([f"node {ROOT}/bin/realign.mjs models check"], REALIGN_MODELS=bundle, REALIGN_HOME=bundle.parent)

    def test_the_commands_of_the_readme_make_a_bundle(self) -> None:
        if not wordnet.HOME.exists() or not NODE.exists():
            self.skipTest(f"the recipe was not tried: {'WordNet' if NODE.exists() else 'node_modules'} is missing")
        from_nothing, from_bundle, two_trunks = commands()
        with TemporaryDirectory() as folder:
            photos, work, again, first, second = (Path(folder) / n for n in ("photos", "work", "again", "first", "second"))
            photos.mkdir()
            work.mkdir()
            write_photos(photos)
            self.run_all(from_nothing, P=photos, W=work)
            self.assertEqual((work / "names.json").read_bytes(), (ROOT / "models/builtin/names.json").read_bytes())
            self.check(work / "bundle")
            shutil.copytree(work, again)
            self.run_all(from_bundle, P=photos, W=again)
            for other in (first, second):
                shutil.copytree(work, other)
            self.run_all([*two_trunks, from_nothing[-1]], P=photos, W=work, A=first, B=second)
            self.check(work / "bundle")


if __name__ == "__main__":
    unittest.main()
