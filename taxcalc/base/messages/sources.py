"""What is said of the file of a table: its kind and encoding, JSON lines, workbooks."""

from __future__ import annotations

SOURCES: dict[str, tuple[str, str]] = {
    # ---- the file of a table
    "header_unreadable": ("{source}：表头不能读取：{why}", "{source}: the heading cannot be read: {why}"),
    "header_wide": (
        "{source}：表头有 {columns} 列，最多 {limit} 列；请检查分隔符，或只留需要的列",
        "{source}: the heading has {columns} columns, at most {limit} are read; check the delimiter, "
        "or keep the columns that are needed",
    ),
    "encoding_unread": (
        "{path}：看来是 {encoding} 编码，不能读取；请在表格软件中另存为“CSV UTF-8”",
        "{path}: this seems to be {encoding}, which is not read; save it as 'CSV UTF-8' in the spreadsheet",
    ),
    "encoding_unknown": (
        "{path}：第 {position} 字节处既不是 UTF-8 也不是 GB18030；请用 --encoding 指明编码",
        "{path}: neither UTF-8 nor GB18030 at byte {position}; name the encoding with --encoding",
    ),
    "input_other_kind": (
        "{path}：这是{kind}，不是 Excel 工作簿；请用 Excel、WPS 或能打开它的程序（LibreOffice、Numbers）打开，另存为 .xlsx",
        "{path}: this is {kind}, not an Excel workbook; open it in Excel, WPS or a program that can (LibreOffice, Numbers), "
        "and save it as .xlsx",
    ),
    "input_no_table": (
        "{path}：这是{kind}，不是表格；请把其中的表复制到工作簿，存为 .xlsx 或 CSV",
        "{path}: this is {kind}, not a table; copy the table in it to a workbook, and save that as .xlsx or CSV",
    ),
    "input_packed": (
        "{path}：这是{kind}，不是工作簿；请先解压，再给出其中的表格文件",
        "{path}: this is {kind}, not a workbook; unpack it, and give the file with the table",
    ),
    "input_encrypted": (
        "{path}：工作簿设有打开密码，内容已加密；请用 Excel 或 WPS 打开，取消密码后另存为 .xlsx",
        "{path}: this workbook opens with a password only; open it in Excel or WPS, take the password off, "
        "and save it as .xlsx",
    ),
    "input_json": (
        "{path}：不是 JSON 行；请每行写一个对象，存为 .jsonl",
        "{path}: these are no JSON lines; write one object a line, and save them as .jsonl",
    ),
    "input_called_otherwise": (
        "{path}：内容其实是{kind}，按内容读取",
        "{path}: this is in fact {kind}, and read as such",
    ),
    "column_nested": (
        "{path}：“{title}”列每格是一组数据（{type}），不是单个值；请展开或删去这一列",
        "{path}: each cell of the column '{title}' is a set of values ({type}); make it columns of its own, or drop it",
    ),
    "json_line_unreadable": (
        "这一行不是 JSON；请每行写一个对象，如 {example}",
        "this line is no JSON; write one object a line, such as {example}",
    ),
    "json_no_object": (
        "这一行不是 JSON 对象；请每行写一个对象，如 {example}",
        "this line is no JSON object; write one a line, such as {example}",
    ),
    "json_key_twice": ("“{key}”在这一行出现两次；请只留一个", "'{key}' stands twice in this line; keep one"),
    "json_nested": (
        "“{key}”的值是一组数据；请只写单个值",
        "the value of '{key}' is a set of values; write a single one",
    ),
    "json_key_new": (
        "前 {lines} 行中没有“{key}”这一项；请在第一行也写上（可为 null）",
        "'{key}' is in none of the first {lines} lines; give it in the first one too, if as null",
    ),
    "workbook_without_sheets": (
        "{path}：这个工作簿里没有工作表；请打开核对后另存为 .xlsx",
        "{path}: there is no sheet in this workbook; open it and look, and save it anew as .xlsx",
    ),
    "workbook_unreadable": (
        "{path}：文件不完整或不能读取（{why}）；请重新导出，或用 Excel、WPS 打开后另存为 .xlsx",
        "{path}: not a readable file, or a part of one only ({why}); export it again, or open it in Excel or WPS "
        "and save it as .xlsx",
    ),
    "workbook_oversized": (
        "{path}：工作簿的 {part} 展开后过大，不像表格；请另存为新的 .xlsx，或 CSV",
        "{path}: {part} in this workbook unpacks to more than a table needs; save it anew as .xlsx, or as CSV",
    ),
    "workbook_wide": (
        "XLSX 工作簿最多 {limit} 列，此处有 {columns} 列；请改为输出 .csv 或 .parquet",
        "an XLSX workbook holds at most {limit} columns, here are {columns}; write .csv or .parquet",
    ),
    "workbook_amount": (
        "有金额超过 {limit} 元，电子表格的位数不足以精确到分；请用其他格式的报告",
        "an amount is more than {limit} yuan, for which a spreadsheet has too few digits; write the report in another format",
    ),
    "workbook_full": (
        "XLSX 工作簿最多 {limit} 行；请改为输出 .csv 或 .parquet",
        "an XLSX workbook holds at most {limit} rows; write .csv or .parquet",
    ),
}
