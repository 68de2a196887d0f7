"""What a message says is *not* to be done, taken out before the rest is read. Pure, over NFKC text."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_STEMS = r"(?:し|せ|書か|作ら|つくら|やら|比べ|探さ|調べ|直さ|見せ|教え|出さ|まとめ|入れ|含め|触れ|使わ|行わ|進め|始め)"
_ENOUGH = r"(?:も|は)?(?:もう|まだ)?(?:いい|よい|良い|大丈夫|結構|(?:構|かま)(?:わない|いません)|OK)"
_POLITE = r"ください|下さい|ほしい|欲しい|くれ|お願い(?:します)?|もらえますか|いただけますか"
_TAIL = rf"(?:{_POLITE}|です|よ|ね|から|ので|けど|し|が|で|に|、|,|\s)*$"
_REFUSED = re.compile(
    rf"(?:{_STEMS}(?:ない(?:で|こと|よう|でほしい)?|なくて{_ENOUGH}|ず(?:に)?|ません)|(?:する|書く|作る)な"
    r"|(?:要ら|いら)(?:ない|ん)|(?<=は)(?:もう|まだ|今は|今回は|後で|あとで)?(?:いい|よい|良い|大丈夫|結構"
    r"|けっこう)(?:です)?(?=から|ので|です|けど|、|,|$)|(?:要り|いり)ません|不要|必要(?:は|が|も)?(?:ない|無い"
    r"|ありません)|無用|結構"
    rf"|(?:やめ|止め)(?:て|と(?:い)?て)?|中止(?:して)?|見送(?:って|る)|(?:飛ば|とば|スキップ|抜か|除外)し(?:て"
    rf"|とい(?:て)?)|なし|抜き|パス(?:で|して|します)?|スルー(?:で|して)?|保留(?:で|に?して)?|(?:後"
    rf"|あと)回し(?:で(?:いい|よい|良い))?"
    r"|(?:は|も)(?:もう|既に|すでに|先に|一応|全部|だいたい)*(?:(?:書い|作っ)(?:た|てある|てあります)"
    r"|でき(?:た|ました|て(?:い)?る|ています)"
    r"|終わ(?:った|りました|って(?:い)?る)|済(?:んだ|んでい?る|んでます|み|ませた|みました)|完成(?:した"
    r"|しました|済み))(?=ので|から|し|けど|です(?!か)|、)"
    r"|は(?:もう|既に|すでに|先に)?[^、。はを]{0,12}"
    r"(?:(?:提出|入力|確定|作成|記入|確認|完成)済み?|書き終え(?:た|て(?:い|お)[るり])|間に合(?:った|って)"
    r"|了解(?:済み|を(?:もら|いただ|得)[^、。]{0,6}))(?:です|ます|ました|ので|から|し|、|なので)*"
    r"|は(?:私|わたし|自分|係|担当者?|課長|こっち|こちら)(?:が|で)[^、。]{0,10}"
    r"|は?(?:触ら|触れ|いじら|さわら)(?:ない(?:で)?|なくて(?:いい|よい))|(?:は|に)?手を付け(?:る?な|ない(?:で)?)"
    r"|は?触るな|は(?:また|もう)?(?:(?:後|あと)で)?ええ(?:わ|で|よ|ねん)?"
    rf"|は[^、。は]*まま(?:で|が)(?:いい|よい|良い|OK|大丈夫|結構|かまわない|構わない)(?:です)?"
    rf"|は(?:また)?(?:後|あと)で"
    rf"|(?:は|も)(?:自分|こちら|こっち|私|係|担当)(?:で|が)(?:書きます|やります|作ります|直します|書く|やる"
    rf"|作る|直す)){_TAIL}"
)
_INSTEAD = re.compile(
    r"[^、,。はをて]{0,40}?(?<!だけ)(?<!のみ)(?:じゃなくて?|じゃなしに|ではなくて?|でなくて?|でなしに"
    r"|以外(?!の施策|の課(?!題)|の部|のシート|の担当)(?:について|は|を|の|に|で)?|を除いて|を除き|を外して)、?"
)
_ENDS = re.compile(r"([。！!？?\n]+)")
_PARTS = re.compile(
    r"(?<=[、,\s])|(?<=(?:いた|きた|った|んだ|ある|いる|やる|書く|作る|直す|ます|てる|でる)(?:ので"
    r"|から))(?=[^、,])|(?<=飛ばして)(?=[^、,])|(?<=とばして)(?=[^、,])|(?<=スキップして)(?=[^、,])"
    r"|(?<=ないで)(?!す|くだ|下さ|ほし|欲し|ね|よ|、|,|$)|(?<=ずに)(?=[^、,])|(?<=(?:いい|ない)ので)"
    r"|(?<=(?:いい|ない)から)|(?<=ないけど)"
    r"|(?<=(?:書い|作っ).)(?<=て)(?=[一-龠])(?!下さ|欲し|頂|貰|居|置|見|結構)|(?<=して)(?=[一-龠])(?!下さ|欲し"
    r"|頂|貰|居|置|見|結構)"
)
_DIRECTION_NUMBER = re.compile(r"方向\s*[1-9]")


@dataclass(frozen=True)
class Remaining:
    """What is still wanted, and the parts that were excluded, as written."""

    text: str
    excluded: tuple[str, ...]


def without_refusals(text: str, asks: Callable[[str], bool], changes: Callable[[str], bool]) -> Remaining:
    """``text`` without what it excludes (…しないで, 要らない, じゃなくて, 以外).

    ``asks``: whether a part says on its own what to do; a part before a refusal that does not is its topic
    (「課題は、書かないで」). ``changes``: whether it is about a draft's items or form, where a refusal is a wish
    (「2つ目は不要」).
    """
    kept: list[str] = []
    excluded: list[str] = []
    pieces = _ENDS.split(text)
    for at in range(0, len(pieces), 2):
        ending = pieces[at + 1] if at + 1 < len(pieces) else ""
        topic = ""
        for part in _PARTS.split(pieces[at]):
            if _REFUSED.search(part) and not changes(topic + part):
                excluded.append((topic + part).strip(" 、,"))
                topic = ""
            elif asks(part):
                kept.append(_chosen(topic + part, excluded, changes))
                topic = ""
            else:
                topic += part
        kept.append(_chosen(topic, excluded, changes) + ending)
    return Remaining("".join(kept), tuple(excluded))


def _chosen(text: str, excluded: list[str], changes: Callable[[str], bool]) -> str:
    """``text`` without the sides that it rejects in favour of others."""
    match = None if changes(text) else _INSTEAD.search(text)
    while match:
        excluded.append(match.group().strip(" 、,"))
        behind = text[match.end() :]
        # 「展開方向1じゃなくて2の課題」: the number alone still speaks of a direction
        bare = _DIRECTION_NUMBER.search(match.group()) and re.match(r"\s*[1-9](?=の|を|だけ)", behind)
        text = text[: match.start()] + ("展開方向" if bare else "") + behind
        match = _INSTEAD.search(text)
    return text
