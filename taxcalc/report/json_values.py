"""The values of records as JSON and back: what a field is in JSON follows from its type, in both directions.

Amounts are strings in yuan, days and periods as they are written, records objects, and what is not known is null.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from types import NoneType
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from taxcalc.base.money import Fen, read_money, yuan
from taxcalc.base.period import Period, read_period
from taxcalc.report.shapes import Json

T = TypeVar("T")
Plain: TypeAlias = "bool | int | str | date | Period | NamedTuple | Sequence[Plain] | Mapping[str, Plain] | None"
"""What a field may hold that needs no words and no law to be written."""


def written(value: Plain) -> Json:
    """A value of a record as JSON."""
    match value:
        case Fen():
            return yuan(value)
        case None | str() | bool() | int():
            return value
        case Period():
            return str(value)
        case tuple() if names := getattr(value, "_fields", ()):
            return {name: written(getattr(value, name)) for name in names}
        case date():
            return value.isoformat()
        case Mapping():
            return {name: written(one) for name, one in value.items()}
    return [written(one) for one in value]


def entries(one: NamedTuple, names: str, **said: Json) -> dict[str, Json]:
    """A record as an object of the names, in their order: of `said` what is in words, the rest as in the record."""
    return {name: said[name] if name in said else written(getattr(one, name)) for name in names.split()}


def read_record(make: Callable[..., T], found: Json, **known: Any) -> T:
    """A record from the object that it was written as. `known` are the values (of any type) that are not told by it alone.

    Anyone may have written it: where it is not of that shape, this and all below raise ValueError or KeyError.
    """
    values, types = an_object(found), _types(make).items()
    return make(**known, **{name: _reader(kind)(values[name]) for name, kind in types if name not in known})


def an_object(found: Json) -> Mapping[str, Json]:
    """What is an object."""
    return _a(dict, found)


def objects(found: Json) -> Sequence[Mapping[str, Json]]:
    """What is a list of objects."""
    return [an_object(one) for one in _a(list, found)]


def a_text(found: Json) -> str:
    """What is a string."""
    return _a(str, found)


def an_amount(found: Json) -> Fen:
    """An amount in yuan."""
    amount = read_money(a_text(found))
    if not isinstance(amount, int):
        raise ValueError(found)
    return Fen(amount)


def a_period(found: Json) -> Period:
    """'2023', '2023Q2' or '2023-04'; '2023-01/09' are the months of a year to date."""
    if months := re.fullmatch(r"([0-9]{4})-01/(0[1-9]|1[0-2])", a_text(found)):
        period: Period | None = Period(int(months[1]), 1, int(months[2]))
    else:
        period = read_period(a_text(found))
    if period is None or str(period) != found:
        raise ValueError(found)
    return period


def _a(kind: type[T], found: Json) -> T:
    if isinstance(found, kind) and type(found) is kind:  # yes and no are no numbers
        return found
    raise ValueError(found)


_types = cache(get_type_hints)


@cache
def _reader(kind: Any) -> Callable[[Json], Any]:
    """How a value of a type is read, whatever the type is: of those that `written` knows."""
    if kind in _READERS:
        return _READERS[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return lambda found: inner[inner.index(found)]
    if origin is Sequence:
        member = _reader(inner[0])
        return lambda found: tuple(map(member, _a(list, found)))
    if origin is Mapping:
        entry = _reader(inner[1])
        return lambda found: {name: entry(one) for name, one in an_object(found).items()}
    if inner[1:] == (NoneType,):
        known = _reader(inner[0])
        return lambda found: None if found is None else known(found)
    return partial(read_record, kind)


_READERS: dict[type, Callable[[Json], bool | int | str | Period | date]] = {
    bool: partial(_a, bool),
    int: partial(_a, int),
    str: a_text,
    Fen: an_amount,
    Period: a_period,
    date: lambda found: date.fromisoformat(a_text(found)),
}
