"""A row's name as people write it: in full, shortened, as words of a phrase; without blanks and brackets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checking.never_values import normalise
from assistant.checking.record import Row

_GONE = re.compile("[ \n「」『』【】・　]|(?<=[取組])[りみ]")
_SHORTER = ("の割合", "割合", "率", "の件数", "件数", "の人数", "人数", "の数", "数")
NEUTRAL = (
    r"令和|平成|昭和|推計|数年|隔年|ピーク|以降|以来|以後|起点|[一二三]人|[一二三]日|年間|実績|目標|見込み?|成り?行き?|現状|前々?年度?|昨年度?|今年度|本年度|当該|年度|前回|今回|調査|"
    r"結果|割合|数値|数字|値|件数|人数|団体数|成果|対象|指標|本市|当市|市内|市民|全体|全市|合計|"
    r"総数|総額|累計|通算|水準|傾向|推移|基準|策定時|計画|期間|期|最終|最高|最低|過去|直近|時点|現在|比較|"
    r"前年|比|増加|減少|上昇|低下|向上|改善|悪化|横ばい|微増|微減|急増|急減|増減|未?達成|達成率|達|"
    r"到達|差|乖離|大幅|若干|僅|一方|引き?続|依然|続|連続|同様|同|評価|状況|数|率|額|約|延べ|"
    r"程度|上回|下回|超|届|及|満|至|年|度|第|施策|展開方向|毎年|今後|総合評価|中間|当初|平均|以上|以下|"
    r"未満|[二三四五六七八九十]年連続|前後|増|減|幅|分|点|見|対|者|時|回|今|次|ポイント|コスト|費用|金額|決算|予算|マイナス|"
    r"プラス|ほぼ|データ|最新|昨今|近年|具体|特|設定|掲|定|示|記録|維持|転|落|高|低|少|多|良|悪|"
    r"伸|上|下|変化|変|成|行|内訳|ピーク|底|起点|境|ア|イ|ウ|エ|オ"
)
NEGATIVE = re.compile(r"(?:て|で)?い?ない|なかった|未(?!達|来|満)|不参加|ず(?=に|、)")
DISTINCTIVE = 3
"""Characters of content that a short name needs: 「福祉」 or 「地域」 alone may mean anything."""
_LITERAL = 6
"""Characters of a name that, taken word for word, are enough to mean it (「就職につながった割合」)."""
_COUNTED_REST = re.compile(
    rf"(?:の|{NEUTRAL}|発生|開催|実施|登録|利用|設置|認知|済み|保有|者|人|戸|世帯|校|社|店|回|日|冊|箱|基|枚|台|本|面積|量)*"
)
_MODIFIER = re.compile(r"^.*(?:の|による|における|に関する|に係る|した|する|された)")
_ANYBODYS = re.compile(
    "講座|児童|生徒|団体|施設|事業|相談|支援|活動|会員|職員|企業|商店|教室|利用|参加|登録|市民|住民|高齢|補助|調査|開催|実施|"
    "更新|点検|整備|管理|処理|設置|発生|道路|公園|学校|地域|福祉|文化|環境|観光|農業|健康|教育|防災"
)
"""Too common to be short for one indicator."""
_QUANTITIES = "数率額合量度費比積高性"


def literal_in(text: str, name: str) -> bool:
    """Whether ``text`` stands in a name word for word and is long enough to mean it."""
    return is_most_of(clean(text)[0], name_of(name).plain)


def covered_share(words: Sequence[str], name: str) -> float:
    """How much of the words (0 to 1) is made of pieces of a name."""
    total = sum(len(word) for word in words)
    return sum(covered_signs(word, name_of(name)) for word in words) / total if total else 0.0


def is_short_for(literal: str, name: str) -> bool:
    """Whether a name is ``literal`` and what is counted of it (「火災」), or ends with it (「創業件数」)."""
    if len(literal) < 2 or literal not in name:
        return False
    if _ANYBODYS.fullmatch(literal) is None:
        for noun in (name, _MODIFIER.sub("", name)):
            rest = noun[len(literal) :] if noun.startswith(literal) else None
            if rest is not None and (rest or noun == name) and _COUNTED_REST.fullmatch(rest):
                return True
    if not name.endswith(literal):
        return False
    return len(literal) >= DISTINCTIVE and literal[-1] in _QUANTITIES


def is_most_of(literal: str, name: str) -> bool:
    """Whether ``literal`` stands in a name word for word and is long enough, or half of it, to mean it."""
    return literal in name and (len(literal) >= _LITERAL or len(literal) >= max(3, len(name) / 2))


@dataclass(frozen=True)
class Name:
    """A row's name as words are looked for in it."""

    plain: str
    head: str
    pairs: frozenset[str]
    denied: bool


@lru_cache(maxsize=1024)
def name_of(name: str) -> Name:
    plain = clean(name)[0]
    pairs = frozenset(plain[place : place + 2] for place in range(len(plain) - 1))
    head = re.sub(r"\([^)]*\)", "", plain)
    return Name(plain, head, pairs, NEGATIVE.search(plain) is not None)


def covered_signs(word: str, name: Name) -> int:
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
def clean(text: str) -> tuple[str, tuple[int, ...]]:
    """``text`` without blanks, brackets and okurigana variants, with the original place of each character."""
    plain = normalise(text)
    gone = {match.start() for match in _GONE.finditer(plain)}
    if not gone:
        return plain, tuple(range(len(plain) + 1))
    places = [place for place in range(len(plain)) if place not in gone]
    return "".join([plain[place] for place in places]), (*places, len(plain))


@lru_cache(maxsize=1024)
def forms_of(name: str, asked_as: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Ways to write a row's name, longest first, each with whether it needs a free-standing place."""
    full = clean(name)[0]
    plain = re.sub(r"\([^)]*\)", "", full)
    forms = {full: False, plain: True}
    for ending in _SHORTER:
        if plain.endswith(ending) and len(plain) - len(ending) >= 4:
            forms.setdefault(plain.removesuffix(ending), True)
            break
    for word in asked_as:
        forms.setdefault(clean(word)[0], True)
    return tuple(sorted(((form, guard) for form, guard in forms.items() if len(form) >= 2), key=lambda f: -len(f[0])))


def is_named(text: str, row: Row) -> bool:
    """Whether the text has the row's name, or a usual short form of it, word for word."""
    cleaned, full = clean(text)[0], re.sub(r"\([^)]*\)", "", clean(row.name)[0])
    forms = (form for form, _ in forms_of(row.name, row.asked_as) if form == full or len(form) >= DISTINCTIVE)
    return any(form in cleaned for form in forms)


def is_denied(name: str) -> bool:
    """Whether a name denies (「参加していない市民の割合」)."""
    return NEGATIVE.search(name) is not None
