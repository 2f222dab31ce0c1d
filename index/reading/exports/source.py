"""Bytes or text of an export -> JSON or XML, refusing what is meant to hurt.

JSON is read without NaN and within Python's depth; XML without entities or document types.
"""

import json
import re
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, ParseError

from index.errors import UnreadableArticleError

MOST_CHARACTERS = 50_000_000
_DEEPEST = 100
_DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.I)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_XML_ENCODING = re.compile(r"^(<\?xml[^>]{0,200}?)\sencoding\s*=\s*[\"'][^\"']{0,40}[\"']")


def read_json(text: str) -> Any:
    """Return the value of a JSON text, or a list of values of JSON Lines.

    Raises:
        UnreadableArticleError: It is not JSON, or nested too deep to be meant seriously.
    """
    _check_size(text)
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise UnreadableArticleError("the JSON is nested too deep to be read") from error
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and all(line.lstrip()[0] in "{[" for line in lines[:3]):
            return [_json_line(line, number) for number, line in enumerate(lines, start=1)]
        raise UnreadableArticleError(f"this is not valid JSON: {error}") from error


def _json_line(line: str, number: int) -> Any:
    try:
        return json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UnreadableArticleError(f"line {number} is not valid JSON: {error}") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def read_xml(text: str) -> Element:
    """Return the root of an XML text; a broken end is cut off, entities are refused.

    Raises:
        UnreadableArticleError: It is not XML, declares entities, or is nested too deep.
    """
    from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    _check_size(text)
    clean = _NOT_IN_XML.sub("", text[max(0, text.find("<")) :])
    clean = _XML_ENCODING.sub(r"\1", clean, count=1)
    try:
        root: Element = fromstring(clean, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadableArticleError(
            "the XML declares a document type or entities; such files are not read"
        ) from error
    except (ParseError, ValueError):
        root = _recovered(clean)
    _check_depth(root)
    return root


def _recovered(text: str) -> Element:
    """Return what can be read of XML that is not well formed."""
    from lxml import etree

    if _DECLARED.search(text):
        raise UnreadableArticleError(
            "the XML declares a document type or entities; such files are not read"
        )
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableArticleError(f"this is not valid XML: {error}") from error
    if root is None:
        raise UnreadableArticleError("this is not valid XML")
    for element in list(root.iter(etree.Comment, etree.PI, etree.Entity)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return root  # type: ignore[no-any-return]


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _check_size(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise UnreadableArticleError(
            f"the export has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read"
        )


def _check_depth(root: Element) -> None:
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return
    raise UnreadableArticleError(f"the XML is nested deeper than {_DEEPEST} elements")
