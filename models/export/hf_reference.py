"""The paper's captioner in Hugging Face's own networks, to prove an export against; the mapping network is ours."""

import sys
from pathlib import Path

from altogether import is_weight
from errors import ExportError
from weights import rounded


class HuggingFaceNetworks:
    """What check_bundle asks, by CLIPModel and OPTForCausalLM of `transformers` with the rounded weights."""

    def __init__(self, tensors, config, clip, opt):
        import torch

        try:
            from transformers import AutoConfig, CLIPModel, OPTForCausalLM
        except ImportError:
            raise ExportError("transformers is missing: pip install -r requirements.txt, or --pictures 0 to check nothing") from None
        sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
        from model import Config, Mapper

        def part(prefix, network):
            own = {n.removeprefix(prefix): torch.from_numpy(rounded(n, t)) for n, t in tensors.items() if n.startswith(prefix)}
            left = network.load_state_dict(own, strict=False)
            wrong = [n for n in left.missing_keys if n != "lm_head.weight" and is_weight(n)] + left.unexpected_keys
            if wrong:
                raise ExportError(f"Hugging Face's network and {prefix}* do not have the same tensors: {', '.join(wrong[:3])}")
            return network.eval()

        names = ("visual_tokens", "mapper_heads", "mapper_layers", "mapper_mlp", "hidden")
        sizes = Config(embed_dim=config["embedding"], **{name: config[name] for name in names})
        self.config = config
        self.clip = part("clip.", CLIPModel(AutoConfig.from_pretrained(clip)))
        self.mapper = part("clip_project.", Mapper(sizes))
        self.gpt = part("gpt.", OPTForCausalLM(AutoConfig.from_pretrained(opt)))
        self.gpt.tie_weights()

    def image(self, pixels):
        return unit(self.clip.get_image_features(pixel_values=pixels))

    def text(self, ids):
        return unit(self.clip.get_text_features(input_ids=ids))

    def sequence(self, embeddings, slots):
        import torch

        return torch.cat([self.mapper(embeddings), self.gpt.get_input_embeddings()(slots)], 1)

    def first_logits(self, embeddings, slots):
        return self.gpt(inputs_embeds=self.sequence(embeddings, slots)).logits[:, -1]

    def greedy(self, embeddings, slots, steps):
        """As the paper's code has it, without an attention mask: pads are attended."""
        import torch

        rows = self.sequence(embeddings, slots)
        seen = torch.ones(rows.shape[:2], dtype=torch.long)
        ids = {"pad_token_id": self.config["eos"], "eos_token_id": self.config["eos"]}
        made = self.gpt.generate(inputs_embeds=rows, attention_mask=seen, do_sample=False, max_new_tokens=steps, **ids)
        return made.tolist()


def unit(features):
    import torch.nn.functional as F

    # A tensor, or in newer releases an output that holds it.
    return F.normalize(getattr(features, "pooler_output", features), dim=-1)
