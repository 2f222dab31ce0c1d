"""Teaches the reader again: `python -m training.reader --data FOLDER --states FILE`.

The encoder's lower layers stay as they are; their states of all texts are made once and kept in
a file. The upper ones start from the encoder's and learn, with a head for each task, from the
pairs of `training.reader_data`, in batches of one head each. The same data and seed give the
same weights. `--share` takes a part of the data: the learning curves of the card.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import torch
import torch.distributed
from safetensors.torch import load_file, save_file
from torch.multiprocessing import spawn
from torch.nn import functional

from index.encoder.model import BUNDLED, EncoderModel
from training.encoder import LOWER_LAYERS, layer_of
from training.encoder_source import find, read
from training.reader_data import Head, Pair, all_pairs, intents
from training.reader_figures import figures
from training.reader_network import Network
from training.reader_states import States

EPOCHS: dict[Head, int] = {"intent": 2, "answer": 1, "support": 1, "relation": 1}
_RATE, _HEAD_RATE = 1.5e-4, 1e-3
_WARM_UP_SHARE = 0.06
_TOKENS = 1_200  # of a batch, padding included
_POOLED_BATCHES = 24  # sorted by length together, so that little is padded
_WORKERS = 2


def main() -> None:
    """Teach, keep the weights, and print one JSON object of figures on what was held out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the sets of others")
    parser.add_argument("--states", type=Path, required=True, help="file to keep states in")
    parser.add_argument("--out", type=Path, required=True, help="file for the weights")
    parser.add_argument("--begin", type=Path, help="weights to begin with, not the encoder's")
    parser.add_argument("--heads", nargs="+", default=["intent", "answer", "support", "relation"])
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    listener = torch.distributed.TCPStore("127.0.0.1", 0, is_master=True, wait_for_workers=False)
    spawn(_work, args=(options, listener.port), nprocs=_WORKERS)


def _work(worker: int, options: argparse.Namespace, port: int) -> None:
    """Teach as one of the workers: each learns batches of its own, their gradients are added.

    On a busy machine two processes of one thread are twice as fast as one of two threads,
    which wait for each other at every operator.
    """
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    store = torch.distributed.TCPStore("127.0.0.1", port, is_master=False)
    torch.distributed.init_process_group(
        "gloo", store=store, rank=worker, world_size=_WORKERS, timeout=timedelta(hours=2)
    )
    pairs = [
        pair for pair in all_pairs(options.data, seed=options.seed) if pair.head in options.heads
    ]
    states = States(options.states, EncoderModel(BUNDLED))
    if worker == 0:
        states.learn(pairs)
    torch.distributed.barrier()
    if worker > 0:
        states = States(options.states, EncoderModel(BUNDLED))
    network = new_network()
    if options.begin:
        network.load_state_dict(load_file(options.begin))
    learned = [pair for pair in pairs if not pair.is_held_out]
    chance = random.Random(options.seed)
    learned = chance.sample(learned, round(len(learned) * options.share))
    made = batches(learned, states, chance)
    teach(network, made, states, worker=worker, out=options.out)
    if worker == 0:
        save_file(network.state_dict(), options.out)
        held_out = [pair for pair in pairs if pair.is_held_out]
        print(json.dumps(figures(network, states, held_out)), flush=True)


def new_network() -> Network:
    """Return the network before it has learned anything."""
    source = read(find())
    layers = [layer_of(source, number) for number in range(LOWER_LAYERS, source.layers)]
    sizes = {"answer": 1, "support": 1, "relation": 3, "intent": len(intents())}
    return Network(layers, heads=source.heads, epsilon=source.epsilon, sizes=sizes)


def batches(pairs: Sequence[Pair], states: States, chance: random.Random) -> list[tuple[Pair, ...]]:
    """Return all batches in the order they are learned, each of one head and of like lengths."""
    made: list[tuple[Pair, ...]] = []
    for head, epochs in EPOCHS.items():
        mine = [pair for pair in pairs if pair.head == head]
        for _ in range(epochs):
            some = list(in_batches(chance.sample(mine, len(mine)), states))
            made += some
    chance.shuffle(made)
    return made


def in_batches(pairs: Sequence[Pair], states: States) -> Iterator[tuple[Pair, ...]]:
    """Yield pairs of one head in batches of like lengths."""
    lengths = {pair: sum(map(len, states.of(pair))) for pair in pairs}
    window: list[Pair] = []
    for place, pair in enumerate(pairs, start=1):
        window.append(pair)
        if sum(lengths[p] for p in window) > _TOKENS * _POOLED_BATCHES or place == len(pairs):
            window.sort(key=lambda p: lengths[p])
            batch: list[Pair] = []
            for waiting in window:
                if batch and lengths[waiting] * (len(batch) + 1) > _TOKENS:
                    yield tuple(batch)
                    batch = []
                batch.append(waiting)
            if batch:
                yield tuple(batch)
            window = []


def teach(
    network: Network, made: list[tuple[Pair, ...]], states: States, *, worker: int, out: Path
) -> None:
    """Let the network learn all batches, once, in their order, one of each worker in a step."""
    steps = len(made) // _WORKERS
    optimizer = torch.optim.AdamW(
        [
            {"params": [*network.blocks.parameters(), network.sides], "lr": _RATE},
            {"params": network.heads.parameters(), "lr": _HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    warm_up = max(1, round(steps * _WARM_UP_SHARE))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1, (step + 1) / warm_up) * max(0.0, 1 - step / steps),
    )
    network.train()
    started, shown = time.monotonic(), dict.fromkeys(EPOCHS, 0.7)
    for step in range(1, steps + 1):
        batch = made[(step - 1) * _WORKERS + worker]
        value = loss(network, batch, states)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        add_gradients(network)
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        head = batch[0].head
        shown[head] += 0.05 * (value.item() - shown[head])
        if worker == 0 and (step % 25 == 0 or step == steps):
            values = " ".join(f"{name} {part:.3f}" for name, part in shown.items())
            seconds = time.monotonic() - started
            print(f"step {step} of {steps}, {seconds:.0f} s, loss {values}", flush=True)
        if worker == 0 and step % max(1, steps // 8) == 0:
            save_file(network.state_dict(), out.with_stem(f"{out.stem}-{step * 8 // steps}"))


def add_gradients(network: Network) -> None:
    """Replace the gradients by their mean over the workers; those that are none count as 0."""
    parts = [
        torch.zeros_like(part) if part.grad is None else part.grad for part in network.parameters()
    ]
    together = torch.cat([part.flatten() for part in parts])
    torch.distributed.all_reduce(together)
    together /= _WORKERS
    for part, values in zip(
        network.parameters(), together.split([part.numel() for part in parts]), strict=True
    ):
        part.grad = values.view_as(part)


def loss(network: Network, batch: tuple[Pair, ...], states: States) -> torch.Tensor:
    """Return the mean cross-entropy of a batch."""
    firsts, seconds = zip(*(states.of(pair) for pair in batch), strict=True)
    logits = network(batch[0].head, list(firsts), list(seconds))
    labels = torch.tensor([pair.label for pair in batch])
    if logits.shape[1] == 1:
        return functional.binary_cross_entropy_with_logits(logits[:, 0], labels.float())
    return functional.cross_entropy(logits, labels)


if __name__ == "__main__":
    main()
