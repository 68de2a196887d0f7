"""Data of persons in a text, by place: telephone numbers, mail and postal addresses, numbers like a My Number, names.

What is named after a person or a place (facilities, companies, divisions, plans) is none. Pure but for the dictionary.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from corpus.sheetfile import SheetFile
from corpus.tokens import parts_of_speech

PersonalKind = Literal["phone", "mail", "address", "number", "name"]
Span = tuple[int, int, PersonalKind]

_HALF = str.maketrans({0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}})
"""Full-width signs to half width, character for character, so that offsets stay."""

_DASH = "[-−‐―–‑ー]"
_PHONE = re.compile(
    rf"(?<![\d.,-])(?:\+81[- ]?(?:\(0\))?\d{{1,4}}[- ]?\d{{1,4}}[- ]?\d{{3,4}}"
    rf"|\(0\d{{1,4}}\) ?\d{{1,4}}{_DASH}\d{{3,4}}|0\d{{1,4}}(?:{_DASH}|\()\d{{1,4}}(?:{_DASH}|\))\d{{3,4}}"
    r"|0\d{1,4} \d{2,4} \d{4}"
    r"|0(?:[5789]0\d{8}|120\d{6}|570\d{6}|[1-9]\d{8}))(?![\d,-])"
    r"|(?P<label>(?:電話|TEL|Tel|tel|FAX|Fax|ファクス|ファックス|ファクシミリ|携帯|☎|℡)(?:番号)?[): ]*)"
    rf"\d{{2,4}}(?:{_DASH}\d{{2,4}}){{1,2}}(?!\d)"
    rf"|(?P<inner>内線(?:番号)?[): ]*)\d{{2,5}}(?:{_DASH}\d{{1,4}})?(?!\d)"
)
_MAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+%-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_MY_NUMBER = re.compile(rf"(?<![\d.,-])\d{{4}}(?:(?:{_DASH}| )?\d{{4}}){{2}}(?![\d.,-])")
_YEARS_ONLY = re.compile(r"(?:(?:19|20)\d\d\D?){3}")

_NUMBER = "[0-9一二三四五六七八九十]+"
_PLACE = "[一-龠々ヶケヵノァ-ヴー]{1,12}"
_TOWN = rf"(?:{_PLACE}(?:大字|字){_PLACE}|{_PLACE})"
_ADDRESS = re.compile(
    rf"(?P<post>〒 ?\d{{3}}{_DASH}?\d{{4}})"
    rf"|(?<!\d)\d{{3}}-\d{{4}}(?= ?[一-龠々]{{2,4}}[都道府県市])"
    rf"|{_TOWN}?{_NUMBER}(?:丁目|{_DASH}){_NUMBER}(?:番地?の?|{_DASH}){_NUMBER}(?:号(?!線)|{_DASH}{_NUMBER}(?:号室?)?)?"
    rf"(?:[ 　]?{_NUMBER}号室)?(?![\d年月日%件人])"
    rf"|{_TOWN}(?<=[町村字]){_NUMBER}{_DASH}{_NUMBER}(?![\d年月日%件人時回か])"
    rf"|{_TOWN}?{_NUMBER}丁目{_NUMBER}番地?(?:の{_NUMBER})?(?!目)"
    rf"|{_TOWN}{_NUMBER}番地(?:の?{_NUMBER})?(?!目)"
    rf"|(?<=[町村区字])\d{{1,4}}番\d{{1,3}}号(?!線)"
)
_DASHED = re.compile(rf"{_NUMBER}{_DASH}{_NUMBER}{_DASH}{_NUMBER}")

_TITLE = re.compile(r"氏(?!名)|さん|さま|様(?![々式子相])|殿|くん|ちゃん")
_OFFICE = re.compile(
    r"(?:(?:前|元|副|同|名誉)*(?:議員|議長|委員長?(?!会)|会長|理事長?|部長|課長|係長|局長|所長|館長|園長|校長|教頭|室長"
    r"|次長|院長|組合長|座長|主幹|主査|主任|主事|参事|先生|准?教授|講師|医師|弁護士|選手|監督|代表|社長|大臣|夫妻)"
    r"|(?P<head>(?:前|元|副)?(?:市長|町長|村長|区長|知事)))(?![一-龠々ァ-ヴ])"
)
_NO_NAME = {"同", "両", "各", "諸", "某", "皆", "無", "旧", "上記", "前記", "左記", "当該", "彼"}
"""With 氏 behind them no person."""
_NO_GIVEN = re.compile(".*[等会]|種|竹|容|様")
"""Given names to the dictionary (等 is ひとし) that in a sheet are words."""
_SHORT = frozenset("林森東西南北原関谷堀泉岸星辻島")
"""Surnames of one sign that the dictionary takes for common words."""
_LABEL = re.compile(
    r"(?:担当者?|氏名|代表者?|責任者|記入者|作成者|連絡先|問合せ先|問い合わせ先|講師|記録者)[)）]?[：: 　][ 　]*$"
)
_DOES = re.compile("は(?!じめ)|が|から|も")
_NO_SURNAME = re.compile(
    "国又|川上|小堤|当所|福島|千葉|石川|山口|宮城|福井|長野|岡山|宮崎|長崎|山形|山梨|徳島|香川|秋田|青森"
)
"""Surnames to the dictionary that alone are words, or prefectures."""
_WRITTEN_NAME = re.compile(r"[一-龠々ヶ]{1,4}|[A-Za-zＡ-Ｚａ-ｚァ-ヴー・＝]{2,}")
_FOREIGN = re.compile(r"[ァ-ヴー]+(?:[・＝=][ァ-ヴー]+)+(?=[ 　]?(?:氏(?!名)|さん|大使|博士|教授|選手|監督))")
_PLACE_WORD = re.compile("[都道府県市区町村駅]$")
_MAYBE_NAME = re.compile(r"[一-龠々ァ-ヴー]")
_VARIANTS = str.maketrans("髙﨑濵濱邉邊德栁塚𠮷", "高崎浜浜辺辺徳柳塚吉")
"""Forms of a sign that stand in names and that the dictionary does not know; one sign each, so that offsets stay."""


def persons_of(*sheets: SheetFile) -> tuple[str, ...]:
    """The persons that the sheets name in fields of their own: in charge, or who noted a figure."""
    named = [name for sheet in sheets for name in (sheet.lead_person, *(note.by for note in sheet.facts.evidence))]
    return tuple(dict.fromkeys(name for name in named if name))


def personal_spans(text: str, names: Iterable[str] = ()) -> tuple[Span, ...]:
    """Start, end and kind of what is a person's in ``text``, in order, none overlapping another.

    ``names``: persons that are known by name (the sheet's own). Surname and given name count wherever they stand, a
    surname alone with a title, which is no part of it (「田中」 of 「田中会長」), or where it acts (「田中が」).
    """
    found: list[Span] = []
    for start, end, kind in [*_known(text, names), *_written(text.translate(_HALF)), *_named(text)]:
        if start < end and not any(start < stop and begin < end for begin, stop, _ in found):
            found.append((start, end, kind))
    return tuple(sorted(found))


def _known(text: str, names: Iterable[str]) -> Iterator[Span]:
    for name in sorted({name.strip() for name in names}, key=lambda name: (-len(name), name)):
        parts = name.split()
        if len("".join(parts)) >= 2:
            for match in re.finditer(r"[ 　]?".join(map(re.escape, parts)), text):
                yield match.start(), match.end(), "name"


def _written(plain: str) -> Iterator[Span]:
    """What its form gives away, in half width."""
    for match in _MAIL.finditer(plain):
        yield match.start(), match.end(), "mail"
    if not re.search(r"\d|丁目|番地", plain):
        return
    for match in _PHONE.finditer(plain):
        label = match["label"] or match["inner"] or ""
        yield match.start() + len(label), match.end(), "phone"
    for match in _MY_NUMBER.finditer(plain):
        if not _YEARS_ONLY.fullmatch(match[0]):
            yield match.start(), match.end(), "number"
    for match in _ADDRESS.finditer(plain):
        dashed = _DASHED.search(match[0])
        # 1-2-3 behind no town is a number of a table, a date or a route
        if dashed is None or match["post"] or re.search("[市区町村字条]", match[0][: dashed.start()]):
            yield match.start(), match.end(), "address"


_Words = list[tuple[int, int, tuple[str, ...]]]
"""Start, end and part of speech: 名詞, 固有名詞, 人名, 姓 / 名 / 一般."""


def _named(text: str) -> Iterator[Span]:
    """Names of persons as the dictionary knows them."""
    if not _MAYBE_NAME.search(text):
        return
    text = text.translate(_VARIANTS)
    for match in _FOREIGN.finditer(text):
        yield match.start(), match.end(), "name"
    words = list(parts_of_speech(text))
    place = 0
    while place < len(words):
        length = _name_at(text, words, place)
        if length:
            yield words[place][0], words[place + length - 1][1], "name"
        place += length or 1


def _name_at(text: str, words: _Words, place: int) -> int:
    """How many words from ``place`` are a person's name; 0: none."""
    start, end, part = words[place]
    if part[0] != "名詞":
        return 0
    word, behind = text[start:end], _behind_blank(text, end)
    surname = part[1:4] == ("固有名詞", "人名", "姓")
    if part[1] == "固有名詞":
        given = _with_given(text, words, place, sure=surname)
        if given:
            return given
    short = word in _SHORT and _opens_word(words, place)
    title = _title(text, words, behind)
    if title == "氏":
        return int(word not in _NO_NAME and part[1] != "数詞" and _WRITTEN_NAME.fullmatch(word) is not None)
    if title:
        return int(short or surname or (part[1] == "固有名詞" and (part[2] == "一般" or not _PLACE_WORD.search(word))))
    # 福島 and 野村 are surnames as well
    like_place = part[1:3] == ("固有名詞", "地名") and part[3] != "国" and not _PLACE_WORD.search(word)
    like_firm = part[1:3] == ("固有名詞", "一般") and re.fullmatch("[一-龠々]{2,3}", word) is not None
    maybe = short or ((like_place or like_firm) and _opens_word(words, place))
    office = _OFFICE.match(text, behind)
    if office:
        return int(surname or (maybe and not office["head"]))
    if surname and not _NO_SURNAME.fullmatch(word) and _DOES.match(text, end) and _opens_word(words, place):
        return 1
    return int((surname or maybe) and _LABEL.search(text, max(0, start - 12), start) is not None)


def _with_given(text: str, words: _Words, place: int, *, sure: bool) -> int:
    """How many words a name and the given name behind it are, with a blank between them or none; 0: no such name.

    ``sure``: the first is a surname and nothing else.
    """
    after = place + 1
    if after < len(words) and text[words[after][0] : words[after][1]] in (" ", "　"):
        after += 1
    if after >= len(words):
        return 0
    start, end, part = words[after]
    given, spaced = text[start:end], after > place + 1
    named = part[1:3] == ("固有名詞", "人名") and (part[3] == "名" or (sure and spaced))
    # 「河野 葵」: to the dictionary a plant
    short = sure and spaced and part[0] in ("名詞", "形状詞", "副詞") and re.fullmatch("[一-龠]", given) is not None
    if not (named or short) or _NO_GIVEN.fullmatch(given):
        return 0
    behind = _behind_blank(text, end)
    if _title(text, words, behind) or _OFFICE.match(text, behind):
        return after - place + 1
    in_kanji = re.fullmatch("[一-龠々]{1,3}", given) is not None
    joined = after + 1 < len(words) and words[after + 1][0] == end and words[after + 1][2][0] in ("名詞", "接尾辞")
    return after - place + 1 if (sure or (spaced and in_kanji)) and not joined else 0


def _title(text: str, words: _Words, at: int) -> str:
    """氏, さん … as a word of its own at ``at``; "" without one."""
    match = _TITLE.match(text, at)
    return match[0] if match and any(start == at for start, _, _ in words) else ""


def _opens_word(words: _Words, place: int) -> bool:
    """Whether no noun or prefix stands right before (「関東」 of 「北関東」, 「課長」 of 「農林課長」)."""
    if place == 0:
        return True
    _, end, part = words[place - 1]
    return end != words[place][0] or part[0] not in ("名詞", "接頭辞", "接尾辞")


def _behind_blank(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] in (" ", "　") else at
