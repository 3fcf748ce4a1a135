"""What PyTorch gives is taken where NumPy can read it, and refused in our words elsewhere."""

import numpy as np
import pytest
import torch

from regcourse._arrays import as_array
from regcourse.errors import InvalidInput


@pytest.mark.parametrize("kind", [torch.float64, torch.float32, torch.int64, torch.bool])
def test_a_tensor_that_numpy_reads_is_an_array(kind):
    np.testing.assert_array_equal(as_array(torch.tensor([[1, 0]], dtype=kind), "X"), [[1.0, 0.0]])


@pytest.mark.parametrize(
    "tensor",
    [
        torch.ones(2, requires_grad=True),
        torch.ones(2, device="meta"),
        torch.ones(2, dtype=torch.bfloat16),
        torch.eye(2).to_sparse(),
        torch.ones(2, dtype=torch.complex64).conj(),
    ],
    ids=["bound to its gradient", "on another device", "bfloat16", "sparse", "conjugate"],
)
def test_a_tensor_that_numpy_cannot_read_is_refused_with_torch_s_advice(tensor):
    words = "^X must be an array, and from an object of type Tensor none could be made: .*[a-z]{3}"
    with pytest.raises(InvalidInput, match=words):
        as_array(tensor, "X")
    with pytest.raises(InvalidInput, match=r"^X must be an array, and from .* list"):
        as_array([tensor, tensor], "X")
