"""The sheets of corporate and individual income tax, and the summary."""

from __future__ import annotations

from .sheet import RESULT, Book, Page, Place
from .sheet_law import yearly


def corporate(book: Book) -> None:
    """R&D deduction, conditions of each regime, the least tax."""
    page = Page(book, "CIT 企业所得税", "企业所得税 Corporate income tax")
    row = page.work
    row(
        "other_allowed",
        "其他相关费用限额内",
        "Other costs within the limit",
        "MIN([rd_other_costs],ROUND([rd_expensed]/9,2))",
        "国家税务总局公告2021年28号",
    )
    row(
        "domestic",
        "境内合计（委托按80%）",
        "At home, entrusted at 80%",
        "ROUND([rd_expensed]+[other_allowed]+ROUND([rd_entrusted_domestic]*80%,2),2)",
        "财税〔2015〕119号",
    )
    row(
        "abroad",
        "委托境外（80%，不超过境内三分之二）",
        "Abroad: 80%, at most 2/3 of home",
        "MIN(ROUND([rd_entrusted_overseas]*80%,2),ROUND([domestic]*2/3,2))",
        "财税〔2018〕64号",
    )
    row("rd_base", "加计基数", "Base", "MAX(ROUND([domestic]+[abroad]+[rd_amortisation]-[rd_special_income],2),0)")
    rate = f'IF([year]>=2023,IF([rd_listed]="yes",{yearly(8)},{yearly(5)}),'
    rate += f'MAX({yearly(5)},IF([manufacturing]="yes",{yearly(6)},0),IF([tech_sme]="yes",{yearly(7)},0)))'
    row(
        "rd_rate",
        "加计比例",
        "Rate",
        rate,
        "财税〔2018〕99号；公告2021年13号、2022年16号、28号、2023年7号、44号",
        form="0.00%",
    )
    row(
        "rd_extra",
        "加计扣除额",
        "Extra deduction",
        'IF(AND([audited_collection]="yes",[negative_list_industry]="no"),ROUND([rd_base]*[rd_rate],2),0)',
    )
    row("plain_income", "不加计的所得", "Income without it", "MAX(ROUND([taxable_income]-[loss_brought_forward],2),0)")
    row(
        "income",
        "应纳税所得额",
        "Taxable income",
        "MAX(ROUND([taxable_income]-[rd_extra]-[loss_brought_forward],2),0)",
        "加计扣除后再核对300万元 the limit is tested after the deduction",
    )
    row("standard", "25%", "Statutory 25%", "ROUND([income]*25%,2)")
    row(
        "is_small",
        "小型微利（1是）",
        "Small low-profit (1 = yes)",
        'IF(AND([income]<=3000000,[employees]<=300,[assets]<=50000000,[restricted_industry]="no"),1,0)',
        "财税〔2019〕13号二；公告2023年12号三",
        form="0",
    )
    row(
        "small_off_cit",
        "小型微利减免额",
        "Small low-profit relief",
        f"ROUND([income]*25%-(MIN([income],1000000)*{yearly(2)}+MAX([income]-1000000,0)*{yearly(3)})*20%,2)",
    )
    row(
        "is_west",
        "西部鼓励类（1是）",
        "Western region (1 = yes)",
        f'IF(AND([western_region]="yes",[encouraged_industry]="yes",[encouraged_income_share]>={yearly(4)}),1,0)',
        "财税〔2011〕58号；公告2020年23号",
        form="0",
    )
    row("fifteen_off", "15%减免额", "Relief at 15%", "ROUND([income]*10%,2)", "企业所得税法28条 CIT law art. 28")
    row("cit_before", "优惠前", "Without reliefs", 'IF([taxpayer]="enterprise",ROUND([plain_income]*25%,2),0)')
    row(
        "cit_after",
        "应缴（取最低）",
        "To pay: the least",
        'IF([taxpayer]="enterprise",ROUND([standard]-MAX(IF([is_small]=1,[small_off_cit],0),IF(OR([is_west]=1,[high_tech]="yes"),[fifteen_off],0)),2),0)',
        "财税〔2009〕69号二",
    )


def table(income: str) -> str:
    """Formula of the tax on business income by the table of five brackets."""
    parts = (
        f"IF({income}<=30000,5%*{income},IF({income}<=90000,10%*{income}-1500,IF({income}<=300000,20%*{income}-10500,"
    )
    return f"ROUND({parts}IF({income}<=500000,30%*{income}-40500,35%*{income}-65500)))),2)"


def individual(book: Book) -> None:
    """Full tax, other relief, half of the tax within the limit."""
    page = Page(book, "IIT 个人所得税", "个体工商户经营所得 Business income of individual businesses")
    row = page.work
    row("business", "应纳税所得额", "Taxable income", "MAX(ROUND([taxable_income]-[loss_brought_forward],2),0)")
    row("full_tax", "全额税", "Full tax", table("[business]"), "个人所得税法税率表二")
    row(
        "within",
        "减半上限以内的所得",
        "Income within the limit",
        f"MIN([business],{yearly(9)})",
        "公告2021年12号；2023年12号一",
    )
    row("within_tax", "其税额", "Tax on it", table("[within]"))
    row(
        "halving",
        "减半额",
        "Halving relief",
        "IF([business]=0,0,MAX(ROUND(([within_tax]-[income_tax_relief]*[within]/[business])*50%,2),0))",
        "国家税务总局公告2023年12号",
    )
    row("iit_before", "优惠前", "Without reliefs", 'IF([taxpayer]="individual_business",[full_tax],0)')
    row(
        "iit_after",
        "应缴",
        "To pay",
        'IF([taxpayer]="individual_business",ROUND([full_tax]-[income_tax_relief]-[halving],2),0)',
    )


LEVIES = (
    ("vat", "增值税", "Value-added tax", "vat_before", "vat_after"),
    ("urban_construction", "城市维护建设税", "Urban construction tax", "urban_before", "urban_after"),
    ("education_surcharge", "教育费附加", "Education surcharge", "education_before", "education_after"),
    ("local_education_surcharge", "地方教育附加", "Local education surcharge", "local_before", "local_after"),
    ("property", "房产税", "Property tax", "property_tax_due", "property_after"),
    ("land_use", "城镇土地使用税", "Urban land use tax", "land_use_tax_due", "land_use_after"),
    ("stamp", "印花税", "Stamp duty", "stamp_tax_due", "stamp_after"),
    ("corporate_income", "企业所得税", "Corporate income tax", "cit_before", "cit_after"),
    ("individual_income", "个人所得税", "Individual income tax", "iit_before", "iit_after"),
)


def total(place: Place) -> str:
    """A yearly figure: four quarters added up, or the one cell."""
    if place.quarterly:
        return f"ROUND(SUM('{place.sheet}'!C{place.row}:F{place.row}),2)"
    return place.cell("C")


def summary(book: Book) -> None:
    """Each levy without reliefs, saved, to pay; the id of the levy in column H."""
    page = Page(book, "Summary 汇总", "汇总 Summary")
    sheet = page.sheet
    for column, text in zip("CDE", ("优惠前 Without reliefs", "减免 Saved", "应缴 To pay"), strict=True):
        sheet[f"{column}2"] = text
    for id, zh, en, before, after in LEVIES:
        row = sheet.max_row + 1
        sheet.append(
            [zh, en, "=" + total(book.places[before]), f"=ROUND(C{row}-E{row},2)", "=" + total(book.places[after])]
        )
        sheet[f"H{row}"] = id
        for column in "CDE":
            sheet[f"{column}{row}"].number_format = "#,##0.00"
    last = sheet.max_row
    sheet.append(["合计", "Total", *(f"=ROUND(SUM({column}3:{column}{last}),2)" for column in "CDE")])
    for cell in sheet[sheet.max_row]:
        cell.fill, cell.number_format = RESULT, "#,##0.00"
