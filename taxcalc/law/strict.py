"""Strict reading of what a person wrote in a table: what is not understood is an error that names file, table and key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple, TypeAlias, TypeVar

from taxcalc.base.problem import Problem
from taxcalc.base.units import Label


class TableError(Exception):
    """A table is wrong. The message names the file, the table, the key and what to do."""

    def __init__(self, key: str, /, **values: Any) -> None:
        self.problem = Problem(key, values)
        super().__init__(self.problem.text("en"))


class LoaderError(Exception):
    """The program failed while it read a table, which may well be right."""

    def __init__(self, where: str, error: Exception) -> None:
        import traceback

        place = traceback.extract_tb(error.__traceback__)[-1]
        why = f"{type(error).__name__}: {error}; {place.filename.rpartition('taxcalc')[2]}:{place.lineno}"
        self.problem = Problem("table_internal", {"where": where, "why": why})
        super().__init__(self.problem.text("en"))


class Bare(NamedTuple):
    """A number written with a point and without a unit, which no key takes."""

    text: str


Toml: TypeAlias = "str | int | bool | date | datetime | time | Bare | list[Toml] | dict[str, Toml]"
"""A value as TOML gives it."""

Word = TypeVar("Word", bound=str)

TEXTS: Label = ('文本的列表，如 ["甲", "乙"]', 'a list of texts, such as ["a", "b"]')
TABLE: Label = ("表：名称 = 值", "a table: name = value")


def shown(value: Toml | None) -> str:
    """A value as a message names it; a list or a table, which may be long, only as such."""
    match value:
        case None:
            return "—"
        case list():
            return "[…]"
        case dict():
            return "{…}"
        case bool():
            return "true" if value else "false"
        case Bare():
            return value.text
        case str():
            return f"'{value}'"
    return str(value)


class Entry:
    """One table of TOML: each method gives the value of a key in its form, or raises TableError."""

    def __init__(self, where: str, body: Toml, allowed: set[str] | None = None) -> None:
        if not isinstance(body, dict):
            raise TableError("table_fact", where=where)
        self.where, self.body = where, body
        for key in body if allowed is not None else ():
            if key not in (allowed or ()):
                raise TableError("table_key", where=where, key=key, allowed=sorted(allowed or ()))

    def __contains__(self, key: str) -> bool:
        return key in self.body

    def refuse(self, key: str, expected: Label) -> TableError:
        """The error for a key whose value is of another form than it must be."""
        return TableError("table_form", where=self.where, key=key, expected=expected, value=shown(self.body.get(key)))

    def text(self, key: str) -> str:
        """A text that says something."""
        value = self.body.get(key)
        if not (isinstance(value, str) and value.strip()):
            raise TableError("table_text", where=self.where, key=key)
        return value

    def text_or_none(self, key: str) -> str | None:
        """The same, where the key may be left out."""
        return self.text(key) if key in self.body else None

    def texts(self, key: str) -> list[str]:
        """A list of texts; empty where the key is left out."""
        found = self.body.get(key, [])
        texts = [text for text in found if isinstance(text, str) and text.strip()] if isinstance(found, list) else None
        if texts is None or texts != found:
            raise self.refuse(key, TEXTS)
        return texts

    def labels(self) -> list[str]:
        """The two labels, zh and en."""
        both = [self.body.get("zh"), self.body.get("en")]
        texts = [label for label in both if isinstance(label, str) and label.strip()]
        if len(texts) != 2:
            raise TableError("table_label", where=self.where)
        return texts

    def pair(self, key: str) -> list[str]:
        """A text in Chinese and in English, as a list of two."""
        return _pair(f"{self.where} {key}", self.body.get(key))

    def pair_or_none(self, key: str) -> list[str] | None:
        """The same, where the key may be left out."""
        return self.pair(key) if key in self.body else None

    def pairs(self, key: str) -> dict[str, list[str]]:
        """Labels by name; none where the key is left out."""
        body = self.body.get(key, {})
        if not isinstance(body, dict):
            raise self.refuse(key, TABLE)
        return {name: _pair(f"{self.where} {key}.{name}", value) for name, value in body.items()}

    def entries(self, key: str) -> list[Toml]:
        """The tables of a list that is written [[…key]]; none where the key is left out."""
        found = self.body.get(key, [])
        if not (isinstance(found, list) and all(isinstance(one, dict) for one in found)):
            raise self.refuse(key, (f"表的列表，写作 [[…{key}]]", f"a list of tables, written [[…{key}]]"))
        return found

    def day(self, key: str, *, end: date | None = None) -> date:
        """A date; `end` is what the word "open" stands for, where it may stand."""
        value = self.body.get(key)
        if type(value) is date:  # and no time of day, which is a date too in Python
            return value
        if end is not None and value == "open":
            return end
        raise TableError("table_date", where=self.where, key=key)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self.body.get(key, default)
        if not isinstance(value, bool):
            raise TableError("table_one_of", where=self.where, key=key, allowed=["true", "false"])
        return value

    def whole(self, key: str, least: int, most: int) -> int:
        """A whole number within limits."""
        value = self.body.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.refuse(key, (f"{least}至{most}的整数", f"a whole number from {least} to {most}"))
        return value

    def one_of(self, key: str, allowed: Sequence[Word], message: str = "table_one_of") -> Word:
        """One of a few words."""
        value = self.body.get(key)
        for word in allowed:
            if word == value:
                return word
        raise TableError(message, where=self.where, key=key, allowed=list(allowed))


def _pair(where: str, value: Toml | None) -> list[str]:
    texts = [text for text in value if isinstance(text, str) and text.strip()] if isinstance(value, list) else []
    if len(texts) != 2 or texts != value:
        raise TableError("table_label", where=where)
    return texts


def entries_of(name: str, content: Mapping[str, Toml], allowed: set[str]) -> dict[str, Entry]:
    """The entries of a register by their keys: documents, groups, facts and the like."""
    return {key: Entry(f"{name}: [{key}]", body, allowed) for key, body in content.items()}
