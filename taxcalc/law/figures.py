"""Figures as a table writes them: a quantity with its unit, a word, yes or no, or bands of these.

Nothing in a table is code. A quantity is text ("3_000_000 yuan", "25%", "300 persons", "1/3"); in compiled
form it is [unit, numerator, denominator], money in fen.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from taxcalc.base.units import Label, Unit
from taxcalc.law.schema import FigureEntry, VersionEntry
from taxcalc.law.strict import Bare, Entry, TableError, Toml, shown

ENDS = ("up_to", "below")
"""The parameters that end a band: with this figure, or just below it."""
_QUANTITY = re.compile(
    r"([0-9](?:_?[0-9]){0,12})(\.[0-9]{1,6})?\s*(yuan|%|‰|persons|years|months|days|mu)"
    r"|([0-9]{1,6})/([1-9][0-9]{0,5})"
)
"""Of no more digits than 64-bit columns can hold the products of."""
_BANDS: Label = (
    "各档写明同样的参数，除最后一档外各有 up_to 或 below 且递增",
    "bands that state the same parameters, each but the last with up_to or below, which rise",
)
FORMS: dict[str, Label] = {
    "money": ('金额，如 "100_000 yuan"', 'an amount such as "100_000 yuan"'),
    "rate": ('比率，如 "25%"', 'a rate such as "25%"'),
    "count": ('数目，如 "300 persons"', 'a number such as "300 persons"'),
    "flag": ("true 或 false", "true or false"),
}
"""How a figure of each kind is written."""


def quantity(text: str) -> tuple[Unit, int, int] | None:
    """The unit (money in fen, rate or count) and exact value of a written quantity, or None."""
    match = _QUANTITY.fullmatch(text.strip())
    if not match:
        return None
    if match[4]:
        ratio = Fraction(int(match[4]), int(match[5]))
        return "rate", ratio.numerator, ratio.denominator
    value = Fraction(match[1].replace("_", "") + (match[2] or ""))
    kind: Unit = "count"
    match match[3]:
        case "yuan":
            value, kind = value * 100, "money"
        case "%":
            value, kind = value / 100, "rate"
        case "‰":
            value, kind = value / 1000, "rate"
    return kind, value.numerator, value.denominator


def figure(entry: Entry, key: str) -> FigureEntry:
    """The figure of one key. Raises TableError."""
    return _figure(f"{entry.where} {key}", entry.body[key])


def _figure(where: str, value: Toml) -> FigureEntry:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip():
        if not value[:1].isdigit():
            return value
        found = quantity(value)
        if found:
            return [*found]
    if isinstance(value, Bare):
        raise TableError("table_bare_number", where=where, number=value.text)
    raise TableError("table_quantity", where=where, value=shown(value))


def bands(entry: Entry, key: str) -> list[dict[str, FigureEntry]]:
    """Bands in their order; none where the key is left out. Raises TableError."""
    bodies = [Entry(entry.where, body).body for body in entry.entries(key)]
    if key in entry and not bodies:
        raise entry.refuse(key, _BANDS)
    return [{name: _figure(f"{entry.where} {key}.{name}", value) for name, value in body.items()} for body in bodies]


def check_bands(entry: Entry, key: str, found: Sequence[Mapping[str, FigureEntry]]) -> None:
    """Raises TableError unless all bands state the same parameters, and each but the last ends where the next begins."""
    *lower, last = found
    ends = [name for name in ENDS if any(name in band for band in found)]
    tops = [size_of(band.get(ends[0], "")) for band in lower] if ends else []
    rises = all(one and other and one[0] == other[0] and one[1] < other[1] for one, other in itertools.pairwise(tops))
    alike = all(band.keys() == last.keys() | set(ends) for band in lower)
    if not (all(tops) and rises and alike and len(ends) == bool(lower) and not set(ends) & last.keys()):
        raise entry.refuse(key, _BANDS)


def figures_in(version: VersionEntry) -> Iterator[tuple[str, FigureEntry]]:
    """Every figure of a version by its parameter, those of bands too."""
    for figures in (version["values"], *version["bands"]):
        yield from figures.items()


def size_of(entry: FigureEntry) -> tuple[str, Fraction] | None:
    """The unit and the exact value of a quantity; None for a word and for yes or no."""
    match entry:
        case [str(unit), int(numerator), int(denominator)]:
            return unit, Fraction(numerator, denominator)
    return None


def kind_of(entry: FigureEntry) -> str:
    """What a figure is: a quantity of some unit, yes or no ('flag'), or a word, in quotes."""
    if isinstance(entry, bool):
        return "flag"
    return f"'{entry}'" if isinstance(entry, str) else str(entry[0])


def check_kind(where: str, key: str, entry: FigureEntry, kinds: Collection[str] | None) -> None:
    """Raises TableError for a figure of none of these kinds, and says how one of them is written."""
    kind = kind_of(entry)
    if kinds and kind not in kinds:
        forms = [FORMS.get(kind, (kind, kind)) for kind in sorted(kinds)]
        expected = " 或 ".join(zh for zh, _ in forms), " or ".join(en for _, en in forms)
        raise TableError("table_form", where=where, key=key, expected=expected, value=kind)


def unit_shown(value: Toml) -> str:
    """The unit of a written figure where its compiled form does not tell: '‰', 'persons', '/' of a fraction; else ''."""
    if not (isinstance(value, str) and quantity(value)):
        return ""
    unit = value.strip().lstrip("0123456789_. ")
    return "" if unit in ("yuan", "%") else "/" if unit.startswith("/") else unit
