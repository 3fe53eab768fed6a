"""The paper's captioner in Hugging Face's own networks, to prove an export against; the mapping network is ours."""

import sys
from pathlib import Path

from altogether import is_weight
from errors import ExportError
from weights import rounded


class HuggingFaceNetworks:
    """What check_bundle asks, by CLIPModel and OPTForCausalLM of `transformers` with the rounded weights; of the two,
    only the one last used is in memory."""

    def __init__(self, tensors, config, clip, opt):
        self.tensors, self.config, self.folders = tensors, config, {"clip.": clip, "gpt.": opt}
        self.prefix = self.made = self.mapper = None

    def image(self, pixels):
        return unit(self.network("clip.").get_image_features(pixel_values=pixels))

    def text(self, ids):
        return unit(self.network("clip.").get_text_features(input_ids=ids))

    def first_logits(self, embeddings, slots):
        return self.network("gpt.")(inputs_embeds=self.sequence(embeddings, slots)).logits[:, -1]

    def greedy(self, embeddings, slots, steps):
        """As the paper's code has it, without an attention mask: pads are attended."""
        import torch

        rows = self.sequence(embeddings, slots)
        seen = torch.ones(rows.shape[:2], dtype=torch.long)
        ids = {"pad_token_id": self.config["eos"], "eos_token_id": self.config["eos"]}
        network = self.network("gpt.")
        return network.generate(inputs_embeds=rows, attention_mask=seen, do_sample=False, max_new_tokens=steps, **ids).tolist()

    def sequence(self, embeddings, slots):
        import torch

        if self.mapper is None:
            self.mapper = own_mapper(self.config)
            self.mapper.load_state_dict(self.state("clip_project."), assign=True)
        return torch.cat([self.mapper(embeddings), self.network("gpt.").get_input_embeddings()(slots)], 1)

    def network(self, prefix):
        """CLIPModel (`clip.`) or OPTForCausalLM (`gpt.`), which must have the tensors of the checkpoint and no others."""
        if prefix == self.prefix:
            return self.made
        try:
            from transformers import AutoConfig, CLIPModel, OPTForCausalLM
        except ImportError:
            raise ExportError("transformers is missing: pip install -r requirements.txt, or --pictures 0 to check nothing") from None
        self.prefix = self.made = None  # dropped before the next is made
        kind, sizes = {"clip.": CLIPModel, "gpt.": OPTForCausalLM}[prefix], AutoConfig.from_pretrained(self.folders[prefix])
        made, info = kind.from_pretrained(None, config=sizes, state_dict=self.state(prefix), output_loading_info=True)
        wrong = [n for n in info["missing_keys"] if n != "lm_head.weight" and is_weight(n)] + list(info["unexpected_keys"])
        if wrong:
            raise ExportError(f"Hugging Face's network and {prefix}* do not have the same tensors: {', '.join(wrong[:3])}")
        self.prefix, self.made = prefix, made.float().eval()
        return self.made

    def state(self, prefix):
        import torch

        return {n.removeprefix(prefix): torch.from_numpy(rounded(n, t)) for n, t in self.tensors.items() if n.startswith(prefix)}


def own_mapper(config):
    """The mapping network of models/training in the sizes of CONFIG, its weights not yet there."""
    import torch

    sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
    from model import Config, Mapper

    names = ("visual_tokens", "mapper_heads", "mapper_layers", "mapper_mlp", "hidden")
    with torch.device("meta"):
        return Mapper(Config(embed_dim=config["embedding"], **{name: config[name] for name in names})).eval()


def unit(features):
    import torch.nn.functional as F

    # A tensor, or in newer releases an output that holds it.
    return F.normalize(getattr(features, "pooler_output", features), dim=-1)
