"""Makes the bundled embedder again: `python -m training.embedding --pairs FOLDER`.

Minutes on two cores. Learns a tokenizer of word pieces, trains a table of vectors for pieces
and character n-grams so that a sentence lies nearer to its translation than to the others of
its batch, rounds the table to 8 bits and writes it with its model card.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from index.encoder.features import UNKNOWN, WORD_START, FeatureReader, split_words
from training.card import write_card
from training.pairs import Batch, PairsOfLanguages, make_batches, read_glossary, read_pairs
from training.weights import write_weights
from training.word_table import WordTable

_DIMENSION = 256
_PIECES = 24_000
_BUCKETS = 24_576
_EPOCHS = 2
_BATCH = 2_048
_RATE = 0.01
_SCALE = 12.0
_WARM_UP_STEPS = 20
_GLOSSARY_COUNT = 20  # a word of the glossary counts like one that stands in so many sentences
_MOST_REPEATS = 50


def main() -> None:
    """Train, write, and print one JSON object about it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True, help="folder of sentence pairs")
    parser.add_argument("--out", type=Path, default=Path("index/encoder/weights"))
    parser.add_argument("--epochs", type=int, default=_EPOCHS)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    started = time.monotonic()
    corpora = read_pairs(options.pairs)
    reader = train_pieces(corpora)
    batches = make_batches(corpora, epochs=options.epochs, size=_BATCH, seed=options.seed)
    table = train_table(reader, batches, seed=options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    write_weights(options.out, reader=reader, table=table)
    seconds = time.monotonic() - started
    write_card(
        options.out,
        reader=reader,
        held_out=options.pairs,
        counts=sum((corpus.counts for corpus in corpora), Counter()),
        seed=options.seed,
        seconds=seconds,
    )
    facts = {
        "pairs": sum(len(corpus.pairs) for corpus in corpora),
        "steps": len(batches),
        "seconds": round(seconds),
        "bytes": sum(file.stat().st_size for file in options.out.iterdir()),
    }
    print(json.dumps(facts))


def train_pieces(
    corpora: tuple[PairsOfLanguages, ...], *, pieces: int = _PIECES, buckets: int = _BUCKETS
) -> FeatureReader:
    """Learn the pieces of words (unigram model, Kudo 2018) from all texts and the glossary."""
    texts = (text for corpus in corpora for pair in corpus.pairs for text in pair)
    counts = Counter(word for text in dict.fromkeys(texts) for word in split_words(text))
    for cells in read_glossary().values():
        for cell in cells:
            counts.update(dict.fromkeys(split_words(cell), _GLOSSARY_COUNT))
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.UnigramTrainer(
        vocab_size=pieces, unk_token=UNKNOWN, special_tokens=[UNKNOWN], show_progress=False
    )
    tokenizer.train_from_iterator(_repeated(counts), trainer)
    return FeatureReader(tokenizer=tokenizer, pieces=tokenizer.get_vocab_size(), buckets=buckets)


def _repeated(counts: Counter[str]) -> Iterator[str]:
    """Yield words less often than they stand in the texts, so that rare languages get pieces."""
    for word, count in counts.items():
        for _ in range(min(_MOST_REPEATS, int(count**0.7))):
            yield WORD_START + word


def train_table(
    reader: FeatureReader, batches: list[Batch], *, seed: int, dimension: int = _DIMENSION
) -> torch.Tensor:
    """Return the trained rows, float32 of shape (pieces + buckets, dimension)."""
    torch.manual_seed(seed)
    words = WordTable(reader, dimension=dimension)
    model = SentenceTransformer(modules=[words], device="cpu")
    loss = MultipleNegativesRankingLoss(
        model,
        scale=_SCALE,
        directions=("query_to_doc", "doc_to_query"),
        partition_mode="per_direction",
    )
    optimizer = torch.optim.Adam(words.parameters(), lr=_RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1, (step + 1) / _WARM_UP_STEPS) * max(0, 1 - step / len(batches)),
    )
    for step, batch in enumerate(batches, start=1):
        columns = [words.preprocess(list(batch.firsts)), words.preprocess(list(batch.seconds))]
        value = loss(columns, torch.empty(0))
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        schedule.step()
        if step % 100 == 0 or step == len(batches):
            print(f"step {step} of {len(batches)}, loss {value.item():.3f}", flush=True)
    return words.embedding.weight.detach()


if __name__ == "__main__":
    main()
