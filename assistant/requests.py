"""What a message asks for, by rules: action, section, direction, years (formats.md, ``shisaku ask --json``). Pure.

Reading order: a message is cut into wishes, each wish is read on its own; what stays open is asked back, never
guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from assistant import request_words as table
from assistant.refusals import without_refusals
from assistant.request_words import Action
from corpus import messages
from corpus.fiscal import find_years
from corpus.form import COST_ROWS, SECTION_BY_KEY, SECTIONS, section_label
from corpus.sheetfile import SheetFile


class Wish(BaseModel):
    """One thing that a message asks for.

    ``question`` is what is asked back (action ``unclear``), ``note`` what is said before the answer, ``elsewhere``
    whether other measures than the open one are meant. ``find`` without ``query`` shows the section as it stands.
    """

    action: Action
    section: str | None = None
    direction: int | None = None
    year: int | None = None
    against: int | None = None
    measure: str | None = None
    query: str | None = None
    question: str | None = None
    note: str | None = None
    elsewhere: bool = False

    def to_object(self) -> dict[str, Any]:
        """The JSON object of the contract."""
        return self.model_dump(exclude={"question", "note", "elsewhere"})


@dataclass(frozen=True)
class _Years:
    named: tuple[int, ...]
    against: tuple[int, ...]


_Target = tuple[str | None, int | None]
"""Section and direction, None where none is named."""


def understand(text: str, sheet: SheetFile, measures: Iterable[str] = ()) -> list[Wish]:
    """The wishes of a message about the open ``sheet``, in order; at least one (``unclear`` if nothing is understood).

    ``measures``: names of the stored measures, so that another one can be named.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    for reading, written in table.READINGS:
        plain = plain.replace(reading, written)
    remaining = without_refusals(plain, lambda part: bool(_actions(part)))
    wishes: list[Wish] = []
    for clause in _clauses(remaining.text):
        wishes += _read_clause(clause, sheet, measures)
    refused = [kind for part in remaining.excluded for kind in _refused(part, sheet)]
    wishes = [left for wish in wishes for left in _permitted(wish, refused, sheet)]
    understood = [wish for wish in wishes if wish.action != "unclear" or wish.question]
    years = _years(plain, sheet.fiscal_year)
    if not understood:
        question = messages.unclear_request(text.strip())
        if remaining.excluded:
            question = messages.nothing_done(remaining.excluded)
        year, against = _first(years.named), _first(years.against)
        return [Wish(action="unclear", year=year, against=against, question=question)]
    if remaining.excluded and understood[0].action != "unclear":
        understood[0] = understood[0].model_copy(update={"note": messages.left_out(remaining.excluded)})
    return understood


def _refused(part: str, sheet: SheetFile) -> list[tuple[Action, str | None, int | None]]:
    """The wishes that an excluded part speaks of; one that names no action speaks of drafting."""
    actions = _actions(part) or ["draft"]
    return [(action, section, direction) for section, direction in _targets(part, sheet) for action in actions]


def _permitted(wish: Wish, refused: Sequence[tuple[Action, str | None, int | None]], sheet: SheetFile) -> list[Wish]:
    """``wish``, nothing if it is excluded, or what is left of it where only some directions are."""
    if (wish.action, wish.section, wish.direction) in refused:
        return []
    out = {at for kind, section, at in refused if kind == wish.action and section in (None, wish.section) and at}
    if not out or wish.section is None or wish.action == "unclear":
        return [wish]
    if wish.direction is not None:
        return [] if wish.direction in out else [wish]
    others = [entry.number for entry in sheet.directions if entry.number not in out]
    return [wish.model_copy(update={"direction": number}) for number in others]


def _first(years: Sequence[int]) -> int | None:
    return years[0] if years else None


def _clauses(text: str) -> list[str]:
    """The parts of a message that each say what to do; a part without an action word stays with the next one."""
    clauses: list[str] = []
    carried = ""
    for part in table.JOINTS.split(text):
        if not part or not part.strip(" 、,"):
            continue
        carried += part
        if _actions(carried):
            clauses.append(carried)
            carried = ""
    if carried.strip():
        if clauses and not _sections(carried):
            clauses[-1] += carried
        else:
            clauses.append(carried)
    return clauses


def _actions(text: str) -> list[Action]:
    return [action for action, pattern in table.ACTIONS if re.search(pattern, text)]


def _read_clause(text: str, sheet: SheetFile, measures: Iterable[str]) -> list[Wish]:
    actions = _actions(text)
    measure = _other_measure(text, sheet.measure.name, measures)
    years = _years(text, sheet.fiscal_year)
    targets = _targets(text, sheet)
    sections = list(dict.fromkeys(section for section, _ in targets if section))
    if not actions and sections and table.PLEASE.search(text):
        actions = ["draft"]
    common: dict[str, Any] = {"year": _first(years.named), "against": _first(years.against), "measure": measure}
    if not actions and not sections and _names_stored_figures(text, sheet):
        actions = ["figures"]
    if not actions:
        if sections:
            question = messages.what_to_do_with([_title(key, sheet) for key in sections])
            return [Wish(action="unclear", **common, question=question)]
        if "手伝って" in text:
            return [Wish(action="help")]
        return [Wish(action="unclear", **common)]
    action = _settled(actions, text, sections)
    common["action"] = action
    if action in ("compare", "figures"):
        common |= _compared_years(years, sheet.fiscal_year, action)
    match action:
        case "draft":
            return _drafts(text, sheet, targets, common)
        case "find":
            query = None if sections and _only_shows(text) else _query(text, sheet.fiscal_year)
            section, direction = targets[0]
            elsewhere = bool(table.ELSEWHERE.search(text))
            return [Wish(**common, section=section, direction=direction, query=query, elsewhere=elsewhere)]
        case "figures":
            return [Wish(**common, direction=number, query=text) for number in dict.fromkeys(at for _, at in targets)]
        case "help" | "grade" | "explain":
            section, direction = targets[0]
            note = messages.GRADES_ARE_YOURS if action == "grade" and table.GRADING.search(text) else None
            query = text if action == "explain" else None
            return [Wish(**common, section=section, direction=direction, query=query, note=note)]
        case _:
            query = text if action == "revise" else None
            if action == "check" and not sections and table.THIS_SECTION.search(text):
                common["note"] = messages.SECTION_NOT_SAID
            return [Wish(**common, section=section, direction=direction, query=query) for section, direction in targets]


def _other_measure(text: str, own: str, measures: Iterable[str]) -> str | None:
    """Another measure that is named in full, or by a part that only it has (「ごみの減量の施策」)."""
    names = sorted(measures, key=len, reverse=True)
    whole = next((name for name in names if name != own and name in text), None)
    part = re.search(r"([^、。「」]{3,}?)の(?:基本)?施策(?!を)", text)
    if whole or part is None:
        return whole
    having = [name for name in names if part[1] in name]
    return having[0] if len(having) == 1 and having[0] != own else None


def _compared_years(years: _Years, fiscal_year: int, action: Action) -> dict[str, int | None]:
    """``year`` and ``against`` where years stand side by side: the later and the earlier of two named ones.

    A single other year in a comparison is the one compared with.
    """
    named = sorted({*years.named, *years.against})
    if len(named) >= 2:
        return {"year": named[-1], "against": named[0]}
    if action == "compare" and years.named and years.named[0] != fiscal_year:
        return {"year": None, "against": years.named[0]}
    return {}


def _only_shows(text: str) -> bool:
    """Whether a message wants to see a section as it stands."""
    sought = re.search(r"探|検索|どう|どのように|書き方|書きぶり|似た|類似|事例|例を|参考|言い回し|について|文章", text)
    return bool(table.ONLY_SHOW.search(text)) and not sought


def _settled(actions: Sequence[Action], text: str, sections: Sequence[str]) -> Action:
    """The action meant where words of several stand together."""
    first = actions[0]
    if first == "draft" and re.search(r"(下書き|草案|案)(と|を|の)[^。]{0,10}(比較|比べ|違い)", text):
        return "compare"
    if first == "draft" and "explain" in actions and not re.search(r"(書い|作っ|作成し|下書きし|まとめ)て", text):
        return "explain"
    if first == "draft" and "find" in actions and re.search(r"どう書|どのように書|書き方|書きぶり|探し|検索", text):
        return "find"
    if first == "compare" and sections == ["5.3"] and "find" in actions:
        return "find"
    if first == "compare" and not sections and _names_figures(text):
        return "figures"
    if first == "grade" and "figures" not in actions and "explain" in actions:
        return "explain"
    if first == "figures" and sections and _only_shows(text) and not table.ABOUT_FIGURES.search(text):
        return "find"
    return first


def _names_stored_figures(text: str, sheet: SheetFile) -> bool:
    names = [unicodedata.normalize("NFKC", entry.name) for entry in sheet.indicators]
    heads = [re.sub(r"\(.*\)$", "", name) for name in names]
    return any(head and head in text for head in heads) or any(w in text for row in COST_ROWS for w in row.asked_as)


def _names_figures(text: str) -> bool:
    rows = any(word in text for row in COST_ROWS for word in row.asked_as)
    return rows or bool(re.search(r"指標|割合|件数|人数|(?i:KPI)", text))


def _drafts(text: str, sheet: SheetFile, targets: list[_Target], common: dict[str, Any]) -> list[Wish]:
    year = common["year"]
    if targets[0][0] is None:
        keys = _sections_of_year(text, sheet.fiscal_year, year)
        if not keys:
            question = messages.which_section([_title(s.key, sheet) for s in SECTIONS])
            return [Wish(**common | {"action": "unclear"}, direction=targets[0][1], question=question)]
        targets = [(key, direction) for key in keys for _, direction in targets]
    note = messages.LENGTH_NOT_FOLLOWED if table.LENGTH.search(text) else None
    wishes: list[Wish] = []
    for key, direction in targets:
        assert key is not None
        offset = SECTION_BY_KEY[key].year_offset
        if year is not None and offset is not None and year != sheet.fiscal_year + offset:
            meant = _sections_of_year("取組", sheet.fiscal_year, year)
            question = messages.year_and_section_differ(year, _title(key, sheet), [_title(k, sheet) for k in meant])
            return [Wish(**common | {"action": "unclear"}, direction=direction, question=question)]
        wishes.append(Wish(**common, section=key, direction=direction, note=None if wishes else note))
    return wishes


def _sections_of_year(text: str, fiscal_year: int, year: int | None) -> list[str]:
    """The 取組 section that speaks of ``year`` (formats.md: F, F+1, F+2), if the text speaks of 取組 at all."""
    if year is None or not table.WEAK_WORK.search(text):
        return []
    keys = {0: "5.4.done", 1: "5.4.plan", 2: "7.1"}
    return [keys[year - fiscal_year]] if year - fiscal_year in keys else []


def _title(key: str, sheet: SheetFile) -> str:
    return section_label(key, sheet.fiscal_year)


def _sections(text: str) -> dict[str, int]:
    """The sections named and where, in the order of the text; longer names win (中期的な取組方針 is not 取組方針)."""
    masked = re.sub(r"成果指標|対象指標|実績値|目標値|評価理由書", lambda m: "　" * len(m.group()), text)
    found: dict[str, int] = {}
    for pattern, keys in table.SECTION_NUMBERS:
        match = re.search(pattern, masked)
        if match:
            found |= dict.fromkeys(keys, match.start())
            masked = masked[: match.start()] + "　" * len(match.group()) + masked[match.end() :]
    words = sorted(((word, s.key) for s in SECTIONS for word in s.asked_as), key=lambda pair: -len(pair[0]))
    for word, key in words:
        normal = unicodedata.normalize("NFKC", word)
        place = masked.find(normal)
        while place >= 0:
            found.setdefault(key, place)
            masked = masked[:place] + "　" * len(normal) + masked[place + len(normal) :]
            place = masked.find(normal)
    if "5.4.done" in found and "5.4.plan" in found and re.search(r"5\s*\(\s*4", text):
        worded = [key for key, word in (("5.4.plan", "予定"), ("5.4.done", "状況")) if word in text]
        found = {key: at for key, at in found.items() if not key.startswith("5.4") or not worded or key in worded}
    if {"6.1.results", "6.1.issues"} <= found.keys() and re.search(r"6\s*[(.]\s*1", text):
        worded = [
            key for key, word in (("6.1.issues", "課題|改善"), ("6.1.results", "成果|実績")) if re.search(word, text)
        ]
        found = {key: at for key, at in found.items() if not key.startswith("6.1") or not worded or key in worded}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def _targets(text: str, sheet: SheetFile) -> list[_Target]:
    """What a message speaks of: at least one pair; each section with the directions named before it.

    Directions named behind all sections hold for all of them.
    """
    sections, directions = _sections(text), _directions(text, sheet)
    if not directions:
        return [(key, None) for key in sections] or [(None, None)]
    if not sections:
        return [(None, number) for number in dict.fromkeys(number for _, number in directions)]
    last_section = max(sections.values())
    led = any(at < last_section for at, _ in directions)
    targets: list[_Target] = []
    for key, place in sections.items():
        before = [at for at, _ in directions if at < place] if led else [at for at, _ in directions]
        # numbers of one mention share its place, so that 「展開方向1と2の」 stays together
        nearest = {max(before)} if led and before else set(before)
        numbers = dict.fromkeys(number for at, number in directions if at in nearest)
        targets += [(key, number) for number in numbers] or [(key, None)]
    return targets


def _directions(text: str, sheet: SheetFile) -> list[tuple[int, int]]:
    """(place, number) of every direction named, by number or by name; those of one mention share a place."""
    found = []
    for match in table.DIRECTION.finditer(text):
        digits = match.group().translate(table.KANJI_NUMBERS)
        numbers = [int(digit) for digit in re.findall("[1-9]", digits)]
        if "~" in match.group() and len(numbers) == 2:
            numbers = list(range(numbers[0], numbers[1] + 1))
        found += [(match.start(), number) for number in numbers]
    if not found:
        names = {entry.number: unicodedata.normalize("NFKC", entry.name) for entry in sheet.directions if entry.name}
        found = [(text.index(name), number) for number, name in names.items() if name in text]
    return found


def _years(text: str, fiscal_year: int) -> _Years:
    """Years named as the subject, and years named as the model or the other side of a comparison."""
    mentions = [(m.start, m.end, m.year) for m in find_years(text, fiscal_year)]
    taken = text
    for pattern, offset in table.RELATIVE_YEARS:
        for match in re.finditer(pattern, taken):
            mentions.append((match.start(), match.end(), fiscal_year + offset))
        taken = re.sub(pattern, lambda m: "　" * len(m.group()), taken)
    mentions += [(m.start(), m.end(), fiscal_year - int(m[1])) for m in re.finditer(r"([1-9])年(?:度)?前", text)]
    named: list[int] = []
    against: list[int] = []
    for _, end, year in sorted(mentions):
        behind = text[end:]
        (against if table.MODEL_YEAR.match(behind) or table.OTHER_YEAR.match(behind) else named).append(year)
    return _Years(tuple(named), tuple(against))


def _query(text: str, fiscal_year: int) -> str:
    """What to look for: the message without the words that only ask, and without the years, which restrict."""
    for mention in reversed(find_years(text, fiscal_year)):
        text = text[: mention.start] + text[mention.end :]
    for pattern, _ in table.RELATIVE_YEARS:
        text = re.sub(pattern, "", text)
    query = text
    for _ in range(2):  # what stood before a frame may itself be one: 「…について」「書いた文章ある」
        query = table.FIND_FRAME.sub("", query).strip(" 、,。は?？をの")
    return query or text
