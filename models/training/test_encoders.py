"""Tests of the image encoders' training that need no data: python -m unittest (in this folder)."""

import unittest
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
import torch.nn.functional as F

from align_mapper import linear_map
from deepen import deepen
from encoder import Vision
from fit_heads import mirrored
from join_trunks import joined, moved_to
from model import Config
from taught import SHARPER, likely, mixed
from train_vision import as_shares, augment, cutmix, places


SMALL = Config(embed_dim=16)


class Encoders(unittest.TestCase):
    def test_deeper_encoder_says_the_same(self) -> None:
        shallow = Vision(Config(vision_blocks=(1, 2, 2))).eval()
        deep_config = Config(vision_blocks=(1, 2, 3))
        state, added = deepen(shallow.state_dict(), deep_config)
        deep = Vision(deep_config).eval()
        deep.load_state_dict(state)
        self.assertTrue(added)
        pixels = torch.randn(2, 3, 64, 64)
        self.assertTrue(torch.equal(shallow(pixels), deep(pixels)))

    def test_joined_encoder_says_what_the_first_says(self) -> None:
        torch.manual_seed(2)
        encoders = [Vision(SMALL).eval() for _ in range(3)]
        sizes = replace(SMALL, trunks=3)
        all_three = Vision(sizes).eval()
        all_three.load_state_dict(joined([own.state_dict() for own in encoders], sizes))
        pixels = torch.randn(2, 3, 64, 64)
        torch.testing.assert_close(all_three(pixels), encoders[0](pixels))
        # The second trunk's part of the features is what it finds in the mirror, the third's what it finds without.
        last = SMALL.vision_widths[-1]
        for k, seen in ((1, pixels.flip(3)), (2, pixels)):
            own = encoders[k].features(seen)[:, :last]
            torch.testing.assert_close(all_three.features(pixels)[:, k * last : (k + 1) * last], own)

    def test_embeddings_move_to_what_is_seen(self) -> None:
        readers, old, new = torch.randn(30, 8), torch.randn(200, 8), torch.randn(200, 8)
        seen = new @ readers.T + 3.0
        torch.testing.assert_close(moved_to(seen, old, readers, listen=0.0), old)
        near = moved_to(seen, old, readers, listen=1e6)
        self.assertGreater(F.cosine_similarity(near, new).min(), 0.999)
        little = moved_to(seen, old, readers, listen=1e-2)
        self.assertTrue(F.cosine_similarity(little, old).mean() > F.cosine_similarity(little, new).mean() > 0.05)

    def test_places_follow_the_box(self) -> None:
        box = torch.tensor([[0.0, 0, 1, 1], [0.0, 0, 0.3, 0.3], [0.3, 0.3, 0.7, 0.7], [float("nan")] * 4, [0.5, 0.4, 1, 1]])
        size, position = places(box)
        self.assertEqual(size.tolist(), [0, 2, 2, -1, 2])
        self.assertEqual(position.tolist(), [-1, 0, 4, -1, 8])

    def test_cutmix_mixes_kinds_by_area(self) -> None:
        x = torch.arange(4.0)[:, None, None, None].expand(4, 3, 16, 16)
        kinds = as_shares(torch.tensor([0, 1, 2, -1]), 3)
        self.assertEqual(kinds.sum(1).tolist(), [1, 1, 1, 0])
        y, shares, mixed = cutmix(x, kinds, 1.0, np.random.default_rng(3))
        self.assertTrue(mixed.all())
        for i in range(4):
            own = (y[i, 0] == i).float().mean()
            self.assertTrue(0 < own < 1)
            torch.testing.assert_close(shares[i], own * kinds[i] + (1 - own) * kinds[i - 1])
        same, as_before, _ = cutmix(x, kinds, 0.0, np.random.default_rng(3))
        self.assertTrue(torch.equal(same, x) and torch.equal(as_before, kinds))

    def test_teachers_are_heard_by_their_weight(self) -> None:
        with TemporaryDirectory() as folder:
            said = torch.tensor([[[2.0, 0.0, 0.0]], [[0.0, 1.0, 0.0]]])
            for k, bias in enumerate(said):
                work = Path(folder) / f"{k}:x"  # a folder may hold a colon
                (work / "ckpt").mkdir(parents=True)
                np.save(work / "train.emb.npy", np.zeros((1, 4), np.float16))
                torch.save({"heads": {"classes.weight": torch.ones(3, 4), "classes.bias": bias[0]}}, work / "ckpt/vision.state.pt")
            taught = likely(f"{folder}/0:x:3,{folder}/1:x:1", "train", 3)
            with self.assertRaises(SystemExit):
                likely(f"{folder}/0:x:1", "train", 4)
        torch.testing.assert_close(taught, (SHARPER * torch.tensor([[1.5, 0.25, 0.0]])).softmax(1))
        own = torch.tensor([[0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
        both = mixed(own, taught.expand(2, 3), 0.7)
        torch.testing.assert_close(both[0], 0.3 * own[0] + 0.7 * taught[0])
        self.assertEqual(both[1].sum(), 0)

    def test_mirrored_boxes(self) -> None:
        box = np.array([[0, 8, 31, 63], [0, 8, 31, 63]], np.float32)
        out = mirrored(box, np.array([False, True]))
        torch.testing.assert_close(out * 64, torch.tensor([[0.0, 8, 31, 63], [32, 8, 63, 63]]))

    def test_linear_map_turns_back(self) -> None:
        torch.manual_seed(2)
        old = torch.randn(400, 6)
        turn = torch.linalg.qr(torch.randn(6, 6)).Q
        back = linear_map(old @ turn + 0.5, old)
        torch.testing.assert_close((old @ turn + 0.5) @ back[:-1] + back[-1], old, atol=1e-3, rtol=1e-3)

    def test_boxes_go_with_their_pictures(self) -> None:
        pixels = np.zeros((64, 64, 64, 3), np.uint8)
        pixels[:, 20:31, 5:17] = 255
        box = np.tile(np.array([[5, 20, 16, 30]], np.float32), (64, 1))
        x, b, flip = augment(pixels, box, 64, np.random.default_rng(0), "flip")
        self.assertEqual(set(flip.tolist()), {False, True})
        for picture, corners in zip(x, b, strict=True):
            rows, columns = (picture[0] > 1).nonzero().unbind(1)
            seen = torch.stack([columns.min(), rows.min(), columns.max(), rows.max()]) / 64
            self.assertTrue(torch.allclose(corners, seen, atol=1e-5), (corners, seen))


if __name__ == "__main__":
    unittest.main()
