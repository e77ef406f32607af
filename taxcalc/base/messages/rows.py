"""What is said of frames, selected columns, and rows that look doubtful or state a business twice."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    # ---- frames, columns and rows
    "frames_missing": (
        "数据框须有 narwhals：pip install 'taxcalc-cn[frames]'",
        "frames need narwhals: pip install 'taxcalc-cn[frames]'",
    ),
    "frame_kind": (
        "“{type}”不是能读的数据框；请用 polars、pandas 或 pyarrow 的表，惰性的先 collect",
        "'{type}' is no frame that is read; use one of polars, pandas or pyarrow, and collect a lazy one first",
    ),
    "frame_value": (
        "“{value}”（{type}）不是单元格可填的值；请用文本、数或日期",
        "'{value}' ({type}) is nothing that a cell can hold; use a text, a number or a date",
    ),
    "row_left_out": (
        "不是一户的数据（空行、合计、小计、说明，或其他所属期），不计算",
        "this is no business (a blank row, a total or a note) or of another period, and is not computed",
    ),
    "select_unknown_near": (
        "--select：没有“{name}”列；是否指 {near}？",
        "--select: there is no column '{name}'; did you mean {near}?",
    ),
    "select_unknown": (
        "--select：没有“{name}”列；可用原表的列，以及“taxcalc batch … --names id”所列的编号，如 total.saving",
        "--select: there is no column '{name}'; there are those of the table, and the ids that 'taxcalc batch … --names id' "
        "has, such as total.saving",
    ),
    "rows_of_a_kind": ("{count} 行（{where}第 {rows} 行）：{why}", "{count} rows ({where}row {rows}): {why}"),
    "column_small": (
        "大多数金额小得不像以元为单位，是否以万元为单位？若是，请在表头写“（万元）”",
        "most amounts are too small to be in yuan; are they in 万元? If so, head the column with （万元）",
    ),
    "column_jumps_down": (
        "比同列其他金额小约一万倍，是否以万元为单位？若是，请换算为元，或在数字后写“万”",
        "about ten thousand times below the others of the column; are they in 万元? If so, write them in yuan, or 万 behind the number",
    ),
    "column_jumps_up": (
        "比同列其他金额大一万倍以上，是否单位不同？请统一为元",
        "more than ten thousand times above the others of the column; are they in another unit? Write all in yuan",
    ),
    "to_date_falls": (
        "本年累计数比上一期还少，是否填成了本期数？请填年初至本期末的累计数",
        "the figure to date is less than that of the period before; is it that of the period alone? Write what has added up since January",
    ),
    "id_rounded": (
        "编号被电子表格当作数值，末几位已丢失；请把该列设为“文本”后重新填写",
        "a spreadsheet took the identifier for a number and lost its last digits; format the column as text and enter it anew",
    ),
    "id_check": (
        "编号的位数或校验码不对，可能有错字；请与营业执照核对（不影响计算）",
        "the length or the check character of the identifier is wrong, perhaps by a slip; compare it with the licence (no figure depends on it)",
    ),
    "id_has_two_names": (
        "同一编号在前面的行用的是另一个名称；请核对是否同一户",
        "an earlier row gives this identifier another name; check whether they are one business",
    ),
    "row_twice": (
        "同一户的同一所属期另有一行，各行都已测算；请核对，重复的删去一行",
        "another row has the same business and period, and each was computed; check them, and delete one if it is there twice",
    ),
    "rows_overlap": (
        "同一户同一所属期（或所属期重叠）的行：第 {rows} 行（{count} 户）；各行都已测算，是重复的请删去",
        "rows of the same business and period, or of periods that overlap: {rows} ({count} businesses); each was computed, delete those that are there twice",
    ),
    "rows_not_counted": (
        "第 {rows} 行是同一户的同一所属期（或所属期重叠），都未计入合计（{count} 户）；请删去重复的行，或加 --duplicates first（计入先出现的）、--duplicates last（计入后出现的）、--duplicates all（都计入）",
        "rows {rows} are of the same business and period, or of periods that overlap, and none of them is in the totals ({count} businesses); delete what is there twice, or add --duplicates first (the earlier one counts), --duplicates last (the later one) or --duplicates all (each of them)",
    ),
    "rows_counted": (
        "第 {rows} 行是同一户的同一所属期（或所属期重叠，{count} 户），按 --duplicates {duplicates} 计入合计",
        "rows {rows} are of the same business and period, or of periods that overlap ({count} businesses), and in the totals as --duplicates {duplicates} says",
    ),
    "id_is_individual": (
        "代码以 92 开头，是个体工商户，却按其他类别计算；请在“纳税人类别”列填“个体工商户”",
        "a code that begins with 92 is that of an individual business, but another kind is computed; write individual_business in the column taxpayer",
    ),
    "id_is_company": (
        "代码以 91 或 93 开头，不是个体工商户；请核对“纳税人类别”列",
        "a code that begins with 91 or 93 is not that of an individual business; check the column taxpayer",
    ),
    "sample_agrees": (
        "抽查 {rows} 行逐行精确重算，各项全部一致",
        "{rows} rows recomputed one by one with the exact evaluator: every figure agrees",
    ),
    "sample_differs": (
        "第 {row} 行逐行重算的结果不同：{columns}；请报告此问题",
        "row {row} differs when recomputed: {columns}; please report this",
    ),
    "law_changes_within": (
        "“{relief}”的规定在 {period} 期间内变动，整期不适用；请按更短的期间分别计算",
        "the rule of '{relief}' changes within {period}, so it is not applied to the whole; assess shorter periods",
    ),
}
