"""Everything that knows words: lexicon, tokens, sentences, quotation marks, numbers, names.

No other room has a list of words or compares a language code. Adding a language is adding one
TOML file to `lexicon/`.
"""
