"""What is said of the columns of a table: their headings and units, rows set aside, marks in cells, sheets."""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, str]] = {
    # ---- the columns of a table
    "columns_unknown": (
        "以下列未识别，原样保留：{titles}",
        "these columns are no facts and are passed through: {titles}",
    ),
    "column_unknown_near": (
        "第{column}列“{title}”未识别，原样保留；是否指 {near}？",
        "column {column} '{title}' is no known fact; it is passed through. Did you mean {near}?",
    ),
    "column_twice": (
        "{source}：第{first}列“{one}”与第{second}列“{other}”都是 {label}；请看哪一列对，另一列不读："
        '加 --pass "{other}"（或 --pass "{one}"）',
        "{source}: column {first} '{one}' and column {second} '{other}' are both: {label}. See which is right, and leave "
        'the other out: add --pass "{other}" (or --pass "{one}")',
    ),
    "column_twice_alike": (
        "{source}：第{first}列与第{second}列的标题都是“{one}”，都是 {label}；请删去或改名其中一列",
        "{source}: columns {first} and {second} are both headed '{one}', and both are: {label}. Delete or rename one of them",
    ),
    "header_missing": (
        "{source}：前几行中没有表头：没有一行写着各列项目的名称（第一行是：{titles}）；请用 --header-row 行号 指明，"
        "用 --map 标题=项目 说明列；报表、账簿、流水不是一行一户，请用 taxcalc template 生成表格后填写",
        "{source}: no heading is found: none of the first rows names the facts of its columns (the first is: {titles}); "
        "say where it is with --header-row N, what a column is with --map HEADING=fact; a statement or a ledger has no row "
        "for each business: begin with 'taxcalc template'",
    ),
    "header_row": (
        "{source}：第 {row} 行没有表头；--header-row 须是前 {rows} 行中有文字的一行",
        "{source}: there is no heading in row {row}; --header-row takes a row among the first {rows} that has text",
    ),
    "header_sideways": (
        "{source}：表格是横放的：项目（{titles}）上下写在一列；请在表格软件中复制后“选择性粘贴→转置”，使一行一户",
        "{source}: the table lies on its side: the facts ({titles}) stand in one column; copy it and paste it "
        "transposed in the spreadsheet, so that each row is a business",
    ),
    "units_differ": (
        "{source}：表头上方写有不同的单位：{units}；请在各列标题中写明单位，如 销售额（万元）",
        "{source}: different units stand above the heading: {units}; write them in the headings, "
        "for instance 销售额（万元）",
    ),
    "columns_bare": (
        "{titles}：按各该期销售额（不含税）读取",
        "{titles}: read as the sales of these periods, net of VAT",
    ),
    "heading_not_there": (
        "表中没有标题为“{heading}”的列；现有：{titles}",
        "no column is headed '{heading}'; there are {titles}",
    ),
    "second_heading": (
        "第 {row} 行（{text} …）又是一个表头，列的含义与上面不同；请把这一段另存为一张表，分别测算",
        "row {row} ({text} …) is another heading, with columns of its own; save that part as a table of its own",
    ),
    "row_nameless": (
        "名称、编号都空白，不知是哪一户；若与上一行相同（合并过的单元格），请取消合并并向下填充；若是合计，请在名称列写“合计”；"
        "若另是一户，请填名称",
        "it has neither a name nor an identifier; if they are those of the row above (merged cells), unmerge them and fill "
        "down; if it is a total, write 'total' as its name; if it is another business, name it",
    ),
    "unit_below": (
        "第 {row} 行写着“{text}”，而金额是按{unit}读取的；请在各金额列的标题中写明单位，如 销售额（{stated}），或删去这一行",
        "row {row} says '{text}', but amounts are read as {unit}; write the unit in the headings, for instance "
        "销售额（{stated}）, or delete that row",
    ),
    "row_is_aside": (
        "第 {row} 行（{text}）不是企业（合计、附注或表头），没有可测算的资料",
        "row {row} ({text}) is no business but a total, a note or a heading",
    ),
    "aside_total": ("第 {rows} 行是合计，未计入（{count} 行）", "set aside, being totals: {count} rows ({rows})"),
    "aside_subtotal": ("第 {rows} 行是小计，未计入（{count} 行）", "set aside, being subtotals: {count} rows ({rows})"),
    "aside_carried": (
        "第 {rows} 行是承前页或过次页，未计入（{count} 行）",
        "set aside, being carried over between pages: {count} rows ({rows})",
    ),
    "aside_note": (
        "第 {rows} 行是附注、签署或平均数，未计入（{count} 行）",
        "set aside, being notes or means: {count} rows ({rows})",
    ),
    "aside_heading": (
        "第 {rows} 行是重复的表头或栏次，未计入（{count} 行）",
        "set aside, being the heading once more: {count} rows ({rows})",
    ),
    "aside_sample": (
        "第 {rows} 行是填写示例，未计入（{count} 行）",
        "set aside, being samples of how to fill in: {count} rows ({rows})",
    ),
    "aside_other_period": (
        "第 {rows} 行属于其他所属期，未计入（{count} 行）",
        "set aside, being of other periods: {count} rows ({rows})",
    ),
    "row_other_period": ("本行不属于 {period}", "this row is not of {period}"),
    "figure_of_year": (
        "“{title}”是全年数，不能用于 {period}；请加一列该期的数，如“{title}{part}”，没有填 0",
        "'{title}' is a figure of the year, of no use for {period}; add a column '{title} {part}', 0 for none",
    ),
    "columns_of_the_year": (
        "以下列是全年数，不用于 {period}：{titles}；需要时请加该期的列，如“销售额{part}”“截至{part}累计应纳税所得额”",
        "these columns are of the whole year and not used for {period}: {titles}; add columns of the period where "
        "they are needed, such as 'revenue {part}'",
    ),
    "columns_to_date": (
        "以下列是年度中间的累计数，不是全年数，未使用：{titles}；测算该期请加 --period，如 --period 2025Q2",
        "these columns are figures to a date within the year and are not used: {titles}; add --period, "
        "such as --period 2025Q2, to assess that period",
    ),
    "column_by_cells": (
        "“{title}”列按其内容读作 {label}",
        "column '{title}' is read, by what stands in it, as: {label}",
    ),
    "columns_gross": (
        "{source}：{gross} 为含税金额，{net} 未写含税；请统一，或在标题中写明（不含税）后分开测算",
        "{source}: {gross} include VAT, {net} do not say so; make them alike, or assess them apart",
    ),
    "columns_read_gross": ("{titles}：按含税金额换算为不含税", "{titles}: taken as including VAT, and converted"),
    "columns_read_own": (
        "{titles}：按各季当季数读入；如为本年累计数，请在标题中注明“累计”，并只留最近一季",
        "{titles}: taken as the amounts of each quarter alone; if they are to date, say so in the heading (累计, to date) and "
        "keep the last one",
    ),
    "column_unclaimed": (
        '第{column}列“{title}”可能是 {label}，但不能确定：若是，请加 --map "{title}={name}"；若不是，请加 --pass "{title}"',
        'column {column} \'{title}\' may be: {label}. If it is, add --map "{title}={name}"; if not, --pass "{title}"',
    ),
    "column_to_date": (
        "第{column}列“{title}”是累计数，而 {label} 须填本期数；请改填本期数，"
        '若所属期就是整个累计期间，请加 --map "{title}={name}"，若不是此项，请加 --pass "{title}"',
        "column {column} '{title}' adds up since January, and {label} is of the period alone; write that, or, if the tax period "
        'is the whole time, add --map "{title}={name}"; if it is something else, --pass "{title}"',
    ),
    "period_apart": (
        "第{column}列“{title}”写的是哪个月或哪一季，而所属期只由年度确定；请合成一列“所属期”（如 {hint_year}-03、{hint_year}Q1），"
        '若与所属期无关，请加 --pass "{title}"',
        "column {column} '{title}' says which month or quarter, and the tax period is taken from the year alone; write both "
        "in one column 'Tax period' (as {hint_year}-03 or {hint_year}Q1), or, if it is something else, add --pass \"{title}\"",
    ),
    "mark_absent": (
        "“{column}”列：{count} 处 {texts} 按空白（未知）处理；没有请填 0",
        "column '{column}': {count} cells ({texts}) are taken as empty (not known); write 0 where there is none",
    ),
    "mark_zero": (
        "“{column}”列：{count} 处会计格式的 {texts} 按 0 读取",
        "column '{column}': {count} dashes of accounting ({texts}) are read as 0",
    ),
    "cell_formula": (
        "{formula} 是公式，但文件中没有它的计算结果；请用 Excel 或 WPS 打开并保存，再读取",
        "{formula} is a formula of which the file holds no result; open the file in a spreadsheet, save it, read it again",
    ),
    "cell_error": (
        "{error} 是电子表格的错误值；请在表中改正公式，或填入数值",
        "{error} is an error of the spreadsheet; mend the formula there, or write the figure",
    ),
    "mark_rounded": (
        "“{column}”列：{count} 个数值精确到分以下，已四舍五入到分",
        "column '{column}': {count} figures finer than a fen are rounded to it",
    ),
    "cells_untitled": (
        "第 {column} 列没有标题，其中 {count} 格有内容，未读取；如是要用的资料，请写上标题",
        "column {column} has no heading; {count} cells with something in them are not read: if they matter, head the column",
    ),
    "mark_scaled": (
        "“{column}”列：{count} 个数值的显示格式以千或万为单位，按单元格的实际数值读取",
        "column '{column}': {count} figures are shown in thousands or so; they are read as the cells hold them",
    ),
    "rows_are_entries": (
        "从这些列看，每行是一笔交易、凭证或一张发票，不是一户：{titles}；请先按户（和所属期）汇总后再测算；若确是一行一户，请加 --pass-unknown",
        "by these columns each row is an entry or an invoice, not a business: {titles}; add them up by business and period first, or add --pass-unknown if each row is a business all the same",
    ),
    "strict_doubted": (
        "有存疑之处会影响税额，按 --strict 未输出任何结果；请先核对，或去掉 --strict",
        "what is doubted touches a tax, and with --strict nothing is written; look into it first, or leave --strict out",
    ),
    "no_amounts": (
        "没有一列是可据以计税的金额或数量（如 销售额、应纳税所得额、从业人数），各行只能列出尚缺资料；请用 --map 标题=项目 指明，或每户一行补充这些列",
        "no column is an amount or a number that a tax is computed from (such as revenue, taxable_income, employees), so that each row can only tell what it lacks; name one with --map HEADING=fact, or add such columns, a business a row",
    ),
    "rows_hidden": (
        "第 {rows} 行在表中是隐藏的（筛选或手动隐藏），也已计入（{count} 行）；不要计入的请删去",
        "hidden in the sheet, by a filter or by hand, and counted all the same: {count} rows ({rows}); delete what is not to count",
    ),
    "columns_hidden": (
        "表中隐藏的列也已读取：{columns}；不要读取的请删去",
        "columns that are hidden in the sheet were read too: {columns}; delete what is not to be read",
    ),
    "sheets_passed": (
        "未读取的工作表（隐藏、空白或没有表头）：{sheets}",
        "sheets not read (hidden, empty or without a heading): {sheets}",
    ),
    "sheets_several": (
        "{path}：有几张工作表含资料：{sheets}；请用 --sheet 名称 选一张，或 --sheet all 依次读取",
        "{path}: several sheets hold facts: {sheets}; choose one with --sheet NAME, or read all with --sheet all",
    ),
    "sheet_missing": (
        "{path}：没有工作表“{sheet}”；现有：{sheets}",
        "{path}: there is no sheet '{sheet}'; there are {sheets}",
    ),
    "sheets_unlike": (
        "{path}：工作表“{sheet}”的表头与“{first}”不同；--sheet all 要求各表列相同，请分别用 --sheet 测算",
        "{path}: the heading of sheet '{sheet}' is not that of '{first}'; --sheet all takes sheets of the same columns",
    ),
    "sheets_of_times": (
        "{path}：工作表名（{sheets}）写的是各表的所属期，而表中没有所属期列，不会被读取；请在各表加一列“所属期”（如 {hint_year}-03、{hint_year}Q1），"
        "或用 --sheet 名称 逐张测算并加 --period",
        "{path}: the titles of the sheets ({sheets}) say of what time each is, and no column does; add a column 'Tax period' "
        "(as {hint_year}-03 or {hint_year}Q1) to each, or assess them one by one with --sheet NAME and --period",
    ),
    "doubted": (
        "存疑（“{column}”列，{count} 行：第 {rows} 行）：{why}",
        "doubtful (column '{column}', {count} rows: {rows}): {why}",
    ),
    "total_differs": (
        "第 {row} 行“{text}”：“{column}”为 {stated}，以上各行之和为 {sum}；请核对",
        "row {row} '{text}': '{column}' is {stated}, the rows above add up to {sum}; please check",
    ),
    "sheet_of_none": ("{path}：不是工作簿，没有工作表；请去掉 --sheet", "{path}: it has no sheets; leave out --sheet"),
    "map_shape": (
        "--map “{text}”：请写成 标题=项目，如 --map 主营收入=revenue",
        "--map '{text}': write HEADING=fact, for instance --map turnover=revenue",
    ),
    "map_file": (
        '{path}：不能用作 --map-file：{why}；须是 TOML：[map] 下每行 "标题" = "项目"',
        '{path}: no use as --map-file: {why}; it must be TOML with lines "HEADING" = "fact" under [map]',
    ),
}
