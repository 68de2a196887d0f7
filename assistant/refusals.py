"""What a message says is *not* to be done, taken out before the rest is read. Pure, over NFKC text."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_STEMS = r"(?:し|せ|書か|作ら|つくら|やら|比べ|探さ|調べ|直さ|見せ|教え|出さ|まとめ|入れ|含め|触れ|使わ|行わ|進め|始め)"
_ENOUGH = r"も?(?:いい|よい|良い|大丈夫|結構|(?:構|かま)(?:わない|いません)|OK)"
_POLITE = r"ください|下さい|ほしい|欲しい|くれ|お願い(?:します)?|もらえますか|いただけますか"
_TAIL = rf"(?:{_POLITE}|です|よ|ね|から|ので|けど|が|で|に|、|,|\s)*$"
_REFUSED = re.compile(
    rf"(?:{_STEMS}(?:ない(?:で|こと|よう|でほしい)?|なくて{_ENOUGH}|ず(?:に)?|ません)|(?:する|書く|作る)な"
    r"|(?:要ら|いら)(?:ない|ん)|(?:要り|いり)ません|不要|必要(?:は|が|も)?(?:ない|無い|ありません)|無用|結構"
    rf"|(?:やめ|止め)(?:て|と(?:い)?て)?|中止(?:して)?|見送(?:って|る)|なし|抜き|(?:後|あと)回し(?:で(?:いい|よい|良い))?){_TAIL}"
)
_INSTEAD = re.compile(
    r"[^、,。はをて]{0,40}?(?<!だけ)(?<!のみ)(?:じゃなくて?|じゃなしに|ではなくて?|でなくて?|でなしに"
    r"|以外(?!の施策|の課(?!題)|の部|のシート|の担当)(?:について|は|を|の|に|で)?|を除いて|を除き|を外して)、?"
)
_ENDS = re.compile(r"([。！!？?\n]+)")
_PARTS = re.compile(
    r"(?<=[、,])|(?<=ないで)(?!す|くだ|下さ|ほし|欲し|ね|よ|、|,|$)|(?<=ずに)(?=[^、,])|(?<=(?:いい|ない)ので)|(?<=(?:いい|ない)から)|(?<=ないけど)"
    r"|(?<=(?:書い|作っ).)(?<=て)(?=[一-龠])(?!下さ|欲し|頂|貰|居|置|見|結構)|(?<=して)(?=[一-龠])(?!下さ|欲し|頂|貰|居|置|見|結構)"
)
_DIRECTION_NUMBER = re.compile(r"方向\s*[1-9]")


@dataclass(frozen=True)
class Remaining:
    """What is still wanted, and the parts that were excluded, as written."""

    text: str
    excluded: tuple[str, ...]


def without_refusals(text: str, asks: Callable[[str], bool]) -> Remaining:
    """``text`` without what it excludes (…しないで, 要らない, じゃなくて, 以外).

    ``asks``: whether a part says on its own what to do; a part before a refusal that does not is its topic
    (「課題は、書かないで」).
    """
    kept: list[str] = []
    excluded: list[str] = []
    pieces = _ENDS.split(text)
    for at in range(0, len(pieces), 2):
        ending = pieces[at + 1] if at + 1 < len(pieces) else ""
        topic = ""
        for part in _PARTS.split(pieces[at]):
            if _REFUSED.search(part):
                excluded.append((topic + part).strip(" 、,"))
                topic = ""
            elif asks(part):
                kept.append(_chosen(topic + part, excluded))
                topic = ""
            else:
                topic += part
        kept.append(_chosen(topic, excluded) + ending)
    return Remaining("".join(kept), tuple(excluded))


def _chosen(text: str, excluded: list[str]) -> str:
    """``text`` without the sides that it rejects in favour of others."""
    match = _INSTEAD.search(text)
    while match:
        excluded.append(match.group().strip(" 、,"))
        behind = text[match.end() :]
        # 「展開方向1じゃなくて2の課題」: the number alone still speaks of a direction
        bare = _DIRECTION_NUMBER.search(match.group()) and re.match(r"\s*[1-9](?=の|を|だけ)", behind)
        text = text[: match.start()] + ("展開方向" if bare else "") + behind
        match = _INSTEAD.search(text)
    return text
