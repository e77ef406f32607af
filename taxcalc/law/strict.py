"""Strict reading of what a person wrote in a table: what is not understood is an error that names file, table and key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date, datetime, time
from typing import Any, NamedTuple, TypeAlias, TypeVar

from taxcalc.base.period import OPEN
from taxcalc.base.problem import Problem, place_of
from taxcalc.base.units import Label


class TableError(Exception):
    """A table is wrong. The message names the file, the table, the key and what to do."""

    def __init__(self, key: str, /, **values: Any) -> None:
        self.problem = Problem(key, values)
        super().__init__(self.problem.text("en"))


class LoaderError(Exception):
    """The program failed while it read a table, which may well be right."""

    def __init__(self, where: str, error: Exception) -> None:
        why = "; ".join(part for part in (f"{type(error).__name__}: {error}", place_of(error)) if part)
        self.problem = Problem("table_internal", {"where": where, "why": why})
        super().__init__(self.problem.text("en"))


class Bare(NamedTuple):
    """A number written with a point and without a unit, which no key takes."""

    text: str


Toml: TypeAlias = "str | int | bool | date | datetime | time | Bare | list[Toml] | dict[str, Toml]"
"""A value as TOML gives it."""

Word = TypeVar("Word", bound=str)
Read = TypeVar("Read")

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

    def __init__(self, where: str, body: Toml, allowed: Set[str] | None = None) -> None:
        if not isinstance(body, dict):
            raise TableError("table_fact", where=where)
        self.where, self.body = where, body
        strange = [key for key in body if allowed is not None and key not in allowed]
        if strange:
            raise TableError("table_key", where=where, key=strange[0], allowed=sorted(allowed or ()))

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

    def optional(self, key: str, read: Callable[[str], Read]) -> Read | None:
        """The value of a key that may be left out, by one of the methods here."""
        return read(key) if key in self.body else None

    def texts(self, key: str) -> list[str]:
        """A list of texts; empty where the key is left out."""
        texts = texts_in(self.body.get(key, []))
        if texts is None:
            raise self.refuse(key, TEXTS)
        return texts

    def labels(self) -> list[str]:
        """The two labels, zh and en."""
        return two_texts(self.where, [self.body.get("zh", ""), self.body.get("en", "")])

    def pair(self, key: str) -> list[str]:
        """A text in Chinese and in English, as a list of two."""
        return two_texts(f"{self.where} {key}", self.body.get(key))

    def pairs(self, key: str) -> dict[str, list[str]]:
        """Labels by name; none where the key is left out."""
        body = self.body.get(key, {})
        if not isinstance(body, dict):
            raise self.refuse(key, TABLE)
        return {name: two_texts(f"{self.where} {key}.{name}", value) for name, value in body.items()}

    def entries(self, key: str) -> list[Toml]:
        """The tables of a list that is written [[…key]]; none where the key is left out."""
        found = self.body.get(key, [])
        if not (isinstance(found, list) and all(isinstance(one, dict) for one in found)):
            raise self.refuse(key, (f"表的列表，写作 [[…{key}]]", f"a list of tables, written [[…{key}]]"))
        return found

    def day(self, key: str) -> str:
        """A date, as the compiled form has it."""
        value = self.body.get(key)
        if type(value) is not date:  # a time of day is a date too in Python
            raise TableError("table_date", where=self.where, key=key)
        return value.isoformat()

    def span(self, *, may_be_open: bool = False) -> tuple[str, str]:
        """The first and the last day, from and until; with no last day where that is written "open"."""
        is_open = may_be_open and self.body.get("until") == "open"
        start, until = self.day("from"), OPEN.isoformat() if is_open else self.day("until")
        if until < start:
            raise TableError("table_ends_early", where=self.where)
        return start, until

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


def texts_in(value: Toml | None) -> list[str] | None:
    """The texts of a list of texts that say something; None for all else."""
    found = [text for text in value if isinstance(text, str) and text.strip()] if isinstance(value, list) else None
    return found if found == value else None


def two_texts(where: str, value: Toml | None, message: str = "table_label") -> list[str]:
    """A list of just two texts, or the error of this message."""
    found = texts_in(value)
    if not found or len(found) != 2:
        raise TableError(message, where=where)
    return found


def entries_of(name: str, content: Mapping[str, Toml], allowed: Set[str]) -> dict[str, Entry]:
    """The entries of a register by their keys: documents, groups, facts and the like."""
    return {key: Entry(f"{name}: [{key}]", body, allowed) for key, body in content.items()}
