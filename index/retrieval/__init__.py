"""How near a text is to a question: words, alignment, and how they are put together. No disk."""
