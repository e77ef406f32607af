"""What is wrong with a file that is read or written."""

from __future__ import annotations

FILES: dict[str, tuple[str, str]] = {
    # ---- reading files
    "file_missing": (
        "{path}：没有这个文件；请检查文件名和当前目录",
        "{path}: there is no such file; check the name and the folder you are in",
    ),
    "file_folder": ("{path}：这是文件夹；请给出其中的文件", "{path}: this is a folder; name a file in it"),
    "file_unreadable": ("{path}：无法读取（{why}）", "{path}: it cannot be read ({why})"),
    "mark_format": (
        "{path}：不是 PNG 或 JPEG 图片；请转换后再用作 --mark",
        "{path}: this is no PNG or JPEG picture; convert it before it is used as --mark",
    ),
    "output_no_folder": (
        "{path}：这是文件；请给出文件夹",
        "{path}: this is a file; name a folder",
    ),
    "pdf_missing": (
        "写 PDF 需要 typst；请运行 pip install 'taxcalc-cn[pdf]'",
        "to write PDF, typst is needed: pip install 'taxcalc-cn[pdf]'",
    ),
    "font_missing": (
        "写 PDF 需要一种中文字体，如 {fonts}；在 Debian、Ubuntu 上运行 apt install fonts-noto-cjk",
        "to write PDF, a Chinese font is needed, such as {fonts}: on Debian and Ubuntu, apt install fonts-noto-cjk",
    ),
    "reports_partial": (
        "{number} 份工作簿未列入全部税费，缺哪些见各自的“报告”表",
        "workbooks that lack a levy: {number}; the sheet Report of each says which",
    ),
    "reports_written": ("{number} 份报告和目录已写入 {path}", "{number} reports and an index are in {path}"),
    "facts_shape": (
        '资料须为名称到值的映射，如 {{"year": {hint_year}}}',
        'the facts must be a mapping of names to values, such as {{"year": {hint_year}}}',
    ),
    "output_failed": (
        "无法写出结果（{why}）；请检查磁盘空间和输出位置",
        "the result cannot be written ({why}); check the disk and the place",
    ),
    "file_large": (
        "{path}：超过 {limit} 字节；assess 只读一户的资料",
        "{path}: larger than {limit} bytes; assess reads the facts of one business",
    ),
    "file_encoding": (
        "{path}：第 {position} 字节起不是 UTF-8；请另存为 UTF-8",
        "{path}: not UTF-8 from byte {position} on; save it as UTF-8",
    ),
    "file_empty": (
        "{path}：内容为空；请以 TOML 或 JSON 填写资料",
        "{path}: it is empty; write the facts as TOML or JSON",
    ),
    "toml_invalid": ("{path}：不是有效的 TOML（{why}）", "{path}: not valid TOML ({why})"),
    "json_invalid": ("{path}：不是有效的 JSON（{why}）", "{path}: not valid JSON ({why})"),
    "json_shape": (
        '{path}：JSON 须为一个对象，如 {{"year": {hint_year}}}',
        '{path}: the JSON must be one object, such as {{"year": {hint_year}}}',
    ),
    "json_twice": ("{path}：“{key}”出现两次；请保留一个", "{path}: '{key}' stands twice; keep one"),
}
