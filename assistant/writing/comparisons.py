"""Words of direction and comparison in a line of the model: each must say what the composer's line says. Pure.

Senses are compared, not words: 「目標に届かなかった」 says what 「目標を達成できなかった」 says.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from assistant.checking.words import PLAN
from assistant.writing.view import clause_of, view

_HOW = r"(?:い|く|かった|き[いくなかさ]|さ[いくかな])?"
_GROWN = r"(?:多|長|高|大き)く(?=な[っりるら])"
_SHRUNK = r"(?:少な|短|低|小さ)く(?=な[っりるら])"
_BEHIND_BASE = r"(?:(?<=より)|(?<=よりも)|(?<=より、)|(?<=べ)|(?<=べて)|(?<=べ、)|(?<=べて、)|(?<=◆))"
_NOT_MOST = r"(?!限|賃金|年齢|速|手|化|終|新|の(?:課題|要因|原因|理由|効果|魅力|特徴|強み|目的|ポイント))"

_LEXICON: tuple[tuple[tuple[str, ...], str], ...] = (
    (("highest",), rf"最(?:高|多|大|長){_NOT_MOST}|(?:最も|もっとも|一番)(?:高|多|大き|長){_HOW}"),
    (("lowest",), rf"最(?:低|少|小|短){_NOT_MOST}|(?:最も|もっとも|一番)(?:低|少な|小さ|短){_HOW}"),
    (("best",), r"最(?:良|善)|(?:最も|もっとも|一番)(?:良|好|よ)[いくか]"),
    (("worst",), r"最悪|(?:最も|もっとも|一番)悪[いくか]"),
    (("up", "large"), "急増|激増|急伸|急上昇"),
    (("down", "large"), "急減|激減|急落|急低下"),
    (("up", "times"), "倍増"),
    (("down", "half"), "半減"),
    (("up", "small"), "微増"),
    (("down", "small"), "微減"),
    (("up", "trend"), "漸増|右肩上がり|増加基調"),
    (("down", "trend"), "漸減|右肩下がり"),
    (
        ("up",),
        r"増加|増大|上昇|純増|増え|増や(?=[しすさせ])|増す|増し(?=[たて、])|伸び(?!悩|しろ|代)|上が(?=[っりる])|高ま(?=[っりる])|プラス(?!チ)|アップ|"
        rf"{_GROWN}|(?<=[◆の])増(?![一-龠々])",
    ),
    (
        ("down",),
        r"減少|低下|下落|下降|純減|減っ|減り|減る|減ら(?=[しすさせ])|下が(?=[っりる])|落ち込|目減り|マイナス|ダウン|"
        rf"{_SHRUNK}|(?<=[◆の])減(?![一-龠々])",
    ),
    (("stall",), "伸び悩|頭打ち|足踏み"),
    (("recover",), "回復|持ち直|盛り返"),
    (("better",), r"改善|好転|良化|向上|上向|良く(?=な)|よくなっ"),
    (("worse",), r"悪化|後退|悪く(?=な)"),
    (
        ("same",),
        r"同(?:じ|一)?(?:数値|数|値|額|率)(?=で|と|だ|を|の)|(?:増減|変わり|差)[はがも]?(?:な[いくかし]|見られ(?:な|ず))",
    ),
    (
        ("flat",),
        r"横ばい|横這い|よこばい|同(?:じ|一)?(?:水準|程度|規模|レベル)|変わら(?:ず|な[いかく])|変化[はがも]?(?:な[いくかし]|見られ(?:な|ず))|"
        r"前[回年]度?並み",
    ),
    (("above",), r"上回|超え|超過|凌[いぐ]|しの[いぐ]"),
    (("below",), r"下回|割り込"),
    (("missed",), "未達成|未達|未到達"),
    (
        ("met",),
        r"達成(?![率度感])|到達|達(?=[しせす])|クリア|満た(?=[しさすせ])|届(?=[いかきく])|及(?=[んばぶ])|追いつ",
    ),
    (("more",), rf"{_BEHIND_BASE}[、]?(?:わずかに|やや|大きく|大幅に)?(?:多|高|長)(?:い|く|かっ)"),
    (("less",), rf"{_BEHIND_BASE}[、]?(?:わずかに|やや|大きく|大幅に)?(?:少な|低|短)(?:い|く|かっ)"),
    (("turned",), "転じ|転換(?=し[たて])"),
    (("first",), "初めて|はじめて|初の|初と"),
    (("streak",), "連続|続けて|(?<=◆)続"),
    (("second",), r"に次(?:い|ぐ)|番目|(?<=◆)位"),
    (("trend",), r"傾向|基調|年々|徐々に|一途|(?<=[でと])推移|趨勢|毎年"),
    (("only",), r"とどま|留ま|に(?:過ぎ|すぎ)な"),
    (("sole",), r"のみ(?!なら)|だけ(?!で(?:は)?な)|しか(?=[^、。し]{0,10}な[いかく])|に限[らりっ]"),
    (("small",), "わずか|僅か|やや|若干|少し|小幅|微々|あと一歩|もう一歩|惜しく"),
    (
        ("large",),
        r"大幅|大きく(?!な)|大きな|大いに|著し|顕著|飛躍|急激|急速|かなり|極めて|非常に|とても|目覚まし|加速|(?<=◆)も(?=[増減上低下])",
    ),
    (("about",), r"約(?=◆)|およそ|おおよそ|(?<=◆)(?:程度|前後|ほど|余り?|強|弱|近く|台)|おおむね|概ね|ほぼ|ほとんど"),
    (("least",), r"(?<=◆)(?:以上|超(?!え|過))|少なくとも"),
    (("most",), r"(?<=◆)(?:以下|未満|以内)|多くとも"),
    (("times",), r"倍(?!率|数)"),
    (("half",), "半数|半分|過半|大半"),
    (("all",), "全て|すべて|いずれも|全部|ことごとく|完全に|全員"),
    (("part",), "一部|一定"),
)
_GROUPS = tuple(senses for senses, _ in _LEXICON)
_WORD = re.compile("|".join(f"(?P<s{number}>{pattern})" for number, (_, pattern) in enumerate(_LEXICON)))

_NEGATED = re.compile(
    r"(?:できる|出来る|する|こと|ところ|まで|見込み|には|とは|では|ては|[はがもをにとでてっしきりらいえさせれかばずぶなわのるおんち見至果出来得言届及図])*?"
    r"(?:ない|なか|なく|な(?=し)|ず(?![るれつ])|ぬ|ませ)"
)
MODIFIERS = frozenset(
    (
        "turned",
        "first",
        "streak",
        "second",
        "trend",
        "only",
        "sole",
        "small",
        "large",
        "about",
        "least",
        "most",
        "times",
        "half",
        "all",
        "part",
    )
)
"""Senses that are the same of a fact and of a plan."""
_CAUSE = re.compile("要因|背景|理由|原因")
_FORESEEN = re.compile(r"目標|計画値|見込")

_LICENCES: dict[str, frozenset[str]] = {
    "above": frozenset({"up", "more"}),
    "below": frozenset({"down", "less"}),
    "more": frozenset({"up", "above"}),
    "less": frozenset({"down", "below"}),
    "up": frozenset({"above", "more"}),
    "down": frozenset({"below", "less"}),
    "missed": frozenset({"below target"}),
    "below target": frozenset({"missed"}),
    "flat": frozenset({"same"}),
    "trend": frozenset({"flat"}),
}
"""What a sense may stand for: any of these in the composer's line."""
_MAY_GO = frozenset({"large", "trend", "turned", "only"})
"""Senses of the composer's line that may be left out."""

POLARITY: dict[str, int] = {
    "up": 1, "more": 1, "above": 1, "above target": 1, "down": -1, "less": -1, "below": -1, "below target": -1,
    "missed": -1,
}  # fmt: skip
_OPPOSED = (
    frozenset({"up", "down"}), frozenset({"better", "worse"}), frozenset({"met", "missed"}),
    frozenset({"above target", "below target"}), frozenset({"above", "below"}), frozenset({"more", "less"}),
    frozenset({"highest", "lowest"}), frozenset({"up", "flat"}), frozenset({"down", "flat"}),
)  # fmt: skip

SAY: dict[str, str] = {
    "up": "増加・上昇",
    "down": "減少・低下",
    "better": "改善",
    "worse": "悪化",
    "stall": "伸び悩み",
    "recover": "回復",
    "same": "同じ値",
    "flat": "横ばい",
    "above": "上回ること",
    "below": "下回ること",
    "above target": "目標を上回ること",
    "below target": "目標を下回ること",
    "met": "目標の達成",
    "missed": "目標に届かないこと",
    "more": "より多いこと",
    "less": "より少ないこと",
    "highest": "最も高いこと",
    "lowest": "最も低いこと",
    "best": "最も良いこと",
    "worst": "最も悪いこと",
    "turned": "転じたこと",
    "first": "初めてであること",
    "streak": "続いていること",
    "second": "順位",
    "trend": "傾向",
    "only": "とどまること",
    "sole": "限られること",
    "small": "わずかであること",
    "large": "大きいこと",
    "about": "およその値であること",
    "least": "以上であること",
    "most": "以下・未満であること",
    "times": "何倍かということ",
    "half": "半分ということ",
    "all": "すべてであること",
    "part": "限られた範囲であること",
}


@dataclass(frozen=True)
class Said:
    """A word of comparison at ``[start:end]`` of a view's plain text, its denial with it. ``planned``: not reported."""

    start: int
    end: int
    senses: tuple[str, ...]
    planned: bool

    @property
    def keys(self) -> tuple[tuple[str, bool], ...]:
        """Each sense with whether it is planned."""
        return tuple((sense, self.planned and sense not in MODIFIERS) for sense in self.senses)


@lru_cache(maxsize=256)
def comparisons(text: str) -> tuple[Said, ...]:
    """The words of comparison of a line, in order."""
    seen = view(text)
    found: list[Said] = []
    for match in _WORD.finditer(seen.plain):
        senses = _GROUPS[int((match.lastgroup or "s0")[1:])]
        end = match.end()
        denial = None if senses[0] in MODIFIERS or senses[0] in ("same", "flat") else _NEGATED.match(seen.plain, end)
        if denial is not None:
            senses, end = tuple(_denied(sense) for sense in senses), denial.end()
        if senses[0] in ("above", "below") and _FORESEEN.search(seen.plain, seen.sentence_start(end), match.start()):
            senses = (f"{senses[0]} target", *senses[1:])
        rest = clause_of(re.split("ものの|一方|が、", seen.plain[end:], maxsplit=1)[0])
        to_be = senses[0].split()[0] not in ("above", "below") and _TO_BE.match(seen.plain, end) is not None
        planned = PLAN.search(rest) is not None or to_be
        found.append(Said(match.start(), end, senses, planned and _REPORTED.match(seen.plain, end) is None))
    return tuple(found)


_REPORTED = re.compile(r"(?:し|き|っ|り|い|て|さ|れ)*(?:た|て(?:い|お)[るりまたら])")
_TO_BE = re.compile(r"(?:し|さ)?(?:せ)?(?:する|る|す|く|します|ます|ていく|ていきます)(?=。|$|ため|よう|こと)")


def _denied(sense: str) -> str:
    return {"met": "missed", "missed": "met"}.get(sense, f"not {sense}")


def unlicensed(candidate: str, line: str) -> list[str]:
    """The senses of the candidate that the composer's line does not say, in words."""
    own = {key for one in comparisons(line) for key in one.keys}
    met = any(sense == "met" for sense, _ in own)
    found = []
    for sense, planned in dict.fromkeys(key for one in comparisons(candidate) for key in one.keys):
        others = frozenset() if sense == "missed" and met else _LICENCES.get(sense, frozenset())
        if (sense, planned) not in own and not any((other, planned) in own for other in others):
            found.append(say(sense))
    often, said = _modifiers(line), _modifiers(candidate)
    found += [say(sense) for sense, count in said.items() if 0 < often[sense] < count]
    return found


def _modifiers(text: str) -> Counter[str]:
    return Counter(sense for one in comparisons(text) for sense in one.senses if sense in MODIFIERS)


def left_out(candidate: str, line: str) -> list[str]:
    """The senses of the composer's line that the candidate does not say, in words."""
    said = {sense for one in comparisons(candidate) for sense in one.senses}
    found = []
    for sense in dict.fromkeys(sense for one in comparisons(line) for sense in one.senses):
        stands = {sense} | {other for other, group in _LICENCES.items() if sense in group} | _LICENCES.get(sense, set())
        if sense not in _MAY_GO and not stands & said:
            found.append(say(sense))
    return found


def say(sense: str) -> str:
    """A sense in Japanese words."""
    return SAY[sense] if sense in SAY else f"{SAY[sense.removeprefix('not ')]}の否定"


def opposed(first: str, second: str) -> bool:
    """Whether two senses cannot both be said of one thing."""
    return frozenset({first, second}) in _OPPOSED or first == f"not {second}" or second == f"not {first}"


def behind_cause(text: str) -> str | None:
    """The sense told last before 要因 or 背景: that of which the cause is told. None without one or with several."""
    causes = list(_CAUSE.finditer(view(text).plain))
    stated = [one for one in comparisons(text) if one.senses[0] not in MODIFIERS]
    before = [one.senses[0] for one in stated if len(causes) == 1 and one.end <= causes[0].start()]
    return before[-1] if before else None
