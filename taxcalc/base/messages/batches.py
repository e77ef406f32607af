"""What is said of a batch: options that exclude each other, rows without answer, outputs, ranges, one row looked up."""

from __future__ import annotations

BATCHES: dict[str, tuple[str, str]] = {
    # ---- batches
    "option_needs": ("{option} 须与 {other} 一起使用", "{option} goes with {other}"),
    "option_apart": ("{option} 不能与 {other} 一起使用", "{option} does not go with {other}"),
    "same_file": ("--output 与 --rejects 是同一个文件：{path}", "--output and --rejects are the same file: {path}"),
    "input_found_all": (
        "{path}：{how}，{facts} 列全部识别{more}",
        "{path}: {how}; all {facts} columns are facts{more}",
    ),
    "input_found": (
        "{path}：{how}，{columns} 列中识别 {facts} 列{more}",
        "{path}: {how}; {facts} of {columns} columns are facts{more}",
    ),
    "output_is_input": (
        "{path}：这就是输入文件；请写到另一个文件，以免丢失其中的行",
        "{path}: this is the input itself; write to another file, so that no row of it is lost",
    ),
    "input_changed": (
        "{path}：在读取期间被改动，结果不可靠；请待其写完后重新运行",
        "{path}: it changed while it was read, so no result can be relied on; run again when it is complete",
    ),
    "stdin_terminal": (
        "没有输入；请给出文件，或用管道传入 CSV",
        "there is no input; name a file, or pipe CSV into it",
    ),
    "bytes_undecodable": (
        "这一行含有不能按所用编码解读的字节；请用 --encoding 指明编码，或修正此行",
        "it has bytes that the encoding cannot read; name the encoding with --encoding, or mend the row",
    ),
    "quote_open": (
        "引号在 {lines} 行内没有闭合；只退回此行，请补上引号",
        "a quote is not closed within {lines} lines; only this row is left out, so close the quote",
    ),
    "quote_inside": (
        "引号闭合后还有文字；含引号的单元格须整体加引号，其中的引号写两次",
        "text follows a closing quote; a cell with quotes is quoted as a whole, and quotes in it are doubled",
    ),
    "record_long": (
        "一行超过 {limit} MB；已退回此行，请检查引号与换行",
        "a row is longer than {limit} MB; it is left out, so check quotes and line ends",
    ),
    "cells_miscounted": (
        "有 {found} 个单元格，表头有 {expected} 个；请检查多出或缺少的分隔符；单元格中有分隔符的须加引号",
        "it has {found} cells where the heading has {expected}; look for a delimiter too many or too few, and quote cells "
        "that hold one",
    ),
    "row_rejected": ("第 {row} 行{where}：{why}", "row {row}{where}: {why}"),
    "rows_rejected_more": (
        "共退回 {rows} 行（按列：{columns}）；用 --rejects 文件.csv 写出全部",
        "{rows} rows are rejected (by column: {columns}); write all of them with --rejects FILE.csv",
    ),
    "returns_open": (
        "{n} 户尚缺资料或表样版本不详，有栏次未填",
        "{n} businesses lack facts, or the version of a form is not known: lines of them are left open",
    ),
    "rows_accounted": (
        "共 {rows} 行：输出 {out} 行，退回 {rejected} 行",
        "{rows} rows in = {out} rows out + {rejected} rejected",
    ),
    "rows_accounted_aside": (
        "共 {rows} 行：输出 {out} 行，退回 {rejected} 行，不是企业 {aside} 行",
        "{rows} rows in = {out} rows out + {rejected} rejected + {aside} that are no businesses",
    ),
    "rows_usable_all": ("共 {rows} 行，全部可用", "{rows} rows, all of use"),
    "rows_usable": (
        "共 {rows} 行：可用 {out} 行，不能用 {rejected} 行，不是企业 {aside} 行",
        "{rows} rows: {out} of use, {rejected} not, {aside} no businesses",
    ),
    "file_there": (
        "{path}：已有此文件，未作改动；要覆盖请加 --force，或换一个文件名",
        "{path}: it is there already and was left as it is; add --force to replace it, or take another name",
    ),
    "template_written": (
        "已生成 {path}：第一行是表头，第二行是样例（不计入）。填好并保存后，先运行 taxcalc check {called}，再运行 taxcalc batch {called}",
        "wrote {path}: headings in row 1, a sample that is never counted in row 2. Fill it in and save it, then run "
        "'taxcalc check {called}' and then 'taxcalc batch {called}'",
    ),
    "output_folder": ("{path}：是文件夹；请给出文件名", "{path}: this is a folder; name a file"),
    "output_unwritable": ("{path}：不能写入：{why}", "{path}: cannot be written: {why}"),
    "range_refused": (
        "{path}：不能按字节范围测算（{why}）；请对整个文件使用 taxcalc batch",
        "{path}: cannot be assessed by ranges of bytes ({why}); use taxcalc batch for the whole file",
    ),
    "range_quotes": (
        "{path}：单元格内有换行或多余的引号，不能按字节范围测算（“{text}”）；请对整个文件使用 taxcalc batch",
        "{path}: a cell has a line break or a stray quote, so it cannot be assessed by ranges of bytes ('{text}'); use "
        "taxcalc batch for the whole file",
    ),
    "range_unlike": (
        "{path}：程序、政策表、日期、选项、表头或文件与其他范围不同，拼接后不成一表；请对各范围用同样的设置重新测算",
        "{path}: program, law, day, options, heading or the file itself differ from those of other ranges, so that the parts make "
        "no one table; assess all ranges anew in the same way",
    ),
    "memory_short": (
        "内存不足：系统限制了本程序可用的内存；请放宽限制（如 ulimit -v），或分成几个文件测算",
        "not enough memory: the system limits what this program may take; raise the limit (such as ulimit -v), or assess the "
        "table in several files",
    ),
    "interrupted": ("已中断；没有留下未写完的文件", "interrupted; no half-written file is left"),
    "row_or_id": ("请用 --row 行号 或 --id 标识 指明一行", "name one row with --row NUMBER or --id TEXT"),
    "row_missing": (
        "{source}：没有第 {row} 行的数据；表头为第1行，空行不算",
        "{source}: there is no business in row {row}; the heading is row 1, and blank rows do not count",
    ),
    "row_is_broken": ("第 {row} 行不能读取：{why}：{text}", "row {row} cannot be read: {why}: {text}"),
    "id_missing": ("没有标识或名称为“{id}”的行", "no row has the identifier or name '{id}'"),
    "id_several": (
        "有多行的标识或名称为“{id}”：第 {rows} 行；请用 --row",
        "several rows have the identifier or name '{id}': {rows}; use --row",
    ),
    "id_column_missing": (
        "{source}：没有标识列或名称列；请用 --row",
        "{source}: it has no column of identifiers or names; use --row",
    ),
    "column_not_there": ("没有“{name}”列；现有：{titles}", "there is no column '{name}'; there are {titles}"),
}
