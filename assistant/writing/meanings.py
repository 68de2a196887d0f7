"""What a slot stands for, in Japanese words without any figure, as a model is told. Pure."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.checking.numerals import find_figures
from assistant.drafting.draft import Origin
from assistant.facts import Standing, cost_name, standing
from assistant.writing.hiding import NumberSpan, has_digit, hidden
from assistant.writing.personal import PersonalKind, personal_spans
from corpus.fiscal import FULL_WIDTH_DIGITS, YearMention
from corpus.form import COST_BY_KEY, SERIES_LABELS
from corpus.sheetfile import SheetFile

KEPT = "書き換えない語句"
PERSONAL: dict[PersonalKind, str] = {
    "name": "人の氏名",
    "phone": "電話番号",
    "mail": "メールアドレス",
    "address": "住所",
    "number": "個人を表す番号",
}
"""What a person's datum is."""
_MONTH = re.compile(r"年[ 　]?([0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})月")
_MONTHS = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)} | {"十": 10, "十一": 11, "十二": 12}
_DATE = re.compile(r".*[0-9０-９一二三四五六七八九十](?:月|月.*日)")
_CLAUSE_END = re.compile("[、。「」『』【】]")
_LONGEST_CLAUSE, _LONGEST_ASKED = 24, 20
_PRINTED = re.compile(r"([▲△]?)([0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?)")


def mark_meaning(text: str, names: Iterable[str] = ()) -> str:
    """What 【要記入…】 or 【要確認…】 asks of a person; ``names``: persons that are known by name."""
    doing = "書き込む" if text.startswith("【要記入") else "確かめる"
    asked = hidden(text.strip("【】").partition("：")[2], names)
    plain = 0 < len(asked) <= _LONGEST_ASKED and not _holds_figure(asked)
    return f"職員が「{asked}」を{doing}箇所の印" if plain else f"職員が{doing}箇所の印"


def year_meaning(text: str, years: Sequence[YearMention], sheet: SheetFile) -> str:
    """A year, a date or several years, as it stands to the year of the sheet."""
    if len(years) > 1:
        return "年度の範囲"
    if not years:
        return KEPT
    mention, year = years[0], years[0].year
    month = _MONTH.search(text)
    if mention.fiscal or month is None:
        return _year_words(year, sheet) if mention.fiscal else "暦年"
    number = _MONTHS.get(month[1]) or int(month[1])
    return _year_words(year - (number < 4), sheet) + "のうちの" + ("日付" if text.endswith("日") else "年月")


def _year_words(year: int, sheet: SheetFile) -> str:
    distance = year - sheet.fiscal_year
    words = {
        -1: "評価年度の前年度",
        0: "評価年度",
        1: "評価年度の翌年度",
        2: "評価年度の翌々年度",
    }.get(distance, "")
    plan = {sheet.plan.end: "計画最終年度", sheet.plan.start: "計画初年度"}.get(year, "") if sheet.plan else ""
    if words or plan:
        return f"{words}（{plan}）" if words and plan else words or plan
    return "その他の年（評価年度より前）" if distance < 0 else "その他の年（評価年度より後）"


def kept_meaning(text: str) -> str:
    """Words with a figure in them that are no figure of the sheet."""
    tail = re.sub(r"^.*[^一-龠ぁ-んァ-ヶー々％%]", "", text)
    if _DATE.fullmatch(text):
        return f"{KEPT}（日付）"
    return f"{KEPT}（数と「{tail}」）" if tail and tail != text and not _holds_figure(tail) else KEPT


def note_meaning(text: str, start: int, end: int, names: Iterable[str] = ()) -> str:
    """A figure of a fact of the year, by the clause of the sentence that it stands in; ``names`` as above."""
    begins = max((match.end() for match in _CLAUSE_END.finditer(text, 0, start)), default=0)
    ends = next((match.start() for match in _CLAUSE_END.finditer(text, end)), len(text))
    begins = max(begins, start - _LONGEST_CLAUSE)
    ends = min(ends, end + _LONGEST_CLAUSE)
    names = tuple(names)
    for first, last, _ in personal_spans(text, names):
        # half a name is none to the dictionary, and would show
        begins = last if first < begins < last else begins
        ends = first if first < ends < last else ends
    clause = hidden(text[begins:ends], names).strip("・ 　")
    return f"今年度の記録「{clause}」の数" if not _holds_figure(clause) else "今年度の記録の数"


def figure_meaning(text: str, cells: Sequence[Origin], sheet: SheetFile, earlier: Sequence[SheetFile] = ()) -> str:
    """A figure that stored ``cells`` give: one, the difference or ratio of two, or what is counted over several."""
    whole = _value_of(text)
    same = [cell for cell in cells if whole is not None and cell.value == whole and not _counts(text)]
    subjects = list(dict.fromkeys(_subject(cell, sheet) for cell in cells))
    if len(cells) == 1 or (len(subjects) == 1 and len(cells) > 2 and same):
        return _cell_meaning(cells[0] if len(cells) == 1 else same[0], sheet, earlier)
    if len(subjects) == 1 and (_counts(text) or (len(cells) > 2 and "回" in text)):
        return f"{subjects[0]}の実績で、同じ結果が続いた年数"
    if len(subjects) == 1 and len(cells) == 2:
        return _pair_meaning(text, cells[0], cells[1], subjects[0], sheet)
    if len(cells) == 2:
        if "％" in text or "%" in text:
            return f"{subjects[0]}の{subjects[1]}に占める割合"
        return f"{subjects[0]}を{subjects[1]}で割った値"
    if len(subjects) == 1:
        return f"{subjects[0]}の記録から求めた値"
    return "成果指標を数えた数" if all(cell.indicator for cell in cells) else "記録された値から求めた値"


def _counts(text: str) -> bool:
    return "連続" in text or "続け" in text


def _value_of(text: str) -> Decimal | None:
    """The number of a printed figure, in the unit that is printed with it."""
    match = _PRINTED.search(text)
    if match is None:
        return None
    number = Decimal(match[2].translate(FULL_WIDTH_DIGITS).replace(",", "").replace("，", "").replace("．", "."))
    return -number if match[1] else number


def _subject(cell: Origin, sheet: SheetFile) -> str:
    if cell.cost:
        return f"「{cost_name(cell.cost)}」" if cell.cost in COST_BY_KEY else "費用"
    entry = sheet.indicator(cell.indicator or "")
    return f"指標『{hidden(' '.join(entry.name.split()))}』" if entry else "指標"


def _unit(cell: Origin, sheet: SheetFile) -> str:
    entry = sheet.indicator(cell.indicator or "")
    unit = COST_BY_KEY[cell.cost].unit if cell.cost in COST_BY_KEY else entry.unit if entry else None
    return f"（単位：{unit}）" if unit and not _holds_figure(unit) else ""


def _series(cell: Origin) -> str:
    return "額" if cell.cost else SERIES_LABELS[cell.series] if cell.series else "値"


def _cell_meaning(cell: Origin, sheet: SheetFile, earlier: Sequence[SheetFile]) -> str:
    year = _year_words(cell.year, sheet) if cell.year is not None else "記録"
    words = f"{_subject(cell, sheet)}の{year}の{_series(cell)}{_unit(cell, sheet)}"
    entry = sheet.indicator(cell.indicator or "")
    if entry is None or cell.series != "actual" or cell.year != sheet.fiscal_year:
        return words
    told = _relations(standing(entry, sheet.fiscal_year, earlier))
    return f"{words}。{told}" if told else words


def _relations(stand: Standing) -> str:
    """How the year's actual stands to its target and to the survey before."""
    told = []
    if stand.level and stand.target and stand.level.value is not None and stand.target.value is not None:
        level, target = stand.level.value, stand.target.value
        against = "を上回る" if level > target else "を下回る" if level < target else "と同じ"
        reached = {True: "（達成）", False: "（未達成）", None: ""}[stand.met]
        told.append(f"目標値{against}{reached}")
    if stand.change and stand.change.value is not None:
        before = "前年度" if stand.change.base_year == stand.year - 1 else "前回の実績"
        rise = stand.change.value
        told.append(f"{before}より高い" if rise > 0 else f"{before}より低い" if rise < 0 else f"{before}と同じ")
    return "、".join(told)


def _pair_meaning(text: str, first: Origin, second: Origin, subject: str, sheet: SheetFile) -> str:
    now, base = sorted((first, second), key=lambda cell: (cell.year or 0, cell.series == "actual"), reverse=True)
    if first.series != second.series:
        now, base = (first, second) if first.series == "actual" else (second, first)
    shown, difference = _value_of(text), None
    if now.value is not None and base.value is not None:
        difference = now.value - base.value
    base_words = _series(base) if now.year == base.year else _words(base, sheet).removeprefix("評価年度の")
    held = f"{_words(now, sheet)}と{base_words}"
    if shown is not None and difference is not None and "％" not in text and "%" not in text:
        return f"{subject}の{held}との差{_gap_words(difference, now, base)}"
    if difference is not None and now.series == base.series:
        return f"{subject}の{held}に比べた増減の割合{_gap_words(difference, now, base)}"
    return f"{subject}の{_words(now, sheet)}の{base_words}に対する割合"


def _words(cell: Origin, sheet: SheetFile) -> str:
    year = _year_words(cell.year, sheet) if cell.year is not None else "記録"
    return f"{year}の{_series(cell)}"


def _gap_words(difference: Decimal, now: Origin, base: Origin) -> str:
    if now.series == base.series:
        return "（増えた分）" if difference > 0 else "（減った分）" if difference < 0 else ""
    return "（上回る分）" if difference > 0 else "（下回る分）" if difference < 0 else ""


def _holds_figure(text: str) -> bool:
    return has_digit(text) or bool(find_figures(text))


def kept_or_year(text: str, span: NumberSpan, sheet: SheetFile) -> str:
    """The meaning of a span that no stored figure or note gives."""
    return year_meaning(text, span.years, sheet) if span.kind == "year" else kept_meaning(text)
