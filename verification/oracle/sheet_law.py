"""The sheet of figures by quarter and by year, and the sheet to fill in."""

from __future__ import annotations

from . import vat_law
from .firm import Period
from .sheet import HEAD, Book, Page

LIMITS = (
    "本表供核对之用，不代替申报。Everything here is computed by the formulas you can see; nothing is filed.",
    "范围：整年、按季申报、金额均不含税；无差额扣除、无预缴。2020年第1季度超过30万元的不适用（仅3月有1%，须分月核对）。"
    " Scope: a whole year, quarterly filing, amounts net of VAT; no differential deductions, no prepayment."
    " Not for a first quarter of 2020 above 300,000 (only March had 1%, which takes months).",
    "电子表格用二进制小数：每个申报行都用 ROUND(…,2)；超过一千亿元、或半分恰好由很长的乘积产生时可能差一分。"
    " Spreadsheets calculate in binary fractions: every line of a return is ROUND(…,2); above some hundred billion"
    " yuan, or where a long product ends on exactly half a fen, a fen may differ.",
    "不适用的金额填 0，选择项用下拉列表。Enter 0 for amounts that do not apply; pick choices from the lists.",
)


def law(book: Book) -> None:
    """Figures by quarter (rows 3 to 38) and by year (rows 43 to 51)."""
    sheet = book.book.create_sheet("Law 参数")
    sheet.append(["小规模纳税人增值税（按季） VAT of small-scale payers by quarter"])
    sheet.append(
        ["季 Quarter", "标准 Threshold", "含本数 At it exempt", "3%全免 All 3% exempt", "低率 Reduced", "高率 5% items"]
    )
    for year in range(2019, 2028):
        for quarter in range(1, 5):
            period = Period(year, 3 * quarter - 2, 3 * quarter)
            limit = vat_law.threshold(period)
            reduced = 0.01 if (year, quarter) != (2020, 1) and vat_law.one_percent(period) else 0.03
            flags = int(vat_law.under(limit, period)), int(vat_law.all_three_percent_sales_exempt(period))
            sheet.append([year * 10 + quarter, limit / 100, *flags, reduced, vat_law.five_percent_rate(period) / 100])
    sheet.append([])
    sheet.append(["财税〔2019〕13号；公告2020年13号、2021年11号、2022年15号、2023年1号、2023年19号、2026年10号"])
    sheet.append(["所得税（按年） Income tax by year"])
    heading = ["年 Year", "≤100万计入 Counted to 1m", "其余计入 Counted above", "西部占比 West share", "研发 R&D other"]
    heading += [
        "制造业 Makers",
        "科技中小 Tech SME",
        "清单 Listed",
        "个体减半上限 Halving limit",
        "六税扩围 Halving for all",
    ]
    sheet.append(heading)
    for year in range(2019, 2028):
        first = 0.125 if year in (2021, 2022) else 0.25
        rest = 0.5 if year <= 2021 else 0.25
        other = 0.75 if year <= 2021 else 0.8125 if year == 2022 else 1
        makers, tech = 1 if year >= 2021 else 0.75, 1 if year >= 2022 else 0.75
        limit = 0 if year <= 2020 else 1_000_000 if year <= 2022 else 2_000_000
        listed = 1.2 if year >= 2023 else 0
        share = 0.6 if year >= 2021 else 0.7
        sheet.append([year, first, rest, share, other, makers, tech, listed, limit, int(year >= 2022)])
    sheet.append(
        ["财税〔2019〕13号；公告2021年12号、2022年10号、13号、16号、28号、2023年6号、7号、12号、44号；公告2020年23号"]
    )
    for row in (2, 42):
        for cell in sheet[row]:
            cell.fill = HEAD
    for column in "ABCDEFGHIJ":
        sheet.column_dimensions[column].width = 22


def quarter(column: int) -> str:
    """Formula of a figure of the quarter's law, by column of the table."""
    return f"VLOOKUP([quarter],'Law 参数'!$A$3:$F$38,{column},FALSE)"


def yearly(column: int) -> str:
    """Formula of a figure of the year's law, by column of the table."""
    return f"VLOOKUP([year],'Law 参数'!$A$42:$J$51,{column},FALSE)"


def inputs(book: Book) -> None:
    """Everything that is filled in."""
    page = Page(book, "Inputs 输入", "税费优惠核对表 Check of tax and fee reliefs")
    for text in LIMITS:
        page.say(text)
    yes = "yes,no"
    page.section("纳税人 Taxpayer")
    page.enter("year", "年度", "Year, 2019 to 2027", 2023)
    page.enter("taxpayer", "类别", "Kind", "enterprise", "enterprise,individual_business")
    page.enter("vat_payer", "增值税纳税人", "VAT payer", "small_scale", "small_scale,general")
    page.enter("place", "所在地", "Place", "city", "city,county,other")
    page.enter(
        "small_low_profit_status", "上次汇算为小型微利企业", "Small low-profit at the last settlement", "no", yes
    )
    page.section("各季（C至F列为第1至第4季度） Quarters in columns C to F")
    for name, zh, en in (
        ("revenue", "全部销售额（不含税）", "All sales, net of VAT"),
        ("special_invoice_sales", "其中：1%专用发票", "of which special invoices at 1%"),
        ("special_invoice_sales_full_rate", "其中：3%专用发票", "of which special invoices at 3%"),
        ("five_percent_sales", "其中：5%征收率项目", "of which 5% items"),
        ("real_estate_sales", "其中：销售不动产", "of which real estate sold"),
        ("output_vat", "一般纳税人：销项税额", "General payer: output VAT"),
        ("input_vat", "一般纳税人：进项税额", "General payer: input VAT"),
    ):
        page.enter(name, zh, en, 0.0, quarterly=True)
    page.enter("vat_credit", "期初留抵税额", "VAT credit brought forward", 0.0)
    page.section("小税种 Small taxes")
    for name, zh, en in (
        ("property", "房产税", "Property tax"),
        ("land_use", "城镇土地使用税", "Urban land use tax"),
        ("stamp", "印花税", "Stamp duty"),
    ):
        page.enter(f"{name}_tax_due", f"{zh}应纳税额", f"{en} due", 0.0)
        page.enter(f"{name}_tax_relief", f"{zh}其他减免", f"{en}: other relief", 0.0)
    page.section("所得税 Income tax")
    page.enter(
        "taxable_income", "应纳税所得额（加计扣除、弥补亏损前）", "Taxable income before R&D deduction and losses", 0.0
    )
    page.enter("loss_brought_forward", "可弥补以前年度亏损", "Prior losses", 0.0)
    page.enter("employees", "从业人数（平均）", "Employees, average", 1)
    page.enter("assets", "资产总额（平均）", "Total assets, average", 0.0)
    page.enter("encouraged_income_share", "鼓励类收入占比", "Share of encouraged income, such as 0.6", 0)
    page.enter("income_tax_relief", "经营所得其他减免", "Individual business: other relief", 0.0)
    for name, zh, en in (
        ("restricted_industry", "限制或禁止行业", "Restricted industry"),
        ("western_region", "位于西部地区", "In the western region"),
        ("encouraged_industry", "属鼓励类产业", "Encouraged industry"),
        ("high_tech", "高新技术企业", "High-tech certificate"),
        ("audited_collection", "查账征收", "Taxed on accounts"),
        ("negative_list_industry", "加计扣除负面清单行业", "On the R&D negative list"),
        ("manufacturing", "制造业", "Manufacturer"),
        ("tech_sme", "科技型中小企业", "Technology SME"),
        ("rd_listed", "集成电路、工业母机清单企业", "On the chip or machine-tool list"),
    ):
        page.enter(name, zh, en, "yes" if name == "audited_collection" else "no", yes)
    page.section("研发费用 R&D")
    for name, zh, en in (
        ("rd_expensed", "费用化（自行研发）", "Expensed, own"),
        ("rd_other_costs", "其他相关费用", "Other related costs"),
        ("rd_entrusted_domestic", "委托境内", "Entrusted at home"),
        ("rd_entrusted_overseas", "委托境外", "Entrusted abroad"),
        ("rd_amortisation", "无形资产本年摊销", "Amortisation this year"),
        ("rd_special_income", "特殊收入等冲减", "Special income"),
    ):
        page.enter(name, zh, en, 0.0)
