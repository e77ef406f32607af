"""What `taxcalc batch` makes of a table: each row with what was found, or totals alone."""

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from taxcalc.cli.output import make_console, stdout_bytes, writing
from taxcalc.cli.table_input import plausible_of, progress_of

if TYPE_CHECKING:
    from taxcalc.firms.columns.interface import C
    from taxcalc.firms.compute import Computation
    from taxcalc.firms.counts import Counts
    from taxcalc.firms.read.feed import Feed
    from taxcalc.firms.together import Duplicates
    from taxcalc.firms.write.added import AddedColumns
    from taxcalc.firms.write.formats import Made, Sink
    from taxcalc.firms.write.rejects import Rejects


def withheld(collected: "Rejects", counts: "Counts") -> bool:
    """Does --strict write nothing, for a row that is rejected, or for what is doubted of the table as a whole?"""
    return collected.rows > 0 or any(said.key == "strict_doubted" for said in counts.said)


def _run(
    feed: "Feed",
    computation: "Computation[C]",
    sink: "Sink[Made]",
    collected: "Rejects",
    how: tuple[int, int, bool],
) -> "Counts":
    """Every row to a sink, and what is doubted of the table."""
    from taxcalc.base.problem import problem
    from taxcalc.firms.run import run_batch

    jobs, memory, strict = how
    plausible = plausible_of(feed, computation)
    with progress_of(feed) as progress:
        counts = run_batch(
            feed, computation, sink, collected, jobs, progress, memory=memory, plausible=plausible, strict=strict
        )
    doubted = strict and any(remark.touches_tax for remark in plausible.remarks())
    return counts.saying([*plausible.said(), *([problem("strict_doubted")] if doubted else [])])


def write_rows(
    feed: "Feed",
    computation: "Computation[C]",
    columns: "AddedColumns",
    collected: "Rejects",
    how: tuple[int, int, bool],
    form: tuple[Path | None, str, bool],
) -> "Counts":
    """Every row to the output."""
    from taxcalc.firms.write.formats import streaming, writing_to

    target, suffix, excel = form

    def run(sink: "Sink[Made]") -> "Counts":
        counts = _run(feed, computation, sink, collected, how)
        return counts.saying(counts.together.remarks())

    if target is None:
        strict = how[-1]
        with contextlib.ExitStack() as stack:
            held = stack.enter_context(tempfile.TemporaryFile()) if strict else None
            stack.enter_context(writing())
            counts = run(streaming(held or stdout_bytes(), suffix, columns, excel))
            if held and not withheld(collected, counts):
                held.seek(0)
                shutil.copyfileobj(held, stdout_bytes())
            return counts
    with writing_to(target, suffix, columns, collected, excel) as sink:
        counts = run(sink)
        sink.finish(counts)
        return counts


def write_totals(
    feed: "Feed",
    computation: "Computation[C]",
    columns: "AddedColumns",
    collected: "Rejects",
    how: tuple[int, int, bool],
    form: "tuple[str, str, Path | None, Duplicates | None]",
) -> "Counts":
    """Only totals."""
    from taxcalc.firms.summary import SummarySink
    from taxcalc.firms.write import totals

    by, format, target, duplicates = form
    names = [name for name in by.replace("，", ",").split(",") if name.strip()]
    sink = SummarySink(columns, names, computation.engine)
    told = None
    if computation.plan.advice:
        from taxcalc.firms.advice_totals import AdviceTotals

        told = AdviceTotals(sink, computation.findings, columns.catalogue)
    counts = _run(feed, computation, told or sink, collected, how)
    counts = counts.saying(sink.settle(counts.together, duplicates))
    if how[-1] and withheld(collected, counts):
        return counts
    if format == "table" and not target:
        with writing():
            totals.print_table(sink, columns.lang, make_console())
            if told:
                totals.print_advice(told, columns, make_console())
        return counts
    text = totals.as_json(sink, told) if format == "json" else totals.as_csv(sink, told)
    if target:
        target.write_text(text, encoding="utf-8", newline="")
    else:
        with writing():
            stdout_bytes().write(text.encode())
    return counts
