"""All pages of the site by their paths: those of the repository where they stand there, and the generated ones beside them."""

from __future__ import annotations

import functools
import inspect
import json
import posixpath
import re
from collections.abc import Iterator

import taxcalc
from docs_site import ROOT
from docs_site.reliefs import page as relief_page
from docs_site.sources import LANGS, Lang, facts, reliefs, said

GUIDES = ("afternoon", "closing", "question", "script", "python", "city")
REPOSITORY = (
    "README.md",
    "README.zh-CN.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "cases/README.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
)
COMMANDS = (
    *("assess", "advise", "what-if", "curve", "facts", "report", "batch", "reform"),
    *("explain", "returns", "check", "template", "verify", "measures", "config", "law"),
)
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^):\s]+)\)")
WORDS = {
    "zh": {
        "title": "小微企业税费减免计算",
        "lead": "精确到分，逐条注明条款、条件与期限。不联网，数据不离开本机。",
        "guides": "怎么用",
        "reliefs": "每项减免一页",
        "reference": "参考",
        "papers": "依据、设计与证明",
        "facts": "全部资料",
        "commands": "全部命令",
        "schemas": "JSON 格式",
        "python": "Python 接口",
        "other": "English",
    },
    "en": {
        "title": "Tax and fee reliefs of small businesses in China",
        "lead": "Exact to the fen, with clause, conditions and dates. No network; nothing leaves the machine.",
        "guides": "How it is used",
        "reliefs": "A page for each relief",
        "reference": "Reference",
        "papers": "Grounds, design and proofs",
        "facts": "All facts",
        "commands": "All commands",
        "schemas": "Schemas of JSON",
        "python": "The Python face",
        "other": "中文",
    },
}


@functools.cache
def names() -> frozenset[str]:
    """The path of every page, without making them."""
    made = {f"{lang}/reliefs/{relief}.md" for lang in LANGS for relief in reliefs()}
    made |= {
        f"{lang}/{page}.md" for lang in LANGS for page in ("index", "reliefs", "facts", "commands", "schemas", "python")
    }
    return frozenset({"index.md", *REPOSITORY, *made})


def pages() -> Iterator[tuple[str, str]]:
    """Each page with its text. Only that of the commands starts the program more than twice."""
    for path in REPOSITORY:
        yield path, linked(path, (ROOT / path).read_text(encoding="utf-8"))
    yield "index.md", index("zh", "zh/")
    for lang in LANGS:
        yield f"{lang}/index.md", index(lang)
        yield f"{lang}/reliefs.md", listed(lang)
        yield f"{lang}/facts.md", facts_page(lang)
        yield f"{lang}/schemas.md", schemas_page(lang)
        yield f"{lang}/python.md", python_page(lang)
        for relief in reliefs():
            yield f"{lang}/reliefs/{relief}.md", relief_page(relief, lang)


def linked(path: str, text: str) -> str:
    """A page of the repository with links to other pages only: what is no page of the site is named, not linked."""

    def kept(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[2].partition("#")[0]))
        if found[2].startswith("#") or target in names():
            return found[0]
        index = posixpath.join(target, "README.md")
        return f"[{found[1]}]({posixpath.join(found[2], 'README.md')})" if index in names() else found[1]

    return _LINK.sub(kept, text)


def guide(name: str, lang: Lang) -> str:
    """The path of a guide."""
    return f"docs/guide/{name}{'.zh-CN' if lang == 'zh' else ''}.md"


def title(path: str) -> str:
    """The heading of a page of the repository."""
    return (ROOT / path).read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def index(lang: Lang, below: str = "") -> str:
    """The first page in a language; `below` leads to its folder from the page that has no language in its path."""
    words, up = WORDS[lang], "" if below else "../"
    other = f"{up}{'en' if lang == 'zh' else 'zh'}/index.md"
    lines = [
        f"# {words['title']}",
        "",
        words["lead"],
        "",
        f"[{words['other']}]({other})",
        "",
        f"## {words['guides']}",
        "",
    ]
    lines += [f"* [{title(guide(name, lang))}]({up}{guide(name, lang)})" for name in GUIDES]
    lines += ["", f"## {words['reference']}", ""]
    lines += [f"* [{words[name]}]({below}{name}.md)" for name in ("reliefs", "facts", "commands", "schemas", "python")]
    lines += ["", f"## {words['papers']}", ""]
    papers = [path for path in REPOSITORY if not path.startswith("docs/guide/")]
    lines += [f"* [{title(path)}]({up}{path})" for path in papers]
    readers = [
        (words["guides"], [f"{up}{guide(name, lang)}" for name in GUIDES]),
        (words["reference"], [f"{below}{name}.md" for name in ("reliefs", "facts", "commands", "schemas", "python")]),
    ]
    if below:
        readers += [("English", ["en/index.md"]), (words["papers"], list(papers))]
    for caption, paths in readers:
        lines += ["", "```{toctree}", ":hidden:", f":caption: {caption}", "", *paths, "```"]
    return "\n".join(lines) + "\n"


def listed(lang: Lang) -> str:
    """The list of the reliefs."""
    lines = [f"# {WORDS[lang]['reliefs']}", ""]
    lines += [f"* [{one['names'][lang]}](reliefs/{id}.md)" for id, one in sorted(reliefs().items())]
    lines += ["", "```{toctree}", ":hidden:", "", *(f"reliefs/{id}.md" for id in sorted(reliefs())), "```"]
    return "\n".join(lines) + "\n"


def facts_page(lang: Lang) -> str:
    """Every fact: its name, which is its option and its column, other headings that mean it, what asks for it."""
    lines = [f"# {WORDS[lang]['facts']}", ""]
    join = "、" if lang == "zh" else ", "
    for fact in facts():
        lines += [f"## {fact['name']}", "", f"**{fact[lang]}** · {fact['type']}", ""]
        if fact["help"][lang]:
            lines += [fact["help"][lang], ""]
        if fact["aliases"]:
            lines += [("也写作：" if lang == "zh" else "Headings: ") + join.join(fact["aliases"]), ""]
        asks = [f"[{reliefs()[id]['names'][lang]}](reliefs/{id}.md)" for id in fact["reliefs"]]
        if asks:
            lines += [("相关减免：" if lang == "zh" else "Reliefs: ") + join.join(asks), ""]
    return "\n".join(lines) + "\n"


def commands_page(lang: Lang) -> str:
    """The help page of every command, as it stands."""
    lines = [f"# {WORDS[lang]['commands']}", ""]
    for command in COMMANDS:
        lines += [f"## taxcalc {command}", "", "```text", said(command, "--help", "--lang", lang).rstrip(), "```", ""]
    return "\n".join(lines) + "\n"


def schemas_page(lang: Lang) -> str:
    """Every schema, with what a document of it must have."""
    lines = [f"# {WORDS[lang]['schemas']}", ""]
    for path in sorted((ROOT / "taxcalc" / "schema").glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        lines += [f"## {path.name}", "", schema.get("title", ""), ""]
        lines += [f"* `{name}`" for name in schema.get("required", ())]
        lines += [""]
    return "\n".join(lines) + "\n"


def python_page(lang: Lang) -> str:
    """What may be imported, by its signature and its own words."""
    lines = [f"# {WORDS[lang]['python']}", ""]
    for name in taxcalc.__all__:
        thing = getattr(taxcalc, name)
        if callable(thing):
            head = f"{name}{inspect.signature(thing)}" if inspect.isfunction(thing) else f"class {name}"
            lines += [f"## {name}", "", "```python", head, "```", "", "```text", inspect.getdoc(thing) or "", "```", ""]
    return "\n".join(lines) + "\n"
