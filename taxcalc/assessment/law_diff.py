"""What changed in the law between two days, or between two years.

A year, quarter or month is compared as a whole: where a table has several states in it, each is kept with
its days, because a levy takes the law of its own period.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar

from taxcalc.assessment.uses import Users, merged, users
from taxcalc.law.book import Bands, LawBook, Value, Version
from taxcalc.law.days import Span

Kind = Literal["began", "ended", "changed", "documents", "same"]
T = TypeVar("T")

PRESENCE = ""
"""In place of a parameter: whether the table has a version at all."""


class Over(NamedTuple, Generic[T]):
    """What holds over some days."""

    start: date
    until: date
    value: T


Piece: TypeAlias = Over[Version | None]
"""The version that some days of a span are under."""
State: TypeAlias = Over[Value | Bands | None]
"""A figure as compiled; None where the version has no such parameter."""


class Change(NamedTuple):
    """One parameter, the bands ('bands'), or the PRESENCE of the table: its states in either span."""

    parameter: str
    before: tuple[State, ...]
    after: tuple[State, ...]


class TableDiff(NamedTuple):
    """What became of one table, in figures and in documents, and for whom."""

    path: str
    kind: Kind
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    changes: tuple[Change, ...]
    users: Users


class LawDiff(NamedTuple):
    """All tables between two spans, the earlier first."""

    earlier: Span
    later: Span
    tables: list[TableDiff]

    def of(self, kind: Kind) -> list[TableDiff]:
        """Those of one kind."""
        return [table for table in self.tables if table.kind == kind]


def law_diff(book: LawBook, one: Span, other: Span) -> LawDiff:
    """Compare, whichever of the two comes first."""
    earlier, later = sorted((one, other))
    return LawDiff(earlier, later, [_compared(book, path, earlier, later) for path in book.paths()])


def pieces(book: LawBook, path: str, span: Span) -> tuple[Piece, ...]:
    """A span cut where the versions of a table begin and end."""
    found: list[Piece] = []
    day = span.start
    for version in book.table(path).versions:
        if version.until < span.start or version.start > span.until:
            continue
        if day < version.start:
            found.append(Piece(day, version.start - timedelta(1), None))
        end = min(version.until, span.until)
        found.append(Piece(max(version.start, span.start), end, version))
        day = end + timedelta(1)
    if day <= span.until:
        found.append(Piece(day, span.until, None))
    return tuple(found)


def _compared(book: LawBook, path: str, earlier: Span, later: Span) -> TableDiff:
    before, after = pieces(book, path, earlier), pieces(book, path, later)
    was, now = any(piece.value for piece in before), any(piece.value for piece in after)
    changes = _changes(book, before, after)
    kind: Kind = "same"
    if was != now:
        kind = "began" if now else "ended"
    elif changes:
        kind = "changed"
    elif _cites(before) != _cites(after):
        kind = "documents"
    return TableDiff(path, kind, before, after, tuple(changes), _concerned(book, before, after, changes, kind))


def _changes(book: LawBook, before: tuple[Piece, ...], after: tuple[Piece, ...]) -> list[Change]:
    """Whether the table was there, then each of its figures, over the days on which it was; those that differ."""
    keys = {PRESENCE: None}
    for piece in (*before, *after):
        if piece.value:
            keys |= dict.fromkeys(book.stated(piece.value))
    changes = (Change(key, _states(book, before, key), _states(book, after, key)) for key in keys)
    return [change for change in changes if _values(change.before) != _values(change.after)]


def _states(book: LawBook, found: tuple[Piece, ...], key: str) -> tuple[State, ...]:
    """The values of one parameter through a span; days that follow with the same value are one state."""
    states: list[State] = []
    for piece in found:
        if piece.value is None and key != PRESENCE:
            continue
        present = piece.value is not None
        value = book.stated(piece.value).get(key) if piece.value and key != PRESENCE else present
        if states and states[-1].value == value:
            states[-1] = states[-1]._replace(until=piece.until)
        else:
            states.append(State(piece.start, piece.until, value))
    return tuple(states)


def _values(states: tuple[State, ...]) -> list[Value | Bands | None]:
    return [state.value for state in states]


def _cites(found: tuple[Piece, ...]) -> list[tuple[tuple[str, str], ...]]:
    return [piece.value.cites for piece in found if piece.value]


def _concerned(
    book: LawBook, before: tuple[Piece, ...], after: tuple[Piece, ...], changes: list[Change], kind: Kind
) -> Users:
    """Who rests on what changed: on the parameters that differ, or on the table that began or ended."""
    if kind in ("same", "documents"):
        return Users((), ())
    parameters: list[str | None] = [None]
    if kind == "changed":
        parameters = [name for change in changes for name in _parameters(change)]
    return merged(
        users(book, piece.value, name, (piece.start, piece.until))
        for piece in (*before, *after)
        if piece.value
        for name in parameters
    )


def _parameters(change: Change) -> list[str | None]:
    for state in (*change.before, *change.after):
        if isinstance(state.value, list):
            return [name for band in state.value for name in band]
    return [change.parameter or None]
