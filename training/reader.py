"""Teaches the reader again: `python -m training.reader --data FOLDER --states FOLDER`.

The encoder stays as it is; the hidden states of its lower layers are made once for all texts
and kept in a folder. On them each head learns the pairs of `training.reader_data`, is scaled to
pairs that were held out, and is written beside the encoder; minutes on one core. The same data
and seed give the same weights. `--share` takes a part of the data: the learning curves of the
card.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from torch.nn import functional

from index.encoder.model import BUNDLED, EncoderModel
from index.encoder.reader import DEEPENED, HEADS, Head, file_of, layers_file_of
from training.contest_data import contests_written
from training.encoder_source import find, read
from training.meant_data import persons_meant
from training.reader_data import PAGES, THREADS, Pair, all_pairs
from training.reader_figures import figures, logits_of
from training.reader_graph import averaged, calibrate, graph_of, layers_of
from training.reader_layers import TAUGHT, TaughtLayer
from training.reader_network import Network, deepened, main_directions
from training.reader_states import States

_RATE, _RATE_OF_LAYERS, _LAST_RATE_SHARE = 6e-4, 1e-4, 0.02
_WARM_UP_STEPS = 50
_BATCH = 48
_SORTED_BATCHES = 20  # sorted by length together, so that little is padded
_OF_LISTS = 0.5  # what the sentences of a question against each other count beside each alone
_SAMPLE = 600  # pairs whose tokens show the main directions


Question = tuple[Pair, ...]
"""The sentences that are put to one question."""
EPOCHS: dict[Head, int] = {"answer": 4, "support": 8, "contest": 4, "meant": 4}
"""How often a head sees all pairs."""
NETWORKS: dict[Head, int] = {"answer": 2}
"""Of how many networks, taught in another order each, a head is the mean; one where not named."""
AGAINST_EACH_OTHER: tuple[Head, ...] = ("answer", "meant")
"""The heads of which the likeliest is taken, or none: of sentences, of persons."""


def main() -> None:
    """Teach, write, and print one JSON object of figures for each head."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the sets of others")
    parser.add_argument("--states", type=Path, required=True, help="folder to keep states in")
    parser.add_argument("--out", type=Path, default=BUNDLED)
    parser.add_argument("--heads", nargs="+", default=list(HEADS))
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)  # with more, sums come in another order
    states = States(options.states, EncoderModel(BUNDLED))
    everything: list[Pair] = []
    if not {"contest", "meant"}.issuperset(options.heads):
        everything += all_pairs(options.data, seed=options.seed)
    if "contest" in options.heads:
        everything += dict.fromkeys(contests_written())
    if "meant" in options.heads:
        everything += dict.fromkeys(persons_meant())
    for head in options.heads:
        pairs = [pair for pair in everything if pair.head == head]
        states.learn(pairs)
        held_out = [pair for pair in pairs if pair.is_held_out]
        ours = [pair for pair in held_out if pair.source in ("written", PAGES, THREADS)]
        labels = [pair.label for pair in ours]
        graphs, logits = [], []
        for seed in range(options.seed, options.seed + NETWORKS.get(head, 1)):
            torch.manual_seed(seed)
            chance = random.Random(seed)
            learned = [pair for pair in pairs if not pair.is_held_out]
            learned = chance.sample(learned, round(len(learned) * options.share))
            network = teach(learned, states, EPOCHS[head], chance, is_deepened=head in DEEPENED)
            scale = calibrate(network, logits_of(network, states, ours), labels)
            print(json.dumps({"head": head, "seed": seed, "scale": scale}), flush=True)
            logits.append(logits_of(network, states, held_out))
            graphs.append(graph_of(network))
            if network.layers:  # of heads that are one network
                onnx.save(layers_of(network), str(layers_file_of(options.out, head)))
        onnx.save(averaged(graphs), str(file_of(options.out, head)))
        told = {"head": head, "pairs": len(learned)} | figures(np.mean(logits, axis=0), held_out)
        print(json.dumps(told), flush=True)


def teach(
    pairs: Sequence[Pair], states: States, epochs: int, chance: random.Random, *, is_deepened: bool
) -> Network:
    """Return a head that has learned some pairs, with layers of its own or without."""
    source = read(find())
    layers = [TaughtLayer(source, number).eval() for number in TAUGHT if is_deepened]
    sample = chance.sample(pairs, min(_SAMPLE, len(pairs)))
    with torch.no_grad():
        rows = [deepened(layers, [text])[0][0] for pair in sample for text in states.of(pair)]
    network = Network(layers, *main_directions(torch.cat(rows).numpy()))
    parts = {name: part for name, part in network.named_parameters() if part.requires_grad}
    below = [part for name, part in parts.items() if name.startswith("layers.")]
    above = [part for name, part in parts.items() if not name.startswith("layers.")]
    optimizer = torch.optim.AdamW(
        [{"params": below, "lr": _RATE_OF_LAYERS}, {"params": above, "lr": _RATE}],
        weight_decay=0.02,
    )
    made = [batch for _ in range(epochs) for batch in shuffled_batches(pairs, states, chance)]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: (
            min(1, (step + 1) / _WARM_UP_STEPS) * max(_LAST_RATE_SHARE, 1 - step / len(made))
        ),
    )
    network.train()
    for batch in made:
        value = loss(network, batch, states)
        optimizer.zero_grad(set_to_none=True)
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parts.values(), 1.0)
        optimizer.step()
        schedule.step()
    network.eval()
    return network


def shuffled_batches(
    pairs: Sequence[Pair], states: States, chance: random.Random
) -> list[tuple[Question, ...]]:
    """Return all questions in batches of like lengths, in any order."""
    questions = questions_of(pairs)
    batches = list(_in_batches(chance.sample(questions, len(questions)), states))
    chance.shuffle(batches)
    return batches


def questions_of(pairs: Sequence[Pair]) -> list[Question]:
    """Return the pairs of each question together; of other heads each pair by itself."""
    together: dict[object, list[Pair]] = {}
    for place, pair in enumerate(pairs):
        key = (pair.first, pair.group) if pair.head in AGAINST_EACH_OTHER else place
        together.setdefault(key, []).append(pair)
    return [tuple(question) for question in together.values()]


def _in_batches(questions: Sequence[Question], states: States) -> Iterator[tuple[Question, ...]]:
    def length(question: Question) -> int:
        return max(sum(map(len, states.of(pair))) for pair in question)

    together = _BATCH * _SORTED_BATCHES // max(1, round(np.mean([len(q) for q in questions])))
    for start in range(0, len(questions), together):
        batch: list[Question] = []
        for question in sorted(questions[start : start + together], key=length):
            batch.append(question)
            if sum(map(len, batch)) >= _BATCH:
                yield tuple(batch)
                batch = []
        if batch:
            yield tuple(batch)


def loss(network: Network, batch: Sequence[Question], states: States) -> torch.Tensor:
    """Return the mean cross-entropy of a batch.

    Of each pair alone, and of the sentences put to one question against each other and against
    nothing, whose logit is 0: the product tells the likeliest or refuses.
    """
    pairs = [pair for question in batch for pair in question]
    firsts, seconds = zip(*(states.of(pair) for pair in pairs), strict=True)
    logits = network(firsts, seconds)
    labels = torch.tensor([float(pair.label) for pair in pairs])
    value = functional.binary_cross_entropy_with_logits(logits, labels)
    if pairs[0].head not in AGAINST_EACH_OTHER:
        return value
    sizes = [len(question) for question in batch]
    apart = zip(torch.split(logits, sizes), torch.split(labels, sizes), strict=True)
    return value + _OF_LISTS * torch.stack([_against_each_other(*part) for part in apart]).mean()


def _against_each_other(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Return what it costs that a sentence is told that does not answer, or none where one does."""
    told = torch.cat([logits, logits.new_zeros(1)])
    right = torch.cat([labels, 1 - labels.max()[None]]) > 0
    return torch.logsumexp(told, 0) - torch.logsumexp(told[right], 0)


if __name__ == "__main__":
    main()
