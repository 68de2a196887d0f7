"""A plan stays a plan: last year's 取組予定 as what was intended, never as what was done.

「…を検討する。」 becomes 「…を検討する予定であった。」, 「…の推進」 「…の推進を予定していた。」,
「…を開始」 「…を開始する予定であった。」; what is neither keeps its words. A person confirms whether it was done.
"""

import re

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


def _is_s_verb(stem: str) -> bool:
    """Whether 「…し」 is the stem of 「…す」 (話し, 見直し, 増やし) and not of 「…する」 (検討し)."""
    if stem.endswith(_S_VERBS_OF_TWO_KANJI):
        return True
    if re.search(r"[一-龠々]{2}し$", stem) or re.search(r"[ァ-ヶー]し$", stem):
        return False
    one_kanji = re.search(r"([一-龠])し$", stem)
    return one_kanji[1] not in _SURU_OF_ONE_KANJI if one_kanji else stem[-2:-1] in _S_VERB_KANA
