"""Labels hold no figure of the law: what a line is called follows the table in force, and old names are still read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.command import here
from helpers.years import FIRST, LAST, YEARS
from taxcalc.assessment.model import Model, catalogue_of, shipped_book
from taxcalc.base.messages import MESSAGES
from taxcalc.base.period import Period
from taxcalc.base.units import Label
from taxcalc.firms.read.heading import read_header
from taxcalc.graph import line as lines
from taxcalc.graph.labels import filled
from taxcalc.graph.law import Law
from taxcalc.graph.nodes import Const, Named, Node, Param, RuleError, walk
from taxcalc.law.folder import shipped_tables
from taxcalc.report.labels import LABELS
from taxcalc.rules import CHECKS

BOOK = shipped_book()
CATALOGUE = catalogue_of(BOOK)

# ---------------------------------------------------------------------- no figure in any label

DOCUMENTS = re.compile(
    r"\d{4}-\d{2}|〔\d{4}〕\d+号|\d{4}年第\d+号|\[\d{4}\] No\. \d+|No\. \d+ of \d{4}|第\d+条|[Aa]rt\. \d+|A\d{6}|第\d+[行栏]|line \d+|十?[一二三四五六七八九十]月"
)
"""Numbers of documents, clauses, lines of forms, and months: they are names."""
WORDS = {
    "一般": "general: of a payer, a method, a term",
    "百分点": "a unit",
    "统一社会信用代码": "the name of the code",
    "一次性": "paid at once, not in parts",
    "第四季度": "the part of the year, not a share of it",
    "fourth quarter": "likewise",
    "one-off": "the law's own word: 偶然发生",
    "第一档": "the band of a table",
    "第二档": "likewise",
    "first tier": "likewise",
    "单户": "a borrower by itself",
    "one borrower": "likewise",
    "六税两费": "the law's own name of these levies",
    "Six taxes and two fees": "likewise",
    "减半": "the law's own name of the relief: 减半征收 (财政部 税务总局公告2023年第12号)",
    "halved": "likewise",
    "halving": "likewise",
}
"""Words with a numeral that is no figure of the law, and why."""
AS_TYPED = {("vat_rate", "13%"), ("vat_rate", "9%"), ("vat_rate", "6%")}
"""Options that are what a business writes on its invoices, and types: an input, which files and programs rely on. The
rate that is computed with comes from [vat.general]."""
FIGURE = re.compile(
    r"[0-9０-９%％‰½⅓⅔¼¾]|[零〇一二三四五六七八九十百千万亿两半倍]|"
    r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred|thousand|million|half|halv\w+|"
    r"thirds?|quarters?|fifths?|tenths?|twice|double|dozen|per ?cent)\b",
    re.IGNORECASE,
)


def figures_in(text: str) -> list[str]:
    """The figures that stand in a label, once placeholders and what is allowed are taken off."""
    left = DOCUMENTS.sub("", re.sub(r"\{\w+\}", "", text))
    for word in WORDS:
        left = re.sub(re.escape(word), "", left, flags=re.IGNORECASE)
    return [found[0] for found in FIGURE.finditer(left)]


def graph_labels(span: Period, filing: int) -> Iterator[tuple[str, Label]]:
    """Of everything that has a label in the graph of a period."""
    model = Model(BOOK, CATALOGUE, span, filing)
    roots: list[Node] = [node for _, node in model.checks()] + [model.standard_tax, model.loss_carried_forward]
    for built in model.levies.values():
        yield f"levy {built.levy.id}", built.levy.label
        roots += [node for node in (built.payable, built.applies, built.balance) if node is not None]
    for options in model.choices.values():
        roots += [node for option in options for node in (option.granted, option.payable)]
    roots += model.least.values()
    for node in walk(*roots):
        if isinstance(node, Named):
            yield f"line {node.name}", node.label
        elif isinstance(node, Param):
            yield f"figure {node.path}", node.label
        elif isinstance(node, Const) and node.label is not None:
            yield f"option {node.label[1]}", node.label


def fixed_labels() -> Iterator[tuple[str, Label]]:
    """Of what no period decides: tables, by which reliefs are called, their figures, facts, options, groups."""
    for path in BOOK.paths():
        yield f"table {path}", BOOK.table(path).label
        yield from ((f"figure {path}.{key}", label) for key, label in BOOK.parameters(path).items())
        reckoning = BOOK.table(path).reckoning
        if reckoning and reckoning["exclusive"]:
            yield f"group {reckoning['exclusive']}", BOOK.group(reckoning["exclusive"])
    for fact in CATALOGUE:
        yield f"fact {fact.name}", fact.label
        options = ((key, label) for key, label in fact.options.items() if (fact.name, key) not in AS_TYPED)
        yield from ((f"option {fact.name}={key}", label) for key, label in options)
    yield "regime", LABELS["standard"]


def test_no_label_holds_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    """As labels are written in the rules, before figures are put in, for every law period."""
    monkeypatch.setattr(lines, "filled", lambda template, figures: template)
    found = set(fixed_labels())
    for year in YEARS:
        for filing in (3, 1):
            found |= set(graph_labels(Period(year), filing))
    named = {what for what, _ in found}
    assert {"line taxed_five_percent_sales", "line charge.etc.amount", "levy vat", "fact revenue"} <= named
    wrong = {(what, text): figures_in(text) for what, label in found for text in label if figures_in(text)}
    assert not wrong
    texts = " ".join(text for _, label in found for text in label).casefold()
    assert [word for word in WORDS if word.casefold() not in texts] == []


def test_no_warning_holds_a_figure() -> None:
    """What a check says is a sentence, which may count things in words."""
    texts = [(one.id, text) for one in CHECKS for text in MESSAGES[one.id]]
    assert [one for one in texts if re.search(r"[0-9０-９%‰]", DOCUMENTS.sub("", one[1]))] == []


@pytest.mark.parametrize(
    "text",
    [
        "5%征收率销售额", "５％", "法定税率25%", "境内的三分之二", "按百分之五", "减按一成", "2倍工资", "30人以下", "降低1个百分点", "半数",
        "at 1%", "two thirds of it", "at half the fee", "a quarter of it", "twice the wage", "from 2026", "0.3‰", "one point lower",
    ],
)  # fmt: skip
def test_figures_are_recognised(text: str) -> None:
    assert figures_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "特殊收入部分（A107012 第46行）",
        "公告2023年第12号",
        "Caishui [2018] No. 33",
        "企业所得税法第6条",
        "sales[ at {rate}]",
    ],
)
def test_numbers_that_are_names_are_not(text: str) -> None:
    assert figures_in(text) == []


# ---------------------------------------------------------------------- the figure comes from the table

SMALL = [
    "--period",
    "2026Q1",
    "--revenue",
    "400000",
    "--special-invoice-sales",
    "50000",
    "--five-percent-sales",
    "100000",
    "--real-estate-rent-sales",
    "100000",
]
ENTERPRISE = ["--year", "2026", "--taxable-income", "1000000", "--employees", "80", "--assets", "20000000"]
WAIVED = [*SMALL, "--special-invoice-sales-full-rate", "20000", "--waived-reduction-sales", "10000"]
RESEARCH = [
    *ENTERPRISE,
    "--rd-expensed",
    "100000",
    "--rd-entrusted-domestic",
    "50000",
    "--rd-entrusted-overseas",
    "900000",
]
CHANGES = [
    ("vat.toml", "[[vat.levy.version]]\nfrom = 2026", '\nrate = "3%"', '\nrate = "4%"', WAIVED, {
        "zh": [
            "普通发票及未开票销售额（{}征收率）", "放弃减税的专用发票销售额（{}征收率）", "应税的放弃减征销售额（{}征收率）",
            "本期应纳税额减征额（{}减按1%）",
        ],
        "en": [
            "other sales at the {} levy rate", "sales on special invoices with the reduced rate waived, at {}",
            "taxed sales at the full rate of {}", "reduction of VAT, 1% instead of {}",
        ],
    }, "3%", "4%"),
    ("corporate_income.toml", "[cit.rd_scope]", 'share = "80%"', 'share = "70%"', RESEARCH, {
        "zh": ["委托境内研发费用（{}）", "委托境外研发费用（{}、限额内）"],
        "en": ["domestic entrusted R&D that counts ({})", "overseas entrusted R&D that counts ({}, within the limit)"],
    }, "80%", "70%"),
    ("corporate_income.toml", "[cit.rd_scope]", 'limit = "2/3"', 'limit = "1/3"', RESEARCH, {
        "zh": ["委托境外限额（境内的{}）"], "en": ["overseas limit ({} of domestic)"],
    }, "2/3", "1/3"),
    ("corporate_income.toml", "[[cit.western.version]]\nfrom = 2021", 'rate = "15%"', 'rate = "14%"', ENTERPRISE, {
        "zh": ["符合西部大开发{}税率条件"], "en": ["western region {} rate"],
    }, "15%", "14%"),
    ("vat.toml", "[vat.levy]", 'five_percent_rate = "3%"', 'five_percent_rate = "3.5%"', SMALL, {
        "zh": ["不动产租赁等销售额（{}征收率）", "应税的不动产租赁等销售额（{}征收率）"],
        "en": ["leases of real estate and the like, at {}", "taxed leases of real estate and the like, at {}"],
    }, "3%", "3.5%"),
    ("vat.toml", "[[vat.reduced_rate.version]]\nfrom = 2026", 'rate = "1%"', 'rate = "2%"', SMALL, {
        "zh": ["本期应纳税额减征额（3%减按{}）", "专用发票销售额（{}征收率）"],
        "en": ["reduction of VAT, {} instead of 3%", "sales on special invoices at {}"],
    }, "1%", "2%"),
    ("corporate_income.toml", "[cit.standard]", 'rate = "25%"', 'rate = "24%"', ENTERPRISE, {
        "zh": ["法定税率{}"], "en": ["statutory {} rate"],
    }, "25%", "24%"),
    ("corporate_income.toml", "[cit.high_tech]", 'rate = "15%"', 'rate = "14%"', [*ENTERPRISE, "--high-tech", "no"], {
        "zh": ["符合高新技术企业{}税率条件"], "en": ["high-tech {} rate"],
    }, "15%", "14%"),
]  # fmt: skip


def assessed(lang: str, *args: str) -> str:
    """The explained report, as one line of text."""
    done = here("assess", *args, "--explain", "--lang", lang)
    assert done.code == 0, done.err
    return re.sub(r"\s+", " ", done.out.decode())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("file", "after", "old", "new", "args", "labels", "before", "now"), CHANGES)
def test_a_changed_line_of_a_table_changes_the_labels(
    tmp_path: Path, file: str, after: str, old: str, new: str, args: list[str], labels: dict[str, list[str]],
    before: str, now: str, lang: str,
) -> None:  # fmt: skip
    text = (shipped_tables() / file).read_text(encoding="utf-8")
    head, tail = text[: text.index(after)], text[text.index(after) :]
    (tmp_path / file).write_text(head + tail.replace(old, new, 1), encoding="utf-8")
    shipped, changed = assessed(lang, *args), assessed(lang, "--tables", str(tmp_path), *args)
    for label in labels[lang]:
        assert label.format(before) in shipped
        assert label.format(now) in changed
        assert label.format(before) not in changed


@pytest.mark.parametrize(("period", "rate"), [("2025Q4", "5%"), ("2026Q1", "3%")])
def test_leases_are_called_by_the_rate_of_their_period(period: str, rate: str) -> None:
    args = ["--period", period, "--revenue", "400000", "--five-percent-sales", "100000"]
    args += ["--real-estate-rent-sales", "100000"]
    assert f"taxed leases of real estate and the like, at {rate}" in assessed("en", *args)
    assert f"应税的不动产租赁等销售额（{rate}征收率）" in assessed("zh", *args)


def test_without_a_table_in_force_the_line_is_left_out() -> None:
    """In the third quarter of 2022 no reduced rate was in force, before and after it was."""
    for period, said in (("2022Q1", True), ("2022Q3", False), ("2023Q1", True)):
        args = ["--period", period, "--revenue", "700000", "--special-invoice-sales", "50000"]
        assert ("reduction of VAT" in assessed("en", *args)) is said
        assert ("本期应纳税额减征额" in assessed("zh", *args)) is said


def test_a_part_with_a_figure_that_is_not_in_force_is_left_out() -> None:
    law = Law(BOOK, Period(2022, 7, 3))
    figures = {"full": law.vat.levy.rate, "reduced": law.vat.reduced_rate.rate}
    assert filled(("税[，{full}减按{reduced}][，{full}]", "VAT[, {reduced}]"), figures) == ("税，3%", "VAT")


def test_a_batch_names_the_statutory_regime_without_its_rate(tmp_path: Path) -> None:
    """Rows of different years share the text."""
    rows = "id,year,taxable_income,employees,assets\na,2019,9000000,900,1\nb,2026,9000000,900,1\n"
    for lang, column, text in (("en", "income tax regime", "statutory rate"), ("zh", "企业所得税采用", "法定税率")):
        done = here("batch", "-", "--lang", lang, stdin=rows.encode())
        heading, *cells = [line.split(",") for line in done.out.decode("utf-8-sig").splitlines()]
        assert [line[heading.index(column)] for line in cells] == [text, text]


@pytest.mark.parametrize(
    ("zh", "en", "names", "said"),
    [
        ("销售额{rate}", "sales[ at {rate}]", {"rate"}, "stands in brackets"),
        ("销售额[]", "sales[ at {rate}]", {"rate"}, "brackets are for figures"),
        ("销售额[{rate}]", "sales[ at {rate}]", set(), "the figures it is to name are none"),
        ("销售额", "sales", {"rate"}, "the figures it is to name are rate"),
    ],
)
def test_a_label_that_cannot_be_filled_is_refused(zh: str, en: str, names: set[str], said: str) -> None:
    with pytest.raises(RuleError, match=said):
        lines.line(zh, en, once=False, **dict.fromkeys(names, "vat.levy.rate"))


def test_only_rates_stand_in_labels() -> None:
    law = Law(BOOK, Period(2023))
    with pytest.raises(RuleError, match="is no rate"):
        filled(("[{limit}]", "[{limit}]"), {"limit": law.vat.exemption.monthly})


# ---------------------------------------------------------------------- old names are still read

OLD: dict[str, list[str]] = {
    "special_invoice_sales": ["开具1%专用发票的销售额", "Sales on special invoices at 1%"],
    "special_invoice_sales_full_rate": ["开具3%专用发票的销售额", "Sales on special invoices at 3%"],
    "waived_reduction_sales": ["放弃减征的销售额", "Sales with the 1% rate waived"],
    "five_percent_sales": ["5%征收率销售额", "Sales at the 5% levy rate"],
    "five_percent_special_invoice_sales": ["5%征收率专用发票销售额", "Sales at 5% on special invoices"],
    "five_percent_deduction": ["5%征收率项目差额扣除额", "Differential deduction of 5% items"],
    "simple_method_sales": ["简易计税销售额（3%）", "Sales of a general payer under the simple method (3%)"],
    "real_estate_left_out": [
        "2026年起仍扣除销售不动产后比较起征点",
        "From 2026 still leave sales of real estate out of the test",
    ],
    "rd_fourth_quarter": ["2022年第四季度可加计研发费用", "R&D spend that counts of the fourth quarter of 2022"],
    "water_fee_due": ["2023年一季度应缴水资源费", "Water-resource fee due in the first quarter of 2023"],
    "quality_deposit": [
        "2023年上半年应缴工程质量保证金",
        "Construction quality deposit due in the first half of 2023",
    ],
    "first_business": ["首次创业且正常经营满1年", "First business, in operation for a year"],
    "placed_workers": ["输转脱贫劳动力并履约6个月以上人数", "Workers out of poverty placed for six months or more"],
}
"""What facts were called until 2026-11, in Chinese and in English: people have files with these headings."""


@pytest.mark.parametrize(("name", "title"), [(name, title) for name, titles in OLD.items() for title in titles])
def test_an_old_label_is_still_recognised(name: str, title: str) -> None:
    fact = CATALOGUE[name]
    headings = {title: name, f"{title}（万元）": name} if fact.type == "money" else {title: name}
    if fact.series:
        for ending, part in (("第二季度", "q2"), ("_q2", "q2"), ("二季度", "q2"), ("3月", "m03"), ("_m03", "m03")):
            headings[f"{title}{ending}"] = f"{name}_{part}"
        headings |= {f"二季度{title}": f"{name}_q2", f"3月{title}": f"{name}_m03", f"{title}_q2(万元)": f"{name}_q2"}
    for heading, expected in headings.items():
        assert [column.name for column in read_header([heading], CATALOGUE, "-").columns] == [expected], heading


def test_a_table_with_old_headings_gives_what_the_new_ones_give() -> None:
    def rows(side: int, old: bool) -> str:
        names = ("five_percent_sales", "special_invoice_sales")
        said = [OLD[name][side] if old else CATALOGUE[name].label[side] for name in names]
        return f"id,period,revenue,{said[0]},{said[1]}\na,2026Q1,400000,100000,50000\n"

    figures = set()
    for side in (0, 1):
        for old in (True, False):
            done = here("batch", "-", "--columns", "full", stdin=rows(side, old).encode())
            assert "0 rejected" in done.err
            figures.add(done.out.decode("utf-8-sig").splitlines()[1])
    assert len(figures) == 1


def test_the_years_that_help_names_are_those_of_the_fact() -> None:
    [year] = [fact for fact in json.loads(here("facts", "--format", "json").out)["facts"] if fact["name"] == "year"]
    assert year["help"] == {"zh": f"{FIRST}至{LAST}", "en": f"{FIRST} to {LAST}"}
    assert (year["minimum"], year["maximum"]) == (str(FIRST), str(LAST))
