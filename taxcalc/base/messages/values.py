"""What is wrong with one value: an amount, a number, a rate, a choice, a period, a month."""

from __future__ import annotations

VALUES: dict[str, tuple[str, str]] = {
    # ---- reading one value
    "value_empty": (
        "是空的；请填写，或删去这一项（未填报不等于零）",
        "it is empty; give a value or leave the fact out (not given is not zero)",
    ),
    "money_empty": ("是空的；请填写金额", "it is empty; write an amount"),
    "money_unreadable": (
        "“{value}”不是金额；请写成 1234.50、1,234.50、￥1,234.50、12万 或 1.2亿",
        "'{value}' is not an amount of money; write 1234.50, 1,234.50, ￥1,234.50, 12万 or 1.2亿",
    ),
    "money_decimals": (
        "“{value}”精确到了分以下；金额最多两位小数，请先按四舍五入取到分",
        "'{value}' goes below the fen; an amount has at most two decimals, so round it first",
    ),
    "money_exponent": (
        "“{value}”是科学计数法，可能已丢失尾数；请写出完整金额",
        "'{value}' is in scientific notation, which may have lost digits; write the amount in full",
    ),
    "money_not_a_number": (
        "“{value}”不是数；请填写金额，未知则删去这一项",
        "'{value}' is not a number; write the amount, or leave the fact out if it is unknown",
    ),
    "money_percent": (
        "“{value}”是百分比，此处需要金额",
        "'{value}' is a percentage; an amount of money is needed here",
    ),
    "money_currency": ("“{value}”不是人民币；请换算为人民币填写", "'{value}' is not in yuan; convert it to yuan first"),
    "money_separators": (
        "“{value}”的分隔符有歧义；千位用逗号、小数用句点，如 1,234.50",
        "the separators of '{value}' are ambiguous; write commas between thousands and one point, as in 1,234.50",
    ),
    "negative": ("“{value}”是负数，此项不能为负", "'{value}' is negative, which this fact cannot be"),
    "too_large": (
        "“{value}”超过上限 {limit}；请核对单位是否为元",
        "'{value}' is above the limit {limit}; check that the unit is yuan",
    ),
    "above_limit": ("“{value}”高于上限 {limit}", "'{value}' is above the limit {limit}"),
    "value_long": (
        "长度为 {length} 个字符，过长；请核对",
        "it has {length} characters, too many for a value; check it",
    ),
    "too_small": ("“{value}”低于下限 {limit}", "'{value}' is below the limit {limit}"),
    "number_unreadable": ("“{value}”不是数；请写成 80 或 288.75", "'{value}' is not a number; write 80 or 288.75"),
    "whole_unreadable": (
        "“{value}”不是整数；请用阿拉伯数字填写，如 12 或 {hint_year}",
        "'{value}' is not a whole number; write it in digits, as in 12 or {hint_year}",
    ),
    "number_whole": ("“{value}”不是整数", "'{value}' is not a whole number"),
    "number_decimals": ("“{value}”的小数超过 {places} 位", "'{value}' has more than {places} decimals"),
    "rate_unreadable": ("“{value}”不是比率；请写成 60%、0.6 或 3‰", "'{value}' is not a rate; write 60%, 0.6 or 3‰"),
    "rate_too_large": (
        "“{value}”大于100%；如意为百分之几，请写成 {percent}",
        "'{value}' is more than 100%; if a percentage is meant, write {percent}",
    ),
    "rate_fine": (
        "“{value}”太细；此比率最多写到万分之一个百分点",
        "'{value}' is too fine; this rate goes to a ten-thousandth of a per cent",
    ),
    "flag_unreadable": (
        "“{value}”不是“是”或“否”；请写 是/否 或 yes/no",
        "'{value}' is neither yes nor no; write yes/no or 是/否",
    ),
    "choice_unknown": (
        "“{value}”不在可选项内；请选择：{options}",
        "'{value}' is not one of the options; choose from {options}",
    ),
    "text_control": ("{value} 含有控制字符；请删去", "{value} contains control characters; remove them"),
    "text_long": ("长度为 {length} 个字符，最多 {limit} 个", "it has {length} characters, at most {limit} are allowed"),
    "period_unreadable": (
        "“{value}”不是所属期；请写成 {hint_year}、{hint_year}Q2、{hint_year}-04 或 {hint_year}年第二季度",
        "'{value}' is not a tax period; write {hint_year}, {hint_year}Q2 or {hint_year}-04",
    ),
    "period_odd": (
        "“{value}”不是一个月、一季或一年；请按月、季或年分开填写，如 {hint_year}-03、{hint_year}Q1、{hint_year}",
        "'{value}' is no month, quarter or year; give each by itself, as in {hint_year}-03, {hint_year}Q1 or {hint_year}",
    ),
    "period_serial": (
        "“{value}”是电子表格的日期序号（{day}）；请把该列设为日期，或写成 {written}",
        "'{value}' is the number of a date in a spreadsheet ({day}); make the column one of dates, or write {written}",
    ),
    "year_of_part": (
        "“{value}”是所属期，不是年度；请填在“所属期”，年度写 {year}",
        "'{value}' is a tax period, not a year; state it as the tax period, and {year} as the year",
    ),
    "period_from_inside": (
        "“{value}”不是一个月的首日；所属期起须为月初，如 {written}",
        "'{value}' is not the first day of a month, with which a tax period begins; write {written}",
    ),
    "period_to_inside": (
        "“{value}”不是一个月的末日；所属期止须为月末，如 {written}",
        "'{value}' is not the last day of a month, with which a tax period ends; write {written}",
    ),
    "month_unreadable": (
        "“{value}”不是月份；请写成 2024-05 或 2024-05-20",
        "'{value}' is not a month; write 2024-05 or 2024-05-20",
    ),
}
