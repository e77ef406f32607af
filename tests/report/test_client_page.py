"""The page for a client: what it says beyond the report, and what a page may hold and may not."""

from __future__ import annotations

import contextlib
import itertools
import random
import re
from collections.abc import Mapping
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.businesses import table
from helpers.command import ROOT, here
from taxcalc import InputError
from taxcalc.assessment.evaluation import evaluate
from taxcalc.base.problem import Lang
from taxcalc.facts.files import read_source
from taxcalc.report.client import client_document
from taxcalc.report.document import Chart, Document, Remark, words_of
from taxcalc.report.html import Letterhead, as_html, data_uri
from taxcalc.report.index import Entry, as_index
from taxcalc.report.initials import initial
from taxcalc.returns.fill import filled

RESTAURANT = str(ROOT / "examples" / "gulang-restaurant.toml")
TAGS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "img",
        "span",
        "main",
        "h1",
        "h2",
        "h3",
        "p",
        "footer",
    ),
    *("section", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "ul", "li", "br", "small", "strong", "a", "nav"),
    *("svg", "rect", "line"),
}
"""All that a page is made of: no script, no form, no frame."""


def made(facts: dict[str, object], lang: Lang = "zh") -> Document:
    """The page on a business as a document."""
    evaluation = evaluate(facts)
    return client_document(filled(evaluation), evaluation.model.book, lang)


def restaurant(**more: object) -> dict[str, object]:
    """The facts of an example, with some changed."""
    return {**read_source(RESTAURANT)[1], **more}


class Elements(HTMLParser):
    """The elements of a page in their order, and the words between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Words."""
        self.words += data


def chart(document: Document, section: str) -> Chart:
    """The chart of a section."""
    found = document.section(section)
    assert found is not None
    (block,) = found.blocks
    assert isinstance(block, Chart)
    return block


# ------------------------------------------------------------------------------------------- what it is made of


@pytest.mark.parametrize("name", ['<b>&"', "<script>alert(1)</script>", "</title><img src=x>", "'\" onload=x", "&amp;"])
def test_nothing_of_the_input_becomes_markup(name: str) -> None:
    letterhead = Letterhead(name, "")
    pages = [as_html(made(restaurant(name=name)), letterhead)]
    pages.append(as_index([Entry(name, 0, (name,), name, name)], "en", name, letterhead))
    for page in pages:
        elements = Elements(page)
        assert {tag for tag, _ in elements.found} <= TAGS
        assert not [name for _, attributes in elements.found for name in attributes if name.startswith("on")]
        assert elements.words.count(name) >= 3  # the head, the title, the business


def test_a_page_fetches_nothing_and_runs_nothing() -> None:
    page = as_html(made(restaurant()), Letterhead("某所", data_uri(b"\x89PNG\r\n\x1a\n") or ""))
    named = {
        value for _, attributes in Elements(page).found for key, value in attributes.items() if key in ("src", "href")
    }
    assert all(value and value.startswith(("#source-", "data:image/")) for value in named)
    assert "url(" not in page
    assert "@import" not in page
    assert re.findall('https?://[^"]*', page.replace("http://www.w3.org/2000/svg", "")) == []


@pytest.mark.parametrize(
    ("picture", "kind"),
    [(b"\x89PNG\r\n\x1a\n..", "png"), (b"\xff\xd8\xff..", "jpeg"), (b"<svg onload='x'/>", None), (b"", None)],
)
def test_a_mark_is_a_picture_and_nothing_else(picture: bytes, kind: str | None) -> None:
    uri = data_uri(picture)
    assert uri is None if kind is None else uri is not None and uri.startswith(f"data:image/{kind};base64,")


@pytest.mark.parametrize(("lang", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_a_screen_reader_finds_its_way(lang: Lang, tag: str) -> None:
    """Language, one first heading and none skipped, scopes of headings, drawings that are said in words."""
    found = Elements(as_html(made(restaurant(), lang))).found
    assert ("html", {"lang": tag}) in found
    levels = [int(name[1]) for name, _ in found if re.fullmatch("h[1-6]", name)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(attributes.get("scope") in ("row", "col") for name, attributes in found if name == "th")
    assert all(attributes["aria-hidden"] == "true" for name, attributes in found if name == "svg")
    ids = [attributes["id"] for _, attributes in found if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {value for _, attributes in found if (value := attributes.get("href"))} <= {f"#{id}" for id in ids}


def test_bars_lie_on_their_scale() -> None:
    bars = [attributes for tag, attributes in Elements(as_html(made(restaurant()))).found if tag == "rect"]
    ends = [(Fraction((bar["x"] or "")[:-1]), Fraction((bar["width"] or "")[:-1])) for bar in bars]
    assert all(min(start, width) >= 0 and start + width <= Fraction("100.02") for start, width in ends)
    (baseline, exempted), of_sales = ends[:2], ends[-1]
    assert [*baseline] == [0, 100]
    assert abs(exempted[0] + exempted[1] - 100) <= Fraction("0.02")  # begins where the one above ends
    assert [*of_sales] == [0, 100]


# ------------------------------------------------------------------------------------------- what it says


def check_waterfall(facts: Mapping[str, object]) -> int:
    """From what is due without reliefs, step by step to what is to pay; gives the number of steps."""
    evaluation = evaluate(facts)
    total = evaluation.assessment.saved
    document = client_document(filled(evaluation), evaluation.model.book, "zh")
    if total.baseline is None or document.section("waterfall") is None:
        assert not total.saving
        return 0
    first, *steps, last = chart(document, "waterfall").bars
    assert (first.start, first.end, last.start, last.end) == (0, total.baseline, 0, total.payable)
    left = first.end
    for step in steps:
        assert step.start == left
        assert step.cell.amount == step.end - step.start
        left = step.end
    assert left == last.end
    return len(steps)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**9))
def test_the_waterfall_adds_up_for_any_business(seed: int) -> None:
    headings, rows = table(random.Random(seed), 4)
    for row in rows:
        with contextlib.suppress(InputError):
            check_waterfall({name: cell for name, cell in zip(headings, row, strict=True) if cell})


def test_the_waterfall_of_an_example_adds_up() -> None:
    assert check_waterfall(restaurant()) == 5


def test_sales_stand_against_the_limit_of_their_time() -> None:
    drawn = chart(made(restaurant()), "thresholds")
    assert drawn.limit == 30_000_000
    assert [bar.end for bar in drawn.bars] == [26_800_000, 29_550_000, 30_000_000, 34_120_000]
    assert ["不符合" in words_of(bar.label) for bar in drawn.bars] == [False, False, False, True]
    of_2026 = chart(made({"period": "2026Q2", "revenue": "300_000", "place": "city"}), "thresholds")
    assert "不符合" in words_of(of_2026.bars[0].label)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"period": "2026Q2", "revenue": 350_000}, "不晚于 2026-07-15"),
        ({"period": "2026-09", "filing": "monthly", "revenue": 350_000}, "不晚于 2026-10-26"),
        ({"period": "2025Q4", "revenue": 350_000}, "不晚于 2026-01-20"),
        ({"period": "2026Q4", "revenue": 350_000}, "本期期满之日起 15 日内"),
        ({"year": 2026, "revenue": 350_000}, "每期期满之日起 15 日内"),
        ({"year": 2025, "revenue": 350_000}, "每期期满之日起 15 日内"),
        ({"year": 2024, "taxable_income": 10}, "年度终了之日起 5 个月内"),
        ({"year": 2024, "taxpayer": "individual_business", "taxable_income": 10}, "年度终了之日起 3 个月内"),
    ],
)
def test_a_day_is_said_where_one_was_announced_and_else_the_rule(facts: dict[str, object], said: str) -> None:
    due = made({"place": "city", **facts}).section("due")
    assert due is not None
    lines = [words_of(block.text) for block in due.blocks if isinstance(block, Remark)]
    assert [line for line in lines if said in line and re.search(r"\[\d+\]", line)], lines
    assert ("不晚于" in said) == any("不晚于" in line for line in lines)


def test_what_is_asked_is_asked_of_a_client_not_of_a_program() -> None:
    open = made({"period": "2026Q2", "place": "city", "revenue": 350_000}).section("questions")
    assert open is not None
    said = [
        words for block in open.blocks if isinstance(block, Remark) for words in (words_of(block.text), *block.below)
    ]
    assert any("应纳税所得额" in words for words in said)
    assert not [words for words in said if "--" in words]


def test_forms_of_a_year_are_those_of_the_year() -> None:
    year, quarter = made(restaurant()), made({"period": "2026Q2", "place": "city", "revenue": 350_000})
    assert {section.title[:6] for section in year.sections if section.level == 3} == {"2023年度"}
    assert "各期申报表请以该期为所属期另出报告" in as_html(year)
    lines = as_html(quarter)
    assert "本期应纳税额减征额（第16栏；网页版第18栏）" in lines
    assert "为 0：第2、10、" in lines


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("凉州印务", "L"),
        ("古浪餐饮", "G"),
        ("武威", "W"),
        ("重庆", "Z"),
        ("acme", "A"),
        ("3M", "#"),
        ("覃", "#"),
        ("", "#"),
    ],
)
def test_names_are_listed_under_their_initial(name: str, letter: str) -> None:
    assert initial(name) == letter


def test_the_settlement_of_a_year_told_by_quarters_stands_beside_its_prepayments() -> None:
    """The page and `taxcalc returns` say the same: what was prepaid follows from the quarters."""
    facts = ["--year", "2025", "--employees", "60", "--assets", "8_000_000", "--rd-expensed", "200_000"]
    facts += ["--set", "taxable_income=300000;400000;-100000;500000"]
    page, sheets = (here(command, *facts, "--lang", "zh").out.decode() for command in ("report", "returns"))
    for said in ("企业所得税汇算清缴应退", "10,000.00", "2025年第3季度"):
        assert said in sheets
    assert "预缴与汇算清缴" in page
    assert page.count('id="due"') == 1
    assert "-10,000.00" in page
