"""The words of the claims: directions, relations, levels, series, relative years; and what makes them a plan.

Patterns run over ``never_values.normalise``d text. Source of the list: claims.md and administrative prose.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast

from corpus.form import Series

Sense = Literal[
    "up",
    "down",
    "better",
    "worse",
    "above",
    "below",
    "gap",
    "flat",
    "reach",
    "short",
    "recover",
    "stall",
    "same",
]
"""What a word says. ``gap``: a difference without sign; ``reach``/``short``: 達する/届かない, against a target."""

_SENSES: tuple[tuple[Sense, str], ...] = (
    (
        "up",
        r"増加|上昇|急増|微増|増大|漸増|純増|増額|伸長|上振れ|増え|増や(?=し)|伸び|伸ば(?=し)|上が(?=[っりる])|"
        r"高ま(?=[っりる])|"
        r"延伸|延長(?=[さしとで、。])|延び(?=[たてる、])|広が(?=[っりる])|上積み|積み増|上乗せ|引き?上げ|拡大|プラス|"
        r"アップ|増",
    ),
    (
        "down",
        r"減少|低下|下落|急減|微減|漸減|純減|減額|低減|削減|縮減|圧縮|短縮|目減り|下振れ|減っ|減り|減る|減ら(?=し)|"
        r"下が(?=[っりる])|引き?下げ|落ち込|縮小|縮ま|マイナス|ダウン|減",
    ),
    ("better", r"向上|改善|好転|回復|持ち直"),
    ("worse", r"悪化|後退"),
    ("above", r"上回|超過|超え|高い|高く|高か|多い|多く|多か|長い|長く|長か"),
    ("below", r"下回|割り込|低い|低く|低か|少ない|少なく|少なか|短い|短く|短か"),
    ("short", r"届(?:いて|か|き(?=ませ))|及(?:ば|んで|び(?=ませ))|満た(?=な|ず)|不足|足り(?=な|ず|ませ)"),
    ("reach", r"達し|到達"),
    ("gap", r"差(?!押)|乖離|かい離|(?<=の)開き|開き(?=[がはもでと。)]|$)|隔たり|ギャップ"),
)
_NOT_A_CHANGE = r"(?!設|員|資|進|強|築|刷|額補|税|免|災|量|塩|反|床|給|幅)"
CHANGE = re.compile("|".join(f"(?P<{sense}>{pattern})" for sense, pattern in _SENSES))
"""A word that follows a figure and makes it a change: 「2.7ポイント低下」."""

TREND = re.compile(
    r"(?P<up>増加|上昇|急増|微増|増大|漸増|増え|伸び|上がっ|上がり|高まっ|高まり)"
    r"|(?P<down>減少|低下|下落|急減|微減|漸減|減っ|減り|下がっ|下がり|落ち込)"
    r"|(?P<better>向上|改善|好転)|(?P<worse>悪化|後退)"
    r"|(?P<flat>横ばい|横這い|同水準|同じ水準|前年度並み|前年並み|昨年度並み|変わっていない|変わらな|変化(?:は|が)?な)"
)
AGAINST = re.compile(
    r"(?P<above>上回|超え|超過(?!勤務|課)|超(?=し)|凌(?=い|ぐ|ぎ)|しの(?=い|ぐ|ぎ)|上振れ)|(?P<below>下回|割り込|"
    r"割(?=った|って|りま|り、)|下振れ)"
    r"|(?P<reach>届[いきくか]|及(?:ん|ば|び(?=、|ませ|まし)|ぶ)|満た(?:[しさ]|(?=な|ず|す))|達し|達せ(?=ず|な)|到達|クリア|収ま(?=[らっりる])|収め(?=[たてらる])|抑え(?=[たてらる])|至(?:ら|"
    r"って(?=(?:い|お)(?:な|ら)))|追いつ[いかき])"
    r"|(?P<compared>(?:より(?:[もは])?|と?比べ(?:て|ると)?|に比べ(?:て)?)[、 ]?(?:約)?(?:やや|大きく|わずかに|大幅に|"
    r"かなり|少し|なお)?"
    r"(?:高(?:い|く|かっ)|低(?:い|く|かっ)|多(?:い|く|かっ)|少な(?:い|く|かっ)|長(?:い|く|かっ)|短(?:い|く|かっ)))"
)
"""What relates a value to a target, a forecast or another year. ``compared``: 「前年度より多い」."""
ACHIEVED = re.compile(r"(?P<short>未達成|未達)|(?P<reach>達成)")

PLAN = re.compile(
    r"目指|めざ|図[りるっ]|図ろ|見込|予定|想定|予測|期待|懸念|おそれ|恐れ|可能性|必要|求め|努め|つとめ|検討|たい(?:。|"
    r"$|と)|べき|"
    r"よう(?:に|、|努|な(?:取|施))|させ(?!た|て(?:い|き|お))|ため(?:の|に|、)?(?=[^、。]{0,30}(?:る|す|く|う|む)(?:。|"
    r"$))|"
    r"に向け|へ(?:と|の)|促|推進|ことが(?:重要|大切|課題)|課題|場合|すれば|ならば|計画(?:で|して|と)|とする(?:。|$)|"
    r"目標と|難し|困難"
)
"""In the rest of the clause behind a word: it is meant, wished or expected, not reported."""

FACT_NEXT = re.compile(
    r"(?:の?傾向|基調|局面)?(?:"
    r"し(?:た|て(?:い|お|き|、|は|も)|、|ま|続け|つつ)|した|(?:に|へと?)転じ|とな[っり]|で(?:、|あ|推移|した)|だっ|"
    r"に(?:あ[るりっ]|な)|"
    r"が(?:続|み|見)|を(?:示|続)|み?(?:。|、|$|\)|」|\n|\()|た|て(?:い|お|き)|っ(?:た|て)|ら(?:ず|なか)|く|ず|ん(?:だ|"
    r"で)|に推移|で推移|と推移|"
    r"(?:結果|水準|値|状況|実績|数値|成果)(?:と|で|。|に|$)|る(?:結果|水準|値|実績|数値|状況|成果|こと(?:と|が(?:でき|"
    r"出来))|\d|。|$)|"
    r"り(?:、|まし|。|$)|し(?=て|、)|に終わ|のまま|でき(?:た|て|ま))"
)
"""Right behind a word: it reports. Other continuations (増加を図る, 増加する市民, 増加策) do not."""

NEGATED = re.compile(
    r"な(?:い|か)|ず[、に]|り?ません|[^、。]{0,5}?(?:(?:て|で)(?:は)?(?:い|お)(?:ない|なか|なく|らず|りませ|ません)|(?:し|せ|でき|出来|ら|"
    r"れ|わ|か|さ|か)(?:ず|ない|なか|ません)|"
    r"(?:に|には|とは|まで(?:に)?は?)(?:至|いた)(?:ら|りませ|って(?:い|お)(?:な|ら|りませ))|(?:とは|では)(?:なら|"
    r"なって(?:い|お)(?:な|ら))|みられ(?:な|ず)|見られ(?:な|ず)|ならず)"
)
"""Right behind a word: 増加していない, 達成に至らず, 上回らなかった."""

_MISSED = re.compile(r"い?(?:ない|なか|なく|ず|ません|おらず|おりません)")
"""Behind 届か, 及ば, 満た: only the denial is the claim."""
_HEDGED = re.compile(r"[^、。]{0,4}(?:わけ|訳)で|[^、。]{0,4}とは(?:言|い)え|[^、。]{0,3}か(?:どうか|否か)")

TARGET_WORD = r"(?:数値|成果|最終|当初|達成)?目標(?:値|数値|水準)?|計画値"
SERIES = re.compile(
    rf"(?P<target>{TARGET_WORD})|(?P<forecast>見込み?(?:値|数)?|推計値?)|(?P<baseline>成り?行き?(?:値)?)"
    r"|(?P<actual>実績(?:値)?|現状値|調査結果)"
)
_SERIES_NAMES: tuple[Series, ...] = ("forecast", "baseline", "target", "actual")


def series_of(match: re.Match[str]) -> Series | None:
    """The series whose group took part in a match of ``SERIES`` or of a pattern made of it."""
    return next((name for name in _SERIES_NAMES if match.groupdict().get(name)), None)


RELATIVE = re.compile(
    r"(?=[前一昨0-9二三四五六七八九十今本当評翌来次計策基最目])(?:"
    r"(?P<two_before>前々年度?|一昨年度?)|(?P<before>前年度?|昨年度?|前の年度?|前回(?:調査|実績)?|前期)"
    r"|(?P<years_ago>(?<![0-9])[0-9]{1,2}(?:か|カ|ヶ)?年前(?!倒)|[二三四五六七八九十]年前(?!倒))"
    r"|(?P<this>今年度|本年度|当該年度|当年度|評価年度|今回(?:調査)?)|(?P<after>翌年度|来年度|次年度)"
    r"|(?P<start>(?:計画)?策定時|計画当初|(?<![一-龠々])当初(?=の約?[0-9]|から|と比|に比|より)|基準年度?|(?<![一-龠々])(?:基準値|当初値))"
    r"|(?P<end>(?:計画)?最終年度|目標年度)(?=の?(?:数値)?目標|(?:に|には|は)[ ]?約?[0-9]))"
)

BASE_NEXT = re.compile(
    r"(?:当初|同期|同月)?(?:末|時点?|当時)?(?:の?(?:実績|調査|目標|数値|値|結果|水準)?(?:値|結果|数|額)?)?"
    r"(?:から(?!の(?!(?:この)?\d{1,2}(?:か年|年間)))|より(?!一層)|対?比|と(?:は|比|ほぼ|変わ|の(?:間|比|差|開き|乖離|"
    r"ギャップ))|"
    r"に(?:比|対[しす]|次[いぐ]|[はも]?(?:わずかに|大きく|まだ|あと一歩|一歩)?(?:届|及|満|達|到達|至ら|至って|追いつ)|"
    r"[はも]?、?(?:あと少し|もう一歩|惜しくも|遠く|いまだ|未だ|なお|依然として|今回も|結果として|残念ながら|ようやく|ついに)"
    r"(?:届|及|達[しせ]|到達))|を(?:底|"
    r"ピーク|起点|境|基準|基点)に|以来|"
    r"を[^、。]{0,14}?(?:上回|下回|超|割|クリア|満た|凌|しの)|(?:[はも]|こそ|さえも?|すら)(?:大きく|わずかに)?(?:上回|下回|超え)|"
    r"並|と同|とも(?:に)?、?(?:大きく|わずかに)?(?:上回|下回|超え))"
)
"""Right behind a year, series word or figure: it is what the statement compares with."""
IN_BRACKETS = re.compile(r"\([^()]{0,30}\)|[^()0-9]{0,4}(?:[0-9][0-9,.]*[^()0-9]{0,5})?\)")
"""Between a year and the particle that makes it a base: 「令和2年度（19件）から」「策定時（令和元年度）から」."""
VALUE_NEXT = re.compile(
    r"(?:の(?:調査|実績|結果|同調査)?(?:値|時)?)?(?:の|は|には|で|では|に)?[ ]?[(]?[ ]?(?:約|およそ)?[0-9０-９]"
)
"""Right behind 「3年前」: the value then, and not what was begun then."""
PROPORTION_NEXT = re.compile(
    r"末?(?:の?実績(?:値)?)?(?:\([^()]{0,20}\)|の[0-9][0-9,.]*[^、。()の0-9]{1,5})?\)?の[ ]?"
    r"(?:約|およそ|おおよそ|ほぼ|概ね|おおむね|ちょうど|実に)?[ ]?"
    r"(?:[0-9][0-9.]*倍|倍(?![率数])|半(?:数|分|減)|[0-9]{1,2}分の)"
)
"""Right behind a year: a multiple or a part of its value."""
OF_THE_LAST = re.compile(r"に(?:実施|行わ?|調査)[^、。]{0,8}?た(?=前回|前の)")
"""Behind a year that only says when the survey before was (「令和3年度に実施した前回調査」)."""
COMPARED_WITH = re.compile(r"末?(?:の(?:実績|数値|値))?と[ ]?(?=[^、。]{0,30}を(?:対?比|見比))")
"""Between the two years of 「令和元年度と令和5年度を比べると」."""


@dataclass(frozen=True)
class Word:
    """A word of a claim at its place; ``negated``: the text denies it; ``fact``: it reports rather than plans."""

    start: int
    end: int
    sense: Sense
    negated: bool
    fact: bool


def word_at(plain: str, match: re.Match[str], end: int) -> Word:
    """The matched word, read with what follows it up to ``end`` (the end of the sentence)."""
    rest = plain[match.end() : end]
    clause = re.split(r"、|。|が、|ものの", rest, maxsplit=1)[0]
    if match.lastgroup == "short" and match.group()[0] in "届及満足":
        missed = _MISSED.match(rest) is not None and not PLAN.search(clause)
        return Word(match.start(), match.end(), "short", False, missed)
    negated = NEGATED.match(rest) is not None
    reports = (FACT_NEXT.match(rest) is not None or negated) and not _HEDGED.match(rest)
    return Word(match.start(), match.end(), cast(Sense, match.lastgroup), negated, reports and not PLAN.search(clause))


def is_change_noun(plain: str, match: re.Match[str]) -> bool:
    """Whether 増 or 減 stands alone (「63件減」) and not in a compound (増設, 減免)."""
    return match.group() not in ("増", "減") or re.match(_NOT_A_CHANGE, plain[match.end() :]) is not None


SAY: dict[Sense, str] = {
    "up": "増加",
    "down": "減少",
    "better": "改善",
    "worse": "悪化",
    "above": "上回る",
    "below": "下回る",
    "gap": "差",
    "flat": "横ばい",
    "reach": "達成",
    "short": "未達成",
    "recover": "回復",
    "stall": "伸び悩み",
    "same": "同じ",
}
"""The sense as ``Finding.stated`` and ``expected`` name it."""

OPPOSITES: tuple[tuple[str, str], ...] = (
    ("増加", "減少"),
    ("上昇", "低下"),
    ("急増", "急減"),
    ("微増", "微減"),
    ("漸増", "漸減"),
    ("増え", "減り"),
    ("上がっ", "下がっ"),
    ("上がり", "下がり"),
    ("上が", "下が"),
    ("向上", "低下"),
    ("改善", "悪化"),
    ("好転", "悪化"),
    ("前進", "後退"),
    ("上回", "下回"),
    ("増", "減"),
    ("プラス", "マイナス"),
    ("アップ", "ダウン"),
    ("高い", "低い"),
    ("高く", "低く"),
    ("多い", "少ない"),
    ("多く", "少なく"),
)
"""Words that say the contrary in the same place of a sentence; what has no exact contrary gets no suggestion."""


def opposite(word: str, following: str = "") -> str | None:
    """「低下」 for 「上昇」; None where no single word takes its place. ``following``: the text behind the word."""
    if word == "増え" and following[:1] in ("た", "て"):
        return "減っ"
    if word == "減っ":
        return "増え"
    for first, second in OPPOSITES:
        if word == first:
            return second
    return next((first for first, second in OPPOSITES if word == second), None)
