"""One document, many formats: every statement that a format claims is in it, for the examples and for any business."""

from __future__ import annotations

import csv
import html
import io
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from helpers.businesses import table
from helpers.command import ROOT
from taxcalc import InputError
from taxcalc.assessment.evaluation import Evaluation, evaluate
from taxcalc.assessment.model import shipped_book
from taxcalc.base.problem import Lang
from taxcalc.facts.files import read_source
from taxcalc.report.client import client_document
from taxcalc.report.csv import as_csv
from taxcalc.report.document import Cell, Document, Remark, Row, Section, Table, statements, text
from taxcalc.report.explain import steps
from taxcalc.report.html import as_html
from taxcalc.report.markdown import as_markdown
from taxcalc.report.single import document
from taxcalc.report.terminal import print_document
from taxcalc.returns.fill import filled

EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
LANGS: tuple[Lang, ...] = ("zh", "en")


def terminal(made: Document, width: int = 4_000) -> str:
    """As on a terminal, by default so wide that nothing is broken."""
    out = io.StringIO()
    print_document(made, Console(file=out, width=width, color_system=None))
    return out.getvalue()


def markdown(made: Document) -> str:
    """As Markdown, with its escapes and emphasis taken off again."""
    return re.sub(r"\\([\\`*_{}\[\]<>|~#+>.)-])", r"\1", as_markdown(made).replace("**", ""))


def ledger(made: Document) -> str:
    """The cells of the CSV, one a line; amounts as they are said."""
    amounts = {cell.text for row in made.ledger.rows for cell in row.cells if cell.amount is not None}
    plain = {amount.replace(",", ""): amount for amount in amounts}
    cells = [cell for row in csv.reader(io.StringIO(as_csv(made, shipped_book()))) for cell in row]
    return "\n".join(plain.get(cell, cell) for cell in cells)


def webpage(made: Document) -> str:
    """The words of the page, without what says how it looks."""
    body = re.sub("<style>.*?</style>", "", as_html(made), flags=re.DOTALL)
    return html.unescape(re.sub("<[^>]*>", "", body))


CLAIMS: dict[str, tuple[Callable[[Document], str], Callable[[str], bool]]] = {
    "terminal": (terminal, lambda section: section != "ledger"),
    "markdown": (markdown, lambda section: section != "ledger"),
    "html": (webpage, lambda section: section != "ledger"),
    "csv": (ledger, lambda section: section == "ledger"),
}
"""Each format: how it draws, and the sections that it claims."""


def flat(words: str) -> str:
    """Words without blanks, of which formats have their own."""
    return re.sub(r"\s", "", words)


def check(evaluation: Evaluation) -> None:
    for lang in LANGS:
        explained = list(steps(evaluation, lang))
        assessment, book = evaluation.assessment, evaluation.model.book
        whole = document(assessment, book, lang, steps=explained)
        for made in (whole, client_document(filled(evaluation), book, lang)):
            for name, (draw, claims) in CLAIMS.items():
                drawn = flat(draw(made))
                for section, words in statements(made):
                    if claims(section):
                        assert flat(words) in drawn, f"{name}, {section or 'head'}: {words}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_format_says_all_that_it_claims_of_an_example(example: Path) -> None:
    check(evaluate(read_source(str(example))[1]))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**9))
def test_every_format_says_all_that_it_claims_of_any_business(seed: int) -> None:
    headings, rows = table(random.Random(seed), 6)
    for row in rows:
        try:
            check(evaluate({name: cell for name, cell in zip(headings, row, strict=True) if cell}))
        except InputError:
            continue
        return
    assume(False)


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_total_lacks_the_regime_the_refund_and_the_loss_are_said(lang: Lang) -> None:
    """In every format for people: a tax left out, the regime, what comes back, a loss that goes on."""
    facts = {"year": 2023, "taxable_income": "1_000_000", "employees": 10, "assets": "1_000_000"}
    made = {
        "partial": {**facts, "high_tech": True},
        "back": {**facts, "income_tax_prepaid": "99_000", "revenue": 100},
        "loss": {**facts, "taxable_income": "-5", "revenue": 100},
    }
    says = {
        "partial": ("未含尚缺资料的税费：增值税", "not counting, for lack of facts: Value-added tax"),
        "back": ("应退或抵缴 49,000.00 元", "49,000.00 to get back or set off"),
        "loss": ("2023年度亏损 5.00 元结转以后年度", "a loss of 5.00 of 2023 carries forward"),
    }
    for key, stated in made.items():
        evaluation = evaluate(stated)
        drawn = document(evaluation.assessment, evaluation.model.book, lang)
        for draw in (terminal, markdown):
            assert says[key][0 if lang == "zh" else 1] in draw(drawn)
    assert ("法定税率25%" if lang == "zh" else "statutory 25% rate") in markdown(
        document(evaluate(made["back"]).assessment, evaluation.model.book, lang)
    )


@pytest.mark.parametrize("lang", LANGS)
def test_a_levy_without_a_rule_lacks_no_facts(lang: Lang) -> None:
    """It is not computed because no version of a table is in force, whatever is stated."""
    evaluation = evaluate({"year": 2023, "taxable_income": "1_000_000", "employees": 10, "assets": "1_000_000"})
    made = evaluation.assessment
    assert "vat" in made.saved.incomplete
    levies = [one._replace(needs=()) if one.id in made.due_now.incomplete else one for one in made.levies]
    said = markdown(document(made._replace(levies=levies), evaluation.model.book, lang))
    assert ("本期政策表中没有规定，未计入：增值税", "the tables have no rule for the period: Value-added tax")[
        lang == "en"
    ] in said
    assert ("未含尚缺资料", "for lack of facts")[lang == "en"] not in said


@pytest.mark.parametrize("lang", LANGS)
def test_a_fact_stated_for_one_quarter_is_taken_as_none_in_the_others_only(lang: Lang) -> None:
    evaluation = evaluate({"year": 2024, "revenue": 400_000, "special_invoice_sales_q2": 5_000})
    said = markdown(document(evaluation.assessment, evaluation.model.book, lang))
    assert ("放弃免税并开具专用发票的销售额（已填的第2季度除外）", "waived (but for Q2, as stated)")[
        lang == "en"
    ] in said


def test_no_reason_compares_nothing_with_nothing() -> None:
    """A condition says a name and two figures; '0.00 0.00 <= 0.00' cannot be written."""
    for example in EXAMPLES:
        evaluation = evaluate(read_source(str(example))[1])
        made = document(evaluation.assessment, evaluation.model.book, "zh")
        assert not [
            words for _, words in statements(made) if re.search(r"(^|[；（ ])-?[\d,.]+ -?[\d,.]+ [≤<>≥]", words)
        ]


@pytest.mark.parametrize(
    "name", ["**x**", "<b>x", "a|b", "[x](y)", "# x", "- x", "1. x", "~~x~~", "`x`", "> x", "![x](y)", "x\\"]
)
def test_what_came_from_the_input_is_no_markup(name: str) -> None:
    """A client whose name is Markdown, HTML, a list or a table is a name, as a reader of Markdown sees it."""
    made = document_named(name)
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(as_markdown(made))
    tags = set(re.findall(r"</?(\w+)", page))
    assert tags <= {"h1", "h2", "p", "blockquote", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "br"}
    words = html.unescape(re.sub(r"<[^>]*>", "\n", page))
    assert words.count(name) == len(
        [said for section, said in statements(made) if said == name and section != "ledger"]
    )


def document_named(name: str) -> Document:
    """A document in which all text is this name."""
    block = Table((name, name), (Row(text(name), (Cell(name),), (name,)),), None, name)
    section = Section("s", "", (block, Remark(text(name), "")))
    return Document("en", text(name), name, (text(name),), (Remark(text(name), "!"),), (section,), name, block)


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_amounts_are_never_cut_on_a_terminal(width: int) -> None:
    for example in EXAMPLES:
        evaluation = evaluate(read_source(str(example))[1])
        made = document(evaluation.assessment, evaluation.model.book, "zh")
        drawn = terminal(made, width)
        for section in made.sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    cells = [cell for row in block.rows for cell in row.cells if cell.amount is not None]
                    assert all(cell.text in drawn for cell in cells)
