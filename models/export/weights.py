"""A checkpoint's tensors, taken by name with their shape checked; leftovers are reported, not ignored."""

import numpy as np

from errors import ExportError


class Weights:
    """Named numpy tensors. Matrices are rounded to float16 once, here, so that every graph and every
    reference computes with the same numbers; vectors (biases, norms) stay float32."""

    def __init__(self, tensors, source="the checkpoint"):
        self.source = source
        self.tensors = {name: np.asarray(array) for name, array in tensors.items()}
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
    """float32 values of `array`; matrices rounded to what float16 can hold."""
    array = np.asarray(array, dtype=np.float32)
    if not np.isfinite(array).all():
        raise ExportError(f"{name} holds values that are not finite: the training run is broken or unfinished")
    if array.ndim < 2:
        return array
    if np.abs(array).max(initial=0) > 65504:
        raise ExportError(f"{name} holds values that float16 cannot store")
    return array.astype(np.float16).astype(np.float32)
