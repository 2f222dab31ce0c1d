"""Addresses that must not be fetched, by what is wrong with them."""

import json
from pathlib import Path

_FILE = Path(__file__).parent.parent / "data" / "unsafe_addresses.jsonl"
TABLE: dict[str, list[str]] = {}
for _line in _FILE.read_text("utf-8").splitlines():
    _entry = json.loads(_line)
    TABLE.setdefault(_entry["table"], []).append(_entry["row"])
NAMES = TABLE["names"]
UNSAFE = [url for urls in TABLE.values() for url in urls]
# A broken one means something else as a place to go to: a path of the page, or nothing at all.
REDIRECTED = [url for kind, urls in TABLE.items() if kind != "broken" for url in urls]
