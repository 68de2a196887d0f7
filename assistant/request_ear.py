"""Words converted wrongly, read by their sound: 取り組み上京 is 取組状況. Pure, over NFKC text.

Only for messages that make no sense as they stand, as a real word may sound like the name of a section too.
"""

from functools import cache

from assistant.request_place_words import SECTION_NUMBER
from corpus.form import SECTIONS
from corpus.tokens import heard, sound

_SHORTEST = 4
"""Signs of a reading that tell a word from others: 製菓, 生家 and 成果 sound alike."""
_MOST_WORDS = 8
"""Words that a misread name falls apart into."""
_OTHER_NAMES = (
    "展開方向",
    "取組状況",
    "取組予定",
    "取組方針",
    "方針",
    "予定",
    "要望",
    "下書き",
    "確認",
    "比較",
    "推移",
)


def by_ear(text: str) -> str:
    """``text`` with whatever sounds like a name of the form written as that name.

    >>> by_ear("取り組み上京を書いて")
    '取組状況を書いて'
    """
    names, words = _names(), heard(text)
    written: list[str] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _MOST_WORDS), at, -1):
            name = names.get("".join(reading for _, reading in words[at:end]))
            surface = "".join(one for one, _ in words[at:end])
            if name and not SECTION_NUMBER.search(surface):
                written.append(name)
                at = end
                break
        else:
            written.append(words[at][0])
            at += 1
    return "".join(written)


@cache
def _names() -> dict[str, str]:
    """Reading -> name, of the words for sections and some that go with them."""
    found: dict[str, str] = {}
    for name in (*(word for section in SECTIONS for word in section.asked_as), *_OTHER_NAMES):
        reading = sound(name)
        if len(reading) >= _SHORTEST:
            found.setdefault(reading, name)
    return found
