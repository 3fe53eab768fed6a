"""Tests of the trainer that need no data: python -m unittest (in this folder)."""

import random
import re
import unittest

import numpy as np
import torch
import torch.nn.functional as F

from as_seen import POSITIONS, Reading, seen_truth
from captions import Mixer, Picture, caption, flip_words, photo_tail, plural
from as_empty import steady_loss
from batches import Batch, Known, pairs, part
from common_words import Thing, Words
from contrast import contrast
from decode import greedy
from everyday import Everyday
from mean import mean
from model import Captioner, Config, Text, attend
from muon import orthogonal
from noise import MEDIA
from readers import NAMES, Readers, fit
from soft_names import SoftNames
from train_captioner import token_weights

SMALL = Config(vocab_size=40, hidden=32, layers=2, heads=2, ffn=64, embed_dim=16, mapper_heads=2, max_new_tokens=12)


COMMON = Words([
    Thing("bird", 4.9, "bird", [], ["animal"]), Thing("chicken", 4.6, None, ["bird"], ["food"]), Thing("cow", 4.1, None, [], ["animal"]),
    Thing("hens", 3.3, "bird", [], ["animal"]), Thing("robin", 4.3, "bird", [], ["animal"]), Thing("truck", 4.7, "vehicle", [], ["vehicle"]),
    Thing("window", 4.8, None, [], ["building", "object"]),
], ["brown", "summer"], [])


class FakeWorld:
    """Two families that are far from each other."""

    families = {
        "bird": {"group": "animal", "seen": [["hawfinch", "Coccothraustes coccothraustes"], ["brown wren", None]], "unseen": [["hen", None]]},
        "vehicle": {"group": "vehicle", "seen": [["hand cart", None]], "unseen": []},
    }
    everyday = Everyday(families, {"brown"}, COMMON)
    far = {"animal": [[(["hand cart"], None)]], "vehicle": [[(["hawfinch"], None)]]}
    kin = {"hand cart": "vehicle", "hawfinch": "bird", "brown wren": "bird"}
    more = {"bird": [["rail", None]], "vehicle": [["sulky", None]]}
    more_of_group = {"animal": [["rail", None]], "vehicle": [["sulky", None]]}
    more_near = more
    apart: dict[str, list] = {"bird": [], "vehicle": []}
    held = {"dark cart", "cart"}
    headed = {"hawfinch": "bird", "wren": "bird", "cart": "vehicle"}
    heads = {"bird": ["hawfinch", "wren"], "vehicle": ["cart"]}

    def related(self, p: Picture, word: str) -> int:
        return int(self.families[word]["group"] == p.group)


def goose() -> Picture:
    tail = "The bird is small, grey and on the left, against a green background."
    return Picture(["goose"], None, "bird", "bird", "animal", tail, "grey", 0, "A photo of ")


class Seeing(unittest.TestCase):
    def test_readers_speak_and_doubt(self) -> None:
        heads = {f"words.{k}.{p}": torch.zeros(10, 4) if p == "weight" else torch.eye(10)[k] for k in range(4) for p in ("weight", "bias")}
        heads |= {"classes.weight": torch.zeros(3, 4), "classes.bias": torch.tensor([0.0, 1.0, 2.0])}
        heads |= {"places.0.weight": torch.zeros(3, 4), "places.0.bias": torch.tensor([0.0, 0.0, 1.0])}
        sure = torch.zeros(9, 4)
        sure[3, 0] = 5.0
        heads |= {"places.1.weight": sure, "places.1.bias": torch.zeros(9)}
        read = Reading(np.array([[1, 0, 0, 0], [0, 0, 0, 1]], np.float16), heads, 2)
        self.assertEqual(read.kind, [1, 1])  # the third class is no photo class
        self.assertEqual(read.position, [3, -1])
        truth = {"size": {"word": "large"}, "colour": {"word": "red"}, "background": None, "position": {"word": "x"}}
        seen = seen_truth(truth, read, 0, True)
        self.assertEqual(seen["position"], {"word": "on the right"})
        self.assertEqual(flip_words(POSITIONS[5]), POSITIONS[3])
        self.assertEqual((seen["size"]["word"], seen["colour"]["word"], seen["background"]), ("small", "black", None))
        self.assertIsNone(seen_truth(truth, read, 1, False)["position"])

    def test_refusal_says_what_is_seen(self) -> None:
        other = Picture(["duck"], None, "bird", "bird", "animal", "The bird is red.", "red", 1, "A photo of ")
        mixer = Mixer(FakeWorld(), {"far": 1.0})
        self.assertEqual(mixer(goose(), random.Random(1), other).caption, "A photo of a duck. The bird is red.")
        mixer = Mixer(FakeWorld(), {"own": 1.0})
        self.assertIn("goose", mixer(goose(), random.Random(1), other).caption)


class Said(unittest.TestCase):
    def test_everyday_words_are_far_where_nothing_of_them_is_seen(self) -> None:
        words, rng = FakeWorld.everyday, random.Random(2)
        self.assertEqual({words.far_word("animal", rng) for _ in range(99)}, {"truck", "window"})  # a chicken may be a bird
        self.assertEqual({words.far_word("vehicle", rng) for _ in range(99)}, {"bird", "chicken", "cow", "robin"})  # windows unsure
        self.assertEqual({words.kin_word("bird", rng) for _ in range(99)}, {"robin"})  # "hen" is held back, so are "hens"
        self.assertEqual(words.idle, ["summer"])
        self.assertEqual(words.commonest("animal", 99), ["truck", "window"])

    def test_everyday_words_of_another_clade_are_far_where_the_clade_is_sure(self) -> None:
        families = {word: {"group": "animal", "seen": [], "unseen": []} for word in ("cat", "dog")}
        things = [Thing("puppy", 4.0, "dog", [], ["animal"]), Thing("kitten", 4.0, "cat", [], ["animal"]), Thing("truck", 4.7, None, [], ["vehicle"])]
        words, rng = Everyday(families, set(), Words(things, [], [])), random.Random(6)
        self.assertEqual({words.word("cat", True, False, rng) for _ in range(99)}, {("puppy", False), ("truck", False)})
        self.assertEqual({words.word("cat", False, False, rng) for _ in range(99)}, {("truck", False)})
        self.assertEqual(words.word("cat", True, True, rng), ("kitten", True))

    def test_words_for_the_picture_itself_name_nothing_in_it(self) -> None:
        said = [FakeWorld.everyday.idle_text(random.Random(seed)) for seed in range(200)]
        media = [text for text in said if any(word in text for word in MEDIA)]
        self.assertTrue(30 < len(media) < 70)
        self.assertTrue(all("summer" in text.lower() for text in said if text not in media))

    def test_everyday_words_are_carried_where_they_are_kin_alone(self) -> None:
        mixer, rng = Mixer(FakeWorld(), {"everyday": 1.0}), random.Random(4)  # type: ignore[arg-type]
        rows = [mixer(goose(), rng) for _ in range(400)]
        self.assertEqual({r.kind for r in rows}, {"everyday", "idle"})
        for row in rows:
            self.assertEqual(row.carries, "robin" in row.alt.lower(), row)
            name = "goose" if not row.carries else "robins" if "robins" in row.alt.lower() else "robin"
            self.assertRegex(row.caption.lower(), rf"^a photo of {'' if name == 'robins' else 'a '}{name}\.")
        self.assertTrue(any(r.caption.startswith("A photo of robins.") for r in rows))


class FakeCoder:
    """Letters as ids: slots of 32, left-padded."""

    config = SMALL

    def alt(self, text: str, loose: bool = False) -> list[int]:
        ids = [4 + ord(c) % 30 for c in text][: SMALL.alt_length]
        return [SMALL.pad] * (SMALL.alt_length - len(ids)) + ids

    def prefix(self, text: str) -> list[int]:
        return [4 + ord(c) % 30 for c in text.strip()]

    def first_sentence(self, text: str) -> list[int]:
        return self.prefix(text.split(".")[0])


class Geese:
    """One picture, of which two kinds are likely."""

    pictures, embeddings = [goose()], np.eye(1, 16, dtype=np.float16)
    of_pool = {"bird": [0]}
    seen = None
    called: list[tuple[str, str | None]] = []

    @staticmethod
    def read(e: torch.Tensor) -> torch.Tensor:
        return torch.tensor([[0.75, 0.25]]).expand(len(e), 2)


class Asked(unittest.TestCase):
    def test_rare_far_names_are_seldom_asked_for_kin(self) -> None:
        mixer = Mixer(FakeWorld(), {"own": 1.0})  # type: ignore[arg-type]
        batch = pairs([(Geese(), 1.0)], mixer, FakeCoder(), 400, random.Random(3))  # type: ignore[arg-type, list-item]
        said, kin = batch.known.said, batch.known.kin
        # bird 0, vehicle 1, invented 2, windows of no family -1; the sulky is rare.
        self.assertEqual(set(said.tolist()), {-1, 0, 1, 2})
        self.assertTrue((kin[said == -1] == 0).all())
        self.assertTrue((kin[said == 0] == 1).all() and (kin[said == 2] == 1).all())
        self.assertEqual(set(kin[said == 1].tolist()), {0, -1})
        self.assertTrue(torch.equal(batch.known.carried, kin))
        self.assertEqual(set(batch.starts.tolist()), {len("A photo of")})
        # A name follows where it is carried or refused, on part of the rows, and nowhere else.
        named = (batch.target != -100).sum(1) > len("A photo of")
        self.assertEqual(set(kin[named].tolist()), {0, 1})
        goose_ids = FakeCoder().first_sentence("A photo of a goose")
        self.assertTrue((batch.target[named & (kin == 0), : len(goose_ids)] == torch.tensor(goose_ids)).all())
        self.assertTrue(named[kin == 1].any() and not named[kin == 1].all())

    def test_everyday_words_are_read_whole(self) -> None:
        class Recorded(FakeCoder):
            read: list[tuple[str, bool]] = []

            def alt(self, text: str, loose: bool = False) -> list[int]:
                self.read.append((text, loose))
                return super().alt(text)

        mixer = Mixer(FakeWorld(), {"own": 1.0})  # type: ignore[arg-type]
        pairs([(Geese(), 1.0)], mixer, Recorded(), 400, random.Random(3))  # type: ignore[arg-type, list-item]
        common = [loose for text, loose in Recorded.read if re.search("robin|truck|window|summer|photo gallery", text.lower())]
        self.assertTrue(len(common) > 20 and not any(common))
        self.assertTrue(any(loose for _, loose in Recorded.read))

    def test_altered_names_keep_their_last_word_and_parts_their_letters(self) -> None:
        mixer, rng = Mixer(FakeWorld(), {"far": 1.0}), random.Random(5)  # type: ignore[arg-type]
        names = {mixer.altered("vehicle", rng) for _ in range(40)}
        self.assertTrue(all(n.endswith("cart") and n != "cart" for n in names))
        self.assertTrue(any(" " not in n for n in names) and any(" " in n for n in names))
        rows = [mixer(goose(), rng) for _ in range(300)]
        self.assertTrue(any(r.said == "vehicle" and "hand cart" not in r.alt.lower() for r in rows))
        self.assertFalse(any(r.carries for r in rows))
        parts = [part("hand cart", FakeWorld.held, rng) for _ in range(200)]
        self.assertTrue(all(p in "hand cart" and len(p) >= 3 and p != "cart" for p in parts))
        self.assertGreater(sum(p.endswith("cart"[-2:]) for p in parts), 80)
        self.assertEqual(part("ox", set(), rng), "ox")

    def test_readers_learn_beside_a_model_that_stands_still(self) -> None:
        torch.manual_seed(4)
        model = Captioner(SMALL)
        before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
        answers, likely = torch.tensor([0, 1, 0, 1]), torch.eye(3)[[0, 1, 2, 0]]
        known = Known(answers, answers, answers, likely)
        batch = Batch(F.normalize(torch.randn(4, 16), dim=-1), torch.randint(4, 40, (4, 10)), torch.randint(4, 40, (4, 5)), torch.tensor([1, 2, 3, 1]), known)

        class Endless:
            @staticmethod
            def get() -> tuple[Batch, None]:
                return batch, None

        right = fit(Readers(model, 2, 3), model, Endless(), 0.05)  # type: ignore[arg-type]
        self.assertEqual(right, [1.0] * len(NAMES))
        for name, tensor in model.state_dict().items():
            self.assertTrue(torch.equal(tensor, before[name]), name)

    def test_readers_look_where_the_name_begins_and_ask_only_what_is_known(self) -> None:
        torch.manual_seed(4)
        model = Captioner(SMALL)
        readers = Readers(model, 2, 3)
        e, ids = F.normalize(torch.randn(2, 16), dim=-1), torch.randint(4, 40, (2, 14))
        likely = torch.tensor([[0.7, 0.2, 0.1], [0.1, 0.2, 0.7]])
        minus = torch.tensor([-1, -1])
        known = Known(minus, minus, torch.tensor([0, 1]), likely)
        model.hidden(e, ids)
        loss, right = readers(10, torch.tensor([2, 4]), known)
        self.assertEqual([NAMES[k] for k, r in enumerate(right) if r != r], ["said", "kin"])
        loss.backward()
        self.assertIsNone(readers.said.weight.grad)
        # What comes after the name's beginning is not looked at: the second row's is one id from the end.
        again = ids.clone()
        again[0, 13], again[1, 13] = 5, 6
        again[0, 12] = again[0, 12] % 30 + 4
        model.hidden(e, ids)
        first = readers(10, torch.tensor([2, 3]), known)[0]
        model.hidden(e, again)
        torch.testing.assert_close(readers(10, torch.tensor([2, 3]), known)[0], first)
        other = ids.clone()
        other[:, 5] = other[:, 5] % 30 + 4
        model.hidden(e, other)
        self.assertNotEqual(readers(10, torch.tensor([2, 3]), known)[0].item(), first.item())


class Captions(unittest.TestCase):
    def test_far_and_empty_give_the_same_caption(self) -> None:
        for kind in ("far", "empty", "general"):
            got, alt, text, _, carries = Mixer(FakeWorld(), {kind: 1.0})(goose(), random.Random(1))  # type: ignore[arg-type]
            self.assertEqual((got, carries), (kind, False))
            self.assertEqual(text, f"A photo of a goose. {goose().tail}")
            self.assertEqual(alt == "", kind == "empty")

    def test_consistent_and_invented_names_are_carried_as_given(self) -> None:
        for kind in ("consistent", "novel"):
            mixer = Mixer(FakeWorld(), {kind: 1.0})  # type: ignore[arg-type]
            for seed in range(40):
                _, alt, text, _, carries = mixer(goose(), random.Random(seed))
                self.assertTrue(carries)
                name = text.removeprefix("A photo of ").split(". ")[0].split(", ")[0].removeprefix("an ").removeprefix("a ")
                self.assertIn(name, alt)

    def test_words(self) -> None:
        self.assertEqual(plural("Brown Betty"), "Brown Betties")
        self.assertEqual(plural("brown trout"), "brown trout")
        self.assertEqual(flip_words("in the lower left, facing right"), "in the lower right, facing left")
        drawn = Picture(["owl"], "Strix aluco", "owl", "bird", "animal", "T.", None, 0, "A drawing of an", drawn=True)
        self.assertEqual(caption(drawn, "tawny owl", "Strix aluco"), "A drawing of a tawny owl, Strix aluco. T.")

    def test_close_up_has_no_place(self) -> None:
        word = lambda w: {"word": w, "sure": True}  # noqa: E731
        truth = {"size": word("close-up"), "colour": word("red"), "medium": word("colour"), "light": word("dark")}
        self.assertEqual(photo_tail("dog", truth), "The dog fills the frame and is red. The picture is dark.")


class Networks(unittest.TestCase):
    def test_attention_is_the_usual_one(self) -> None:
        q, k, v = torch.randn(3, 2, 2, 7, 8).unbind(0)
        for causal in (True, False):
            usual = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
            self.assertTrue(torch.allclose(attend(q, k, v, causal), usual, atol=1e-5))

    def test_slot_without_pads_keeps_its_places(self) -> None:
        torch.manual_seed(1)
        decoder = Captioner(SMALL).gpt.model.decoder
        for layer in decoder.layers:
            torch.nn.init.zeros_(layer.self_attn.out_proj.weight)
            torch.nn.init.zeros_(layer.self_attn.out_proj.bias)
        # Without attention a place depends on itself alone: leaving others away changes nothing.
        x = torch.randn(2, 30, SMALL.hidden)
        whole = decoder(x)
        cut = decoder(torch.cat([x[:, :8], x[:, 20:]], 1), 8, 12)
        torch.testing.assert_close(cut, torch.cat([whole[:, :8], whole[:, 20:]], 1))

    def test_cached_decoding_equals_recomputation(self) -> None:
        torch.manual_seed(0)
        model = Captioner(SMALL).eval()
        e, alt = F.normalize(torch.randn(3, 16), dim=-1), torch.randint(4, 40, (3, SMALL.alt_length))
        slow = model.greedy(e, alt)
        fast = greedy(model, e, alt, limit=SMALL.max_new_tokens)
        self.assertTrue(torch.equal(slow, fast))

    def test_refused_names_are_held_to_the_empty_slot(self) -> None:
        torch.manual_seed(3)
        model = Captioner(SMALL)
        alt = torch.full((3, SMALL.alt_length), SMALL.pad)
        alt[1:, -1] = 7  # the first row has no alt-text, the last carries its own
        target = torch.randint(4, 40, (3, 5))
        nothing = torch.full((3,), -1)
        known = Known(nothing, nothing, torch.tensor([0, 0, 1]), torch.zeros(3, 2))
        batch = Batch(F.normalize(torch.randn(3, 16), dim=-1), alt, target, nothing, known)
        logits = model(batch.embeddings, alt, target)
        loss = steady_loss(model, batch, logits, torch.ones(3, 5))
        self.assertGreater(loss.item(), 0.0)
        grad = torch.autograd.grad(loss, logits)[0].abs().sum((1, 2)) > 0
        self.assertEqual(grad.tolist(), [False, True, False])
        without = model(batch.embeddings, torch.full_like(alt, SMALL.pad), target)
        self.assertLess(steady_loss(model, batch, without, torch.ones(3, 5)).item(), 0.01)

    def test_mean_of_two(self) -> None:
        a, b = {"w": torch.zeros(2)}, {"w": torch.ones(2)}
        self.assertAlmostEqual(mean(a, b, 0.4)["w"].tolist()[1], 0.4, places=6)
        with self.assertRaises(SystemExit):
            mean(a, {"v": torch.ones(2)}, 0.4)

    def test_text_ends_at_eos(self) -> None:
        text = Text(SMALL).eval()
        a = text(torch.tensor([[5, 6, 2, 1, 1]]))
        b = text(torch.tensor([[5, 6, 2, 9, 9]]))
        self.assertTrue(torch.allclose(a, b, atol=1e-6))

    def test_orthogonal_steps(self) -> None:
        values = torch.linalg.svdvals(orthogonal(torch.randn(16, 48)))
        self.assertGreater(values.min().item(), 0.5)
        self.assertLess(values.max().item(), 1.3)

    def test_losses(self) -> None:
        target = torch.tensor([[1, 2, -100]])
        weight = token_weights(target, stop=2, head=2.0)
        self.assertEqual(weight.tolist(), [[2.0, 1.0, 0.0]])
        e = torch.eye(4)
        ids = torch.tensor([[1], [1], [3], [4]])
        same = contrast(e, e, ids, torch.tensor(4.0))
        self.assertGreater(same.item(), contrast(e, e, torch.arange(4)[:, None], torch.tensor(4.0)).item())

    def test_soft_names(self) -> None:
        names = SoftNames([[4, 5, 2], [4, 6, 2], [7, 2]])
        likely = torch.tensor([[0.5, 0.25, 0.25, 0.0]]).repeat(5, 1)
        likely[4] = torch.tensor([0.1, 0.1, 0.1, 0.7])
        target = torch.tensor([[3, 4, 5, 2], [3, 4, 6, 2], [3, 7, 2, -100], [3, 4, 5, 2], [3, 4, 5, 2]])
        logits = torch.randn(5, 4, 8)
        hard = F.cross_entropy(logits.transpose(1, 2), target, ignore_index=-100, reduction="none")
        soft = names.soften(hard, logits, target, torch.ones(5, dtype=torch.long), likely,
                            torch.tensor([True, True, True, False, True]))
        self.assertEqual(soft[3:].tolist(), hard[3:].tolist())  # carries a name; likeliest is none of the three
        self.assertEqual(soft[:, 0].tolist(), hard[:, 0].tolist())
        self.assertEqual(soft[2, 2:].tolist(), hard[2, 2:].tolist())
        log_p = logits.log_softmax(2)
        each = torch.tensor([8.0, 1.0, 1.0])  # the cubes
        begin = -(9 * log_p[:3, 1, 4] + log_p[:3, 1, 7]) / 10
        self.assertTrue(torch.allclose(soft[:3, 1], begin))
        # Behind "4" the third kind is out of question, and beside the stop nothing is.
        self.assertTrue(torch.allclose(soft[:2, 2], -(each[0] * log_p[:2, 2, 5] + each[1] * log_p[:2, 2, 6]) / 9))
        self.assertTrue(torch.allclose(soft[:2, 3], hard[:2, 3]))


if __name__ == "__main__":
    unittest.main()
