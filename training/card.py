"""Writes the model card beside the weights: data, licences, figures, limits."""

from collections import Counter
from pathlib import Path
from string import Template

from benchmarks.retrieval import measure_bitext
from index.encoder import StaticEmbedder
from index.encoder.features import FeatureReader
from training.pairs import read_glossary

_TEMPLATE = Path(__file__).with_name("model_card.md")
_HELD_OUT = ("eng-fra", "deu-eng", "eng-spa", "eng-ita", "eng-rus", "eng-tur")
_SENTENCES = 2_000


def write_card(
    folder: Path,
    *,
    reader: FeatureReader,
    held_out: Path,
    counts: Counter[str],
    seed: int,
    seconds: float,
) -> None:
    """Fill in the card of the weights in a folder.

    Args:
        folder: Where the weights are.
        reader: Finds the rows of the table.
        held_out: A folder with `wmt-news.aaa-bbb.tsv.gz`, which are measured, never trained on.
        counts: Pairs trained on, by the first word of their file's name.
        seed: Of the training.
        seconds: It took.
    """
    embedder = StaticEmbedder.open(folder)
    rows = []
    for pair in _HELD_OUT:
        path = held_out / f"wmt-news.{pair}.tsv.gz"
        if not path.exists():
            continue
        figures = measure_bitext(path, embedder, limit=_SENTENCES)
        rows += [f"| {name} | {share:.3f} |" for name, share in figures.items() if "-" in name]
    text = Template(_TEMPLATE.read_text("utf-8")).substitute(
        rows=f"{reader.pieces + reader.buckets:,}",
        dimension=embedder.dimension,
        pieces=f"{reader.pieces:,}",
        buckets=f"{reader.buckets:,}",
        seed=seed,
        minutes=max(1, round(seconds / 60)),
        tatoeba=f"{counts['tatoeba']:,}",
        tico=f"{counts['tico19']:,}",
        glossary=len(read_glossary()["en"]),
        sentences=f"{_SENTENCES:,}",
        figures="\n".join(rows),
    )
    (folder / "README.md").write_text(text, "utf-8")
