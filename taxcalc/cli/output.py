"""How commands write: to the console, to standard output as bytes, and what they refuse to standard error."""

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import typer

from taxcalc.cli.application import UNUSABLE
from taxcalc.cli.locale import is_quiet, locale_lang

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from rich.console import Console

    from taxcalc.base.problem import Lang, Problem
    from taxcalc.report.document import Document

_SAID = 50
"""Problems that are said before the rest is counted."""
_NARROWEST = 40
"""Columns below which nothing could be read."""


def answer(format: str, as_json: "Callable[[], str]", draw: "Callable[[Console], None]") -> None:
    """Write an answer as JSON or as a table."""
    with writing():
        if format == "json":
            sys.stdout.write(as_json())
        else:
            draw(make_console())


def deliver(
    format: str,
    texts: "Mapping[str, Callable[[], str]]",
    document: "Callable[[], Document]",
    output: str | None = None,
) -> None:
    """Write an answer in a format of reports: as the text that `texts` makes of it, else as the document, drawn.

    A file is there whole or not at all; what would be drawn on a terminal is Markdown in it.
    """
    if format in texts:
        text = texts[format]()
    elif format == "markdown" or output:
        from taxcalc.report.markdown import as_markdown

        text = as_markdown(document())
    else:
        from taxcalc.report.terminal import print_document

        with writing():
            print_document(document(), make_console())
        return
    if output:
        from taxcalc.base.atomic_file import replacing

        with replacing(output) as part:
            part.write_text(text, encoding="utf-8")
        return
    with writing():
        sys.stdout.write(text)


def refuse(problems: "list[Problem]", lang: "Lang") -> NoReturn:
    """Say what is wrong, one sentence a line, and stop."""
    for said in problems[:_SAID]:
        print(f"taxcalc: {said.text(lang)}", file=sys.stderr)
    if len(problems) > _SAID:
        from taxcalc.base.problem import say

        print(f"taxcalc: {say('problems_more', lang, more=len(problems) - _SAID)}", file=sys.stderr)
    raise typer.Exit(UNUSABLE)


def remark(text: str) -> None:
    """Say on standard error what is no error; with --quiet, nothing."""
    if not is_quiet():
        print(f"taxcalc: {text}", file=sys.stderr)


def make_console() -> "Console":
    from rich.console import Console

    class Quiet(Console):
        """Leaves a closed pipe to `main`."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    console = Quiet(highlight=False, soft_wrap=False)
    return console if console.width >= _NARROWEST else Quiet(highlight=False, soft_wrap=False, width=_NARROWEST)


@contextmanager
def writing() -> Iterator[None]:
    """Around what is written: a closed pipe ends quietly, a full disk is one sentence."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        give_up_output()
        raise typer.Exit(0) from None
    except OSError as error:
        from taxcalc.base.problem import problem

        give_up_output()
        refuse([problem("output_failed", why=error.strerror or str(error))], locale_lang())


class Terminal(io.BytesIO):
    """Standard output when it is a terminal: what came from the input may not speak to it, so control
    characters are written as their escapes. To a file or a pipe, data go as they are."""

    def write(self, content: "ReadableBuffer", /) -> int:
        """Write bytes of UTF-8 text; nothing is kept."""
        sys.stdout.write(readable(bytes(content).decode("utf-8", "replace")))
        return memoryview(content).nbytes


def stdout_bytes() -> BinaryIO:
    """Where bytes for standard output are written."""
    return Terminal() if sys.stdout.isatty() else sys.stdout.buffer


def readable(text: str) -> str:
    """Lines without control characters."""
    from taxcalc.base.problem import printable

    return "\n".join(line if line.isprintable() else printable(line) for line in text.split("\n"))


def give_up_output() -> None:
    """So that the interpreter does not try, and fail, to flush it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
