"""A checkpoint's tensors, taken by name with their shape checked; leftovers are reported, not ignored."""

import numpy as np

from errors import ExportError

IN_STEPS = "vision."  # the names of what is stored in 8 bits: two trunks in the space of one


class Weights:
    """Named tensors, of numpy or PyTorch. Matrices are rounded to float16, those of the image encoder to 8 bits, once, here, so that
    every graph and every reference computes with the same numbers; vectors (biases, norms) stay float32. One is
    read when it is taken: what is mapped from a file need not fit into memory."""

    def __init__(self, tensors, source="the checkpoint"):
        self.source = source
        self.tensors = tensors
        self.taken = set()

    def __contains__(self, name):
        return name in self.tensors

    def shape(self, name):
        """Shape of a tensor, without taking it."""
        return self._find(name).shape

    def take(self, name, *shape):
        """float32 tensor `name`, which must have `shape` (a size of None fits any)."""
        array = self._find(name)
        wanted = tuple(array.shape[i] if i < array.ndim and s is None else s for i, s in enumerate(shape))
        if tuple(array.shape) != wanted:
            raise ExportError(f"{name} in {self.source} has shape {list(array.shape)}, not {list(wanted)}")
        self.taken.add(name)
        return rounded(name, array)

    def finish(self, ignored=()):
        """Stops when a tensor was never used: it would mean that a part of the model is left out."""
        left = sorted(n for n in self.tensors if n not in self.taken and not n.endswith(tuple(ignored)))
        if left:
            more = f" and {len(left) - 3} more" if len(left) > 3 else ""
            raise ExportError(f"{self.source} has tensors that nothing uses: {', '.join(left[:3])}{more}")

    def _find(self, name):
        if name not in self.tensors:
            raise ExportError(f"{self.source} has no tensor {name}")
        return self.tensors[name]


def rounded(name, array):
    """float32 values of `array`; matrices rounded to what float16 can hold, those of the image encoder to
    127 steps up and down for each output."""
    array = plain(array)
    if not np.isfinite(array).all():
        raise ExportError(f"{name} holds values that are not finite: the training run is broken or unfinished")
    if array.ndim < 2:
        return array
    if name.startswith(IN_STEPS):
        steps, scale = in_steps(array)
        return steps * scale
    if np.abs(array).max(initial=0) > 65504:
        raise ExportError(f"{name} holds values that float16 cannot store")
    return array.astype(np.float16).astype(np.float32)


def plain(array):
    """float32 numbers of a numpy array or a PyTorch tensor, which may be of a kind that numpy does not know."""
    return np.asarray(array.float() if hasattr(array, "float") else array, dtype=np.float32)


def in_steps(array, outputs=0):
    """(int8 of the shape of `array`, float32 scales, one along the axis of OUTPUTS) whose product is `array`, each
    output rounded to 127 steps up and down.

    Scales have 12 bits of mantissa, so that product and rounding are exact: rounded once more, the same numbers
    come out."""
    others = tuple(axis for axis in range(array.ndim) if axis != outputs)
    largest = np.abs(array).max(others, keepdims=True).astype(np.float32)
    bits = np.maximum(largest / np.float32(127), np.float32(1e-12)).view(np.uint32)
    scale = ((bits + np.uint32(0xFFF)) & ~np.uint32(0xFFF)).view(np.float32)
    return np.rint(array / scale).astype(np.int8), scale
