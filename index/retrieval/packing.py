"""What JSON can hold as an array of bytes, so that it is kept with the arrays it belongs to."""

import json
from typing import Any

import numpy as np


def packed(value: Any) -> np.ndarray:
    """Return a JSON value as uint8 of shape (bytes,)."""
    return np.frombuffer(json.dumps(value, ensure_ascii=False).encode(), np.uint8)


def unpacked(array: np.ndarray) -> Any:
    """Return the value that was packed.

    >>> unpacked(packed({"été": [1, 2]}))
    {'été': [1, 2]}
    """
    return json.loads(array.tobytes())
