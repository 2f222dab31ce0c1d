"""The network that learns kinds of questions; `assistant.question.classifier` runs the same.

What a question is about is known from the encoder's hidden states, how it is asked from its
hashed words. Four searches look for the tokens that tell the kind, and a window of three tokens
reads small phrases ("wie viele", "who says").
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from assistant.question.form import BUCKETS
from training.reader_network import padded

Floats = npt.NDArray[np.float32]

SEARCHES, PHRASES, FORMS, WIDTH, FLAGS = 4, 192, 96, 160, 4
FORM_SCALE = 3.0
"""Of the hashed words, so that they are learned as fast as the rest."""

_AT_ONCE = 64
_DROPPED, _DROPPED_INPUT, _DROPPED_FORM = 0.3, 0.1, 0.2
_RATE, _DECAY, _SMOOTHED, _EPOCHS, _BATCH, _WARM_UP_STEPS = 1e-3, 0.05, 0.05, 5, 32, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What the network sees: hidden states (tokens, dimension) each, hashed words and flags."""

    texts: Sequence[npt.NDArray[np.float16]]
    forms: Floats
    flags: Floats

    def at(self, places: npt.NDArray[np.int64]) -> "Questions":
        """Return those at some places."""
        return Questions(
            texts=[self.texts[place] for place in places],
            forms=self.forms[places],
            flags=self.flags[places],
        )


class IntentNetwork(nn.Module):
    """From hidden states, hashed words and flags of a question to the logits of its kinds."""

    mean: torch.Tensor
    spread: torch.Tensor

    def __init__(self, mean: Floats, spread: Floats, *, kinds: int) -> None:
        """Begin; `mean` and `spread` are those of all hidden states, (dimension,)."""
        super().__init__()
        dimension = len(mean)
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("spread", torch.from_numpy(spread))
        self.search = nn.Linear(dimension, SEARCHES)
        self.phrase = nn.Linear(3 * dimension, PHRASES)
        self.form = nn.Linear(BUCKETS, FORMS, bias=False)
        nn.init.normal_(self.form.weight, std=0.15)
        seen = (SEARCHES + 1) * dimension + 2 * PHRASES
        self.norm = nn.LayerNorm(seen)
        self.inner = nn.Linear(seen + FORMS + FLAGS, WIDTH)
        self.outer = nn.Linear(WIDTH, kinds)

    def forward(self, questions: Questions) -> torch.Tensor:
        """Return the logits of some questions, (questions, kinds)."""
        rows, mask = padded(questions.texts)
        flags = torch.from_numpy(questions.flags)
        there = mask[..., None]
        rows = (rows - self.mean) / self.spread * there
        rows = functional.dropout(rows, _DROPPED_INPUT, self.training)
        shares = torch.softmax(self.search(rows).masked_fill(~there, -1e9), dim=1)
        found = torch.einsum("btk,btd->bkd", shares, rows).flatten(1)
        around = functional.pad(rows, (0, 0, 1, 1))
        windows = torch.cat([around[:, :-2], rows, around[:, 2:]], dim=-1)
        phrases = functional.relu(self.phrase(windows)) * there
        count = there.sum(dim=1)
        parts = [found, rows.sum(1) / count, phrases.amax(1), phrases.sum(1) / count]
        form = functional.dropout(
            self.form(torch.from_numpy(questions.forms * FORM_SCALE)), _DROPPED_FORM, self.training
        )
        seen = torch.cat([self.norm(torch.cat(parts, dim=1)), form, flags], dim=1)
        inner = functional.dropout(functional.relu(self.inner(seen)), _DROPPED, self.training)
        logits: torch.Tensor = self.outer(inner)
        return logits


def fitted(questions: Questions, kinds: npt.NDArray[np.int64]) -> IntentNetwork:
    """Return a network that has learned some questions; `kinds` are numbers, (questions,)."""
    torch.manual_seed(0)
    chance = np.random.default_rng(0)
    tokens = np.concatenate(questions.texts).astype(np.float32)
    network = IntentNetwork(tokens.mean(0), tokens.std(0), kinds=int(kinds.max()) + 1)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = _EPOCHS * -(-len(kinds) // _BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1, (step + 1) / _WARM_UP_STEPS) * max(0.02, 1 - step / steps),
    )
    for _ in range(_EPOCHS):
        order = chance.permutation(len(kinds))
        for some in np.split(order, range(_BATCH, len(order), _BATCH)):
            loss = functional.cross_entropy(
                network(questions.at(some)),
                torch.from_numpy(kinds[some]),
                label_smoothing=_SMOOTHED,
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return network.eval()


def logits_of(network: IntentNetwork, questions: Questions) -> Floats:
    """Return the logits of some questions, (questions, kinds)."""
    places = np.arange(len(questions.texts))
    with torch.no_grad():
        parts = [
            network(questions.at(some)).numpy()
            for some in np.split(places, range(_AT_ONCE, len(places), _AT_ONCE))
        ]
    return np.concatenate(parts)
