"""Teaches the classifier of questions again: `python -m training.intent`.

Fits the logistic regression of `assistant.question.classifier` on the questions we wrote, says
how often it is right on questions and on whole languages it has not seen, scales its
probabilities to these, and writes weights and card.
"""

import argparse
import json
import re
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file

from assistant.question.classifier import FILE, Flags, features
from index.encoder.onnx import OnnxEmbedder
from training.reader_data import written

_STRENGTH = 5.0
_FOLDS = 4
_LEFT_OUT = ("fr", "tr")
_TEMPERATURES = np.arange(0.5, 2.01, 0.05)
_CARD = Path(__file__).with_name("intent_card.md")
_TARGET_CARD = FILE.with_suffix(".md")
# What a page would tell of the names in a written question can only be guessed from their form.
_READER = re.compile(r"\w+_\w*|@\w+|\b[^\W\d_]+\d+\b|\b[^\W\d_]*[a-zа-яё][A-ZА-ЯЁ]\w*")
_COMMENT = re.compile(
    r"(?<!\w)#?\d{1,3}\.\d{1,3}\b|#\d+|\w+ (?:n[o°º]\.? ?|nr\.? ?|№ ?)?\d{1,3}\b(?!\s*[%€$£])"
)
_QUOTATION = re.compile(r"[«“„\"»”]|(?<!\w)['‘]\w.+?\w['’](?!\w)")

Numbers = npt.NDArray[np.float32]


def main() -> None:
    """Fit, write, and print one JSON object of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    encoder = OnnxEmbedder()
    questions = [(language, row["q"], row["intent"]) for language, row in written("intent")]
    described = [encoder.describe_question(question) for _, question, _ in questions]
    mean = np.mean([one.hidden.mean(axis=0) for one in described], axis=0)
    rows = np.stack(
        [
            features(question, guessed_flags(question), one, mean=mean)
            for (_, question, _), one in zip(questions, described, strict=True)
        ]
    )
    kinds = np.array([kind for _, _, kind in questions])
    languages = np.array([language for language, _, _ in questions])
    names = np.unique(kinds)
    dressed = np.array([is_dressed(q) for _, q, _ in questions])
    crossed = crossed_logits(rows, kinds)
    temperature = best_temperature(crossed, kinds)
    report = {
        "questions": len(questions),
        "unseen": right(crossed, kinds, names),
        "unseen, dressed": right(crossed[dressed], kinds[dressed], names),
        "unseen, plain": right(crossed[~dressed], kinds[~dressed], names),
        **{
            f"unseen, {name}": right(crossed[languages == name], kinds[languages == name], names)
            for name in sorted(set(languages))
        },
        **{
            f"unseen language {name}": right_in_language(rows, kinds, languages == name)
            for name in _LEFT_OUT
        },
        "temperature": temperature,
    }
    model = fitted(rows, kinds)
    write(options.out, model, mean=mean, temperature=temperature, encoder=encoder)
    table = "\n".join(f"| {name} | {value} |" for name, value in report.items())
    card = Template(_CARD.read_text("utf-8")).substitute(figures=table)
    _TARGET_CARD.write_text(card, "utf-8")
    print(json.dumps(report))


def guessed_flags(question: str) -> Flags:
    """Return what a page would probably say of the names in a question we wrote.

    >>> guessed_flags("What did Gull_on_the_mast reply to 3.1?").names_reader
    True
    """
    _, _, rest = question.partition(" ")
    named = any(word[:1].isupper() for word in re.findall(r"[^\W\d_]{2,}", rest))
    return Flags(
        names_speaker=named and not question.isupper(),
        names_reader=bool(_READER.search(question)),
        names_comment=bool(_COMMENT.search(question)),
        has_quotation=bool(_QUOTATION.search(question)),
    )


def is_dressed(question: str) -> bool:
    """Whether it is typed otherwise than a book would print it, or has words around it.

    >>> is_dressed("Who paid?"), is_dressed("who paid"), is_dressed("Hi, tell me: who paid?")
    (False, True, True)
    """
    stated = question.rstrip().endswith(("?", "？"))
    return not stated or not question[:1].isupper() or bool(re.search(r"[.,:!;…]\s", question))


def fitted(rows: Numbers, kinds: npt.NDArray[np.str_]) -> Any:
    """Return the logistic regression."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=_STRENGTH, max_iter=60).fit(csr_matrix(rows), kinds)


def crossed_logits(rows: Numbers, kinds: npt.NDArray[np.str_]) -> Numbers:
    """Return the logits of each question by a fit that has not seen it, (questions, kinds)."""
    from sklearn.model_selection import StratifiedKFold

    logits = np.zeros((len(rows), len(set(kinds))), np.float32)
    for seen, unseen in StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(rows, kinds):
        logits[unseen] = fitted(rows[seen], kinds[seen]).decision_function(rows[unseen])
    return logits


def right(logits: Numbers, kinds: npt.NDArray[np.str_], names: npt.NDArray[np.str_]) -> float:
    """Return the share whose kind has the highest logit; `names` are the kinds, sorted."""
    return round(float((names[logits.argmax(axis=1)] == kinds).mean()), 3)


def right_in_language(
    rows: Numbers, kinds: npt.NDArray[np.str_], chosen: npt.NDArray[np.bool_]
) -> float:
    """Return the share that is right in a language none of whose questions was seen."""
    model = fitted(rows[~chosen], kinds[~chosen])
    return round(float((model.predict(rows[chosen]) == kinds[chosen]).mean()), 3)


def best_temperature(logits: Numbers, kinds: npt.NDArray[np.str_]) -> float:
    """Return what the logits are divided by so that the probabilities fit unseen questions."""
    names = list(np.unique(kinds))
    places = np.array([names.index(kind) for kind in kinds])

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        shares = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return -float(shares[np.arange(len(places)), places].mean())

    return round(float(min(_TEMPERATURES, key=loss)), 2)


def write(
    path: Path, model: Any, *, mean: Numbers, temperature: float, encoder: OnnxEmbedder
) -> None:
    """Write the weights, 8 bits each, already divided by the temperature."""
    values, scales = eight_bit((model.coef_.T / temperature).astype(np.float32))
    save_file(
        {
            "weights": values,
            "scales": scales,
            "bias": (model.intercept_ / temperature).astype(np.float32),
            "mean": mean.astype(np.float32),
        },
        path,
        metadata={"intents": " ".join(model.classes_), "encoder": encoder.fingerprint},
    )


def eight_bit(matrix: Numbers) -> tuple[npt.NDArray[np.int8], Numbers]:
    """Return a matrix rounded to 8 bits, and the scale of each of its columns.

    >>> values, scales = eight_bit(np.array([[1.0, -4.0], [0.5, 2.0]], np.float32))
    >>> values.tolist(), (scales * 127).tolist()
    ([[127, -127], [64, 64]], [1.0, 4.0])
    """
    scales = np.maximum(np.abs(matrix).max(axis=0), 1e-12) / 127
    values = np.rint(matrix / scales).clip(-127, 127).astype(np.int8)
    return values, scales.astype(np.float32)


if __name__ == "__main__":
    main()
