"""Calendar dates of notes: as people type them → ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, and as they read them.

A month without a year belongs to a fiscal year: April to December to its own western year, January to March to the
next. Everything here is pure.
"""

import re
import unicodedata
from datetime import date, timedelta, timezone

from corpus.filetypes import FIRST_YEAR, LAST_YEAR
from corpus.fiscal import ERAS, era_of

JAPAN = timezone(timedelta(hours=9), "JST")
_ERA_DAYS = {"令和": (2019, 5, 1), "平成": (1989, 1, 8), "昭和": (1926, 12, 25)}
"""First day of each era (政令 on 元号)."""
_SEPARATOR = r"\s*(?:年|[./-])\s*"
_MONTH_DAY = r"(?P<month>\d{1,2})(?:月|(?=[./-]\d)|$)(?:[./-]?(?P<day>\d{1,2})日?)?"
_WEEKDAY = re.compile(r"\([日月火水木金土](?:曜日?)?(?:・祝|祝)?\)$")
_FORMS = (
    re.compile(r"(?P<year>\d{4})年?"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(rf"(?P<year>\d{{4}}){_SEPARATOR}{_MONTH_DAY}"),
    re.compile(r"(?P<era>令和|平成|昭和|[RHS])(?P<number>元|\d{1,2})年?"),
    re.compile(rf"(?P<era>令和|平成|昭和|[RHS])(?P<number>元|\d{{1,2}}){_SEPARATOR}{_MONTH_DAY}"),
    re.compile(r"(?P<number>\d{1,2})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?"),
    re.compile(r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?"),
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})"),
)


def read_date(written: str, fiscal_year: int) -> str | None:
    """「令和6年6月」「R6.6.15」「2024-06」「6月」「6/15」 as it is stored, or None for what is no date.

    A month alone is that of ``fiscal_year``, a bare 「6年6月」 of its era. A fiscal year (「令和6年度」) is no date.
    """
    plain = unicodedata.normalize("NFKC", written).strip().replace(" ", "").upper()
    plain = _WEEKDAY.sub("", plain)
    for form in _FORMS:
        found = form.fullmatch(plain)
        if found is not None:
            return _stored(found.groupdict(), fiscal_year)
    return None


def _stored(parts: dict[str, str | None], fiscal_year: int) -> str | None:
    month, day = (int(written) if (written := parts.get(name)) else None for name in ("month", "day"))
    if parts.get("year"):
        year = int(parts["year"] or 0)
    elif parts.get("number"):
        era = parts.get("era") or era_of(fiscal_year)[0]
        first = next(first for name, letter, first in ERAS if era in (name, letter))
        year = first - 1 + (1 if parts["number"] == "元" else int(parts["number"] or 0))
    else:
        assert month is not None
        year = fiscal_year + (1 if month <= 3 else 0)
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:
        return None
    return f"{year:04d}" + ("" if month is None else f"-{month:02d}") + ("" if day is None else f"-{day:02d}")


def show_date(stored: str | None) -> str:
    """「2024-06」 → 「令和6年6月」, "" for None; a year alone is named by the era in which it ends."""
    if not stored:
        return ""
    year, month, day = (*(int(part) for part in stored.split("-")), None, None)[:3]
    assert year is not None
    place = (year, 12 if month is None else month, 31 if day is None else day)
    name, began = next((name, began) for name, began in _ERA_DAYS.items() if place >= began)
    number = year - began[0] + 1
    words = f"{name}{'元' if number == 1 else number}年"
    return words + ("" if month is None else f"{month}月") + ("" if day is None else f"{day}日")
