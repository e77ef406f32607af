"""What the returns of a period come to, in words: the sum, then how it comes about, then what it lacks."""

from __future__ import annotations

from collections.abc import Iterator

from taxcalc.assessment.result import Due
from taxcalc.report.document import Remark, Span, text
from taxcalc.report.words import Words


def due_now(words: Words) -> tuple[Remark, ...]:
    """The remarks on what is due; the figures of the lines below the first come to its sum."""
    due, whole = words.assessment.due_now, words.assessment.period.months == 12
    lines = list(_lines(words, "year" if whole else "period"))
    if due.total is None:
        return tuple(Remark(text(line), "") for line in lines)
    of_year, of_period = ("due_back_year", "due_back") if due.total < 0 else ("due_total_year", "due_total")
    key = of_year if whole else of_period
    total = words.say(key, amount=words.money(abs(due.total)))
    return (Remark(text(Span(total, "strong")), "", below=tuple(lines)),)


def _lines(words: Words, whose: str) -> Iterator[str]:
    lines, say, money = words.assessment.due_now.lines, words.say, words.money
    in_full = [line for line in lines if line.kind == "period" and line.prepaid == 0]
    amounts = [line.due or 0 for line in in_full]
    if any(amounts):
        named = words.levies(line.levy for line in in_full if line.due)
        yield say("due_year" if whose == "year" else "due_period", levies=named, amount=money(sum(amounts)))
    for line in lines:
        if line.prepaid is not None and line not in in_full and (line.amount or line.prepaid):
            yield _less_prepaid(words, line, whose)
    for kind in ("period", "cumulative"):
        left = [line for line in lines if line.kind == kind and line.due is None and line.amount]
        if left:
            amount = money(sum(line.amount or 0 for line in left))
            yield say(
                "due_also",
                levies=words.levies(line.levy for line in left),
                which=say(_of(left[0], whose)),
                amount=amount,
            )
    untold = [line.levy for line in lines if line.due is None and not line.amount]
    yield from words.lacking(untold)


def _less_prepaid(words: Words, line: Due, whose: str) -> str:
    assert line.due is not None
    of = {"levy": words.levies([line.levy]), "which": words.say(_of(line, whose))}
    amounts = {name: words.money(fen) for name, fen in zip(("amount", "prepaid"), line[2:4], strict=True)}
    key = "due_less_back" if line.due < 0 else "due_less"
    return words.say(key, **of, **amounts, due=words.money(abs(line.due)))


def _of(line: Due, whose: str) -> str:
    if whose == "year":
        return "of_year"
    return "of_period" if line.kind == "period" else "of_year_so_far"
