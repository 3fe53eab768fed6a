"""The paper's own architecture in small, made by Hugging Face's networks, goes through its export."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

import make_tiny
from export_case import ExportCase

try:
    from transformers import CLIPConfig, CLIPModel, OPTConfig, OPTForCausalLM
except ImportError:
    CLIPModel = None

sys.path.append(str(Path(__file__).parents[1] / "training"))
from model import Config, Mapper

SCRIPT = Path(__file__).with_name("export_altogether.py")
PATTERN = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
EMBEDDING, HIDDEN, ROWS = 24, 32, 520


def clip_tokenizer(path):
    """Lower case, pieces that end words marked, start and end last: as a CLIP's is."""
    tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>", continuing_subword_prefix=""))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    split = pre_tokenizers.Split(Regex(PATTERN), "removed", invert=True)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=700, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), min_frequency=1,
        end_of_word_suffix="</w>", show_progress=False,
    )  # fmt: skip
    tokenizer.train_from_iterator([make_tiny.WORDS.replace("\n", " ")], trainer)
    raw = json.loads(tokenizer.to_str())
    vocab = raw["model"]["vocab"]
    for name in ("<|startoftext|>", "<|endoftext|>"):
        vocab[name] = len(vocab)
    path.write_text(json.dumps(raw, ensure_ascii=False))
    return vocab


@unittest.skipUnless(CLIPModel, "SKIPPED: exports of the paper's architecture are not tested, transformers is missing")
class Altogether(ExportCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.clip, self.opt, self.captioner, self.out = (Path(folder.name) / n for n in ("clip", "opt", "epoch_ft.pt", "out"))
        self.clip.mkdir()
        self.opt.mkdir()
        torch.manual_seed(3)
        self.zipped = True
        vocab = clip_tokenizer(self.clip / "tokenizer.json")
        end = vocab["<|endoftext|>"]
        both = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "hidden_act": "quick_gelu"}
        text = {"vocab_size": len(vocab), "max_position_embeddings": 77, "eos_token_id": end, "bos_token_id": end - 1, "pad_token_id": end}
        clip = CLIPModel(CLIPConfig(text_config=both | text, vision_config=both | {"image_size": 28, "patch_size": 7}, projection_dim=EMBEDDING))
        clip.save_pretrained(self.clip)

        tokenizer = make_tiny.make_tokenizer(self.opt / "tokenizer.json")
        (self.opt / "vocab.json").write_text(json.dumps(tokenizer.get_vocab(), ensure_ascii=False))
        merges = json.loads((self.opt / "tokenizer.json").read_text())["model"]["merges"]
        (self.opt / "merges.txt").write_text("#version: 0.2\n" + "".join(" ".join(pair) + "\n" for pair in merges))
        (self.opt / "tokenizer.json").unlink()
        sizes = OPTConfig(vocab_size=ROWS, hidden_size=HIDDEN, word_embed_proj_dim=HIDDEN, ffn_dim=64, num_hidden_layers=2,
                          num_attention_heads=4, max_position_embeddings=400, init_std=0.35, dropout=0.0)  # fmt: skip
        sizes.save_pretrained(self.opt)
        mapper = Mapper(Config(embed_dim=EMBEDDING, hidden=HIDDEN, visual_tokens=5, mapper_heads=8, mapper_layers=2))
        self.tensors = {f"clip_project.{k}": v for k, v in mapper.state_dict().items()}
        self.tensors |= {f"gpt.{k}": v for k, v in OPTForCausalLM(sizes).state_dict().items()}

    def export(self, *more, program=(SCRIPT,)):
        state = {f"module.{k}": v for k, v in self.tensors.items()}
        torch.save({"state_dict": state, "epoch": 1}, self.captioner, _use_new_zipfile_serialization=self.zipped)
        parts = ("--captioner", self.captioner, "--clip", self.clip, "--opt", self.opt, "--out", self.out, "--id", "small-altogether")
        command = [sys.executable, *program, *parts, *more]
        return subprocess.run(command, cwd=SCRIPT.parent, capture_output=True, text=True, check=False)

    def test_equal_to_hugging_face(self):
        result = self.export()
        self.assertEqual(result.returncode, 0, result.stderr)
        found = json.loads(result.stdout)["differences"]
        self.assertEqual(found["inputs"], 50)
        self.assertGreater(found["tokens"], 500)
        manifest = json.loads((self.out / "manifest.json").read_text())
        self.assertEqual(manifest["captioner"]["altSlot"], {"length": 128, "side": "left", "pads": "attended", "joiner": "; "})
        self.assertEqual(manifest["captioner"]["decoder"]["maxPositions"], 400)
        self.assertEqual(manifest["scorer"]["endId"], manifest["scorer"]["startId"] + 1)

    def test_weights_too_large_for_one_file_lie_beside_the_graph(self):
        self.assertEqual(self.export("--pictures", "0").returncode, 0)
        whole = json.loads((self.out / "manifest.json").read_text())
        code = "import graph, runpy; graph.LARGEST_FILE = 60_000; runpy.run_path('export_altogether.py', run_name='__main__')"
        done = self.export("--pictures", "1", program=("-c", code))
        self.assertEqual(done.returncode, 0, done.stderr)
        manifest = json.loads((self.out / "manifest.json").read_text())
        listed = {file["path"] for file in manifest["files"]}
        self.assertEqual({path.name for path in self.out.iterdir()}, listed | {"manifest.json"})
        self.assertLessEqual({"decoder.onnx_data", "text.onnx_data"}, listed)
        self.assertEqual(manifest["golden"], whole["golden"])

    def test_a_checkpoint_in_bfloat16_and_in_the_format_before_the_zip(self):
        self.tensors = {name: tensor.bfloat16() for name, tensor in self.tensors.items()}
        self.zipped = False
        result = self.export("--pictures", "1")
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_an_output_layer_of_its_own(self):
        self.tensors["gpt.lm_head.weight"] = self.tensors["gpt.lm_head.weight"] + 1
        self.assert_stops(self.export(), "not tied")

    def test_not_a_captioner(self):
        del self.tensors["clip_project.prefix_const"]
        self.assert_stops(self.export(), "has no tensor clip_project.prefix_const")

    def test_another_clip(self):
        self.tensors["clip_project.linear.weight"] = torch.zeros(5 * HIDDEN, EMBEDDING + 1)
        self.assert_stops(self.export(), "clip_project.linear.weight")

    def test_no_weights(self):
        (self.clip / "model.safetensors").unlink()
        self.assert_stops(self.export(), "neither model.safetensors nor pytorch_model.bin")

    def test_damaged_weights(self):
        (self.clip / "model.safetensors").write_bytes(b"no tensors")
        self.assert_stops(self.export(), "cannot be read")

    def test_no_tokenizer(self):
        (self.opt / "merges.txt").unlink()
        self.assert_stops(self.export(), "neither tokenizer.json nor vocab.json with merges.txt")

    def test_an_activation_that_no_graph_has(self):
        raw = json.loads((self.clip / "config.json").read_text())
        raw["vision_config"]["hidden_act"] = "silu"
        (self.clip / "config.json").write_text(json.dumps(raw))
        self.assert_stops(self.export(), "activation silu")

    def test_the_folders_changed_for_each_other(self):
        self.clip, self.opt = self.opt, self.clip
        self.assert_stops(self.export(), "is it the folder of a CLIP?")

    def test_a_slot_longer_than_the_positions(self):
        self.assert_stops(self.export("--alt-length", "300"), "positions")


if __name__ == "__main__":
    unittest.main()
