"""How much the page takes in, and how many may ask at once."""

MOST_UPLOAD_BYTES = 20_000_000
"""Of one article that is dropped on the page."""
MOST_WORDS_BYTES = 100_000
"""Of one question with all that goes with it."""
ASKED_AT_ONCE = 4
"""Answers that are made for programs at the same time; the others wait in the queue."""
READERS_AT_ONCE = 16
"""Readers who are answered or wait for a model, where they see their place: more than a model can
answer, so that nobody who asks without one waits for those who ask with one."""
MOST_WAITING = 64
"""Questions in the queue; one more is refused with a sentence that says so."""
READ_AT_ONCE = 2
"""Articles that are read at the same time: one takes up to a dozen times its size in memory."""
MOST_WAIT_TO_READ_SECONDS = 30.0
"""After that somebody who brings an article is told to try again."""
MOST_WAITING_TO_READ = 8
"""Articles that are read or wait for it; one more is refused at once: each takes up a thread."""
MOST_CONVERSATIONS = 200
"""Kept in memory, each with its last questions; the one that rested longest is forgotten."""
MOST_TURNS = 50
"""Questions and answers of one conversation that are kept."""
MOST_OPEN_ARTICLES = 8
"""Kept ready in memory; others are opened again from the library."""
MOST_COMMENTS_HERE = 3_000
"""Of an article whose disputes are found in this process; those of a longer thread take a minute
and more, in which a process of their own leaves this one free to answer."""
