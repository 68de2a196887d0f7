"""What a sentence speaks of: mentions of indicators and cost rows by name, short name, label or pronoun; topics.

A topic that names something else (「登録者数は」) is kept as foreign: what follows it is no statement about our rows.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.checking.never_values import BLANK, normalise
from assistant.checking.record import Record, Row

How = Literal["named", "label", "phrase", "open", "weak", "pronoun", "sum", "foreign"]
MENTION = "\ue002"
"""Stands for a mention in the blanked sentence."""

_DROPPED = " \n「」『』【】・　"
_SHORTER = ("の割合", "割合", "率", "の件数", "件数", "の人数", "人数", "の数", "数")
_NOT_BEFORE = re.compile(r"[一-龠々ァ-ヴーA-Za-z0-9]$")
_MAY_STAND_BEFORE = re.compile(r"(?:市|総|本市|市全体|年度|年|全|同|の|値|目標|実績|現在|日|時点)$")
_NOT_AFTER = re.compile(
    r"(?!数|値|率|額|計|総|合|全|実|目|見|前|増|減|令|平|約|横|上|下|達|未|低|千|百|万|及|並|を|は|が|の|と|も)[一-龠々ァ-ヴーA-Za-z]"
)
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
_DESCRIBED = re.compile(r"[^、。\s]{2,}(?:[えけれきしっいじんせてみ]た|んだ|ている|ていない|される|られる)$")
"""Before a short name: only some of them are meant (「支援を受けた児童生徒」)."""
_AGED = re.compile(r"\d歳|\d代")
"""「65歳以上の人口」: a part of the whole."""
_NEUTRAL = (
    r"令和|平成|昭和|年間|実績|目標|見込み?|成り?行き?|現状|前々?年度?|昨年度?|今年度|本年度|当該|年度|前回|今回|調査|"
    r"結果|割合|数値|数字|値|件数|人数|団体数|成果|対象|指標|本市|当市|市内|市民|全体|全市|合計|"
    r"総数|総額|水準|傾向|推移|基準|策定時|計画|期間|期|最終|最高|最低|過去|直近|時点|現在|比較|"
    r"前年|比|増加|減少|上昇|低下|向上|改善|悪化|横ばい|微増|微減|急増|急減|増減|未?達成|達成率|達|"
    r"到達|差|乖離|大幅|若干|僅|一方|引き?続|依然|続|連続|同様|同|評価|状況|数|率|額|約|延べ|"
    r"程度|上回|下回|超|届|及|満|至|年|度|第|施策|展開方向|毎年|今後|総合評価|中間|当初|平均|以上|以下|"
    r"未満|[二三四五六七八九十]年連続|前後|増|減|幅|分|点|見|対|者|時|回|今|次|ポイント|コスト|費用|金額|決算|予算|マイナス|"
    r"プラス|ほぼ|データ|最新|昨今|近年|具体|特|設定|掲|定|示|記録|維持|転|落|高|低|少|多|良|悪|"
    r"伸|上|下|変化|変|成|行|ア|イ|ウ|エ|オ"
)
_ALL_NEUTRAL = re.compile(rf"(?:{_NEUTRAL})+")
_LONG_NEUTRAL = "|".join(word for word in _NEUTRAL.split("|") if len(word) >= 2)
_NEUTRAL_HEAD = re.compile(rf"^(?:{_LONG_NEUTRAL})+")
_NEUTRAL_TAIL = re.compile(rf"(?:{_LONG_NEUTRAL}|[率数額値])+$")
_CONTENT = re.compile(r"[一-龠々]+|[ァ-ヴー]{2,}|[A-Za-z]{2,}")
_NEGATIVE = re.compile(r"(?:て|で)?い?ない|なかった|未(?!達|来|満)|不参加|ず(?=に|、)")
REASON = re.compile(
    r"(?:により|によって|による|ため|ことで|ことから|結果|ものの|なか|中で|一方で?|したが|し、|して|おり|ほか|に伴い|を受け(?![たる]))"
    r"[、 ]?"
)
_TOPIC = re.compile(r"(?P<wa>については|では|には|とは|は|も)|(?P<ga>が(?!、))|(?P<ga_comma>が(?=、))")
_MEANT_ALONE = frozenset("国県都税男女")
"""Single characters that name somebody or something else."""
_DISTINCTIVE = 3
"""Characters of content that a short name needs: 「福祉」 or 「地域」 alone may mean anything."""
_LITERAL = 6
"""Characters of a name that, taken word for word, are enough to mean it (「就職につながった割合」)."""
_BREAK = re.compile(r"[、。「」（）()【】：:\n]")


@dataclass(frozen=True)
class Mention:
    """A place that names rows, or (``foreign``) something that is none of them. ``topic``: は or も marks it."""

    start: int
    end: int
    rows: tuple[Row, ...]
    how: How
    topic: bool = False


def find_mentions(plain: str, record: Record, direction: int | None) -> list[Mention]:
    """Mentions by name, label and pronoun in a normalised sentence, left to right, none inside another."""
    found = _by_name(plain, record) + _by_label(plain, record, direction) + _by_source(plain, record)
    found += [Mention(match.start(), match.end(), (), "pronoun") for match in _PRONOUN.finditer(plain)]
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def find_topics(bare: str, record: Record, mentions: Sequence[Mention]) -> list[Mention]:
    """Topics (…は, …が, …も) of a sentence whose years, figures and mentions are blanked: short names or foreign.

    A topic made of neutral words only (「実績は」) is none.
    """
    topics: list[Mention] = []
    breaks = [found.end() for found in _BREAK.finditer(bare)]
    for match in _TOPIC.finditer(bare):
        last = bisect_right(breaks, match.start())
        start = max(breaks[last - 1] if last else 0, max((topic.end for topic in topics if topic.topic), default=0))
        blank = max(bare.rfind(BLANK, 0, match.start()), bare.rfind(MENTION, 0, match.start())) + 1
        chunk = bare[max(start, blank) : match.start()]
        if bare[start : match.start()].endswith(MENTION):
            continue
        if not chunk.strip() and bare[: match.start()].rstrip().endswith((")", "）")):
            opening = max(bare.rfind("(", 0, start), bare.rfind("（", 0, start))
            first = max([0, *(found.end() for found in _BREAK.finditer(bare, 0, max(opening, 0)))])
            chunk = re.split(f"[{BLANK}{MENTION}]", bare[first : max(opening, 0)])[-1]
            if opening > 0 and bare[opening - 1] == MENTION:
                continue
        quoted = start > 0 and bare[start - 1] in "」』" and not chunk.strip()
        if quoted:
            opening = max(bare.rfind("「", 0, start), bare.rfind("『", 0, start))
            chunk = bare[opening + 1 : start - 1]
            if MENTION in chunk:
                continue
        for cut in REASON.finditer(chunk):
            rest = chunk[cut.end() :]
            if content(rest, record):
                chunk = rest
                break
        topic = _phrase(chunk, record)
        if topic is not None:
            rows, how = topic
            end = match.end()
            topics.append(Mention(match.start() - len(chunk), end, rows, how, match["wa"] is not None))
    return topics


def content(text: str, record: Record) -> list[str]:
    """The words of ``text`` that mean something of their own: not neutral, not the city's or the measure's names."""
    for word in record.own_words:
        text = text.replace(word, " ")
    words = []
    for run in _CONTENT.findall(text):
        if not _ALL_NEUTRAL.fullmatch(run):
            word = _NEUTRAL_TAIL.sub("", _NEUTRAL_HEAD.sub("", run))
            words += [word] if len(word) >= 2 or word in _MEANT_ALONE else []
    return words


def _phrase(chunk: str, record: Record) -> tuple[tuple[Row, ...], How] | None:
    """Rows that a noun phrase means: every content word of it occurs in their names."""
    words = content(chunk, record)
    if not words:
        return None
    if _AGED.search(chunk) and not any(_AGED.search(row.name) for row in record.rows):
        return (), "foreign"
    literal = _clean(chunk)[0]
    named = [(row, _name_of(row.name)) for row in record.rows]
    holding = tuple(row for row, name in named if _is_most_of(literal, name.plain))
    if len(holding) == 1:
        return holding, "phrase"
    denied = _NEGATIVE.search(chunk) is not None
    total = sum(len(word) for word in words)
    scores: dict[str, float] = {}
    for row, name in named:
        if name.denied == denied:
            scores[row.id] = sum(_covered(word, name) for word in words) / total
    full = tuple(row for row in record.rows if scores.get(row.id) == 1)
    if full and total < _DISTINCTIVE:
        return full, "weak"
    if len(full) == 1:
        return full, "phrase"
    if full:
        return full, "open"
    partly = tuple(row for row in record.rows if scores.get(row.id, 0) >= 0.6)
    return (partly, "weak") if partly else ((), "foreign")


def _is_most_of(literal: str, name: str) -> bool:
    """Whether ``literal`` stands in a name word for word and is long enough, or half of it, to mean it."""
    return literal in name and (len(literal) >= _LITERAL or len(literal) >= max(3, len(name) / 2))


@dataclass(frozen=True)
class _Name:
    """A row's name as words are looked for in it."""

    plain: str
    pairs: frozenset[str]
    denied: bool


@lru_cache(maxsize=1024)
def _name_of(name: str) -> _Name:
    plain = _clean(name)[0]
    pairs = frozenset(plain[place : place + 2] for place in range(len(plain) - 1))
    return _Name(plain, pairs, _NEGATIVE.search(plain) is not None)


def _covered(word: str, name: _Name) -> int:
    """How many characters of ``word`` are made of pieces (two characters or more) of ``name``, left to right."""
    covered = place = 0
    while place < len(word) - 1:
        if word[place : place + 2] not in name.pairs:
            place += 1
            continue
        length = 2
        while place + length < len(word) and word[place : place + length + 1] in name.plain:
            length += 1
        covered += length
        place += length
    return covered


@lru_cache(maxsize=4096)
def _clean(text: str) -> tuple[str, tuple[int, ...]]:
    """``text`` without blanks, brackets and okurigana variants, with the original place of each character."""
    plain = normalise(text)
    kept: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(plain):
        dropped = sign in _DROPPED or (sign in "りみ" and plain[place - 1 : place] in "取組" and place > 0)
        if not dropped:
            kept.append(sign)
            places.append(place)
    return "".join(kept), (*places, len(plain))


@lru_cache(maxsize=1024)
def _forms(name: str, asked_as: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Ways to write a row's name, longest first, each with whether it needs a free-standing place."""
    full = _clean(name)[0]
    plain = re.sub(r"\([^)]*\)", "", full)
    forms = {full: False, plain: True}
    for ending in _SHORTER:
        if plain.endswith(ending) and len(plain) - len(ending) >= 4:
            forms.setdefault(plain.removesuffix(ending), True)
            break
    for word in asked_as:
        forms.setdefault(_clean(word)[0], True)
    return tuple(sorted(((form, guard) for form, guard in forms.items() if len(form) >= 2), key=lambda f: -len(f[0])))


def _by_name(plain: str, record: Record) -> list[Mention]:
    cleaned, places = _clean(plain)
    found: list[Mention] = []
    for row in record.rows:
        for form, guarded in _forms(row.name, row.asked_as):
            start = cleaned.find(form)
            while start != -1:
                end = start + len(form)
                short = not guarded or len(form) < len(re.sub(r"\([^)]*\)", "", _clean(row.name)[0]))
                if not guarded or _stands_free(cleaned, start, end, record, short=short):
                    found.append(Mention(places[start], places[end - 1] + 1, (row,), "named"))
                start = cleaned.find(form, end)
    return _unite_equal(found)


def _by_source(plain: str, record: Record) -> list[Mention]:
    """「（国158,964千円、県68,475千円）」: who pays, right before an amount; it may be another amount of theirs."""
    found = []
    for match in _SOURCE.finditer(plain):
        wanted = "cost:national" if match.group() == "国" else "cost:prefectural"
        rows = tuple(row for row in record.rows if row.id == wanted)
        found.append(Mention(match.start(), match.end(), rows, "weak"))
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
    if before.endswith("の"):
        head = re.split(r"[、。はがも「」()]", re.sub(r"\([^()]*\)", "", before)[:-1])[-1]
        return not content(head, record) and _AGED.search(head) is None
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


def is_named(text: str, row: Row) -> bool:
    """Whether the text has the row's name, or a usual short form of it, word for word."""
    cleaned, full = _clean(text)[0], re.sub(r"\([^)]*\)", "", _clean(row.name)[0])
    forms = (form for form, _ in _forms(row.name, row.asked_as) if form == full or len(form) >= _DISTINCTIVE)
    return any(form in cleaned for form in forms)


def is_denied(name: str) -> bool:
    """Whether a name denies (「参加していない市民の割合」)."""
    return _NEGATIVE.search(name) is not None
