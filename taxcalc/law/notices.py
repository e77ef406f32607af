"""The notices with their measures, and the rows of returns: as the reports see them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from taxcalc.base.units import Label
from taxcalc.law.schema import Confidence, MeasureEntry, NoticeEntry, Pair, RowEntry, Status


class NoticeMeasure(NamedTuple):
    """One measure of a notice: what it gives, to whom, until when, by which departments, and whether it is computed."""

    number: int
    label: Label
    who: Label
    much: Label
    by: Label
    why: Label | None
    until: date
    status: Status


class Notice(NamedTuple):
    """A notice with its measures, in the order of their numbers."""

    label: Label
    document: str
    until: date
    measures: tuple[NoticeMeasure, ...]


class ReturnLine(NamedTuple):
    """The line of a return that a relief or a levy goes to, for whom (option by fact), and on which days."""

    of: str
    form: Label
    line: str
    text: Label
    who: dict[str, str]
    start: date
    until: date
    confidence: Confidence


def label_of(pair: Pair) -> Label:
    """A text in both languages."""
    zh, en = pair
    return zh, en


def notice_of(entry: NoticeEntry) -> Notice:
    """A notice from its compiled form."""
    measures = tuple(_measure_of(one) for one in entry["measures"])
    return Notice(label_of(entry["label"]), entry["document"], date.fromisoformat(entry["until"]), measures)


def _measure_of(entry: MeasureEntry) -> NoticeMeasure:
    return NoticeMeasure(
        entry["number"],
        label_of(entry["label"]),
        label_of(entry["who"]),
        label_of(entry["much"]),
        label_of(entry["by"]),
        label_of(entry["why"]) if entry["why"] else None,
        date.fromisoformat(entry["until"]),
        entry["status"],
    )


def return_line_of(entry: RowEntry) -> ReturnLine:
    """A row of a return from its compiled form."""
    return ReturnLine(
        entry["of"],
        label_of(entry["form"]),
        entry["line"],
        label_of(entry["text"]),
        entry["who"],
        date.fromisoformat(entry["from"]),
        date.fromisoformat(entry["until"]),
        entry["confidence"],
    )
