"""`taxcalc report`: the page on one business that is handed to it."""

# No postponed annotations here: Typer would compile each one again at start-up.
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from taxcalc.cli.application import SOME_REJECTED, app
from taxcalc.cli.fact_command import FactCommand
from taxcalc.cli.facts_given import facts_from
from taxcalc.cli.locale import t
from taxcalc.cli.options import FactFiles, Folders, Language, Output, chosen_book, chosen_language, one_of, option
from taxcalc.cli.output import refuse, stdout_bytes, writing
from taxcalc.cli.settings import used

if TYPE_CHECKING:
    from collections.abc import Callable

    from taxcalc.assessment.result import Assessment
    from taxcalc.base.problem import Lang
    from taxcalc.facts.statement import FactSet
    from taxcalc.law.book import LawBook
    from taxcalc.report.document import Document
    from taxcalc.report.html import Letterhead

ENDINGS = {"html": ".html", "pdf": ".pdf", "markdown": ".md", "xlsx": ".xlsx"}
"""The formats of a page, the last a workbook whose figures follow when a fact is changed, and how their files end."""
_SUFFIXES = {ending: format for format, ending in ENDINGS.items()} | {".htm": "html"}


class Page(NamedTuple):
    """What is handed over of one business."""

    draw: "Callable[[], bytes]"
    """Its content. Raises InputError where a PDF cannot be written."""
    assessment: "Assessment"
    whole: bool = True
    """Is every levy in it?"""


Office = Annotated[
    str, option("--office", "NAME", "页首的机构名称", "the name of the office at the head", show_default=False)
]
Mark = Annotated[
    str | None, option("--mark", "FILE", "页首的标志（PNG 或 JPEG）", "the mark of the office, a PNG or JPEG file")
]


@app.command(
    cls=FactCommand,
    help=t(
        "给客户的报告：节省、应缴与期限、图表、条件、栏次与依据，可打印；.xlsx 为可改数重算的工作簿。",
        "The page for a client: savings, what is due and when, charts, conditions, lines, sources; prints on A4. As .xlsx a"
        " workbook of live formulas.",
    ),
    no_args_is_help=True,
)
def report(
    ctx: typer.Context,
    files: FactFiles = None,
    sets: Annotated[
        list[str] | None,
        option("--set", "NAME=VALUE", "任一资料项，如 revenue_q1=300000", "any fact, such as revenue_q1=300000"),
    ] = None,
    output: Output = None,
    format: Annotated[
        str | None,
        option(
            "--format -f",
            "|".join(ENDINGS),
            "输出格式，默认按文件名，否则 html",
            "output format; by the name of the file, else html",
        ),
    ] = None,
    office: Office = "",
    mark: Mark = None,
    lang: Language = None,
    tables: Folders = None,
) -> None:
    """Assess, fill the forms, write the page."""
    language = chosen_language(lang)
    format = chosen_format(format, output, language)
    if format in ("pdf", "xlsx") and output is None and sys.stdout.isatty():
        from taxcalc.base.problem import problem

        refuse([problem("option_needs", option=f"--format {format}", other="--output")], language)
    book = chosen_book(tables)
    from taxcalc.base.atomic_file import replacing
    from taxcalc.base.problem import InputError
    from taxcalc.cli.table_input import saying_errors

    letterhead = letterhead_of(office, mark, format, language)
    try:
        facts = facts_from(book, files or [], sets or [], ctx.obj, None)
        page = page_of(facts, book, format, letterhead, language)
        content = page.draw()
    except InputError as error:
        refuse(error.problems, language)
    if output:
        with saying_errors(language), replacing(output) as part:
            part.write_bytes(content)
    else:
        with writing():
            stdout_bytes().write(content)
    if page.assessment.saved.baseline is None or page.assessment.saved.incomplete or not page.whole:
        raise typer.Exit(SOME_REJECTED)


def chosen_format(format: str | None, output: str | None, language: "Lang") -> str:
    """The format that was asked for, else the one that the name of the file says."""
    if format is not None:
        one_of("--format", format, tuple(ENDINGS), language)
        return format
    suffix = Path(output).suffix.lower() if output else ".html"
    one_of("--output", suffix, tuple(_SUFFIXES), language)
    return _SUFFIXES[suffix]


def letterhead_of(office: str, mark: str | None, format: str, language: "Lang") -> "Letterhead":
    """The office as it stands at the head of a page. A workbook has none, so there it is not asked for."""
    from taxcalc.base.bounded import read_whole
    from taxcalc.base.problem import problem
    from taxcalc.report.html import Letterhead, data_uri

    if format == "xlsx" and (asked := [name for name, given in (("--office", office), ("--mark", mark)) if given]):
        refuse([problem("option_apart", option=name, other="xlsx") for name in asked], language)
    office, mark = office or used("office", language) or "", mark or used("mark", language)
    if mark is None:
        return Letterhead(office)
    try:
        found = data_uri(read_whole(Path(mark)))
    except (OSError, ValueError) as error:
        refuse([problem("file_unreadable", path=mark, why=getattr(error, "strerror", "") or str(error))], language)
    if found is None:
        refuse([problem("mark_format", path=mark)], language)
    return Letterhead(office, found)


def page_of(facts: "FactSet", book: "LawBook", format: str, letterhead: "Letterhead", language: "Lang") -> Page:
    """The page on a business in a format. Raises InputError where its facts cannot be used."""
    if format == "xlsx":
        from taxcalc.assessment.evaluation import evaluate
        from taxcalc.assessment.live import live
        from taxcalc.report.live_workbook import as_workbook

        evaluation = evaluate(facts, book=book)
        found = live(evaluation)
        assessment = evaluation.assessment
        return Page(lambda: as_workbook(found, assessment, book, language), assessment, not found.left_out)
    from taxcalc.report.client import client_document
    from taxcalc.returns.quarters import returns_of

    made = returns_of(facts, book)
    document = client_document(made, book, language)
    return Page(lambda: _drawn(document, format, letterhead), made.assessment)


def _drawn(made: "Document", format: str, letterhead: "Letterhead") -> bytes:
    if format == "pdf":
        from taxcalc.report.pdf import as_pdf

        return as_pdf(made, letterhead)
    if format == "markdown":
        from taxcalc.report.markdown import as_markdown

        return as_markdown(made).encode()
    from taxcalc.report.html import as_html

    return as_html(made, letterhead).encode()
