"""Writes a trained table the way `index.encoder.static` reads it."""

import hashlib
import json
from pathlib import Path
from statistics import median

import numpy as np
import torch
from safetensors.numpy import save_file

from index.encoder.features import FeatureReader
from index.encoder.static import CONFIG, FORMAT, TABLE, TOKENIZER, StaticEmbedder
from training.pairs import read_glossary


def write_weights(folder: Path, *, reader: FeatureReader, table: torch.Tensor) -> None:
    """Write table, tokenizer and config, each row rounded to 8 bits with a scale of its own."""
    rows = table.numpy()
    scales = (np.abs(rows).max(axis=1) / 127).astype(np.float16)
    rounded = np.round(rows / np.maximum(scales, 1e-6).astype(np.float32)[:, None])
    save_file(
        {"table": np.clip(rounded, -127, 127).astype(np.int8), "scales": scales},
        folder / TABLE,
    )
    reader.tokenizer.save(str(folder / TOKENIZER), pretty=False)
    config = {
        "format": FORMAT,
        "name": "static",
        "dimension": rows.shape[1],
        "pieces": reader.pieces,
        "buckets": reader.buckets,
        "shortest": reader.shortest,
        "longest": reader.longest,
        "ordinary_length": 1.0,
        "sha256": {name: _sha256(folder / name) for name in (TABLE, TOKENIZER)},
    }
    _write_config(folder, config)
    words = [word for cells in read_glossary().values() for cell in cells for word in cell.split()]
    weights = StaticEmbedder.open(folder).word_weights(words)
    _write_config(folder, config | {"ordinary_length": round(float(median(weights)), 3)})
    for name in (CONFIG, TABLE, TOKENIZER):
        (folder / name).chmod(0o644)


def _write_config(folder: Path, config: dict[str, object]) -> None:
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf-8")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
