"""Any shipped table with one value spoilt: refused in a sentence that names its file and table, or still a table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taxcalc.law import registers
from taxcalc.law.compile import compile_tables
from taxcalc.law.folder import load_tables, shipped_tables
from taxcalc.law.strict import Bare, LoaderError, TableError, Toml

Place: TypeAlias = tuple[str | int, ...]
BASE = load_tables()
FILES: dict[str, dict[str, Toml]] = {
    path.name: tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Bare)
    for path in sorted(shipped_tables().glob("*.toml"))
}
PYTHON = re.compile(r"\b[A-Z]\w*(Error|Exception)\b|object|NoneType|'(str|int|list|dict)'")
"""What Python says of a value that it did not expect."""
WRONG: list[Toml] = [
    5, -1, 10**18, Bare("2.5"), True, False, "", " ", "x", "5%", "7 yuan", "3 persons", "9" * 5000, "1/0", "²", "open",
    "\x1b[2J", [], [1], ["a"], ["a", "b"], [["a", "b"]], [[1, 2]], [{}], {}, {"a": 1}, {"zh": "a"},
    date(2023, 5, 5), datetime(2023, 5, 5), time(1),
]  # fmt: skip


def places(value: Toml, at: Place = ()) -> Iterator[Place]:
    """Where every value stands, however deep."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*at, key)
            yield from places(inner, (*at, key))


PLACES = [(name, place) for name, content in FILES.items() for place in places(content)]


def spoilt(content: Toml, place: Place, wrong: Toml | None) -> Toml:
    """The content with another value in a place, or (None) without it."""
    key, *deeper = place
    if isinstance(content, dict):
        one: Toml | None = spoilt(content[str(key)], tuple(deeper), wrong) if deeper else wrong
        return {name: value for name, value in (content | {str(key): one}).items() if value is not None}
    assert isinstance(content, list)
    one = spoilt(content[int(key)], tuple(deeper), wrong) if deeper else wrong
    return [*content[: int(key)], *([] if one is None else [one]), *content[int(key) + 1 :]]


def written(value: Toml) -> str:
    """A value as TOML."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" for c in value) + '"'
        case Bare():
            return value.text
        case list():
            return f"[{', '.join(map(written, value))}]"
        case dict():
            return f"{{{', '.join(f'{written(key)} = {written(inner)}' for key, inner in value.items())}}}"
        case date() | time():
            return value.isoformat()
    return str(value)


def compiled(name: str, content: Toml) -> None:
    assert isinstance(content, dict)
    text = "\n".join(f"{written(key)} = {written(value)}" for key, value in content.items())
    compile_tables({name: text.encode()}, BASE)


@settings(max_examples=500)
@given(st.sampled_from(PLACES), st.sampled_from([None, *WRONG]))
def test_one_spoilt_value_is_refused_by_file_and_table_or_it_is_none(
    spot: tuple[str, Place], wrong: Toml | None
) -> None:
    name, place = spot
    try:
        compiled(name, spoilt(FILES[name], place, wrong))
    except TableError as error:
        said = str(error)
        assert said.startswith(f"{name}: ")
        assert said.isprintable()
        assert not PYTHON.search(said)
        if error.problem.key not in ("table_outside", "table_name_twice"):  # which name the key themselves
            assert re.match(rf"{re.escape(name)}: (\[.+?\]|(row|record|sought|reader) )", said)


@pytest.mark.parametrize("name", FILES)
def test_as_they_are_they_are_right(name: str) -> None:
    compiled(name, FILES[name])


def test_an_error_of_ours_is_no_fault_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(name: str, content: object) -> None:
        raise KeyError("group")

    monkeypatch.setattr(registers, "read_groups", fails)
    with pytest.raises(LoaderError, match=r"groups\.toml: an error of taxcalc itself .*KeyError: 'group'"):
        compile_tables({"groups.toml": b""})
