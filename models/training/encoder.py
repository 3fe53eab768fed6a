"""The image encoder of the built-in captioner, with the tensor names a checkpoint and a bundle use."""

import torch
import torch.nn as nn
import torch.nn.functional as F

from model import Config


class Block(nn.Module):
    """Residual pair of 3x3 convolutions with a squeeze-and-excite gate before the sum.

    y = relu(norm1(conv1 x)); y = norm2(conv2 y); y *= sigmoid(excite(relu(squeeze(mean y))));
    out = relu(y + (shortcut x)), shortcut a strided 1x1 convolution where the shape changes.
    """

    def __init__(self, width_in: int, width: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width_in, width, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(width)
        self.squeeze = nn.Linear(width, width // 8)
        self.excite = nn.Linear(width // 8, width)
        changes = stride != 1 or width_in != width
        self.shortcut = nn.Conv2d(width_in, width, 1, stride, bias=False) if changes else None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.relu(self.norm1(self.conv1(x)))
        y = self.norm2(self.conv2(y))
        gate = torch.sigmoid(self.excite(F.relu(self.squeeze(y.mean((2, 3))))))
        y = y * gate[:, :, None, None]
        return F.relu(y + (x if self.shortcut is None else self.shortcut(x)))


class Trunk(nn.Module):
    """Normalised pixels (B,3,S,S) -> the last map (B,C,S/8,S/8) of a residual network."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        first = c.vision_widths[0]
        self.stem = nn.Conv2d(3, first, 4, 2, 1, bias=False)
        self.stem_norm = nn.BatchNorm2d(first)
        blocks, width_in = [], first
        for stage, (width, count) in enumerate(zip(c.vision_widths, c.vision_blocks, strict=True)):
            for i in range(count):
                blocks.append(Block(width_in, width, 2 if stage > 0 and i == 0 else 1))
                width_in = width
        self.blocks = nn.ModuleList(blocks)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        x = F.relu(self.stem_norm(self.stem(pixels)))
        for block in self.blocks:
            x = block(x)
        return x


class Vision(nn.Module):
    """Normalised pixels (B,3,64,64) -> unit embeddings (B,256).

    Joined before the projection: the mean of every trunk's last map (what), the first trunk's map through
    a 1x1 convolution pooled to 4x4 (where), and the picture itself pooled to 4x4 (which colours).
    Both 4x4 views are flattened channel first. `feature_norm` is a BatchNorm over the joined vector.

    Every second trunk looks at the picture in a mirror: two that learnt alike then err less alike, and which
    way things face stays with the first.
    """

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.grid = c.grid
        self.trunks = nn.ModuleList(Trunk(c) for _ in range(c.trunks))
        last = c.vision_widths[-1]
        self.layout = nn.Conv2d(last, c.layout_channels, 1)
        self.feature_norm = nn.BatchNorm1d(c.trunks * last + (c.layout_channels + 3) * c.grid * c.grid)
        self.project = nn.Linear(self.feature_norm.num_features, c.embed_dim)

    def features(self, pixels: torch.Tensor) -> torch.Tensor:
        """(B,J), what is joined."""
        maps = [trunk(pixels.flip(3) if k % 2 else pixels) for k, trunk in enumerate(self.trunks)]
        where = F.adaptive_avg_pool2d(self.layout(maps[0]), self.grid).flatten(1)
        colour = F.adaptive_avg_pool2d(pixels, self.grid).flatten(1)
        return torch.cat([*(x.mean((2, 3)).float() for x in maps), where.float(), colour.float()], 1)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return F.normalize(self.project(self.feature_norm(self.features(pixels))).float(), dim=-1)
