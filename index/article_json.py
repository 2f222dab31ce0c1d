"""The one way from our dataclasses to JSON and back, by their own fields; first of all articles.

A value is written as the object of its fields in their order, a tuple as a list, a time in ISO
8601. What a form shows besides (a label, a count) is added by the file that owns the form. That
of an article is what `assistant show --json` prints and what is stored: reading it back gives
the same article, and checks that every span holds the words it claims. Articles written by
hand, without offsets, are read by `index.reading.own_json`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from index.article import Article, Comment
from index.errors import UnreadableArticleError

Form = TypeVar("Form")
_Reader = Callable[[Any, str | None], Any]
_ATOMS: Mapping[Any, tuple[str, frozenset[type]]] = {
    str: ("text", frozenset({str})),
    int: ("a whole number", frozenset({int})),
    float: ("a number", frozenset({float, int})),
    bool: ("true or false", frozenset({bool})),
    NoneType: ("null", frozenset({NoneType})),
}


class FormError(ValueError):
    """A JSON value is not of the form that is read; the message begins with the field."""


def to_json(value: Any, *, without: Collection[str] = ()) -> Any:
    """Return a value made of dataclasses, tuples, dictionaries and times as JSON values.

    Args:
        value: What is written.
        without: Names of fields that are left out wherever they occur.
    """
    kind: Any = type(value)
    if value is None or kind in (str, int, float, bool):
        return value
    if kind in (tuple, list):
        return [to_json(item, without=without) for item in value]
    if kind is datetime:
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: to_json(item, without=without) for name, item in value.items()}
    return {
        name: to_json(getattr(value, name), without=without)
        for name in _field_names(kind)
        if name not in without
    }


def from_json(form: type[Form], record: Any, *, spans_of: str | None = None) -> Form:
    """Return the dataclass that `to_json` made a record of; other names in it are passed over.

    Args:
        form: The dataclass.
        record: The JSON object.
        spans_of: The text that `start` and `end` point into, from which a field `text` that was
            left out is filled.

    Raises:
        FormError: A field is missing or of another kind; names it.
    """
    read = _reader(cast(Any, form))
    return cast(Form, read(record, spans_of))


def widened(form: type[Form], value: Any, **others: Any) -> Form:
    """Return a form with the fields of a value of its base class, and some others."""
    kind: Any = type(value)
    return form(**{name: getattr(value, name) for name in _field_names(kind)} | others)


@cache
def _field_names(form: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(form))


@cache
def _reader(hint: Any) -> _Reader:
    """Return what reads values of a type hint."""
    arguments = get_args(hint)
    if is_dataclass(hint):
        return _object_reader(hint)
    if get_origin(hint) is tuple:
        size = None if arguments[1:] == (...,) else len(arguments)
        return partial(_read_tuple, _reader(arguments[0]), size)
    if get_origin(hint) is Literal:
        return partial(_read_one_of, frozenset(arguments))
    if get_origin(hint) in (Union, UnionType):
        (some,) = (argument for argument in arguments if argument is not NoneType)
        return partial(_read_optional, _reader(some))
    if hint is datetime:
        return _read_time
    if hint is Any:
        return lambda value, _: value
    name, kinds = _ATOMS[hint]
    return partial(_read_atom, name, kinds)


def _object_reader(form: Any) -> _Reader:
    hints = get_type_hints(form)
    readers = [(name, _reader(hints[name])) for name in _field_names(form)]
    required = {
        field.name
        for field in fields(form)
        if field.default is MISSING and field.default_factory is MISSING
    }
    is_span = {"start", "end", "text"} <= set(hints)

    def read(record: Any, spans_of: str | None) -> Any:
        if not isinstance(record, dict):
            raise FormError(f"an object is expected, not {_shown(record)}")
        values = {}
        for name, reader in readers:
            if name in record:
                try:
                    values[name] = reader(record[name], spans_of)
                except FormError as error:
                    raise FormError(f"{name}: {error}") from None
            elif name in required and not (name == "text" and is_span and spans_of is not None):
                raise FormError(f"{name!r} is missing")
        if is_span and spans_of is not None:
            values.setdefault("text", spans_of[values["start"] : values["end"]])
        return form(**values)

    return read


def _read_tuple(
    reader: _Reader, size: int | None, value: Any, spans_of: str | None
) -> tuple[Any, ...]:
    """Return a tuple of items of one kind, of any number or of a fixed one, as a span has."""
    if not isinstance(value, list) or size not in (None, len(value)):
        many = "a list" if size is None else f"a list of {size}"
        raise FormError(f"{many} is expected, not {_shown(value)}")
    read: list[Any] = []
    try:
        read.extend(reader(item, spans_of) for item in value)
    except FormError as error:
        raise FormError(f"{len(read)}: {error}") from None
    return tuple(read)


def _read_optional(reader: _Reader, value: Any, spans_of: str | None) -> Any:
    return None if value is None else reader(value, spans_of)


def _read_one_of(allowed: frozenset[Any], value: Any, spans_of: str | None) -> Any:
    if type(value) is not str or value not in allowed:
        raise FormError(f"one of {', '.join(sorted(allowed))} is expected, not {_shown(value)}")
    return value


def _read_time(value: Any, spans_of: str | None) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise FormError(f"a time is expected, not {_shown(value)}") from None


def _read_atom(name: str, kinds: frozenset[type], value: Any, spans_of: str | None) -> Any:
    # subtle: `True` is an int to `isinstance`, and no number to us.
    if type(value) not in kinds:
        raise FormError(f"{name} is expected, not {_shown(value)}")
    return value


def _shown(value: Any) -> str:
    return repr(value)[:40]


def article_to_json(article: Article) -> dict[str, Any]:
    """Return an article as JSON values: what `show --json` prints under "article"."""
    return {
        **to_json(article, without=("comments", "warnings")),
        "comments": [_comment_to_json(comment) for comment in article.comments],
        "warnings": list(article.warnings),
    }


def article_from_json(record: dict[str, Any]) -> Article:
    """Return the article that `article_to_json` made the record of.

    Raises:
        UnreadableArticleError: A field is missing, or a span does not hold its words.
    """
    try:
        article = from_json(Article, record)
        _check(article)
    except ValueError as error:
        raise UnreadableArticleError(
            f"this is not an article as `assistant show --json` prints it: {error}"
        ) from error
    return article


def _comment_to_json(comment: Comment) -> dict[str, Any]:
    record = to_json(comment)
    quoted = record.pop("quoted")
    return {
        "number": comment.number,
        "label": comment.label,
        **record,
        "quotes": list(comment.quotes),
        "quoted": quoted,
    }


def _check(article: Article) -> None:
    for name in (article.id, article.version):
        # subtle: ids become names of folders.
        if not name.isalnum() or not name.isascii():
            raise ValueError("id and version are made of letters and digits")
    labels = {passage.label for passage in article.passages}
    if len(labels) != len(article.passages):
        raise ValueError("two passages have the same label")
    if not labels:
        raise ValueError("it has no passages")
    position = 0
    for passage in article.passages:
        if not position <= passage.start < passage.end:
            raise ValueError(f"passage {passage.label} is out of order")
        if article.text[passage.start : passage.end] != passage.text:
            raise ValueError(f"passage {passage.label} does not hold the words of its span")
        position = passage.end
    numbers = {comment.number for comment in article.comments}
    if len(numbers) != len(article.comments):
        raise ValueError("two comments have the same number")
    for comment in article.comments:
        if comment.parent is not None and comment.parent not in numbers:
            raise ValueError(f"comment {comment.number} replies to an unknown comment")
        _check_comment(article, comment, labels)


def _check_comment(article: Article, comment: Comment, labels: set[str]) -> None:
    start, end = comment.start, comment.end
    if start is None or end is None:
        if comment.text is not None or comment.quoted:
            raise ValueError(f"comment {comment.number} has words but no span")
        return
    if comment.label not in labels:
        raise ValueError(f"comment {comment.number} has no passage")
    if start < 0 or article.text[start:end] != comment.text:
        raise ValueError(f"comment {comment.number} does not hold the words of its span")
    for words in comment.quoted:
        if not start <= words.start < words.end <= end:
            raise ValueError(f"comment {comment.number} quotes words outside its span")
        if words.passage is not None and words.passage not in labels:
            raise ValueError(f"comment {comment.number} quotes an unknown passage")
