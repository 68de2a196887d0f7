"""How a manner of writing looks: one example item in it."""

import re
from dataclasses import dataclass

from corpus import messages
from corpus.city import Manner
from corpus.fiscal import HALF_WIDTH_DIGITS

_EXAMPLE = "{mark}{year}は、見守り訓練を3回実施し、延べ1,234人が{ending}。"
_YEARS = {"full": "令和5年度", "short": "R5年度", "bare": "5年度"}
_ENDINGS = {"plain": "参加した", "polite": "参加しました"}
_RUN = re.compile(r"[0-9][0-9,.]*[0-9]|[0-9]")
_WIDE = HALF_WIDTH_DIGITS | str.maketrans(",.R", "，．Ｒ")
FIELD_LABELS: dict[str, str] = {"width": "数字の幅", "mark": "項目の記号", "style": "文体", "years": "年度の書き方"}


@dataclass(frozen=True)
class PreviewLine:
    """``whose``: the city or a division; ``text`` the example, ``hint`` what follows last year's text instead."""

    whose: str
    text: str
    hint: str


def preview(whose: str, manner: Manner) -> PreviewLine:
    """The example in a manner; what follows last year is shown as most sheets write it (半角, ・, 常体, 令和5年度)."""
    text = _EXAMPLE.format(
        mark="・" if manner.mark == "last_year" else manner.mark,
        year=_YEARS.get(manner.years, _YEARS["full"]),
        ending=_ENDINGS.get(manner.style, _ENDINGS["plain"]),
    )
    following = [label for name, label in FIELD_LABELS.items() if getattr(manner, name) == "last_year"]
    hint = messages.manner_follows(following) if following else messages.MANNER_FIXED
    return PreviewLine(whose, _in_width(text, manner.width), hint)


def _in_width(text: str, width: str) -> str:
    if width == "full":
        return text.translate(_WIDE)
    if width == "official":
        return _RUN.sub(lambda run: run[0].translate(_WIDE) if len(run[0]) == 1 else run[0], text)
    return text
