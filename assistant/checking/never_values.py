"""Places of a text whose digits state no figure: labels, ordinals, laws, dates, telephone numbers, idioms, years.

Source: claims.md, "Never values". ``mask`` blanks them, so that what reads figures never sees them.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from corpus.fiscal import find_years

BLANK = "\ue001"
"""Stands for a masked character; private use, so that one in the text itself does no more than end a word."""

_ANY_ERA = 2023
"""``find_years`` needs a year to read a bare 「5年度」; its place, all that counts here, is the same for any."""

_TO = "[~～〜\\-−－‐・、]"
_KANJI_NUMBER = "[一二三四五六七八九十百千〇]+"
_KANJI_RUN = "(?<![一二三四五六七八九十百千〇])[一二三四五六七八九十百千〇]++"
_DATE_OR_TIME = (
    rf"\d{{1,2}}(?:{_TO}\d{{1,2}})?月(?:\d{{1,2}}日)?(?:{_TO}\d{{1,2}}日)?",
    r"(?<![一二三四五六七八九十])十?[一二三四五六七八九十]月(?:[一二三]?十?[一二三四五六七八九十]日)?",
    r"\d{4}[./]\d{1,2}[./]\d{1,2}",
    rf"\d{{1,3}}(?:{_TO}\d{{1,3}})?(?:か|ヶ|ヵ|カ|ケ|ヶ|箇)月",
    rf"\d{{1,3}}(?:{_TO}\d{{1,3}})?(?:か|ヶ|ヵ|カ|ケ|箇)?年(?!度)",
    rf"\d{{1,2}}(?={_TO}(?:令和|平成|[RH])?\d{{1,2}}年度?)",
    r"(?<=[RHS]\d[-~～〜・])\d{1,2}(?!\d)",
    r"(?<=(?:令和|平成)\d[-~～〜・、])\d{1,2}(?=年)",
    r"\d{1,2}時(?!間)(?:\d{1,2}分|半)?",
    r"(?<![RHSＲＨ\d])\d{1,2}:\d{2}(?![\d.,%])",
    r"24時間",
    r"36[56]日",
)
_LABEL = (
    r"第\d+(?:の\d+|次|条|項|号|期|回|章|節|編|位|層|種|類|者|部|款|段階|四半期|\.\d+)*",
    rf"第{_KANJI_NUMBER}",
    r"\d+条(?:の\d+)?",
    r"(?:展開方向|基本施策|施策|政策|方針|指標|図表?|表|別紙|別表|様式|資料|注|※|№|No\.?|問|案|柱|ステップ|フェーズ|"
    r"レベル|パターン|重点|プロジェクト|取組|課題|ゴール|類型|区分|内線|ページ|頁|[pP]\.)[ ]?\d+(?:-\d+)*"
    r"(?![\d.,]*[%人件団円])",
    r"SDG[sS]?の?(?:目標|ゴール)?\d{1,2}(?:[、・,]\d{1,2}(?!\d))*(?![\d.%])",
    r"目標\d{1,2}(?=「)",
    r"(?:プラン|ビジョン|計画|アジェンダ|戦略|宣言|構想|大会|東京|大阪|日本|ふるさと|未来|チャレンジ)(?:20\d\d|\d{2,3})(?![\d.,]*[%人件団円])",
    r"(?:20\d\d|80[25]0)(?=アジェンダ|問題|運動|大会|年問題)",
    r"[(\[]\d{1,2}[)\]]",
    r"\d{1,2}[(]\d{1,2}[)]",
    r"(?m:^[ \t]*\d{1,2}[.)、](?!\d))",
    r"(?m:^[ \t]*\d{1,2}[ ](?=[^\d\s%])(?![件社円団世名か箇]))",
    r"\d{1,2}世紀|\d+周年|\d+人(?:学級|制|乗り|部屋)|\d+(?:点セット|本の矢|本立て|車線|坪|号線)",
    r"(?<![\d・])\d+(?:・\d+)+(?=号|線)",
    r"人口[\d千万]+対|[A-Za-z]\+\d+|CO2|PM2\.5|(?<![A-Za-z])\d[RGKSD](?![A-Za-z])",
)
_TELEPHONE = (
    r"0\d{1,4}[-−－ー‐(]\d{1,4}[-−－ー‐)]\d{3,4}",
    r"\d{3}-\d{4}(?!\d)",
    r"[#♯]\d{4}",
    r"\d+番(?:地)?",
)
_IDIOM = (
    r"補助率[はが:の]?\s?(?:定額)?[(]?\d+(?:分の\d+|/\d+|%)|\d+/\d+",
    r"[1一]人(?:[1一]人|ひとり|[1一]台|暮らし|親|でも|では|世帯|(?=[1一]日[あ当]))",
    rf"(?:\d[\d,.]*+|{_KANJI_RUN})[万千百]*+(?:人|世帯|件|日|回|団体|校|社|戸|台|本|[かカヶ箇]所|施設|事業所?|館|店舗?|園|棟|組|講座|教室|㎡|m2|km2?)(?:当たり|あたり|当り|につき|対|平均(?=約?\d))",
    r"(?<![\d,.])\d[\d,]*(?:つ|者|次|期|種|類|級|号|階|学期|世代|大|丁目|行目|拍子|対\d+|都|県|区|町|村|市|か国|カ国|ヶ国|自治体)"
    r"(?![間目標])",
    r"\d+(?:人|件|回|本|枚|番|年|台|校|期|団体|か所|代|個|日)目",
    r"(?<=を)100%?(?=と(?:する|した|して|すれば))",
    rf"(?:\d+|{_KANJI_RUN})(?:人に[1一]人|世帯に[1一]世帯|件に[1一]件|校に[1一]校|戸に[1一]戸)(?!ずつ)",
    r"\d{1,3}(?:歳)?代",
    r"\d+(?:年|回|期)(?=連続|続け|続い)|一(?:か|ヶ|ヵ|カ|ケ|箇)所(?:で(?=[一-龠][^。、]{0,6}(?:られ|でき|る))|に(?=集|まと))|三本柱|[1一]本化|百人一首|二人三脚|十人十色|三人称|[1一]戸建|[1一]件[1一]件|[1一]回り|十分|(?<![一二三四五六七八九十百千])万一|(?<![十百千万億〇一二三四五六七八九])一人(?!の?(?:増|減|上回|下回|少な|多[いくか]))",
)
_AGE = r"\d{1,3}歳(?:\d{1,2}か月)?(?:児|以上|以下|未満|から|まで|到達|時)?"
_DAY = r"(?<![\d,.])(?:[12]?\d|3[01])日(?:間)?"
_SHORT_HOURS = r"(?<![\d,.])(?:1?\d|2[0-4])時間"
_MINUTES = r"(?<![割分\d,.])\d{1,2}(?:分(?!の)|秒|週)(?:間)?"

_FIRST = (
    r"(?=[\d \t(\[#♯A-Za-z〇一二三四五六七八九十百千万億第展基施政方指図表別様資注※№問案柱スフレパ重プ取課ゴ類区内ペ頁"
    r"目ビ計ア戦宣構大東日ふ未チ補人十])"
)
"""What a never-value may begin with: without it, every alternative is tried at every character."""
_ALWAYS = re.compile(_FIRST + "(?:" + "|".join((*_TELEPHONE, *_DATE_OR_TIME, *_LABEL, *_IDIOM)) + ")")
_ADDRESS = re.compile(r"https?://\S+|[\w.]+@[\w.]+")
_UNLESS_UNIT = {
    "歳": re.compile(rf"(?<![\d.,]){_AGE}"),
    "日": re.compile(_DAY),
    "時間": re.compile(_SHORT_HOURS),
    "分": re.compile(_MINUTES),
}
_NUMERAL = re.compile("[0-9〇一二三四五六七八九十百千万億元]")


@lru_cache(maxsize=64)
def _own_counts(units: frozenset[str]) -> re.Pattern[str]:
    """A number counted in one of the sheet's own units, the longest taken (「122市町村」, 「7種類」)."""
    names = "|".join(re.escape(normalise(unit).strip()) for unit in sorted(units, key=lambda unit: (-len(unit), unit)))
    names = re.sub("[かヶヵカケ箇](?=[国所])", "[かヶヵカケ箇]", names)
    return re.compile(rf"\d[\d,.]*[千万億]?(?:{names})")


_ROUND_THE_CLOCK = re.compile("24時間|36[56]日")
_CODE = re.compile(
    r"(?<=[A-Za-z])[-‐]?\d+(?:[-.]\d+)*(?![\d.,]*[ ]?(?:[%人名件団円千万百億回校社台本か世]|ポイント|pt))"
)
_TO_HALF = str.maketrans(
    "０１２３４５６７８９，．％（）［］　：／＃＋＝｛｝" + "".join(chr(code) for code in range(0xFF21, 0xFF5B)),
    "0123456789,.%()[] :/#+={}" + "".join(chr(code - 0xFEE0) for code in range(0xFF21, 0xFF5B)),
)


def normalise(text: str) -> str:
    """``text`` with digits, signs and letters in half width, character for character, so that offsets stay."""
    return text.translate(_TO_HALF)


def mask(text: str, units: Collection[str] = ()) -> str:
    """``normalise(text)`` in which every never-value is ``BLANK``, of the same length.

    A unit in ``units`` (an indicator counted in 歳, 日, 年 …) takes its words out of the idioms.
    """
    plain = normalise(text)
    if not _NUMERAL.search(plain):
        return plain
    signs = list(plain)

    def blank(start: int, end: int) -> None:
        signs[start:end] = BLANK * (end - start)

    for mention in find_years(text, _ANY_ERA):
        blank(mention.start, mention.end)
    own = _own_counts(frozenset(units)) if units else None
    if "@" in plain or "://" in plain:
        for match in _ADDRESS.finditer(plain):
            blank(*match.span())
    for match in _ALWAYS.finditer(plain):
        if not _is_counted(plain, match, own):
            blank(*match.span())
    for unit, pattern in _UNLESS_UNIT.items():
        if unit not in units:
            for match in pattern.finditer(plain):
                if not _is_counted(plain, match, own):
                    blank(*match.span())
    for match in _CODE.finditer(plain):
        blank(*match.span())
    return "".join(signs)


def _is_counted(plain: str, match: re.Match[str], own: re.Pattern[str] | None) -> bool:
    """Whether what looks like a label is a number with a unit of the sheet, at least as long."""
    if own is None or not plain[match.start()].isdigit() or _ROUND_THE_CLOCK.fullmatch(match.group()):
        return False
    counted = own.match(plain, match.start())
    return counted is not None and counted.end() >= match.end()
