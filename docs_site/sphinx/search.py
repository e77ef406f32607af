"""Search in Chinese without a dictionary: a text is cut into pairs of characters, and so is what is looked for."""

import re
from typing import ClassVar

from sphinx.search import SearchLanguage

_RUN = re.compile(r"[\u3400-\u9fff]+|[A-Za-z0-9_]+")


class Pairs(SearchLanguage):
    """Words in Latin letters as they are, Chinese in pairs; the same cut in the reader's browser."""

    lang = "zh"
    language_name = "Chinese"
    stopwords: ClassVar[set[str]] = set()
    js_splitter_code = """
function splitQuery(query) {
  const found = [];
  for (const run of query.match(/[\\u3400-\\u9fff]+|[A-Za-z0-9_]+/g) || []) {
    if (run.charCodeAt(0) < 0x3400 || run.length < 3) { found.push(run); continue; }
    for (let i = 0; i + 1 < run.length; i++) found.push(run.slice(i, i + 2));
  }
  return found;
}
"""

    def split(self, input: str) -> list[str]:
        """The words of a text."""
        found = []
        for run in _RUN.findall(input):
            pairs = [run[i : i + 2] for i in range(len(run) - 1)]
            found += [run] if ord(run[0]) < 0x3400 or len(run) < 3 else pairs
        return found

    def stem(self, word: str) -> str:
        """A word in small letters."""
        return word.lower()

    def word_filter(self, word: str) -> bool:
        """Single letters are no words."""
        return len(word) > 1 and not word.isdigit()
