"""Mentions that name only the whole of a share (19): 「事業費の22.9％を占める」 leaves the subject as it was."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.checking.numerals import Figure
from assistant.checking.subjects import Mention

_ABOUT = r"[ ]?(?:約|およそ|おおよそ|おおむね|概ね|ほぼ)?[ ]?"
_OF = re.compile(
    rf"(?:計|数)?(?:全体|総額|合計)?(?:の(?:うち)?|に占める[^、。]{{0,20}}?は?|に対する[^、。]{{0,12}}?(?:割合"
    rf"|比率)は?|に対し){_ABOUT}"
)
_WITH_FIGURE = re.compile(r"[ ]?(?:は|計)?[ ]?[(]?$")
_AMONG = re.compile(r"(?:全体)?の(?:うち|中で)")
_MADE_OF = re.compile(r"から(?:成|構成)")
_CHANGES = re.compile(
    r"(?:程度|前後|強|弱)?(?:の)?[ ]?(?:増|減|上昇|低下|伸び|アップ|ダウン|プラス|マイナス|上回"
    r"|下回|高|低|多|少|縮|ポイント|改善|悪化|カット|引)"
)


def with_reach(plain: str, mentions: Sequence[Mention], figures: Sequence[Figure]) -> list[Mention]:
    """The mentions; those that a share is of reach no further than to that share."""
    if not figures:
        return list(mentions)
    named = [mention for mention in mentions if not _counts_others(mention, figures)]
    made_of = _MADE_OF.search(plain)
    last = made_of.start() if made_of else None
    limited = []
    for mention in named:
        closing = _bracket_end(plain, mention, figures)
        if closing is not None:
            limited.append(replace(mention, reach=closing))
        elif last is not None and mention.end <= last and mention is not named[0]:
            limited.append(replace(mention, reach=last))
        else:
            limited.append(_limited(plain, mention, figures))
    return limited


def _counts_others(mention: Mention, figures: Sequence[Figure]) -> bool:
    """「その他8件」: no amount, so the cost of that name is not meant."""
    if not all(row.unit == "千円" and row.kind == "cost" for row in mention.rows) or not mention.rows:
        return False
    beside = next((figure for figure in figures if figure.start == mention.end), None)
    return beside is not None and beside.unit not in ("千円", "％", "ポイント", "倍", "")


def _bracket_end(plain: str, mention: Mention, figures: Sequence[Figure]) -> int | None:
    """Where the brackets close in which a mention stands with its figure; None outside of brackets."""
    opening = plain.rfind("(", 0, mention.start)
    closing = plain.find(")", mention.end) if opening >= 0 else -1
    if closing < 0 or plain.find(")", opening, mention.start) >= 0:
        return None
    return closing if any(mention.end <= figure.start < closing for figure in figures) else None


def _limited(plain: str, mention: Mention, figures: Sequence[Figure]) -> Mention:
    if len(mention.rows) != 1 or mention.rows[0].unit == "％" or mention.how not in ("named", "label", "phrase"):
        return mention
    place = mention.end
    following = [figure for figure in figures if figure.start >= place][:2]
    own = following[0] if following and following[0].unit != "％" else None
    if own is not None and _WITH_FIGURE.fullmatch(plain[place : own.start]):
        place = own.end + (1 if plain[own.end : own.end + 1] == ")" else 0)
        following = following[1:]
    if _AMONG.match(plain, place):
        return replace(mention, reach=place)
    share = following[0] if following else None
    if share is None or share.unit != "％" or not _OF.fullmatch(plain[place : share.start]):
        return mention
    return mention if _CHANGES.match(plain, share.end) else replace(mention, reach=share.end)
