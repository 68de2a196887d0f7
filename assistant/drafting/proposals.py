"""A plan stays a plan: last year's 取組予定 as what was intended, never as what was done.

「…を検討する。」 becomes 「…を検討する予定であった。」, 「…の推進」 「…の推進を予定していた。」,
「…を開始」 「…を開始する予定であった。」; what is neither keeps its words. A person confirms whether it was done.

A plan that the year before has too goes on: 「…の受付を検討する。」 becomes 「…の受付の検討を続ける。」; others begin
with 「引き続き、」 or end in 「…ていく。」, in turn.
"""

import re
from typing import Literal

from assistant.drafting.jotted import ends_as_act

_TAIL = re.compile(r"(?P<bracket>(?:（[^（）]*）|\([^()]*\))?)(?P<stop>[。．.]?)$")
_STATE = re.compile(
    r"(?:である|だ|べき|らしい|そうだ|(?:て|で)いる|(?:が|も|は|で|に|つつ)ある|がない|はない|ではない|しかない|"
    r"したい|てほしい|れている|られる|みえる|見える|考える|思う|となる|になる|必要な|した|った|いた|んだ|ました|でした|"
    r"です|たい|ている|れる見込み|ません)$"
)
_ENDS_AS_VERB = re.compile(r"[うくぐすつぬぶむる]$")
_MASU = re.compile(r"(?P<stem>[ぁ-んァ-ヶ一-龠々])ます$")
_INTENTION = re.compile(r"(?:予定|見込み)$")
_STILL_INTENDED = re.compile("予定(?:である|です)$")
_NO_ACT = re.compile(
    r"(?:中|済|済み|未定|なし|無し|必要|重要|不足|可能|有効|課題|状況|傾向|とおり|通り|同様|同じ|同上|等々|問題)$"
)
_NOUN_END = re.compile(
    r"[一-龠々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ0-9０-９）)」』％]$"
    r"|(?:など|づくり|取組み|取り組み|見直し|呼びかけ|受け入れ|受入れ|こと|もの)$"
)
_GODAN = dict(zip("いきぎしちにびみり", "うくぐすつぬぶむる", strict=True))
_ICHIDAN_WITH_I = (
    *("用い", "率い", "講じ", "応じ", "通じ", "感じ", "生じ", "信じ", "命じ", "論じ", "準じ", "重んじ", "でき", "出来"),
    *("起き", "生き", "過ぎ", "試み", "顧み", "かんがみ", "鑑み", "見", "てみ", "でみ", "借り", "足り", "降り", "落ち"),
    *("満ち", "延び", "伸び", "帯び", "てい", "でい", "着"),
)
_S_VERBS_OF_TWO_KANJI = (
    *("目指し", "見直し", "手渡し", "見渡し", "見通し"),
    *("立直し", "取戻し", "生出し", "見出し", "受渡し"),
)
_SURU_OF_ONE_KANJI = "対資要有関接決期付課属発達記処愛適際反面託察評解介即呈排瀕模徹"
_S_VERB_KANA = "かがさだはばまやらわなころ"
_TE = {
    "図る": "図って",
    "す": "して",
    "む": "んで",
    "ぶ": "んで",
    "う": "って",
    "つ": "って",
    "行く": "行って",
    "く": "いて",
    "ぐ": "いで",
}
"""Endings of verbs before て; of those in る only sure ones."""
_E_ROW = "えけげせぜてでねへべめれ"


def as_intended(sentence: str, *, polite: bool) -> str:
    """A sentence of a plan, told afterwards as a plan: 「…する予定であった。」; its other words stay.

    A sentence that tells no act (「…が必要である。」), or that already tells the past, is returned as it is.
    """
    tail = _TAIL.search(sentence)
    bracket, stop = (tail["bracket"], tail["stop"]) if tail else ("", "")
    body = sentence[: len(sentence) - len(bracket) - len(stop)]
    if not body or (bracket and not body.strip("・ 　")):
        return sentence
    was, had = ("でした", "を予定していました") if polite else ("であった", "を予定していた")
    masu = _MASU.search(body)
    if masu:
        body = dictionary_form(body)
    body = _STILL_INTENDED.sub("予定", body)
    if _STATE.search(body):
        return sentence
    if _INTENTION.search(body):
        return f"{body}{was}{bracket}。"
    if _ENDS_AS_VERB.search(body):
        return f"{body}予定{was}{bracket}。"
    if ends_as_act(body):
        return f"{body}する予定{was}{bracket}。"
    if _NO_ACT.search(body) or not _NOUN_END.search(body):
        return sentence
    return f"{body}{had}{bracket}。"


_GOES_ON = re.compile(
    r"(?P<object>.*[一-龠々ァ-ヶー」』）])を(?P<act>支援|検討|調査|検証|点検|周知|啓発|協議|促進|推進|実施)(?:する|します)(?P<stop>。?)$"
)
_ALREADY = re.compile(
    r"引き?続|続け(?:る|ます)。?$|継続|年度|年目|ていく|ていき|^(?:[^、]{1,8}年|また、|あわせて、|併せて、|さらに、|なお、|一方、)"
)
_ENDS = re.compile(r"(?P<verb>[^。]+?)(?P<stop>。?)$")


def as_continued(sentence: str, *, polite: bool, turn: int) -> str:
    """A plan as one that goes on; a sentence that says so, that names a year or that follows on another stays.

    ``turn``: its place among such plans; every other one ends in 「…ていく」 where its verb has that form.
    """
    if _ALREADY.search(sentence):
        return sentence
    act = _GOES_ON.fullmatch(sentence)
    if act is not None:
        return f"{act['object']}の{act['act']}を{'続けます' if polite else '続ける'}{act['stop']}"
    end = _ENDS.fullmatch(sentence)
    joined = te_form(dictionary_form(end["verb"])) if end is not None and turn % 2 else None
    if end is None or joined is None:
        return f"引き続き、{sentence}"
    return f"{joined}{'いきます' if polite else 'いく'}{end['stop']}"


def te_form(words: str) -> str | None:
    """「広げる」 → 「広げて」, 「取り組む」 → 「取り組んで」; None where the verb's form is not certain."""
    if words.endswith("する"):
        return words[:-2] + "して"
    if re.search(rf"[{_E_ROW}]る$", words) or words.endswith(tuple(stem + "る" for stem in _ICHIDAN_WITH_I)):
        return words[:-1] + "て"
    for last, joined in _TE.items():
        if words.endswith(last):
            return words[: -len(last)] + joined
    return None


def dictionary_form(words: str) -> str:
    """「図ります」 → 「図る」, 「進めます」 → 「進める」, 「検討します」 → 「検討する」."""
    match = _MASU.search(words)
    if match is None:
        return words
    stem = words[: match.end("stem")]
    last = stem[-1]
    if last == "し":
        return stem[:-1] + ("す" if _is_s_verb(stem) else "する")
    if last in _E_ROW or stem.endswith(_ICHIDAN_WITH_I) or last not in _GODAN:
        return stem + "る"
    return stem[:-1] + _GODAN[last]


def stem_class(words: str) -> Literal["godan", "other"]:
    """Whether 「開き」 is the stem of a verb like 開く, whose past is 開いた, or of any other (始め, 実施し, 用い)."""
    last = words[-1:]
    if last in _E_ROW or last == "し" or words.endswith(_ICHIDAN_WITH_I):
        return "other"
    return "godan"


def continuative(sentence: str) -> str | None:
    """「8地区に補助した」「手順を定める」 → 「8地区に補助し」「手順を定め」; None where the form is not certain."""
    for ending, stem in (("した", "し"), ("する", "し"), ("行った", "行い"), ("行う", "行い"), ("図る", "図り")):
        if sentence.endswith(ending):
            return sentence[: -len(ending)] + stem
    return sentence[:-1] if re.search(rf"[一-龠][{_E_ROW}][たる]$|[{_E_ROW}]る$", sentence) else None


def _is_s_verb(stem: str) -> bool:
    """Whether 「…し」 is the stem of 「…す」 (話し, 見直し, 増やし) and not of 「…する」 (検討し)."""
    if stem.endswith(_S_VERBS_OF_TWO_KANJI):
        return True
    if re.search(r"[一-龠々]{2}し$", stem) or re.search(r"[ァ-ヶー]し$", stem):
        return False
    one_kanji = re.search(r"([一-龠])し$", stem)
    return one_kanji[1] not in _SURU_OF_ONE_KANJI if one_kanji else stem[-2:-1] in _S_VERB_KANA
