"""Words of names in every language alike: particles inside a name, titles in front of one."""

NAME_PARTICLES = frozenset(
    (
        "von", "van", "der", "den", "al", "bin", "ben", "ibn", "del", "della", "di", "da", "dos",
        "du", "el", "zu", "ter", "ten", "abu", "bint", "af",
    )
)  # fmt: skip
TITLES = frozenset(
    (
        "m", "mm", "mme", "mlle", "mr", "mrs", "ms", "miss", "dr", "pr",
        "me", "herr", "frau", "monsieur", "madame", "sir", "gov", "sen", "rep", "prof",
        "senor", "senora", "signor", "signora", "gospodin",
    )
)  # fmt: skip
