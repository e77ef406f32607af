"""The page as PDF. Where no Chinese font is there, it is tried with one that Typst brings, in English."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from helpers.command import ROOT, here
from taxcalc import InputError
from taxcalc.assessment.evaluation import evaluate
from taxcalc.base.problem import Lang
from taxcalc.facts.files import read_source
from taxcalc.report import pdf
from taxcalc.report.client import client_document
from taxcalc.report.document import Chart, Document, Table, statements
from taxcalc.report.html import Letterhead, data_uri
from taxcalc.returns.fill import filled

typst = pytest.importorskip("typst")
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def langs() -> list[Lang]:
    """The languages that can be written here."""
    try:
        pdf.chinese_font(typst.Fonts().families())
    except InputError:
        return ["en"]
    return ["zh", "en"]


@pytest.fixture(autouse=True)
def _some_font(monkeypatch: pytest.MonkeyPatch) -> None:
    if langs() == ["en"]:
        monkeypatch.setattr(pdf, "FONTS", ("Libertinus Serif",))
        pdf._font.cache_clear()


def made(facts: Mapping[str, object], lang: Lang) -> Document:
    """The page on a business as a document."""
    evaluation = evaluate(facts)
    return client_document(filled(evaluation), evaluation.model.book, lang)


@pytest.mark.parametrize("lang", langs())
def test_the_same_page_gives_the_same_bytes(lang: Lang) -> None:
    document = made(read_source(str(EXAMPLES[0]))[1], lang)
    letterhead = Letterhead("Office", data_uri(PICTURE) or "")
    first = pdf.as_pdf(document, letterhead)
    pdf.compiler.cache_clear()
    assert first == pdf.as_pdf(document, letterhead)
    assert first.startswith(b"%PDF-")
    assert b"CreationDate" not in first


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
@pytest.mark.parametrize("lang", langs())
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_amount_and_title_is_in_it(example: Path, lang: Lang, tmp_path: Path) -> None:
    document = made(read_source(str(example))[1], lang)
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf.as_pdf(document))
    said = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True).stdout.decode()
    flat = "".join(said.split())
    tables = [block.table() if isinstance(block, Chart) else block for one in document.sections for block in one.blocks]
    cells = [cell.text for table in tables if isinstance(table, Table) for row in table.rows for cell in row.cells]
    headline = [words for section, words in statements(document) if section == "headline"]
    for words in [*cells, *headline, *(section.title for section in document.sections)]:
        assert "".join(words.split()) in flat, words


@pytest.mark.parametrize("name", ['#strong[x]"', "*b* _i_ $x$ `c` @a <l>", "\\u{41} // c", '{{"a"}}'])
def test_nothing_of_the_input_is_markup(name: str, tmp_path: Path) -> None:
    facts = {"name": name, "period": "2026Q2", "revenue": "350_000", "place": "city"}
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf.as_pdf(made(facts, "en"), Letterhead(name)))
    if shutil.which("pdftotext"):
        said = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True).stdout.decode()
        assert said.count(name) >= 2


def test_a_table_of_clients(tmp_path: Path) -> None:
    clients = tmp_path / "clients.csv"
    clients.write_text("name,period,place,revenue\na,2026Q2,city,350000\nb,2026Q2,city,1\n", encoding="utf-8")
    folder = tmp_path / "pages"
    assert here("batch", str(clients), "--reports", str(folder), "--report-format", "pdf").code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["a-2026Q2.pdf", "b-2026Q2.pdf", "index.html"]
    assert "a-2026Q2.pdf" in (folder / "index.html").read_text(encoding="utf-8")
