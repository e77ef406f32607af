"""Tables as people have them: the answers of their clean form, row by row, or a named refusal; never another figure."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from helpers.businesses import CATALOGUE
from taxcalc.assessment.model import shipped_book
from taxcalc.base.csv_line import as_line
from taxcalc.base.problem import InputError
from taxcalc.firms.columns.arrays import Arrays
from taxcalc.firms.columns.lists import Lists
from taxcalc.firms.compute import Computation
from taxcalc.firms.read.fast import find_cells
from taxcalc.firms.read.find_heading import find_heading
from taxcalc.firms.read.heading import NOTHING_TOLD
from taxcalc.firms.read.rows import Rows
from taxcalc.firms.read.tables import Tables
from taxcalc.firms.run import run_batch
from taxcalc.firms.write.added import AddedColumns
from taxcalc.firms.write.csv import CsvSink
from taxcalc.firms.write.rejects import Rejects

seeds = st.integers(0, 10**9)
_HEADINGS = {
    "id": ("id", "统一社会信用代码", "税号", "纳税人识别号*", "统一社会\n信用代码", "信用代码（必填）"),
    "name": ("name", "名称", "企业名称", "*公司名称", "客 户 名 称", "纳税人名称【必填】"),
    "when": ("period", "所属期", "税款所属期", "所 属 期", "*所属期（必填）"),
    "vat_payer": ("vat_payer", "增值税纳税人类型", "纳税人资格", "增值税\n纳税人类型", "纳税人类型"),
    "western_region": ("western_region", "位于西部地区", "西部地区", "是否西部地区"),
    "revenue": ("revenue", "销售额", "*销售额", "营业收入", "销售额\r\n（不含税）", "销 售 额", "本期销售额", "销售额（必填）"),
    "taxable_income": ("taxable_income", "应纳税所得额", "所得额", "应纳税\n所得额", "＊应纳税所得额"),
    "employees": ("employees", "从业人数", "从业\n人数", "员工人数（人）", "从 业 人 数"),
    "assets": ("assets", "资产总额", "资 产 总 额", "资产总计", "资产总额【必填】"),
}  # fmt: skip
_MONEY = ("revenue", "taxable_income", "assets")
_SPELLED: dict[str, dict[str, tuple[str, ...]]] = {
    "vat_payer": {"small_scale": ("小规模纳税人", "小规模", "增值税小规模纳税人"), "general": ("一般纳税人", "一般", "general")},
    "western_region": {"true": ("是", "yes", "√", "有"), "false": ("否", "no", "无", "×")},
}  # fmt: skip
_ABSENT = ("", " ", "-", "—", "/", "N/A", "NULL", "不适用", "\u3000", "\xa0")
_NAMES = (
    "甲公司", "合肥合计科技有限公司", "总统咖啡馆", "附近便利店", "注册代理行", "说明书印刷厂", "上海第一页书店", "万元户商行", "共享单车行",
    "全年无休超市", "A&B, Ltd", "客户服务中心", "累计优惠店", "制表人广告社", "会计事务所", "*星级酒店", "第2页书屋", "小计数器厂", "备注文具店",
    "武威小吃（个体工商户）", "Total Energies", "Summit", "平均律琴行", "单位食堂", "2", "销售额咨询公司",
)  # fmt: skip
_TOTALS = (
    "合计",
    "总计",
    "小计",
    "合 计",
    "合计（{n}户）",
    "Total",
    "Ｔｏｔａｌ",
    "兰州地区小计：",
    "共计",
    "\xa0合计\xa0",
    "\u3000总计",
)
_NOTES = (
    "注：1.本表金额不含税。",
    "制表人：张三",
    "数据来源：申报系统",
    "※标为必填",
    "说明：以上为2024年数据",
    "备注：",
    "审核：李四",
    "单位负责人：王五",
)


class Clean(NamedTuple):
    """Businesses by the names of their facts, each value as the program writes it; '' where it is not known."""

    names: list[str]
    rows: list[dict[str, str]]


def clean(rng: random.Random) -> Clean:
    """A small table of which the period is stated in full."""
    names = [
        "revenue",
        *(
            name
            for name in ("taxable_income", "employees", "assets", "vat_payer", "western_region")
            if rng.random() < 0.7
        ),
    ]
    periods = [rng.choice(("2024", "2024-Q1", "2023-Q4", "2024-05")) for _ in range(2)]
    rows = []
    for number in range(rng.randrange(1, 7)):
        row = {"id": f"n{number}", "name": rng.choice(_NAMES), "when": rng.choice(periods)}
        for name in names:
            row[name] = "" if rng.random() < 0.2 else _value(rng, name)
        rows.append(row)
    return Clean(["id", "name", "when", *names], rows)


def _value(rng: random.Random, name: str) -> str:
    if name in _MONEY:
        fen = rng.choice((0, 100, 12_345, 30_000_000, 30_000_001, 120_000_000, rng.randrange(10**9)))
        return str(Decimal(-fen if name == "taxable_income" and rng.random() < 0.2 else fen) / 100)
    return str(rng.randrange(400)) if name == "employees" else rng.choice(list(_SPELLED[name]))


def spelled_period(rng: random.Random, text: str) -> str:
    year, _, part = text.partition("-")
    if not part:
        return rng.choice((year, f"{year}年", f"{year}年度", f"{year}-01-01至{year}-12-31"))
    if part[0] == "Q":
        last = int(part[1]) * 3
        first, end = f"{year}-{last - 2:02}-01", f"{year}-{last:02}-{'31' if last in (3, 12) else '30'}"
        return rng.choice(
            (
                text,
                f"{year}{part}",
                f"{year}年第{'一二三四'[int(part[1]) - 1]}季度",
                f"{year}年{part[1]}季度",
                f"{first}至{end}",
                f'="{year}{part}"',
            )
        )
    return rng.choice((text, f"{year}{part}", f"{year}年{int(part)}月", f"{year}/{int(part)}"))


def spelled_amount(rng: random.Random, text: str, scale: int) -> str:
    value = Decimal(text).scaleb(-scale)
    plain, size = f"{value:f}", abs(value)
    forms = [
        plain,
        f"{value:,f}",
        f" {plain} ",
        f'="{plain}"',
        f"{value:,f}".translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,."}),
    ]
    if value > 0:
        forms += [f"¥{value:,f}", f"￥ {plain}"]
    elif value < 0:
        forms += [f"({size:,f})", f"{size:f}-", f"¥({size:f})", f"（{size:f}）", f"−{size:f}"]
    else:
        forms += [" -   ", "¥ -"]
    return rng.choice(forms)


def dressed(rng: random.Random, table: Clean) -> list[list[str]]:
    """The same businesses as people have them in a table."""

    def some() -> bool:
        return rng.random() < 0.4

    order = rng.sample(table.names, len(table.names)) if some() else table.names
    scale, said = rng.choice(((0, ""), (0, "元"), (4, "万元"), (3, "千元")))
    above = scale and some()
    headings = {name: rng.choice(_HEADINGS[name]) for name in order}
    if scale and not above:
        headings |= {
            name: f"{headings[name].rstrip()}{rng.choice(('（{}）', '({})', '/{}')).format(said)}"
            for name in _MONEY
            if name in order
        }
    elif not scale and some():
        headings |= {name: f"{headings[name]}（元）" for name in _MONEY if name in order}
    rows = [[_cell(rng, name, row[name], scale) for name in order] for row in table.rows]
    sums = [_sum(name, table.rows, scale) for name in order]
    label = next(i for i, name in enumerate(order) if name in ("id", "name"))
    if some():
        at = rng.randrange(1, len(rows) + 1)
        total = list(sums)
        total[label] = rng.choice(_TOTALS).format(n=len(rows))
        if at < len(rows):
            total = [_sum(name, table.rows[:at], scale) for name in order]
            total[label] = "小计"
        rows.insert(at, total)
    if some():
        rows.insert(rng.randrange(len(rows) + 1), [headings[name] for name in order])
    if some():
        rows.insert(0, [str(i + 1) for i in range(len(order))])
    elif some():
        carried = list(sums)
        carried[label] = rng.choice(("承前页", "过次页", "转下页"))
        rows.append(carried)
    for _ in range(rng.randrange(3)):
        rows.append([rng.choice(_NOTES), *[""] * (len(order) - 1)])
    table_rows = [[headings[name] for name in order], *rows]
    if some():
        at = rng.randrange(len(order) + 1)
        table_rows = [[*row[:at], "", *row[at:]] for row in table_rows]
    if some():
        table_rows = [[*row, "", ""] for row in table_rows]
    if some():
        table_rows.insert(rng.randrange(1, len(table_rows) + 1), [""] * len(table_rows[0]))
    preamble = [
        [text]
        for text in ("2024年小微企业客户税费情况表", "编制单位：万元科技有限公司", "打印日期：2024-07-01")
        if some()
    ]
    if above:
        forms = (
            "单位：{}",
            "（单位：{}）",
            "金额单位：人民币{}",
            "客户情况表（{}）",
            "单位：{}人民币",
            "以{}为单位",
            "单位: 人民币 {}",
        )
        preamble.append([rng.choice(forms).format(said)])
    elif said == "元" and some():
        preamble.append(["单位：元"])
    width = len(table_rows[0]) if some() else 0
    return [*(row + [""] * (width - 1) for row in preamble), *table_rows]


def _cell(rng: random.Random, name: str, text: str, scale: int) -> str:
    if name in ("id", "name"):
        return text
    if name == "when":
        return spelled_period(rng, text)
    if not text:
        return rng.choice(_ABSENT)
    if name in _MONEY:
        return spelled_amount(rng, text, scale)
    return (
        rng.choice((text, *_SPELLED[name][text])) if name in _SPELLED else rng.choice((text, f"{text}人", f" {text}"))
    )


def _sum(name: str, rows: Sequence[dict[str, str]], scale: int) -> str:
    if name not in _MONEY:
        return ""
    return f"{sum((Decimal(row[name] or 0) for row in rows), Decimal(0)).scaleb(-scale):f}"


def as_text(rng: random.Random, rows: list[list[str]]) -> bytes:
    delimiter = rng.choice((",", "\t", ";", "|", "，"))
    file = io.StringIO()
    for row in rows:
        file.write(
            delimiter.join(
                f'"{c.replace(chr(34), chr(34) * 2)}"' if any(s in c for s in f'{delimiter}"\r\n,') else c for c in row
            )
            + rng.choice(("\n", "\r\n"))
        )
    text = file.getvalue()
    if delimiter != "，" and rng.random() < 0.3:
        text = f"sep={delimiter}\n{text}"
    encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16", "gb18030"))
    return text.encode(encoding)


def as_workbook(rng: random.Random, rows: list[list[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if rng.random() < 0.5:
        sheet.title = "参数"
        for row in (["名称", "销售额", "年度"], ["别的公司", "1", "2024"]):
            sheet.append(row)
        sheet.sheet_state = "hidden"
        sheet = book.create_sheet("客户")
        book.active = 1
    for row in rows:
        sheet.append([_held(rng, text) for text in row])
    if len(rows[0]) > 1 and not any(rows[0][1:]):
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[0]))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _held(rng: random.Random, text: str) -> Any:
    if text.startswith("="):
        return text[2:-1]
    try:
        return float(text) if text.isascii() and rng.random() < 0.7 and not text.isdigit() else text or None
    except ValueError:
        return text


def answers(content: bytes, engine: Callable[[], Any]) -> dict[str, list[str]] | InputError:
    """What is written of each business, by its id, beside its own cells, and for what rows are rejected."""
    try:
        feed, header, _ = Tables(io.BytesIO(content), "test", None, None).chosen(CATALOGUE, NOTHING_TOLD, None, None)
        computation = Computation(header, engine(), shipped_book(), "items", header.implied)
        out, refused = io.BytesIO(), io.StringIO()
        sink = CsvSink(AddedColumns(computation, "en"), out, excel=False)
        counts = run_batch(feed, computation, sink, Rejects("en", refused), 1)
    except InputError as error:
        return error
    assert not [said.key for said in counts.said if said.key == "total_differs"]
    title, *rows = csv.reader(io.StringIO(out.getvalue().decode(), newline=""))
    place = header.columns.index(next(column for column in header.columns if column.name == "id"))
    found = {
        row[place]: dict(zip(title[len(header.columns) :], row[len(header.columns) :], strict=True)) for row in rows
    }
    assert len(found) == len(rows)
    bad = list(csv.reader(io.StringIO(refused.getvalue(), newline="")))[1:]
    figures = {id: [f"{name}={text}" for name, text in row.items() if text] for id, row in found.items()}
    return figures | {row[1]: ["rejected"] for row in bad}


def plainly(table: Clean) -> bytes:
    """The clean form."""
    heading = ["period" if name == "when" else name for name in table.names]
    return "".join(
        f"{as_line(row)}\n" for row in (heading, *([row[n] for n in table.names] for row in table.rows))
    ).encode()


@settings(max_examples=10)
@given(seeds, st.sampled_from([as_text, as_workbook]))
def test_a_table_as_people_have_it_is_answered_as_its_clean_form(seed: int, written: Callable[..., bytes]) -> None:
    rng = random.Random(seed)
    table = clean(rng)
    expected = answers(plainly(table), Lists)
    content = written(rng, rows := dressed(rng, table))
    for engine in (Lists, Arrays):
        found = answers(content, engine)
        assert isinstance(found, InputError) or found == expected, (found, rows)


_CELLS = st.text(st.sampled_from(' \t\xa0\u3000\u2009",\r\n合计总页小Tｔol:：）)a1注附n甲'), max_size=6)


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=2), min_size=1, max_size=8), st.sampled_from(["", "\r"]))
def test_both_kinds_of_block_look_at_the_same_rows(rows: list[list[str]], returns: str) -> None:
    lines = [as_line(row) for row in rows]
    found = find_cells("".join(f"{line}{returns}\n" for line in lines).encode(), 2)
    if found is None or found[1] or any("\n" in line for line in lines):
        return
    grid, block = found[0], Rows(rows, [*range(len(rows))], lines)
    place = {int(number): row for row, number in enumerate(grid.numbers)}
    for column in (0, 1):
        looked = {*map(int, grid.lettered(column, "合总注Tｔ", "计页）：l"))}
        assert looked >= {place[row] for row in block.lettered(column, "合总注Tｔ", "计页）：l") if row in place}


def _run(content: str) -> dict[str, list[str]]:
    found = [answers(content.encode(), engine) for engine in (Lists, Arrays)]
    assert found[0] == found[1]
    assert not isinstance(found[0], InputError)
    return found[0]


@pytest.mark.parametrize(
    "row",
    [
        "汇总,,甲公司,100",  # how it files, not a row of totals
        "单独,,附近便利店,",
        "单独,,注册代理行,",
        "单独,,合肥合计科技有限公司,5",
        "单独,,总计划咨询公司,5",
        "1,,2,3",
        "单独,,甲公司,1",
        "单独,合1,合计,5",
    ],
)
def test_a_business_is_not_set_aside(row: str) -> None:
    head = "方式,id,名称,销售额,年度\n"
    rows = [f"{row},2024", "单独,x,乙公司,7,2024"]
    assert len(_run(head + "\n".join(rows) + "\n")) == 2


@pytest.mark.parametrize(
    "row",
    [
        "兰州地区合计（2户）,,300",
        "制造业小计：,,300",
        "ＴＯＴＡＬ,,300",
        "\xa0合计\xa0,,300",
        "ABC Subtotal,,300",
        "平均值,,150",
        ",转下页,300",
        ",合计,300",
        "栏次,甲,1,2,3",
        "注：1.本表不含税,,",
        "备注,,",
    ],
)
def test_a_row_that_is_no_business_is_set_aside(row: str) -> None:
    cells = f"{row},,,,".split(",")[:5]
    found = _run(f"名称,id,销售额,年度,人数\n甲,a,100,2024,5\n乙,b,200,2024,6\n{','.join(cells)}\n")
    assert set(found) == {"a", "b"}


@pytest.mark.parametrize(
    ("line", "yuan"),
    [
        ("单位：人民币 万元", 10_000),
        ("单位：万元人民币", 10_000),
        ("单位为万元", 10_000),
        ("金额以千元为单位", 1_000),
        ("计量单位:万元/人", 10_000),
        ("单位：RMB 千元", 1_000),
        ("2024年客户表（万元）", 10_000),
        ("注册资本（万元）：500", 1),
        ("注册资本（万元）,500", 1),
        ("编制单位：万元科技有限公司", 1),
        ("填表说明：手头是万元的，表头写（万元），整列即按万元读取", 1),
    ],
)
def test_the_unit_above_a_table(line: str, yuan: int) -> None:
    said = _run(f"{line}\nid,销售额,年度\na,100,2024\n")
    assert _figures(said["a"]) == _figures(_run(f"id,销售额,年度\na,{100 * yuan},2024\n")["a"])


@pytest.mark.parametrize(
    "table", ["id,销售额,年度,单位：万元\na,100,2024,\n", "id,销售额,年度\n单位：万元,,\na,100,2024\n"]
)
def test_a_unit_beside_or_below_the_heading_counts(table: str) -> None:
    assert _figures(_run(table)["a"]) == _figures(_run("id,销售额（万元）,年度\na,100,2024\n")["a"])


def _figures(said: list[str]) -> list[str]:
    return [one for one in said if "." in one.rpartition("=")[2]]


@pytest.mark.parametrize("mark", ["-", "/", "无", "N/A"])
def test_a_mark_of_absence_is_no_period(mark: str) -> None:
    assert _run(f"id,销售额,年度,所属期\na,100,2024,{mark}\n") == _run("id,销售额,年度,所属期\na,100,2024,\n")


@pytest.mark.parametrize("loss", ["(30)", "¥(30.00)", "30-", "-30", "(30万元)", "（30 万）", "-300000元"])
def test_a_loss_in_a_column_with_a_unit(loss: str) -> None:
    said = _run(f"id,应纳税所得额（万元）,销售额,年度\na,{loss},5,2024\n")
    assert said == _run("id,应纳税所得额（万元）,销售额,年度\na,-30,5,2024\n")


@pytest.mark.parametrize("cells", [16_384, 300])
def test_a_hostile_heading_is_looked_at_in_part(cells: int) -> None:
    rows = [[f"销{i}售{j}" for j in range(cells)] for i in range(5)] + [["名称", "销售额", "年度"]]
    assert find_heading(rows, CATALOGUE, "test", {}).row == 6


def test_a_row_to_carry_over_is_found_behind_figures() -> None:
    found = _run("销售额,西部地区,税号,年度\n100,是,a,2024\n100,无,转下页,\n100,-,合计,\n")
    assert set(found) == {"a"}
