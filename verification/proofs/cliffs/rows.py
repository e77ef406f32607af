"""The cliffs as data: what is alike from law to law is one row, kept in verification/proofs/cliffs/cliffs.toml.

The page is written from the rows, and the tests hold the solver and the program to them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from taxcalc.base.money import yuan
from taxcalc.base.period import Period, read_period
from verification.proofs.cliffs.find import Open, Seen
from verification.proofs.laws import Law

FILE = Path(__file__).with_name("cliffs.toml")
RETURNS = {1: "month", 3: "quarter", 12: "year"}


class Row(NamedTuple):
    """One cliff of one levy. Amounts are yuan as text, periods 'first..last' of single returns."""

    levy: str
    place_zh: str
    place: str
    inputs: list[str]
    unconfirmed: list[str]
    """Inputs of which neither a proof nor a business was found."""
    returns: dict[str, list[str]]
    """For returns of a month, a quarter and a year: the periods in which it stands."""
    most: str
    """What the jump never exceeds; "" where it depends on other amounts alone."""
    cites: list[list[str]]
    facts: dict[str, Any]
    input: str
    before: str
    after: str


class Left(NamedTuple):
    """What is not settled: a levy, an input, the periods, and why."""

    levy: str
    input: str
    place: str
    why: str
    returns: dict[str, list[str]]


def rows_of(found: Iterable[Seen]) -> list[Row]:
    """Alike cliffs put together; the business that jumps furthest is the example."""
    groups: dict[tuple[str, str, int | None], list[Seen]] = {}
    for one in found:
        groups.setdefault((one.levy, one.place.words[1], one.most), []).append(one)
    return [_row(alike) for alike in groups.values()]


def _row(alike: list[Seen]) -> Row:
    best = max(alike, key=lambda one: (one.example.jump, -len(one.example.facts)))
    cites = dict.fromkeys(cite for one in alike for version in one.place.versions for cite in version.cites)
    example = best.example
    return Row(
        best.levy,
        *best.place.words,
        list(dict.fromkeys(name for one in alike for name in one.inputs)),
        list(dict.fromkeys(name for one in alike for name in one.unconfirmed)),
        returns_of([one.law for one in alike]),
        "" if best.most is None else yuan(best.most),
        [list(cite) for cite in cites],
        example.facts,
        example.input,
        yuan(example.before),
        yuan(example.after),
    )


def lefts_of(found: Iterable[Open]) -> list[Left]:
    """Alike open questions put together."""
    groups: dict[tuple[str, str, str, str], list[Law]] = {}
    for one in found:
        groups.setdefault((one.levy, one.input, one.place, one.why), []).append(one.law)
    return [Left(*key, returns_of(laws)) for key, laws in groups.items()]


def returns_of(laws: list[Law]) -> dict[str, list[str]]:
    """The periods of some laws, by the length of a return, in as few ranges as there are."""
    spans = sorted({span for law in laws for span in law.spans}, key=lambda span: (span.months, span.start))
    found: dict[str, list[str]] = {}
    for months, name in RETURNS.items():
        last: Period | None = None
        for span in (span for span in spans if span.months == months):
            ranges = found.setdefault(name, [])
            if last is not None and last.end.toordinal() + 1 == span.start.toordinal():
                ranges[-1] = f"{ranges[-1].partition('..')[0]}..{span}"
            else:
                ranges.append(f"{span}..{span}")
            last = span
    return found


def stands(returns: dict[str, list[str]], span: Period) -> bool:
    """Is a period among those of a row?"""
    for text in returns.get(RETURNS[span.months], []):
        first, last = (_period(end) for end in text.split(".."))
        if first.start <= span.start and span.end <= last.end:
            return True
    return False


def _period(text: str) -> Period:
    found = read_period(text)
    assert found is not None
    return found


def read() -> tuple[list[Row], list[Left]]:
    """The rows as they are kept."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [Row(**row) for row in content.get("cliff", [])], [Left(**left) for left in content.get("open", [])]


def write(rows: list[Row], lefts: list[Left]) -> None:
    """Keep the rows."""
    text = "# Every cliff that the solver found, each with a business that the program confirms: written by `make cliffs`.\n"
    for title, some in (("cliff", rows), ("open", lefts)):
        for one in some:
            text += f"\n[[{title}]]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in one._asdict().items())
    FILE.write_text(text, encoding="utf-8")


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, bool | int):
        return str(value).lower()
    return '"' + str(value).replace('"', "'") + '"'
