"""Reading facts from files and standard input: TOML or JSON. Numbers stay text until the fact's own reader."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from taxcalc.base.problem import InputError, problem

if TYPE_CHECKING:
    from taxcalc.facts.listed import Raw

SIZE_LIMIT = 1_000_000
"""Bytes. The facts of one business fill a page; more is a mistake (a batch has its own command)."""

HISTORY = "sales_history"
"""The heading under which a key is the quarter or the month of which the sales are: 2025q3, 2025-11."""


def read_source(path: str) -> tuple[str, dict[str, Raw]]:
    """The source's name and its facts by the names they stand under. '-' is standard input.

    Raises InputError with one problem where it cannot be read as TOML or JSON.
    """
    name = "stdin" if path == "-" else path
    return name, parse(name, _read(path, name))


def read_text(path: str) -> str:
    """The text of a file, '-' being standard input. Raises InputError where it cannot be read."""
    name = "stdin" if path == "-" else path
    return _decoded(name, _read(path, name))


def _read(path: str, name: str) -> bytes:
    if not path:
        raise InputError([problem("file_missing", path="''")])
    if path == "-" and sys.stdin is None:
        raise InputError([problem("file_empty", path="stdin")])
    try:
        with contextlib.nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise InputError([problem("file_missing", path=path)]) from None
    except IsADirectoryError:
        raise InputError([problem("file_folder", path=path)]) from None
    except (OSError, ValueError) as error:
        raise InputError(
            [problem("file_unreadable", path=name, why=getattr(error, "strerror", None) or str(error))]
        ) from None


def parse(name: str, content: bytes) -> dict[str, Raw]:
    """Facts from the bytes of a TOML or JSON document."""
    text = _decoded(name, content)
    if not text.strip():
        raise InputError([problem("file_empty", path=name)])
    return _json(name, text) if text.lstrip()[0] in "{[" and not _looks_like_toml(text) else _toml(name, text)


def _decoded(name: str, content: bytes) -> str:
    if len(content) > SIZE_LIMIT:
        raise InputError([problem("file_large", path=name, limit=SIZE_LIMIT)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([problem("file_encoding", path=name, position=error.start)]) from None


def _looks_like_toml(text: str) -> bool:
    first = text.lstrip().splitlines()[0].strip()
    return first.startswith("[") and first.endswith("]") and any(c.isalpha() for c in first) and '"' not in first


def read_toml(path: str) -> dict[str, Raw]:
    """A TOML file as it stands, its headings too. Raises InputError where it cannot be read."""
    return _tables(path, read_text(path))


def _toml(name: str, text: str) -> dict[str, Raw]:
    try:
        return _flat(_tables(name, text))
    except RecursionError as error:
        raise InputError([problem("toml_invalid", path=name, why=str(error))]) from None


def _tables(name: str, text: str) -> dict[str, Raw]:
    from taxcalc.base.bounded import read_toml as bounded

    try:
        return bounded(text, str)
    except (ValueError, RecursionError) as error:  # also: a number of too many digits
        raise InputError([problem("toml_invalid", path=name, why=str(error))]) from None


def _json(name: str, text: str) -> dict[str, Raw]:
    def once(pairs: list[tuple[str, Raw]]) -> dict[str, Raw]:
        content: dict[str, Raw] = {}
        for key, value in pairs:
            if key in content:
                raise InputError([problem("json_twice", path=name, key=key)])
            content[key] = value
        return content

    try:
        content = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise InputError([problem("json_invalid", path=name, why=str(error))]) from None
    if not isinstance(content, dict):
        raise InputError([problem("json_shape", path=name)])
    try:
        return _flat(content)
    except RecursionError:
        raise InputError([problem("json_invalid", path=name, why="nested too deeply")]) from None


def _flat(content: dict[str, Raw]) -> dict[str, Raw]:
    """Headings are for the reader's eye: facts under them count as if they stood outside."""
    flat: dict[str, Raw] = {}
    for key, value in content.items():
        if isinstance(value, dict):
            for inner, item in _flat(value).items():
                name = f"revenue_{inner}" if key == HISTORY else inner
                if name in flat:
                    raise InputError([problem("fact_twice", name=name, fact=name, source=key)])
                flat[name] = item
        else:
            flat[key] = value
    return flat
