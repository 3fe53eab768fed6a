"""The exporter's promises on bad input: one clear line each. Run: python -m unittest discover models/export"""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import torch

import make_tiny
from export_case import ExportCase

sys.path.append(str(Path(__file__).parents[1] / "training"))
from from_bundle import restore
from model import load_config

SCRIPT = Path(__file__).with_name("export.py")
BACK = {"embedding": "embed_dim", "vocab": "vocab_size"}


class Export(ExportCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.checkpoint = Path(self.folder.name) / "checkpoint"
        self.checkpoint.mkdir()
        self.wrapped = False
        tokenizer = make_tiny.make_tokenizer(self.checkpoint / "tokenizer.json")
        sizes = make_tiny.CONFIG | {"trunks": 2}
        self.tensors = {k: torch.from_numpy(v) for k, v in make_tiny.random_weights(tokenizer, sizes).items()}
        left_out = ("max_positions", "position_offset")
        config = {BACK.get(k, k): v for k, v in sizes.items() if k not in left_out}
        (self.checkpoint / "config.json").write_text(json.dumps(config))

    def save(self):
        """One file a stage, as models/training leaves them."""
        parts = {"vision.pt": {}, "text.pt": {}, "captioner.pt": {}}
        for name, tensor in self.tensors.items():
            stage, rest = name.split(".", 1)
            parts.get(f"{stage}.pt", parts["captioner.pt"])[rest if stage in ("vision", "text") else name] = tensor
        for name, state in parts.items():
            wrapped = {"state_dict": {f"module.{k}": v for k, v in state.items()}} if self.wrapped else state
            torch.save(wrapped, self.checkpoint / name)

    def run_export(self, missing=None):
        self.save()
        if missing:
            (self.checkpoint / missing).unlink()
        out = Path(self.folder.name) / "out"
        command = [sys.executable, SCRIPT, "--checkpoint", self.checkpoint, "--out", out]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_good_checkpoint_passes_its_check(self):
        result = self.run_export()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(json.loads(result.stdout)["differences"]["inputs"], 50)

    def test_a_bundle_turned_back_exports_to_the_same_bytes(self):
        self.assertEqual(self.run_export().returncode, 0)
        out, again = Path(self.folder.name) / "out", Path(self.folder.name) / "again"
        sizes = load_config(json.loads((self.checkpoint / "config.json").read_text()))
        restore(out, self.checkpoint, sizes)
        command = [sys.executable, SCRIPT, "--checkpoint", self.checkpoint, "--out", again]
        subprocess.run(command, check=True, capture_output=True)
        for name in ("vision", "text", "mapper", "decoder", "decoder.q8"):
            self.assertEqual((out / f"{name}.onnx").read_bytes(), (again / f"{name}.onnx").read_bytes(), name)

    def test_module_prefix_is_dropped(self):
        self.wrapped = True
        self.assertEqual(self.run_export().returncode, 0)

    def test_missing_file(self):
        self.assert_stops(self.run_export(missing="config.json"), "config.json is missing")

    def test_unfinished(self):
        self.assert_stops(self.run_export(missing="captioner.pt"), "unfinished checkpoint: captioner.pt")

    def test_missing_tensor(self):
        del self.tensors["clip_project.prefix_const"]
        self.assert_stops(self.run_export(), "has no tensor clip_project.prefix_const")

    def test_wrong_shape(self):
        self.tensors["vision.project.weight"] = torch.zeros(3, 5)
        self.assert_stops(self.run_export(), "vision.project.weight")

    def test_unknown_tensor(self):
        self.tensors["vision.extra.weight"] = torch.zeros(3)
        self.assert_stops(self.run_export(), "vision.extra.weight")

    def test_not_finite(self):
        self.tensors["gpt.model.decoder.layers.0.fc1.weight"][0, 0] = float("nan")
        self.assert_stops(self.run_export(), "not finite")

    def test_vocabulary_of_another_model(self):
        config = json.loads((self.checkpoint / "config.json").read_text()) | {"vocab_size": 600}
        (self.checkpoint / "config.json").write_text(json.dumps(config))
        self.assert_stops(self.run_export(), "512 pieces")

    def test_missing_size(self):
        config = json.loads((self.checkpoint / "config.json").read_text())
        del config["text_layers"]
        (self.checkpoint / "config.json").write_text(json.dumps(config))
        self.assert_stops(self.run_export(), "lacks 'text_layers'")

    def test_no_checkpoint(self):
        self.save()
        (self.checkpoint / "text.pt").write_bytes(b"no checkpoint")
        command = [sys.executable, SCRIPT, "--checkpoint", self.checkpoint, "--out", self.folder.name]
        self.assert_stops(subprocess.run(command, capture_output=True, text=True, check=False), "cannot be read")


if __name__ == "__main__":
    unittest.main()
