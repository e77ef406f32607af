"""Writes docs/errors.md: every message, what provokes it, and what it then says in both languages.

make docs
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from errors.provoke import EXAMPLES, ROOT, provoke
from taxcalc.base.messages import MESSAGES
from taxcalc.base.problem import Lang

PAGE = ROOT / "docs" / "errors.md"
_HEAD = """# What taxcalc says when something is wrong

Written by `make docs` from `tests/errors/examples.toml`; a test runs every example, and fails when a message
has none, is never said, or says anything else than what stands here. {count} messages, each in English and in Chinese.

Exit codes: 0 all good (what is said is a remark), 1 some rows were rejected, 2 the input or the options cannot be
used, 130 interrupted. Messages are keyed in `taxcalc/base/messages/`.
"""


def page() -> str:
    """The whole document."""
    sections = _sections()
    parts = [_HEAD.format(count=len(MESSAGES))]
    for key in MESSAGES:
        if key in sections:
            parts.append(f"## {sections[key]}\n")
        if key in EXAMPLES:
            parts.append(_entry(key))
    return "\n".join(parts)


def _sections() -> dict[str, str]:
    """The first key of each section of the messages, and its heading."""
    source = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("taxcalc/base/messages/*.py"))
    found = re.findall(r'# ---- ([^\n(]+?)(?: \([^\n]*)?\n    "(\w+)"', source)
    return {key: heading[0].upper() + heading[1:] for heading, key in found}


def _entry(key: str) -> str:
    langs: tuple[Lang, ...] = ("en", "zh")
    said = {lang: provoke(key, lang) for lang in langs}
    sentences = [f"    {said[lang].sentence(key, lang) or 'NOT SAID'}" for lang in said]
    left = "" if "exit" not in EXAMPLES[key] else f" → exit {said['en'].code}"
    return "\n".join([f"### {key}\n", f"{_what(key)}{left}\n", *(line.strip("\n") for line in sentences), ""])


def _what(key: str) -> str:
    """The example in words."""
    example = EXAMPLES[key]
    if "run" in example:
        text = f"`taxcalc {_visible(example['run'])}`"
    elif "shell" in example:
        text = f"`{_visible(example['shell'])}`"
    elif "python" in example:
        text = f"In a program: `{_visible(example['python'].strip())}`"
    elif "facts" in example:
        text = f"A catalogue of facts with `{_visible(example['facts'])}`"
    else:
        old, new = map(_visible, example["table"])
        text = f"A table of the law with {f'`{new}`' if new else 'nothing'} in the place of `{old}`"
        text += " that stands in two files" if "twice" in example else ""
    if example.get("stdin"):
        text += f" with `{_visible(example['stdin'])}` on standard input"
    for name, content in example.get("files", {}).items():
        text += f", where {name} is {f'`{_visible(content)}`' if content else 'empty'}"
    for name, value in example.get("limits", {}).items():
        text += f" (with {name.rpartition('.')[2].strip('_')} lowered to {value})"
    text += " at a terminal" if "terminal" in example else ""
    return text + (" and Ctrl-C" if "interrupt" in example else "")


def _visible(text: str) -> str:
    """Text on one line."""
    text = text.replace("\r", "\\r").replace("\n", "⏎")
    text = re.sub(r"(.)\1{39,}", lambda run: f"{run[1] * 3}… ({len(run[0])} times)", text)
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(MESSAGES)} messages")
