"""Sums that a sentence names by their rows (17): 「国庫支出金と都道府県支出金の合計」「事業費に人件費を加えた総額」."""

import re
from collections.abc import Sequence

from assistant.checking.record import Row
from assistant.checking.subjects import Mention

_AND = re.compile(r"[ ]?(?:、|・|,|\+|と|及び|および|並びに|ならびに)[ ]?")
_AND_TO = re.compile(r"[ ]?に[ ]?")
"""「AにBを加えた」: only before a verb of adding."""
_ALSO = re.compile(
    r"(?:[一-龠々ァ-ヴーA-Za-z)）」]、|と|や|(?<=[^\s])・|\+|及び|および|並びに|ならびに|に|など|等)[ ]?$"
)
_AND_OTHERS = re.compile(r"(?:など|等|ほか|その他)(?=の|を)")
_NOUN = re.compile(r"(?:の|は|を)?[ ]?(?:合計|合算|総計|総額|計(?![画上算測]))(?:額|金額|値|数)?")
_VERB = re.compile(
    r"(?:の(?:[2-9二三四五六](?:つ|者|財源|項目|種類)|両者|双方|両方|全て|すべて))?(?:を|と|も)?(?:全て|すべて)?(?:(?:合わせ|併せ|あわせ|含め|足し|合計し|合算し)(?:た|て|る|れば)?|加え(?:た|る|れば|て(?!、)))"
    r"(?:と)?(?:の)?(?:合計|総額|総計|全体|額|金額|経費|費用)?(?:額)?"
)


def with_sums(plain: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a sentence, those that a sum joins made one (``how`` "sum").

    ``topic`` of such a mention: all parts are named. A sum of which a part is no stored row is foreign.
    """
    result: list[Mention] = []
    chain: list[Mention] = []
    for number, mention in enumerate(mentions):
        joined = chain and _joins(plain, chain[-1], mention)
        chain = [*chain, mention] if joined else [mention]
        result.append(mention)
        behind = plain[mention.end :]
        others = _AND_OTHERS.match(behind)
        start = mention.end + (others.end() if others else 0)
        noun, verb = _NOUN.match(plain, start), _VERB.match(plain, start)
        found = noun or verb
        if found is None or mention.how not in ("named", "label", "phrase"):
            continue
        following = mentions[number + 1] if number + 1 < len(mentions) else None
        if following is not None and following.start < found.end():
            continue
        rows = _rows(chain)
        also = _ALSO.search(plain[: chain[0].start]) is not None
        named = result[: len(result) - len(chain)]
        if others or also or len(rows) < len(chain):
            united = Mention(chain[0].start, found.end(), (), "foreign", True)
        elif len(chain) > 1:
            united = Mention(chain[0].start, found.end(), rows, "sum", True)
        elif noun:
            continue
        else:
            united = _added(mention, named, following, found.end())
        result = [*named, united]
        chain = []
    return [mention for number, mention in enumerate(result) if number == 0 or mention.start >= result[number - 1].end]


def _joins(plain: str, first: Mention, second: Mention) -> bool:
    between = plain[first.end : second.start]
    return _AND.fullmatch(between) is not None or (
        _AND_TO.fullmatch(between) is not None and _VERB.match(plain, second.end) is not None
    )


def _rows(chain: Sequence[Mention]) -> tuple[Row, ...]:
    return tuple(mention.rows[0] for mention in chain if len(mention.rows) == 1)


def _added(mention: Mention, before: Sequence[Mention], following: Mention | None, end: int) -> Mention:
    """「Aは…で、Bと合わせて」「Bを含めたA」: what B is added to is the row beside it, as far as one can tell."""
    beside = following if following is not None and following.start == end else (before[-1] if before else None)
    if beside is None or len(beside.rows) != 1 or len(mention.rows) != 1 or beside.rows == mention.rows:
        return Mention(mention.start, end, (), "foreign", True)
    last = beside.end if beside is following else end
    if beside is following and beside.rows[0].id == "cost:total":
        return Mention(mention.start, end, (), "foreign")
    return Mention(mention.start, last, (beside.rows[0], mention.rows[0]), "sum")
