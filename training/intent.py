"""Teaches the classifier of questions again: `python -m training.intent`.

Fits the network of `assistant.question.classifier` on the questions we wrote, each in three
dresses, says how often it is right on questions it has not seen, scales its probabilities to
these, and writes weights and card: a quarter of an hour of one core, the same weights each time.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from string import Template

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import save_file

from assistant.locale import matches, phrases
from assistant.question.classifier import FILE, SCALES, Flags
from assistant.question.form import hashed
from index.encoder.model import BUNDLED, EncoderModel
from index.encoder.reading import FIRST_TOKENS, first_text
from index.language.words import split_words
from training.dresses import dressed
from training.intent_network import FORM_SCALE, IntentNetwork, Questions, fitted, logits_of
from training.question_pages import DATA
from training.reader_data import is_page_held_out, written

_FOLDS, _MEASURED = 4, 1  # the figures are those of one fold of four
_COPIES = 2  # of each question in other dresses
_FROM_PAGES = {"said_what": 1_200, "who_said": 800, "factual": 1_000}
_UNKNOWN_NAMES = 0.15  # share of the copies whose page would not know the name
_LARGE = 1_000  # numbers in a matrix from which it is stored in 8 bit
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
    torch.set_num_threads(1)  # with more, sums come in another order
    encoder = EncoderModel(BUNDLED)
    chance = random.Random(0)
    rows = [(language, row["q"], row["intent"]) for language, row in written("intent")]
    of_pages = asked_of_pages(chance)
    rows += of_pages
    plain = [question for _, question, _ in rows]
    copies = [
        dressed(question, language, chance)
        for _ in range(_COPIES)
        for language, question, _ in rows
    ]
    questions = described([*plain, *copies], plain * (1 + _COPIES), encoder)
    unknown = np.array([chance.random() < _UNKNOWN_NAMES for _ in copies])
    questions.flags[len(plain) :][unknown, 0] = 0
    kinds = np.array([kind for *_, kind in rows])
    languages = np.array([language for language, *_ in rows])
    names = np.unique(kinds)
    in_dress = np.array([is_dressed(question) for question in plain])
    crossed, measured = crossed_logits(questions, kinds)
    numbers = np.searchsorted(names, kinds)
    kinds, languages, in_dress = kinds[measured], languages[measured], in_dress[measured]
    temperature = best_temperature(crossed, kinds)
    report = {
        "questions": len(rows),
        "unseen": right(crossed, kinds, names),
        "unseen, dressed": right(crossed[in_dress], kinds[in_dress], names),
        "unseen, plain": right(crossed[~in_dress], kinds[~in_dress], names),
        **{
            f"unseen, {name}": right(crossed[languages == name], kinds[languages == name], names)
            for name in sorted(set(languages))
        },
        "temperature": temperature,
    }
    network = fitted(questions, np.tile(numbers, 1 + _COPIES))
    as_often_as_written(network, names, rows, of_pages)
    write(options.out, network, names, temperature=temperature, encoder=encoder)
    table = "\n".join(f"| {name} | {value} |" for name, value in report.items())
    card = Template(_CARD.read_text("utf-8")).substitute(figures=table)
    _TARGET_CARD.write_text(card, "utf-8")
    print(json.dumps(report))


def asked_of_pages(chance: random.Random) -> list[tuple[str, str, str]]:
    """Return language, question and kind of some questions put to pages, in people's own words.

    Facts are those that ask with a word for a person, a time, a number, a reason; the others may be
    of any kind.
    """
    found: dict[str, list[tuple[str, str, str]]] = {kind: [] for kind in _FROM_PAGES}
    languages = {language for language, _ in written("intent")}
    for line in (DATA / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        kind = "factual" if row.get("kind") == "fact" else row.get("kind")
        if kind not in found or row["lang"] not in languages or is_page_held_out(row["page"]):
            continue
        wants = phrases(row["lang"]).wants.values()
        words = split_words(row["q"].casefold())
        if kind != "factual" or any(matches(patterns, words) for patterns in wants):
            found[kind].append((row["lang"], row["q"], kind))
    return [row for kind, most in _FROM_PAGES.items() for row in chance.sample(found[kind], most)]


def as_often_as_written(
    network: IntentNetwork,
    names: npt.NDArray[np.str_],
    rows: Sequence[tuple[str, str, str]],
    of_pages: Sequence[tuple[str, str, str]],
) -> None:
    """Take off the kinds that pages added to what makes them likelier than as they were written.

    Else a question that is contested by nobody's words is taken for one that asks for words.
    """
    every, added = (Counter(kind for *_, kind in some) for some in (rows, of_pages))
    shares = [every[name] / (every[name] - added[name]) for name in names]
    with torch.no_grad():
        network.outer.bias.sub_(torch.log(torch.tensor(shares)))


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


def described(
    questions: Sequence[str], as_written: Sequence[str], encoder: EncoderModel
) -> Questions:
    """Return what the network sees of some questions.

    A page knows its names in any dress: flags are guessed from the questions as they were written.
    """
    return Questions(
        texts=tuple(
            encoder.hidden(first_text(question), most_tokens=FIRST_TOKENS).astype(np.float16)
            for question in questions
        ),
        forms=np.stack([hashed(question) for question in questions]),
        flags=np.stack([guessed_flags(question).row() for question in as_written]),
    )


def crossed_logits(
    questions: Questions, kinds: npt.NDArray[np.str_]
) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """Return logits of some questions by a fit that has not seen them, and their places.

    Args:
        questions: All of them as they were written, then all in other dresses, and so on.
        kinds: Those of the questions as they were written.
    """
    from sklearn.model_selection import StratifiedKFold

    _, numbers = np.unique(kinds, return_inverse=True)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(numbers, numbers)
    logits, places = [], []
    for seen, unseen in islice(folds, _MEASURED):
        in_any_dress = np.concatenate([seen + copy * len(kinds) for copy in range(1 + _COPIES)])
        network = fitted(questions.at(in_any_dress), np.tile(numbers[seen], 1 + _COPIES))
        logits.append(logits_of(network, questions.at(unseen)))
        places.append(unseen)
    return np.concatenate(logits), np.concatenate(places)


def right(logits: Numbers, kinds: npt.NDArray[np.str_], names: npt.NDArray[np.str_]) -> float:
    """Return the share whose kind has the highest logit; `names` are the kinds, sorted."""
    return round(float((names[logits.argmax(axis=1)] == kinds).mean()), 3)


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
    path: Path,
    network: IntentNetwork,
    names: npt.NDArray[np.str_],
    *,
    temperature: float,
    encoder: EncoderModel,
) -> None:
    """Write the weights, the last of them divided by the temperature, large ones in 8 bit."""
    with torch.no_grad():
        for part in network.outer.parameters():
            part.div_(temperature)
        network.form.weight.mul_(FORM_SCALE)
    tensors: dict[str, npt.NDArray[np.generic]] = {}
    for name, tensor in network.state_dict().items():
        tensors[name] = tensor.numpy()
        if tensor.ndim == 2 and tensor.numel() >= _LARGE:
            tensors[name], tensors[name + SCALES] = eight_bit(tensor.numpy())
    facts = {"intents": " ".join(names), "encoder": encoder.checksum}
    save_file(tensors, path, metadata=facts)


def eight_bit(matrix: Numbers) -> tuple[npt.NDArray[np.int8], Numbers]:
    """Return a matrix rounded to 8 bits, and the scale of each of its rows.

    >>> values, scales = eight_bit(np.array([[1.0, 0.5], [-4.0, 2.0]], np.float32))
    >>> values.tolist(), (scales * 127).tolist()
    ([[127, 64], [-127, 64]], [[1.0], [4.0]])
    """
    scales = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-12) / 127
    values = np.rint(matrix / scales).clip(-127, 127).astype(np.int8)
    return values, scales.astype(np.float32)


if __name__ == "__main__":
    main()
