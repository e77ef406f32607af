"""The sheets of VAT, of the surcharges and of the small taxes."""

from __future__ import annotations

from .sheet import Book, Page
from .sheet_law import quarter, yearly


def vat(book: Book) -> None:
    """VAT of each quarter."""
    page = Page(book, "VAT 增值税", "增值税 Value-added tax", quarterly=True)

    def row(name: str, zh: str, en: str, formula: str, source: str = "", **more: str) -> None:
        page.work(name, zh, en, formula, source, True, **more)

    row("quarter", "季", "Quarter", "[year]*10+COLUMN()-2", form="0")
    row(
        "threshold",
        "起征（免税）标准",
        "Threshold",
        quarter(2),
        "财税〔2019〕13号；公告2021年11号、2023年1号、2023年19号；2026年10号",
    )
    row(
        "at_it",
        "等于标准也免（1是）",
        "Exempt at exactly the threshold (1 = yes)",
        quarter(3),
        "2026年起达到即征 taxed at it from 2026",
        form="0",
    )
    row("full", "3%项目全免（1是）", "All 3% sales exempt (1 = yes)", quarter(4), "公告2022年15号", form="0")
    row(
        "low",
        "减征后征收率",
        "Reduced rate",
        quarter(5),
        "公告2020年13号、2023年1号、2023年19号；2026年10号",
        form="0%",
    )
    row("high", "5%项目征收率", "Rate of 5% items", quarter(6), "2026年10号", form="0%")
    row(
        "plain",
        "3%项目（不含专票）",
        "3% sales without special invoices",
        "ROUND([revenue]-[special_invoice_sales]-[special_invoice_sales_full_rate]-[five_percent_sales]-[real_estate_sales],2)",
    )
    row("rest", "不含销售不动产的销售额", "Sales without real estate sold", "ROUND([revenue]-[real_estate_sales],2)")
    row(
        "all_exempt",
        "全部未超标准",
        "All within the threshold",
        "IF(OR([revenue]<[threshold],AND([revenue]=[threshold],[at_it]=1)),1,0)",
        form="0",
    )
    row(
        "rest_exempt",
        "不含不动产未超标准（2025年及以前）",
        "Within it without real estate (to 2025)",
        "IF(OR([all_exempt]=1,AND([year]<=2025,[rest]<=[threshold])),1,0)",
        "国家税务总局公告2019年4号、2021年5号、2023年1号第一条",
        form="0",
    )
    row(
        "small_before",
        "小规模：优惠前税额",
        "Small-scale: tax without reliefs",
        "ROUND(([plain]+[special_invoice_sales]+[special_invoice_sales_full_rate])*3%+([five_percent_sales]+[real_estate_sales])*[high],2)",
    )
    row(
        "taxed_plain",
        "应税的3%项目",
        "3% sales that are taxed",
        "IF(OR([rest_exempt]=1,[full]=1),0,[plain])+[special_invoice_sales]",
    )
    row("taxed_five", "应税的5%项目", "5% items that are taxed", "IF([rest_exempt]=1,0,[five_percent_sales])")
    row(
        "taxed_estate", "应税的销售不动产", "Real estate sold that is taxed", "IF([all_exempt]=1,0,[real_estate_sales])"
    )
    row(
        "small_full",
        "小规模：本期应纳税额（减征前）",
        "Small-scale: due before the reduction",
        "ROUND(([taxed_plain]+[special_invoice_sales_full_rate])*3%+([taxed_five]+[taxed_estate])*[high],2)",
    )
    row(
        "small_off",
        "小规模：本期应纳税额减征额",
        "Small-scale: reduction",
        "ROUND([taxed_plain]*(3%-[low]),2)",
        "国家税务总局公告2020年5号三",
    )
    row("small_after", "小规模：应纳税额", "Small-scale: to pay", "ROUND([small_full]-[small_off],2)")
    row(
        "left",
        "一般纳税人：销项－进项－留抵",
        "General: output − input − credit",
        "ROUND([output_vat]-[input_vat]-MAX(-[left@prev],0),2)",
        first="ROUND([output_vat]-[input_vat]-[vat_credit],2)",
    )
    row("vat_before", "优惠前增值税", "VAT without reliefs", 'IF([vat_payer]="general",MAX([left],0),[small_before])')
    row("vat_after", "应缴增值税", "VAT to pay", 'IF([vat_payer]="general",MAX([left],0),[small_after])')


def surcharges(book: Book) -> None:
    """Urban construction tax and the education surcharges of each quarter."""
    page = Page(book, "Surcharges 附加", "附加税费 Surcharges", quarterly=True)

    def row(name: str, zh: str, en: str, formula: str, source: str = "", **more: str) -> None:
        page.work(name, zh, en, formula, source, True, **more)

    who = (
        '[vat_payer]="small_scale",AND('
        + yearly(10)
        + '=1,OR([taxpayer]="individual_business",[small_low_profit_status]="yes"))'
    )
    row(
        "half",
        "六税两费减半（1是）",
        "Six taxes and two fees halved (1 = yes)",
        f"IF(OR({who}),1,0)",
        "财税〔2019〕13号三；公告2022年10号；2023年12号二",
        form="0",
    )
    row(
        "rate_urban",
        "城建税税率",
        "Urban construction tax rate",
        'IF([place]="city",7%,IF([place]="county",5%,1%))',
        "城建税法四 art. 4",
        form="0%",
    )
    row(
        "education_exempt",
        "教育费附加免征（1是）",
        "Education surcharges exempt (1 = yes)",
        "IF([revenue]<=300000,1,0)",
        "财税〔2016〕12号",
        form="0",
    )
    for name, zh, en, rate in (
        ("urban", "城市维护建设税", "Urban construction tax", "[rate_urban]"),
        ("education", "教育费附加", "Education surcharge", "3%"),
        ("local", "地方教育附加", "Local education surcharge", "2%"),
    ):
        row(f"{name}_before", f"{zh}：优惠前", f"{en} without reliefs", f"ROUND([vat_before]*{rate},2)")
        due = f"ROUND([vat_after]*{rate},2)"
        row(f"{name}_due", f"{zh}：应纳", f"{en} due", due if name == "urban" else f"IF([education_exempt]=1,0,{due})")
        row(f"{name}_after", f"{zh}：应缴", f"{en} to pay", f"ROUND([{name}_due]-[half]*ROUND([{name}_due]*50%,2),2)")


def small_taxes(book: Book) -> None:
    """Property tax, land use tax and stamp duty."""
    page = Page(book, "Small 小税种", "小税种 Small taxes")
    for name, zh, en in (
        ("property", "房产税", "Property tax"),
        ("land_use", "城镇土地使用税", "Urban land use tax"),
        ("stamp", "印花税", "Stamp duty"),
    ):
        page.work(
            f"{name}_left",
            f"{zh}：其他减免后",
            f"{en} after other relief",
            f"ROUND([{name}_tax_due]-[{name}_tax_relief],2)",
            "先扣其他减免 other relief first",
        )
        page.work(
            f"{name}_after",
            f"{zh}：应缴",
            f"{en} to pay",
            f"ROUND([{name}_left]-[half]*ROUND([{name}_left]*50%,2),2)",
            "财税〔2019〕13号四；2023年12号四",
        )
