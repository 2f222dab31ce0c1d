"""What exports of comments call their fields, in the languages of their makers."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def roles() -> dict[str, dict[str, list[str]]]:
    """Return the names of fields by what they hold; `field_names.toml` says how."""
    written = files(__package__).joinpath("field_names.toml").read_text("utf-8")
    return tomllib.loads(written)
