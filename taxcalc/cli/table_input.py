"""What the commands on tables share: opening the input, and what goes to standard error."""

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from taxcalc.cli.application import SOME_REJECTED, UNUSABLE
from taxcalc.cli.locale import is_quiet
from taxcalc.cli.options import one_of
from taxcalc.cli.output import refuse, remark
from taxcalc.cli.settings import set_facts, used
from taxcalc.cli.table_options import TableOptions

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang
    from taxcalc.firms.columns.interface import C, Numbers
    from taxcalc.firms.compute import Computation
    from taxcalc.firms.counts import Counts
    from taxcalc.firms.plausible import Plausible
    from taxcalc.firms.read.feed import Feed
    from taxcalc.firms.read.heading import Told
    from taxcalc.firms.read.tables import Tables
    from taxcalc.firms.write.rejects import Rejects
    from taxcalc.law.book import LawBook
    from taxcalc.report.names import Names

_LEFT_OUT = ("rows_not_counted", "strict_doubted")
"""Remarks of rows that are not in what was written."""


@contextlib.contextmanager
def saying_errors(language: "Lang") -> Iterator[None]:
    """What cannot be used is said in sentences; Ctrl-C and a polite kill leave nothing half-written."""
    from taxcalc.base.interruption import INTERRUPTED, interruptible
    from taxcalc.base.problem import InputError, problem

    interrupted = problem("interrupted").text(language)
    try:
        with interruptible(interrupted):
            yield
    except InputError as error:
        refuse(error.problems, language)
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        print(f"taxcalc: {interrupted}", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    except MemoryError:
        refuse([problem("memory_short")], language)
    except OSError as error:
        refuse([problem("output_failed", why=error.strerror or str(error))], language)


def not_the_input(file: str, output: str | None, rejects: str | None, language: "Lang") -> None:
    """An output that is the input would lose the rows that are rejected; one appended to it would never end."""
    from taxcalc.base.problem import problem

    def stamp(of: str | int) -> tuple[int, int] | None:
        try:
            found = os.stat(of)
        except (OSError, ValueError):
            return None
        return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None

    given = stamp(file) if file != "-" else stamp(0)
    for path, of in ((output or "stdout", output or 1), (rejects, rejects)):
        if of and given and stamp(of) == given:
            refuse([problem("output_is_input", path=path)], language)


@contextlib.contextmanager
def opened(file: str, table: TableOptions, language: "Lang") -> "Iterator[Tables]":
    """The tables of an input, with encoding and delimiter found out or as told."""
    from taxcalc.base.problem import InputError, problem
    from taxcalc.firms.read.source import DELIMITERS, encoding_called
    from taxcalc.firms.read.tables import Tables

    called = encoding_called(table.encoding) if table.encoding else None
    if table.encoding and called is None:
        one_of("--encoding", table.encoding, ("utf-8", "gb18030", "utf-16"), language)
    names = {
        **{name: char for char, (_, name) in DELIMITERS.items()},
        **{char: char for char in DELIMITERS},
        "\\t": "\t",
    }
    if table.delimiter and table.delimiter not in names:
        one_of("--delimiter", table.delimiter, tuple(name for _, name in DELIMITERS.values()), language)
    char = names[table.delimiter] if table.delimiter else None
    if file == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise InputError([problem("stdin_terminal")])
        yield Tables(sys.stdin.buffer, "stdin", called, char)
        return
    with contextlib.ExitStack() as stack:
        try:
            stream = stack.enter_context(Path(file).open("rb"))
        except FileNotFoundError:
            raise InputError([problem("file_missing", path=file)]) from None
        except IsADirectoryError:
            raise InputError([problem("file_folder", path=file)]) from None
        except (OSError, ValueError) as error:
            raise InputError(
                [problem("file_unreadable", path=file, why=getattr(error, "strerror", "") or str(error))]
            ) from None
        yield Tables(stream, file, called, char)


def _told(table: TableOptions, language: "Lang") -> "Told":
    """What a user says of headings. Raises InputError, with every problem."""
    from taxcalc.base.bounded import read_toml, read_whole
    from taxcalc.base.period import read_period
    from taxcalc.base.problem import InputError, problem
    from taxcalc.firms.read.heading import Told, squeezed

    mapped = {squeezed(heading): name for heading, name in (used("map", language) or {}).items()}
    problems = []
    if table.map_file is not None:
        try:
            content = read_toml(read_whole(Path(table.map_file)).decode("utf-8-sig"), str)
            given = content.get("map")
            if not isinstance(given, dict) or not all(isinstance(name, str) for name in given.values()):
                raise ValueError("[map]")
            mapped |= {squeezed(heading): name for heading, name in given.items()}
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", "") or str(error)
            problems.append(problem("map_file", path=table.map_file, why=why))
    for text in table.maps or ():
        heading, sign, name = text.rpartition("=")
        if sign and heading.strip() and name.strip():
            mapped[squeezed(heading)] = name.strip()
        else:
            problems.append(problem("map_shape", text=text))
    period = read_period(table.period) if table.period is not None else None
    if table.period is not None and period is None:
        problems.append(problem("period_unreadable", value=table.period))
    if period and table.year is not None and table.year.strip() != str(period.year):
        problems.append(problem("period_year", period=str(period), year=table.year))
    if problems:
        raise InputError(problems)
    return Told(mapped, table.passed or (), table.pass_unknown, period)


def prepared(
    tables: "Tables",
    book: "LawBook",
    columns: str,
    table: TableOptions,
    language: "Lang",
    *,
    quiet: bool = False,
    names: "Names | None" = None,
    select: str | None = None,
    advice: bool = False,
    totals: bool = False,
) -> "tuple[Feed, Computation[Numbers]]":
    """The table that is meant and its computation; what was found out about the input goes to standard error.

    `names` are those of the columns to be written, where any are; `select` lists those columns; `totals` says that what
    totals take is computed too.
    """
    from taxcalc.assessment.model import catalogue_of
    from taxcalc.base.problem import problem
    from taxcalc.facts.statement import WHEN
    from taxcalc.firms.compute import Computation
    from taxcalc.firms.plan import defaults_of
    from taxcalc.firms.run import make_engine
    from taxcalc.firms.selected import selected

    catalogue = catalogue_of(book)
    given = [*(table.sets or []), *([f"year={table.year}"] if table.year is not None else [])]
    named = [*(text.partition("=")[0] for text in given), *(["period"] if table.period is not None else [])]
    sources = {}
    for source, defaulted in set_facts(catalogue, named):
        for name, value in defaulted.items():
            given.append(f"{name}={value}")
            sources[name] = source
            said = problem("config_fact_used", name=name, value=value, source=source)
            print(f"taxcalc: {said.text(language)}", file=sys.stderr)
    defaults = defaults_of(given, catalogue)
    told = _told(table, language)
    stated = {*(catalogue.fact_of(name).name for name in defaults), *(["period"] if told.period else [])}
    feed, header, notes = tables.chosen(catalogue, told, table.sheet, table.header_row, stated)
    defaults = {**header.implied, **defaults}
    figures = [*(column.slot.fact for column in header.facts if column.slot), *map(catalogue.fact_of, defaults)]
    if all(fact.type not in ("money", "count") or fact.name in WHEN for fact in figures):
        notes = [*notes, problem("no_amounts")]
    if not quiet:
        facts = [column for column in header.columns if column.slot]
        more = [(f"表头在第 {feed.header_row} 行", f"the heading is row {feed.header_row}")] * (feed.header_row > 1)
        more += [(f"金额以{header.unit}元为单位", f"amounts are in {header.unit}元")] * bool(header.unit)
        headed = [column for column in header.columns if column.title]
        found = problem(
            "input_found" if len(facts) < len(headed) else "input_found_all",
            path=feed.name,
            how=feed.described(),
            facts=len(facts),
            columns=len(headed),
            more=tuple("".join(f"{mark}{words[side]}" for words in more) for side, mark in enumerate(("，", "; "))),
        )
        for said in (found, *notes, *header.notes):
            remark(said.text(language))
    engine = make_engine(feed)
    piece = feed.whole_piece() if names in ("zh", "en") else None
    rows = piece.parse(header, plainly=engine.name == "arrays").block if piece is not None else None
    every = names == "id"
    chosen = None if select is None else selected(select, header, book)
    computation = Computation(
        header,
        engine,
        book,
        columns,  # type: ignore[arg-type]
        defaults,
        whole=rows,
        every=every,
        totals=totals,
        period=told.period,
        selected=chosen,
        advice=advice,
        sources=sources,
    )
    return feed, computation


def plausible_of(feed: "Feed", computation: "Computation[C]") -> "Plausible":
    """What looks for figures that cannot be meant: in a large table for columns of them alone."""
    from taxcalc.firms.plausible import Plausible
    from taxcalc.firms.run import BREAK_EVEN

    plan = computation.plan
    return Plausible(plan.header, plan.catalogue, plan.preset, rows=not feed.large(BREAK_EVEN))


@contextlib.contextmanager
def progress_of(feed: "Feed") -> "Iterator[Callable[[int], None] | None]":
    """Rows, rows a second, bytes and the time left, on a terminal only."""
    if is_quiet() or not sys.stderr.isatty():
        yield None
        return
    from taxcalc.report.progress import showing

    with showing(feed.size, lambda: feed.read) as tell:
        yield tell


def ended(
    collected: "Rejects",
    counts: "Counts",
    language: "Lang",
    *,
    found: bool = False,
    all_said: bool = False,
    written: bool = True,
) -> None:
    """The last words on a table, and the exit code that it comes to.

    They are what was rejected, unless `all_said` elsewhere, and that every row is accounted for: where none is `written`, which
    are of use. The code says that something was left out or `found`, and (2) that no row is of use. A table of no rows, such as
    an empty template, has none that was left out.
    """
    if not all_said:
        for sentence in collected.sentences():
            print(f"taxcalc: {sentence}", file=sys.stderr)
    for said in (*counts.said, counts.accounted(written=written)):
        if said.key in _LEFT_OUT:  # which is why the exit code is not 0
            print(f"taxcalc: {said.text(language)}", file=sys.stderr)
        else:
            remark(said.text(language))
    if found or collected.rows or any(said.key in _LEFT_OUT for said in counts.said):
        raise typer.Exit(SOME_REJECTED if counts.out else UNUSABLE)
