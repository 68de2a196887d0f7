"""Words of records and ranks (13, 14, 16): 最高, 最も低い, 2番目に多い; over which years; of which measure."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.checking.claim_types import Metric, Window
from assistant.checking.never_values import BLANK
from assistant.checking.sentences import Sentence
from assistant.checking.years import Year

Side = Literal["up", "down", "better", "worse"]
_KANJI = {sign: value for value, sign in enumerate("〇一二三四五六七八九十")}
COUNT = r"[0-9]{1,3}|[二三四五六七八九十]"
MOST = re.compile(
    r"最(?:(?P<up>高|多|大|長)|(?P<down>低|少|小|短)|(?P<better>良|善)|(?P<worse>悪))"
    r"(?!限|賃金|でも|化|齢|裁|気温|速|手|の(?:課題|要因|原因|理由|効果|魅力|特徴|強み|目的|ポイント))"
    r"|(?:最も|もっとも|一番|いちばん|(?P<next>(?<!これ|それ)に次(?:いで|ぐ))|(?P<nth>[0-9]{1,2}|"
    r"[二三四五六七八九十])番目(?:に|の))[、 ]?"
    r"(?:(?P<up2>高|多|大き|長|広)|(?P<down2>低|少な|小さ|短|狭)|(?P<better2>良|よ(?=[いかく])|好)|(?P<worse2>悪))"
    r"|(?:(?P<up3>高|多|大き|長|広)|(?P<down3>低|少な|小さ|短|狭)|(?P<better3>良|よ)|(?P<worse3>悪))い?(?:方|"
    r"ほう|順)から(?:数えて)?[ ]?"
    r"(?P<nth3>[0-9]{1,2}|[二三四五六七八九十])(?:番目|位)"
)
ANY = re.compile("最[高多大長低少小短良善悪もく]|もっとも|一番|いちばん|番目|[方順]から|に次")
"""Something that ``MOST`` may match: a quick look before it."""

_WINDOW = re.compile(
    r"(?P<plan>同(?:じ)?(?:計画)?期間|(?:本|現|第[0-9]次)?(?:基本)?計画の?(?:期間|(?:策定|開始)(?:時|"
    r"年度)?(?:以来|以降|後)|(?=[0-9]か?年間?)))"
    r"|(?P<all>(?:過去|直近|最近|これまで|今まで)(?![0-9]|[のに]?[0-9])|史上|かつて|(?:調査|"
    r"統計|集計|測定|記録|計測|設置|制度)(?:の|を)?"
    r"(?:開始|実施|始め(?:て|た))?(?:以来|以降)|記録(?:の|が)(?:ある|残る))"
    r"|(?P<count>[0-9]{1,2})(?:か|ヶ|カ|ヵ|箇)?年(?:度)?(?:間)?(?=の?(?:中|うち|間)?(?:で|に|"
    r"では)?|では|で|において|のうち|は)"
    r"|(?P<since>以降|以来|から)(?!の?(?:増|減|上|低|改|悪|変|伸|差))"
)
OUTSIDE = re.compile(
    r"県内|全国|都内|道内|府内|国内|管内|近隣|周辺|他市|他の市|他自治体|市町村|自治体|類似団体|"
    r"政令|中核市|[0-9]+市|圏域|地区|地域別|"
    r"年代|年齢|世代|男女|性別|校種|学年|種類別|品目|理由|意見|要望|回答|月別|曜日|事業の(?:中|うち)"
)
"""Beside 最も: among others than our years or rows."""
_WIDTH = (
    r"(?:(?P<up>増加|上昇|伸び|上げ|増)|(?P<down>減少|低下|下落|削減|落ち込み|下げ|減))(?:幅|額|数|量|分|件数|人数)?"
)
_WIDTH_BEFORE = re.compile(rf"{_WIDTH}(?:は|が|も)")
_WIDTH_BEHIND = re.compile(rf"(?:き?な|の|い){_WIDTH}(?!率)(?=と|で|を|に|。|、|$)")
_RATE_BEFORE = re.compile(r"達成[率度](?:は|が|も|で|の)")
_GAP_BEFORE = re.compile(r"目標(?:値)?(?:と|から|まで)の(?:差|乖離|開き|隔たり)(?:は|が|も)")
_BEHIND = re.compile(r"い?[ ]?(?:目標)?達成[率度]")
NEW = re.compile(r"(?:値|記録|実績)?を?(?:更新|塗り替)")
TIED = re.compile(r"(?:値|記録|水準|タイ記録|実績)?(?:に並|と並|タイ|と同(?:じ|値|数|率|水準|額)|と変わ)")


@dataclass(frozen=True)
class Said:
    """A word of a record or rank at ``[start:end]``; ``window_start``: where what belongs to it begins.

    ``after``: the year before it is the one that comes first (「令和4年度に次ぐ」).
    """

    start: int
    end: int
    side: Side
    nth: int
    window: Window | None
    window_start: int
    metric: Metric
    sign: int
    after: bool = False


def number_of(text: str) -> int:
    """2, 二 -> 2."""
    return int(text) if text.isdigit() else _KANJI[text]


def said_at(sentence: Sentence, match: re.Match[str], before: int, carried: Window | None) -> Said:
    """The matched word with its window, looked for behind ``before``; ``carried``: the window said earlier."""
    side: Side = next(name for name in ("up", "down", "better", "worse") if _group(match, name))
    nth = match["nth"] or match["nth3"] or ("2" if match["next"] else None)
    window, start = _window(sentence, before, match.start())
    metric, sign = _metric(sentence, before, match)
    behind = _behind_a_year(sentence, match)
    return Said(
        match.start(),
        match.end(),
        side,
        number_of(nth) if nth else 1,
        window or carried or behind,
        start,
        metric,
        sign,
        behind is not None,
    )


def _behind_a_year(sentence: Sentence, match: re.Match[str]) -> Window | None:
    """「令和3年度の41.3百万円に次いで2番目に」「令和4年度に次ぐ高さ」: among the years."""
    head = sentence.bare[: match.start()]
    if match["next"] is None and not re.search(r"に次(?:いで|ぐ)[、 ]?$", head):
        return None
    named = re.sub(r"(?:に次(?:いで|ぐ))?[、 ]?$", "", head)
    years = [year for year in sentence.years if year.end <= len(named)]
    return Window("stored") if years and re.fullmatch(rf"(?:の{BLANK}+)?", named[years[-1].end :]) else None


def _group(match: re.Match[str], name: str) -> bool:
    return any(match[part] for part in (name, name + "2", name + "3"))


def _window(sentence: Sentence, before: int, place: int) -> tuple[Window | None, int]:
    """The window named last between ``before`` and ``place``, and where it begins."""
    window: Window | None = None
    start = place
    for match in _WINDOW.finditer(sentence.bare, before, place):
        if match["plan"]:
            window, start = Window("plan"), match.start()
        elif match["all"]:
            window, start = Window("all"), match.start()
        elif match["count"]:
            if window is None or int(match["count"]) > 1:
                window, start = Window("count", count=int(match["count"])), min(start, match.start())
        else:
            year = next((year for year in sentence.years if year.end == match.start()), None)
            if (year is not None and match["since"] != "から") or (
                year is not None and re.match(r"から[^、。]{0,12}(?:まで|間)", sentence.plain[match.start() : place])
            ):
                window, start = Window("since", since=year), year.start
    return window, start


def without_windows(text: str) -> str:
    """``text`` without the words that name years to look over."""
    return _WINDOW.sub("", text)


def _metric(sentence: Sentence, before: int, match: re.Match[str]) -> tuple[Metric, int]:
    """What is the most: the value, or its change, achievement rate or distance from the target."""
    if _BEHIND.match(sentence.plain, match.end()):
        return "rate", 0
    behind = _WIDTH_BEHIND.match(sentence.plain, match.end())
    if behind is not None:
        return "change", 1 if behind["up"] else -1
    if _GAP_BEFORE.search(sentence.bare, before, match.start()):
        return "gap", 0
    if _RATE_BEFORE.search(sentence.bare, before, match.start()):
        return "rate", 0
    width = _WIDTH_BEFORE.search(sentence.bare, before, match.start())
    if width is not None:
        return "change", 1 if width["up"] else -1
    return "value", 0


_ENDING = r"(?:かった|い|く|きい|きく|きかった|さい|さく|さかった)?(?:値|水準|数値|実績)?"
_YEAR_BEHIND = re.compile(
    rf"{_ENDING}(?:だった|であった|とな[るっ]た?|を記録した|[にをまで][^、。はがも]{{1,6}}た)?(?:(?:のは|"
    rf"のが)、?[ ]?|の)?"
)


def year_behind(sentence: Sentence, place: int) -> Year | None:
    """「最も低かった令和3年度」「最も多かったのは令和4年度」."""
    match = _YEAR_BEHIND.match(sentence.plain, place)
    ends = {place, match.end() if match else place}
    return next((year for year in sentence.years if year.start in ends), None)


def width_before(sentence: Sentence, place: int) -> int | None:
    """Where 「減少額は」 begins, the last one before ``place``."""
    found = list(_WIDTH_BEFORE.finditer(sentence.bare, 0, place))
    return found[-1].start() if found else None
