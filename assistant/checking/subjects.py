"""What a sentence speaks of: mentions of indicators and cost rows by name, label or pronoun (topics: ``topics``)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checking.meanings import AGED, How, content
from assistant.checking.record import Record, Row
from assistant.checking.row_names import clean, forms_of

MENTION = "\ue002"
"""Stands for a mention in the blanked sentence."""
_NOT_BEFORE = re.compile(r"[一-龠々ァ-ヴーA-Za-z0-9]$")
_MAY_STAND_BEFORE = re.compile(r"(?:市|総|本市|市全体|年度|年|全|同|の|値|目標|実績|現在|日|時点)$")
_NOT_AFTER = re.compile(
    r"(?!数|値|率|額|分(?![析野類離散配担権解])|"
    r"計|累|総|合|全|実|目|見|前|増|減|令|平|約|横|上|下|達|未|低|千|百|万|及|並|を|は|が|の|と|も)[一-龠々ァ-ヴーA-Za-z]"
)
_DATED = re.compile(r"[0-9]月(?:[0-9]{1,2}日|末)(?:現在|時点)?$")
"""Before 「の人口」: only when it was counted, whatever stands before the date."""
_COMPOUND_AFTER = re.compile(
    r"(?:増加|減少|低下|上昇|増減|増|減)(?!し|とな|に転|傾向にあ|[、。])|(?:増加|減少|低下|上昇|増減)(?=、|・)"
    r"|(?:総数|数)?(?:構成|密度|推計|動態|流出|流入)"
)
_LABEL = re.compile(
    r"(?:展開方向[ ]?(?P<direction>\d{1,2})の?[ ]?)?(?P<kind>対象|成果)?指標[ 「]?(?P<label>[ア-オ])(?![ァ-ヴー])"
    r"|(?<![\d-])(?P<id_direction>\d)-(?P<id_label>[ア-オ])(?![ァ-ヴー])"
)
_SOURCE = re.compile(r"(?<=[(（、・])[国都道府県](?=[ ]?約?\d[\d,.]*(?:[億万]\d[\d,.]*)*[億万千百]*円)")
_PRONOUN = re.compile(
    r"同(?:割合|指標|率|数値?|値|人口|件数|額)|(?:当該|本|この|その)(?:指標|割合|数値|値)|これ(?=は|に|が|も|で)"
)
_DESCRIBED = re.compile(
    r"[^、。\s]{2,}(?:[えけれきしっいじんせてみ]た|んだ|ている|ていない|される|られる|"
    r"[をにで][一-龠々]{1,4}(?:する|う|く|す|つ|む|ぶ|[えけせてねべめれいきしちにびみり]?る))$"
)
"""Before a short name: only some of them are meant (「支援を受けた児童生徒」)."""


@dataclass(frozen=True)
class Mention:
    """A place that names rows, or (``foreign``) something that is none of them. ``topic``: は or も marks it.

    ``reach``: from this place on it is the subject of nothing (``wholes``); None = of all that follows.
    """

    start: int
    end: int
    rows: tuple[Row, ...]
    how: How
    topic: bool = False
    reach: int | None = None


def find_mentions(plain: str, record: Record, direction: int | None) -> list[Mention]:
    """Mentions by name, label and pronoun in a normalised sentence, left to right, none inside another."""
    found = _by_name(plain, record) + _by_label(plain, record, direction) + _by_source(plain, record)
    found += _both(plain, record)
    found += [Mention(match.start(), match.end(), (), "pronoun") for match in _PRONOUN.finditer(plain)]
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def with_former(plain: str, mentions: Sequence[Mention], before: tuple[Row, ...] = ()) -> list[Mention]:
    """The mentions, with 「前者」 and 「後者」 as the two rows named before: in the sentence, or ``before`` it."""
    result = list(mentions)
    for match in re.finditer("前者|後者", plain):
        rows = list({m.rows[0].id: m.rows[0] for m in mentions if m.end <= match.start() and len(m.rows) == 1}.values())
        rows = rows or list(before)
        if len(rows) == 2:
            row = rows[0] if match.group() == "前者" else rows[1]
            result = [m for m in result if m.end <= match.start() or m.start > match.end()]
            result.append(Mention(*match.span(), (row,), "named", plain[match.end() : match.end() + 1] in ("は", "も")))
    return sorted(result, key=lambda mention: mention.end)


def named_in(mentions: Sequence[Mention]) -> tuple[Row, ...]:
    """The single rows that mentions name, in order, each once."""
    return tuple({m.rows[0].id: m.rows[0] for m in mentions if len(m.rows) == 1 and m.how != "weak"}.values())


@lru_cache(maxsize=64)
def _any_form(names: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str]:
    """Any way to write any of the rows' names: most sentences have none, and are done with."""
    forms = sorted({form for name, asked_as in names for form, _ in forms_of(name, asked_as)})
    return re.compile("|".join(map(re.escape, forms)) if forms else "(?!)")


def _by_name(plain: str, record: Record) -> list[Mention]:
    cleaned, places = clean(plain)
    found: list[Mention] = []
    if not _any_form(record.names).search(cleaned):
        return found
    for row in record.rows:
        for form, guarded in forms_of(row.name, row.asked_as):
            start = cleaned.find(form)
            while start != -1:
                end = start + len(form)
                short = not guarded or len(form) < len(re.sub(r"\([^)]*\)", "", clean(row.name)[0]))
                set_off = _set_off(plain, places[start], places[end - 1] + 1, row)
                if not guarded or set_off or _stands_free(cleaned, start, end, record, short=short):
                    found.append(Mention(places[start], places[end - 1] + 1, (row,), "named"))
                start = cleaned.find(form, end)
    return _unite_equal(found)


def _set_off(plain: str, start: int, end: int, row: Row) -> bool:
    """Whether a name stands in quotes of its own, or a cost among others joined by ・ (「国庫支出金・県支出金」)."""
    before, after = plain[max(start - 1, 0) : start], plain[end : end + 1]
    if before in ("「", "『") and after in ("」", "』"):
        return True
    left, right = plain[max(start - 4, 0) : start], plain[end : end + 8]
    open_left = before == "・" or not _NOT_BEFORE.search(left) or _MAY_STAND_BEFORE.search(left) is not None
    open_right = after == "・" or not (_NOT_AFTER.match(right) or _COMPOUND_AFTER.match(right))
    return row.kind == "cost" and "・" in (before, after) and open_left and open_right


def _by_source(plain: str, record: Record) -> list[Mention]:
    """「（国158,964千円、県68,475千円）」: who pays, right before an amount; it may be another amount of theirs."""
    found = []
    for match in _SOURCE.finditer(plain):
        wanted = "cost:national" if match.group() == "国" else "cost:prefectural"
        rows = tuple(row for row in record.rows if row.id == wanted)
        found.append(Mention(match.start(), match.end(), rows, "weak"))
    return found


_BOTH = re.compile(
    r"国(?:と|・|や|及び|および|、)(?:都道府県|[県都道府])(?:から)?の?(?:支出金|補助金?)"
    r"(?:の(?:合計|総額|合計額)|(?:は|を)?、?(?:合わせ|併せ|あわせ)(?:た額|て|ると|た)?)?(?!.{0,12}(?:それぞれ|順に|各々))"
    r"|国(?:都道府県|[県都道府])支出金"
)


_A_AND_B = re.compile(r"\(A\)[ ]?\+[ ]?\(B\)|(?<![A-Za-z(])A[ ]?\+[ ]?B(?![A-Za-z)])")


def _both(plain: str, record: Record) -> list[Mention]:
    """「国と県からの支出金は、合わせて」「国県支出金」: the two together."""
    found = []
    for match in _BOTH.finditer(plain):
        rows = tuple(row for row in record.rows if row.id in ("cost:national", "cost:prefectural"))
        found.append(Mention(match.start(), match.end(), rows, "sum", True))
    total = tuple(row for row in record.rows if row.id == "cost:total")
    found += [Mention(match.start(), match.end(), total, "named") for match in _A_AND_B.finditer(plain)]
    return found


def _unite_equal(found: list[Mention]) -> list[Mention]:
    """Two rows of one name at one place are one open mention."""
    united: dict[tuple[int, int], Mention] = {}
    for mention in found:
        key = (mention.start, mention.end)
        before = united.get(key)
        if before is None:
            united[key] = mention
        elif mention.rows[0] not in before.rows:
            united[key] = Mention(*key, before.rows + mention.rows, "open")
    return list(united.values())


def _stands_free(cleaned: str, start: int, end: int, record: Record, *, short: bool) -> bool:
    """A short name inside a longer word (「高齢者人口」, 「人口密度」) or under 「…の」 means something else."""
    before, after = cleaned[:start], cleaned[end : end + 8]
    if short and _DESCRIBED.search(before):
        return False
    if _NOT_BEFORE.search(before) and not _MAY_STAND_BEFORE.search(before):
        return False
    if _NOT_AFTER.match(after) or _COMPOUND_AFTER.match(after):
        return False
    if before.endswith(("等の", "などの")):
        # 「料金収入等のその他」 tells what the rest is made of; of another name it is a part
        return cleaned[start:end] == "その他"
    if before.endswith("の"):
        head = re.split(r"[、。はがも「」()]", re.sub(r"\([^()]*\)", "", before)[:-1])[-1]
        head = "" if _DATED.search(head) else head
        return not content(head, record) and AGED.search(head) is None
    return True


def _by_label(plain: str, record: Record, direction: int | None) -> list[Mention]:
    found = []
    for match in _LABEL.finditer(plain):
        label = match["label"] or match["id_label"]
        written = match["direction"] or match["id_direction"]
        kind = {"対象": "population", "成果": "outcome"}.get(match["kind"] or "")
        wanted = int(written) if written else (None if kind == "population" else direction)
        rows = tuple(
            row
            for row in record.rows
            if row.label == label
            and (kind is None or row.kind == kind)
            and (row.kind == "population" if wanted is None and kind == "population" else True)
            and (wanted is None or row.direction == wanted)
        )
        if rows:
            how: How = "label" if len(rows) == 1 else "open"
            found.append(Mention(match.start(), match.end(), rows, how))
    return found
