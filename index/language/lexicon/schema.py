"""What the file of a language may hold: each key of each topic, and the shape of its value.

A key that is not here is an error, so is a value of another shape. Keys marked `NEEDED` must be
in a topic that a file has; all others may be left out and are then empty.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from index.errors import LanguageFileError
from index.language.grammar import Grammar

Topic = Literal[
    "pages", "reading", "words", "negation", "numbers", "disputes", "statements", "scope"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a value must be: `name` for the message, `fits` for the check, `make` for its lack."""

    name: str
    fits: Callable[[Any], bool]
    make: Callable[[], Any] = list
    needed: bool = False


_RULE = {"lemma", "strip", "changes", "finite", "participle", "gerund", "infinitive"}
Schema = Mapping[str, "Shape | Schema"]


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(type(word) is str and word for word in value)


def _is_word_lists(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_words, value))


def _is_pairs(value: Any) -> bool:
    """Whether a value is a list of pairs; one side may be empty, such as an ending."""
    return isinstance(value, list) and all(
        isinstance(pair, list) and [type(side) for side in pair] == [str, str] for pair in value
    )


def _is_rules(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(rule, dict)
        and {"lemma", "strip"} <= set(rule) <= _RULE
        and all(map(_is_pairs, rule.get("changes", {}).values()))
        for rule in value
    )


def _is_forms(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(forms, dict) and all(map(_is_words, forms.values())) for forms in value.values()
    )


WORDS = Shape(name="a list of words", fits=_is_words)
NEEDED = Shape(name="a list of words", fits=_is_words, needed=True)
LISTS = Shape(name="a list of lists of words", fits=_is_word_lists)
PAIRS = Shape(name="a list of pairs of words", fits=_is_pairs)
MONTHS = Shape(
    name="a list of twelve lists of words",
    fits=lambda value: _is_word_lists(value) and len(value) == 12,
    needed=True,
)
TEXT = Shape(name="a text", fits=lambda value: type(value) is str, make=str)
TEXT_OR_NONE = Shape(name="a text", fits=lambda value: type(value) is str, make=lambda: None)
FLAG = Shape(name="true or false", fits=lambda value: type(value) is bool, make=bool)
NUMBERS = Shape(
    name="a table of numbers",
    fits=lambda value: (
        isinstance(value, dict) and all(type(number) in (int, float) for number in value.values())
    ),
    make=dict,
)
UNITS = Shape(
    name="a table of lists of words",
    fits=lambda value: isinstance(value, dict) and all(map(_is_words, value.values())),
    make=dict,
)
RULES = Shape(name="a list of tables of `lemma`, `strip` and forms", fits=_is_rules)
FORMS = Shape(name="a table of forms for each verb", fits=_is_forms, make=dict)


def _words(keys: str) -> dict[str, "Shape | Schema"]:
    return dict.fromkeys(keys.split(), WORDS)


def _grammar() -> dict[str, "Shape | Schema"]:
    """Return the shapes of the properties of a grammar, which stand in its own dataclass."""
    shapes: dict[object, Shape] = {bool: FLAG, str: TEXT}
    return {item.name: shapes.get(item.type, WORDS) for item in fields(Grammar)}


SCHEMA: Mapping[str, Schema] = {
    # Words in ids and classes of pages, and labels that readers see.
    "pages": _words(
        "comment remark author writer date text score side invitation widget forum label"
        " by changed answering count closed ago lately script"
    ),
    # What pages print around words: dates, headings of comments, buttons, bylines.
    "reading": {
        "months": MONTHS,
        **_words(
            "weekdays date_prefixes published_prefixes time_joiners ago_before ago_after ago_units"
            " ago_numbers recent comment_words comment_heading_prefixes no_comments deleted"
            " buttons likes reply_counts says in_reply_to bylines furniture furniture_lines"
            " attributions anonymous quotes credits"
        ),
    },
    "words": {
        "stop": NEEDED,  # function words; they also tell the language and its script
        "common": WORDS,  # further frequent words that tell the language
        "light": WORDS,  # what any page may have; no topic of a question beside another word
        "letters": TEXT,  # those that few languages of the script have
        "abbreviations": WORDS,
        "numbered": WORDS,  # abbreviations that a number follows
        "before_ordinals": WORDS,
    },
    # Which words negate: those that stand with the verb, all others, and what goes with them.
    "negation": {
        "adverbs": NEEDED,
        "at_the_end": FLAG,  # "er kommt nicht", "gelmiyor değil"
        **_words("words weak joining partners restrictions"),
    },
    "numbers": {
        "words": NUMBERS,
        "multipliers": NUMBERS,  # they multiply what stands before them
        "shorts": NUMBERS,  # "4k"
        "parts": NUMBERS,  # "two thirds": what is divided by
        "units": UNITS,
        "compound_joiner": TEXT_OR_NONE,  # "einundzwanzig"; "" where nothing joins, as "ventuno"
        "decimal_point": FLAG,  # the full stop is the decimal sign and never parts thousands
        "capital_months": FLAG,
        **_words("joiners links alone plus_half half_of"),
    },
    # What is contested; `*` stands for any ending, a lone one for up to nine words.
    "disputes": {
        "deny_verbs": NEEDED,
        "opposites": PAIRS,
        "parties": LISTS,  # the names of a country, its people and its capital together
        **_words(
            "modals refutations affirmations hedges limits doubt_verbs refused_things"
            " not_disputed_things figure_things"
            " criticisms criticises accuse_verbs report_verbs reply_verbs harms mutual parallel"
            " agents unproven count_verbs people pointing such"
        ),
        # How readers object, doubt, laugh, ask and agree.
        "stance": _words(
            "surprises noes denies not_denials mocks questions doubts supports siding sincere"
            " rhetorical asks self_words our_words contrasts thanks additive"
        ),
    },
    # Verbs that say how their clause stands: not told as a fact, but denied, demanded, hoped.
    "scope": _words("denied alleged demanded asked hoped"),
    # Who said what: the grammar of reports.
    "statements": {
        **_grammar(),
        "conjugations": RULES,  # how regular verbs are inflected; see `inflection`
        "noun_endings": PAIRS,  # an ending, and those that take its place
        **_words(
            "complementizers questions relatives subordinators coordinators noun_coordinators"
            " conjunction_heads infinitive_markers auxiliaries copulas finite"
            " infinitive_hosts adverbs no_adverbs objects reflexives prepositions of"
            " inner times openers dative possessives agent genitive noun_like subjunctives"
            " reporting_subjunctives perfects stances pointing_back attributions_back remarks"
            " passive_marks as_what issuers issuing"
            " gerund_markers manner purpose sources_in speech_acts documents"
            " suffixes genitives addressing"
        ),
        **_words(
            "attributions_before attributions_after attributions_as attributions_fronted"
            " attributions_of attributions_so attribution_nouns attribution_exclusions passed_on_by"
            " clause_nouns clause_noun_links"
        ),
        "determiners": _words("masculine feminine plural either definite oblique demonstrative"),
        "pronouns": _words(
            "masculine feminine neuter plural first other people anyone relative_heads impersonal"
        ),
        "tonic": _words("masculine feminine plural"),
        "owners": _words("masculine feminine neuter plural"),
        # What a verb reports with; `weak` ones have everyday meanings too.
        "verbs": {
            "clause": NEEDED,
            **_words(
                "quoting object infinitive weak subject_speaks impersonal passive addressed judging"
            ),
        },
        "irregular": FORMS,
        "pointing": _words(
            "last_masculine last_feminine first_masculine first_feminine second_masculine"
            " second_feminine concerned_masculine concerned_feminine"
        ),
        "speakers": _words(
            "titles_masculine titles_feminine titles_plain roles_masculine roles_feminine roles"
            " offices organisations first_names_masculine first_names_feminine companies"
            " name_particles"
        ),
    },
}


def complete(entries: Mapping[str, Any], schema: Schema, *, place: str) -> dict[str, Any]:
    """Return the entries with what may be left out filled in as empty.

    Args:
        entries: A table as it is written in a file.
        schema: What it may hold.
        place: File and table, for the message.

    Raises:
        LanguageFileError: A key is unknown or missing, or its value has another shape.

    >>> complete({"stop": ["the"]}, {"stop": NEEDED, "letters": TEXT}, place="en.toml: [words]")
    {'stop': ['the'], 'letters': ''}
    """
    for key in entries:
        if key not in schema:
            raise LanguageFileError(f"{place} has the unknown key {key!r}")
    filled = {}
    for key, shape in schema.items():
        if not isinstance(shape, Shape):
            inner = f"{place.removesuffix(']')}.{key}]"
            filled[key] = complete(entries.get(key, {}), shape, place=inner)
        elif key in entries:
            if not shape.fits(entries[key]):
                raise LanguageFileError(f"{place} {key!r} must be {shape.name}")
            filled[key] = entries[key]
        elif shape.needed:
            raise LanguageFileError(f"{place} lacks the key {key!r}")
        else:
            filled[key] = shape.make()
    return filled


def empty(schema: Schema) -> dict[str, Any]:
    """Return the table of a language that has none of its own."""
    return {
        key: shape.make() if isinstance(shape, Shape) else empty(shape)
        for key, shape in schema.items()
    }
