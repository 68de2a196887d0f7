"""What a follow-up leaves unsaid, taken from the wishes before it (「展開方向2も」「昨年度のは？」). Pure."""

import re
from collections.abc import Sequence

from assistant import request_action_words as verbs
from assistant import request_place_words as places
from assistant import request_words as frames
from assistant.request_targets import HIDDEN, Mentions, Target
from assistant.wishes import Action, Wish
from corpus.form import SECTION_BY_KEY, SECTION_KEYS
from corpus.sheetfile import SheetFile

_SHORT = 12
"""A follow-up of so many signs has no topic of its own."""
_ABOUT_SECTIONS: tuple[Action, ...] = ("draft", "find", "compare", "check")


def last_of(before: Sequence[Wish], actions: Sequence[Action] = ()) -> Wish | None:
    """The newest wish that was understood, of ``actions`` where given."""
    known = [wish for wish in before if wish.action != "unclear" and (not actions or wish.action in actions)]
    return known[-1] if known else None


def next_section(before: Sequence[Wish]) -> str | None:
    """The section of the form behind the one drafted last; None behind the last one, or before any draft."""
    drafted = last_of(before, ("draft",))
    if drafted is None or drafted.section is None:
        return None
    at = SECTION_KEYS.index(drafted.section) + 1
    return SECTION_KEYS[at] if at < len(SECTION_KEYS) else None


def follow_up(named: Mentions, action: Action | None, before: Sequence[Wish], sheet: SheetFile) -> list[Wish]:
    """The wishes of a clause that leans on earlier ones; [] where it says all itself or nothing fits."""
    text = named.text.strip(" 、,。")
    last = last_of(before)
    if last is None:
        return []
    shown = _after_the_shown(named, last, sheet) or _drafted_anew(named, before)
    if shown:
        return shown
    asks_why = verbs.REASON_ASKED.search(text) and len(text) <= _SHORT and not named.year_named
    if last.action == "grade" and action in (None, "explain") and asks_why:
        return [last]
    if places.ELSEWHERE.search(text) and last.action == "find" and last.section and not has_own_topic(named):
        query = SECTION_BY_KEY[last.section].asked_as[0]
        return [Wish(action="find", section=last.section, query=query, elsewhere=True)]
    also = re.search("も|同じ|同様|(?:だけ|のみ)$", named.rest) and not verbs.WRITE.search(named.rest)
    if action == "draft" and also and last.action in ("find", "check", "compare"):
        # 「成果もお願い」: what was done last, not a draft
        action = None
    if frames.NEXT.match(text):
        section = next_section(before)
        return [Wish(action="draft", section=section)] if section else []
    if action is None and frames.AGAIN.search(text) and not named.sections and not named.year_named:
        return _again(named, before)
    if frames.YEAR_BEFORE.search(text) and not named.sections:
        return _year_before(last)
    if places.OTHER_DIRECTION.search(text) and last.direction is not None and action in (None, "draft", last.action):
        numbers = [entry.number for entry in sheet.directions if entry.number != last.direction]
        return [_with_direction(last, number) for number in numbers]
    whole = places.WHOLE_SHEET.search(text) and not frames.SIMPLY.sub("", places.WHOLE_SHEET.sub("", named.rest))
    if action is None and whole and not named.sections and last.action == "check":
        return [Wish(action="check")]
    bare = _bare_direction(text, sheet) if not named.sections and not named.directions else None
    if bare is not None and action in (None, "draft", "find"):
        return [_with_direction(_model(last, before, action), bare)]
    if not named.sections and named.directions and action in (None, last.action, "draft") and not named.year_named:
        model = _model(last, before, action)
        return [_with_direction(model, number) for number in named.directions]
    if action is None and named.sections:
        return _same_for_sections(named, last)
    if action is None and named.year_named and len(text) <= 24 and not has_own_topic(named):
        return _same_for_year(named, last, sheet)
    if action == "find" and not named.sections and not has_own_topic(named) and last.section:
        return _same_for_year(named, last.model_copy(update={"action": "find"}), sheet)
    return []


def section_before(named: Mentions, action: Action, before: Sequence[Wish]) -> str | None:
    """The section that a clause without one points back to, or leaves to the last wish."""
    last = last_of(before, _ABOUT_SECTIONS)
    if last is None or last.section is None or last.measure is not None:
        return None
    if action == "draft":
        rest = verbs.WRITE.sub("", named.rest)
        return last.section if re.fullmatch(rf"(?:{_PLAIN_RIDE})*", rest) or frames.AGAIN.search(rest) else None
    if places.WHOLE_SHEET.search(named.rest) or action not in ("check", "compare"):
        return None
    newest = before[-1] if before else last
    goes_on = newest.action == action == "compare"
    return last.section if goes_on or frames.POINTS_BACK.search(named.rest) else None


def _after_the_shown(named: Mentions, last: Wish, sheet: SheetFile) -> list[Wish]:
    """A draft that follows the text shown last (「それにならって今年度の分を書いて」)."""
    orders = (
        verbs.WRITE.search(named.rest) or verbs.PLEASE.search(named.rest) or re.search("直し|更新|[をで]$", named.rest)
    )
    if last.action != "find" or not last.section or last.year is None or not orders:
        return []
    if named.sections not in ((), (last.section,)):
        return []
    otherwise = frames.FOLLOWS_SHOWN.sub("", named.rest)
    if otherwise == named.rest or last.measure or verbs.STRONG_SEEK.search(verbs.WRITE.sub("", otherwise)):
        return []
    offset = SECTION_BY_KEY[last.section].year_offset
    fitting = [year for year in named.named_years if offset is not None and year == sheet.fiscal_year + offset]
    if named.named_years and not fitting and offset is not None:
        return []
    year = fitting[0] if fitting else None
    numbers = named.directions or (last.direction,)
    return [
        Wish(action="draft", section=last.section, direction=number, year=year, against=last.year) for number in numbers
    ]


def _drafted_anew(named: Mentions, before: Sequence[Wish]) -> list[Wish]:
    """The last draft, now after the model of a year (「昨年度にならって書き直して」)."""
    drafted = last_of(before, ("draft",))
    if drafted is None or named.sections or not named.follows or not re.search("直し|もう|改め|やり", named.rest):
        return []
    return [drafted.model_copy(update={"against": named.model_years[0], "note": None})]


WORK_SECTIONS = ("5.4.done", "5.4.plan", "7.1")
"""What speaks of 取組 in the sheet's year, the next and the one after."""
_PLAIN_RIDE = (
    r"もう一?度|もう1?[度回]|じゃあ?|では|それ|これ|を|も|で|に|の|は|と|から|いいので|参考|もと|して|"
    r"しといて|ください|下さい|お願い|おねがい|します|いたします|たのむ|頼みます|よろしく"
    r"|もらえる|もらえます|か|ほしい|いただけます|同じように|やっぱり|やはり|早速|さっそく|[昨今来本]年度?|"
    r"令和?|R|[0-9]|年度|分|版|[\s、。!?]|い|く|ね|よ|て"
)


def _year_before(last: Wish) -> list[Wish]:
    """What was asked last, of the year before."""
    if last.action == "compare" and last.against is not None:
        return [last.model_copy(update={"against": last.against - 1})]
    if last.action in ("find", "figures", "grade", "check") and last.year is not None:
        return [last.model_copy(update={"year": last.year - 1, "note": None})]
    return []


def _again(named: Mentions, before: Sequence[Wish]) -> list[Wish]:
    """The last draft once more, else the last wish of any other kind."""
    wish = last_of(before, ("draft",)) or last_of(before)
    if wish is None:
        return []
    return [_with_direction(wish, number) for number in named.directions] or [wish]


def _bare_direction(text: str, sheet: SheetFile) -> int | None:
    match = frames.BARE_DIRECTION.match(text)
    number = int(match[1]) if match else None
    return number if number in [entry.number for entry in sheet.directions] else None


def _model(last: Wish, before: Sequence[Wish], action: Action | None) -> Wish:
    """The wish that is repeated for another direction; an explicit 「書いて」 repeats the section as a draft."""
    if action == "draft" and last.action != "draft":
        drafted = last_of(before, ("draft",))
        return drafted or Wish(action="draft", section=last.section)
    return last


def _with_direction(wish: Wish, number: int) -> Wish:
    return wish.model_copy(update={"direction": number, "note": None})


def _same_for_sections(named: Mentions, last: Wish) -> list[Wish]:
    """What was asked last, for the sections that are named now."""
    if last.action == "grade" and verbs.REASON_ASKED.search(named.text):
        return [last]
    action: Action = "draft" if last.action in ("revise", "explain") else last.action
    if action not in _ABOUT_SECTIONS or (last.measure is not None and action != "find"):
        return []
    left = without_years(named)
    left = verbs.PLEASE.sub("", verbs.ABOUT_TEXT.sub("", left)) if last.action != "draft" else left
    if last.action == "check":
        left = re.sub(r"見て(?:ください|おいて|もらえますか)?|見といて", "", left)
    left = frames.SIMPLY.sub("", frames.AGAIN.sub("", left)).strip()
    if left and not re.fullmatch(r"どう(?:ですか|なの|です)?|か|お願いします|ですか", left):
        return []
    alike = action == "draft" and frames.SAME_WAY.search(named.text)
    wishes = []
    for target in named.targets:
        year = target.year if target.year is not None else last.year if action != "draft" else None
        if target.year is not None and action == "draft" and not _fits(target):
            return []
        kept = {"year": year, "section": target.section, "direction": target.direction, "note": None}
        if alike and target.direction is None:
            kept["direction"] = last.direction
        lent = last.against if action == "compare" or alike else None
        kept["against"] = named.model_years[0] if named.model_years else lent
        query = last.query if action == "revise" else None
        wishes.append(Wish(action=action, measure=last.measure).model_copy(update=kept | {"query": query}))
    return wishes


def _fits(target: Target) -> bool:
    return target.section is not None


def without_years(named: Mentions) -> str:
    """The clause without its sections, directions and years."""
    rest = places.YEARS_AGO.sub("", named.rest)
    for pattern, _ in (*places.RELATIVE_YEARS, *places.SHORT_YEARS):
        rest = re.sub(pattern, "", rest)
    return re.sub(r"(?:令和|平成)?[0-9]{1,4}年度?", "", rest)


def has_own_topic(named: Mentions) -> bool:
    """Whether the clause speaks of something that no earlier wish has to lend."""
    rest = re.sub(
        r"(?:どう|なんて|何て|どんなふうに)?(?:書|かい|記載して)(?:い?てた|いてい[るた]|い?てる|"
        r"いてあ(?:る|った|り)|いてましたか?)",
        "",
        without_years(named),
    )
    rest = places.ELSEWHERE.sub("", re.sub("それ|これ|あれ", "", verbs.SHOW.sub("", rest)))
    rest = re.sub(
        r"ください|下さい|もらえる|もらえます|いただけます|ほしい|ちょうだい|どう(?:ですか|なの|だった|"
        r"でした)?|ですか|でしたか|文章?|シート|分|版|だと|比べ(?:て|ると)|比較|お願い(?:します)?",
        "",
        rest,
    )
    return bool(re.sub(frames.SIMPLY, "", rest).strip(f"{HIDDEN}かねよて "))


def _same_for_year(named: Mentions, last: Wish, sheet: SheetFile) -> list[Wish]:
    """What was asked last, for the year that is named now; of a draft, the stored text of that year."""
    years = [*named.named_years, *named.model_years]
    if not years:
        return []
    year = years[0]
    plain = last.model_copy(update={"note": None})
    match last.action:
        case "compare":
            return [plain.model_copy(update={"against": year})]
        case "draft" | "revise" | "explain" if year < sheet.fiscal_year and last.section:
            return [Wish(action="find", section=last.section, direction=last.direction, year=year)]
        case "draft" if last.section in WORK_SECTIONS:
            at = year - sheet.fiscal_year
            section = WORK_SECTIONS[at] if 0 <= at < len(WORK_SECTIONS) else None
            return [plain.model_copy(update={"year": year, "section": section})] if section else []
        case "draft" if last.section:
            offset = SECTION_BY_KEY[last.section].year_offset
            fits = offset is not None and year == sheet.fiscal_year + offset
            return [plain.model_copy(update={"year": year})] if fits else []
        case "figures" if named.model_years and not named.named_years:
            return [plain.model_copy(update={"against": year, "year": None})]
        case "find" | "figures" | "grade" | "check":
            return [plain.model_copy(update={"year": year, "against": None})]
        case _:
            return []
