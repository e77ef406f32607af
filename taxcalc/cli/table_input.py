"""What the commands on tables share: opening the input, and what goes to standard error."""

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from taxcalc.cli.options import one_of
from taxcalc.cli.output import refuse

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang
    from taxcalc.firms.columns.interface import Numbers
    from taxcalc.firms.compute import Computation
    from taxcalc.firms.read.feed import Feed
    from taxcalc.firms.run import Counts
    from taxcalc.firms.write.rejects import Rejects
    from taxcalc.law.book import LawBook
    from taxcalc.report.names import Names


@contextlib.contextmanager
def saying_errors(language: "Lang") -> Iterator[None]:
    """What cannot be used is said in sentences; Ctrl-C and a polite kill leave nothing half-written."""
    from taxcalc.base.atomic_file import interruptible
    from taxcalc.base.problem import InputError, problem

    try:
        with interruptible():
            yield
    except InputError as error:
        refuse(error.problems, language)
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        print("taxcalc: " + problem("interrupted").text(language), file=sys.stderr)
        raise typer.Exit(130) from None
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
def opened(file: str, encoding: str | None, delimiter: str | None, language: "Lang") -> "Iterator[Feed]":
    """The input, with its encoding and delimiter found out or as told."""
    from taxcalc.base.problem import InputError, problem
    from taxcalc.firms.read.source import DELIMITERS, Source, encoding_called

    called = encoding_called(encoding) if encoding else None
    if encoding and called is None:
        one_of("--encoding", encoding, ("utf-8", "gb18030", "utf-16"), language)
    names = {
        **{name: char for char, (_, name) in DELIMITERS.items()},
        **{char: char for char in DELIMITERS},
        "\\t": "\t",
    }
    if delimiter and delimiter not in names:
        one_of("--delimiter", delimiter, tuple(name for _, name in DELIMITERS.values()), language)
    char = names[delimiter] if delimiter else None
    if file == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise InputError([problem("stdin_terminal")])
        yield Source(sys.stdin.buffer, "stdin", called, char)
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
        if Path(file).suffix.lower() in (".xlsx", ".xlsm"):
            from taxcalc.firms.read.workbook import Sheet

            yield Sheet(stream, file)
        else:
            yield Source(stream, file, called, char)


def prepared(
    feed: "Feed",
    book: "LawBook",
    columns: str,
    year: str | None,
    sets: list[str] | None,
    language: "Lang",
    *,
    quiet: bool = False,
    names: "Names | None" = None,
) -> "Computation[Numbers]":
    """The computation of a table; what was found out about the input goes to standard error.

    `names` are those of the columns to be written, where any are.
    """
    from taxcalc.assessment.model import catalogue_of
    from taxcalc.base.problem import problem
    from taxcalc.firms.compute import Computation
    from taxcalc.firms.plan import defaults_of
    from taxcalc.firms.read.heading import read_header
    from taxcalc.firms.run import make_engine

    catalogue = catalogue_of(book)
    header = read_header(feed.header, catalogue, feed.name)
    given = [*(sets or []), *([f"year={year}"] if year is not None else [])]
    defaults = defaults_of(given, catalogue)
    if not quiet:
        facts = [column for column in header.columns if column.slot]
        found = problem(
            "input_found", path=feed.name, how=feed.described(), facts=len(facts), columns=len(header.columns)
        )
        for said in (found, *header.notes):
            print(f"taxcalc: {said.text(language)}", file=sys.stderr)
    engine = make_engine(feed)
    piece = feed.whole_piece() if names in ("zh", "en") else None
    rows = piece.parse(header, plainly=engine.name == "arrays").block if piece is not None else None
    return Computation(header, engine, book, columns, defaults, whole=rows, every=names == "id")  # type: ignore[arg-type]


@contextlib.contextmanager
def progress_of(feed: "Feed") -> "Iterator[Callable[[int], None] | None]":
    """Rows, rows a second, bytes and the time left, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from taxcalc.report.progress import showing

    with showing(feed.size, lambda: feed.read) as tell:
        yield tell


def last_words(collected: "Rejects", counts: "Counts", language: "Lang", *, all_said: bool) -> None:
    """What was rejected, and that every row is accounted for."""
    from taxcalc.base.problem import problem

    if not all_said:
        for said in collected.sentences():
            print(f"taxcalc: {said}", file=sys.stderr)
    said = problem("rows_accounted", rows=counts.rows, out=counts.out, rejected=counts.rejected).text(language)
    print(f"taxcalc: {said}", file=sys.stderr)
