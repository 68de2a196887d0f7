"""Moving the years of a carried-on text: only the source sheet's own years (S, S+1, S+2) move, all others stay.

Calendar years and dates stay (「令和5年4月」「R5.4.1」); a period of which one end stays is not torn apart.
"""

import re
from dataclasses import dataclass

from assistant.drafting.events import is_one_off
from corpus.fiscal import YearMention, find_years, rewrite_year

OWN_YEARS = 3
"""A sheet of fiscal year S speaks of S, S+1 (5.4.plan) and S+2 (7.1)."""

_DATE_BEHIND = re.compile(r"[./．／][ ]?[0-9０-９]|年?[ ]?[0-9０-９]{1,2}月")
_SPAN_BEHIND = re.compile(r"間|連続|ぶり|目|続け|にわた|おき|ごと|分(?!の)")
_PERIOD = re.compile(r"[ 　]*(?:[～~〜\-－―‐]|から|より)[ 　]*")
_STARTS_PERIOD = re.compile(r"[ 　]*(?:[～~〜]|から|より(?![一多深良高い])|以降|を始期|を初年度)")
_COUNTED_YEAR = re.compile(r"[0-9０-９一二三四五六七八九十]年度?目|初年度|最終年度")
_WESTERN_BEHIND = re.compile(r"[（(](?P<year>(?:19|20)[0-9]{2}|(?:１９|２０)[０-９]{2})(?:年度|年)?[）)]")
_WESTERN_BEFORE = re.compile(r"(?P<year>(?:19|20)[0-9]{2}|(?:１９|２０)[０-９]{2})[（(]$")
_LISTED_BEFORE = re.compile(r"(?<![0-9０-９.．,，第])(?P<number>[0-9]{1,2}|[０-９]{1,2})(?P<sign>[・、～~〜\-－])$")


@dataclass(frozen=True)
class Edit:
    """``text[start:end]`` becomes ``written``."""

    start: int
    end: int
    written: str


@dataclass(frozen=True)
class YearMove:
    """``edits`` move the years of a sentence; ``stayed``: fiscal years that it names and that stay.

    ``doubtful``: the sentence mixes moved and stayed years, begins a period with a moved one, or counts years
    (「2年目」「最終年度」): 【要確認：年度】. ``dated``: it names a calendar year about the source's own, which stays.
    ``one_off``: a moved year dates a one-off deed or event: 【要確認：年度】 whatever else is confirmed.
    """

    edits: tuple[Edit, ...]
    stayed: frozenset[int]
    doubtful: bool
    dated: bool = False
    one_off: bool = False

    @property
    def moved(self) -> bool:
        """Whether any year moves."""
        return bool(self.edits)


def move_years(text: str, source_year: int, by: int = 1) -> YearMove:
    """The edits that carry ``text`` of the sheet of ``source_year`` on by ``by`` years."""
    mentions = [mention for mention in find_years(text, source_year) if not _is_span(text, mention)]
    moving = [_moves(text, mention, source_year) for mention in mentions]
    torn = False
    for place in range(len(mentions) - 1):
        between = text[mentions[place].end : mentions[place + 1].start]
        if _PERIOD.fullmatch(between) and moving[place] != moving[place + 1]:
            moving[place] = moving[place + 1] = False
            torn = True
    edits: list[Edit] = []
    stayed: set[int] = set()
    begins = once = False
    for place, (mention, moves) in enumerate(zip(mentions, moving, strict=True)):
        listed = _listed_before(text, mention)
        if listed is not None and not (moves and source_year <= listed.year):
            torn, moves = torn or moves, False
        if not moves:
            stayed.add(mention.year)
            continue
        edits.append(Edit(mention.start, mention.end, rewrite_year(mention, mention.year + by)))
        edits += _western_twin(text, mention, by)
        if listed is not None:
            edits.append(Edit(listed.start, listed.end, rewrite_year(listed, listed.year + by).removesuffix("年度")))
        begins = begins or _STARTS_PERIOD.match(text, mention.end) is not None
        next_year = mentions[place + 1].start if place + 1 < len(mentions) else len(text)
        once = once or is_one_off(text, mention.end, next_year)
    edits = sorted(set(edits), key=lambda edit: edit.start)
    counted = _COUNTED_YEAR.search(text) is not None
    near = range(source_year - 1, source_year + OWN_YEARS)
    dated = any(
        not moves and mention.year in near and not (mention.fiscal and mention.year < source_year)
        for mention, moves in zip(mentions, moving, strict=True)
    )
    doubtful = torn or begins or counted or bool(edits and stayed)
    return YearMove(tuple(edits), frozenset(stayed), doubtful, dated, once)


def still_years(text: str, source_year: int) -> YearMove:
    """No year moves: the text already speaks of the year that it is used for."""
    return YearMove((), frozenset(mention.year for mention in find_years(text, source_year)), False)


def _moves(text: str, mention: YearMention, source_year: int) -> bool:
    if not mention.fiscal or not source_year <= mention.year < source_year + OWN_YEARS:
        return False
    return mention.written.endswith("年度") or _DATE_BEHIND.match(text, mention.end) is None


def _is_span(text: str, mention: YearMention) -> bool:
    """「3年度連続」 counts years and names none."""
    bare = re.fullmatch("[0-9０-９一二三四五六七八九十]+年度", mention.written)
    return bare is not None and len(mention.written) < 6 and _SPAN_BEHIND.match(text, mention.end) is not None


def _western_twin(text: str, mention: YearMention, by: int) -> list[Edit]:
    """「令和5（2023）年度」: the western year beside an era year moves with it."""
    behind = _WESTERN_BEHIND.match(text, mention.end)
    before = _WESTERN_BEFORE.search(text, max(0, mention.start - 5), mention.start)
    edits = []
    for match in (behind, before):
        if match and int(match["year"]) == mention.year:
            twin = YearMention(match.start("year"), match.end("year"), match["year"], mention.year, True)
            edits.append(Edit(twin.start, twin.end, rewrite_year(twin, mention.year + by)))
    return edits


def _listed_before(text: str, mention: YearMention) -> YearMention | None:
    """The 「5」 of 「5・6年度」, which names a year without saying 年度."""
    if not mention.written.endswith("年度") or mention.written[0] not in "0123456789０１２３４５６７８９":
        return None
    match = _LISTED_BEFORE.search(text, max(0, mention.start - 4), mention.start)
    if match is None or len(mention.written.removesuffix("年度")) > 2:
        return None
    own = int(mention.written.removesuffix("年度"))
    listed = int(match["number"])
    if listed >= own:
        return None
    written = match["number"] + "年度"
    return YearMention(match.start("number"), match.end("number"), written, mention.year - own + listed, True)
