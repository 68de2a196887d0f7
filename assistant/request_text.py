"""A message made readable: one width, section words as the form writes them, spoken numbers as figures. Pure.

Words typed without conversion (かだい) or converted wrongly (科題) are read by their sound (``request_spelling``); in
the long section words two signs may have changed places or one be missing.
"""

import re
import unicodedata
from functools import cache

from assistant.request_spelling import respelled
from corpus.form import SECTIONS

_CIRCLED = re.compile("[①-⑨]")
_WAVES = str.maketrans({"〜": "~", "∼": "~", "→": "、", "⇒": "、"})
_DASHES = re.compile(r"(?<=[0-9])\s*[‐‑‒–—―−ー]\s*(?=[0-9])")

_KATAKANA = {"ヨロシク": "よろしく", "オネガイ": "おねがい", "タノム": "たのむ"}

_ORDER_SLIPS: tuple[tuple[str, str], ...] = (
    (r"(?<![にと])[会遭逢](?=って(?:る|い|ます|ない|ません|ん|た|か|$))", "合"),
    (r"(?<=[と値数表])[会遭逢](?=って(?:る|い|ます|ない|ません|か))", "合"),
    (r"[替代換化](?=わった|わり(?:まし|ま|は|が)|わって|わる)", "変"),
    (r"[描掻](?=いて|いと|き方)|(?<=下)描(?=き)|欠(?=いて(?:$|[。、!くほもお]))", "書"),
    (r"[正整成性][合号](?=[をとのがは性、。確点チ]|$)", "整合"),
    (r"(?<=使い)[片型形](?=[をはが、。教]|$)", "方"),
    (r"冶", "治"),
    (r"(?:展開|てんかい)?方[行項公講攻後](?=[ 　の]?[1-9一二])|(?<=方向)[行こ](?=[ の]?[1-9一二])", "展開方向"),
    (r"(?<=展開方向)展開方向", ""),
    (r"(?:展開|てんかい)(?:報告|法皇|奉公|咆哮)(?=[ 　の]?[1-9一二い])", "展開方向"),
    (r"(?<=展開方向)い[ちっ](?![ぁ-ん]*て)", "1"),
    (r"(?<=書い)t[eE]?$", "て"),
    (r"[観診看魅](?=せて|て(?:くだ|もら|ほし|おい|$))", "見"),
    (r"治(?=して|しと|す$)", "直"),
    (r"[端単](?=く(?:して|しと|まと))", "短"),
)
"""Words of orders converted wrongly (「会ってる」 for 「合ってる」), where the words around leave no doubt."""
_FOREIGN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<![a-z])(?:{word})(?![a-z])", re.IGNORECASE), meant)
    for word, meant in (
        ("plan", "の予定"),
        ("done", "の取組状況"),
        ("results?", "の成果"),
        ("issues?", "の課題"),
        ("draft", "下書き"),
        ("check", "確認して"),
        ("diff", "違い"),
        ("retry", "もう一度"),
        ("generate", "作成"),
        ("show", "見せて"),
        ("help", "使い方を教えて"),
        ("dir(?:ection)?(?=[ =:]*[1-9])", "展開方向"),
    )
)
_SPOKEN = {
    "いち": "1",
    "に": "2",
    "さん": "3",
    "よん": "4",
    "ごー": "5",
    "ご": "5",
    "ろく": "6",
    "なな": "7",
    "しち": "7",
}
_SPOKEN_NUMBER = re.compile(
    r"(?:(?<![ぁ-んァ-ヶ0-9一-龠])|(?<=[とやもの]))(よん|ごー|ご|ろく|なな|しち)の?(いち|に|さん|"
    r"よん|(?<=の)[1-4一二三四])ー?(?=[のをともはが、。 ]|だけ|から|まで|おねがい|たのむ|かいて|[一-龠]|$)"
)
_KANJI_DIGIT = str.maketrans("一二三四五六七", "1234567")
_KANJI_NUMBER = re.compile(
    r"(?<![一-龠0-9])([四五六七])\s*(?:の\s*([一二三四1-4])(?![0-9年月人件つ番個割十百千万日時分部般定])|"
    r"[(]\s*([一二三四1-4])\s*[)]|[-.・]\s*([一二三四1-4]))"
)
_FIGURE_NUMBER = re.compile(
    r"(?<![0-9.,(年度月令和RrHh])([4-7])\s*(?:[-.]\s*\(?|の\s*\(?|"
    r"\()\s*([1-4一二三四])(?![0-9年月人件個割%番倍本回ポ]|か(?![らい])|つ(?!く)|-[ア-ン])\s*\)?(?!\s*(?:年|月|人|件))"
)


_RANGE_END = re.compile(r"([4-7])\(([1-4])\)\s*(?:から|~|-)\s*\(?([1-4])\)?(?=まで|\s|[をのがは、。おた書下]|$)")


_NUMBER_GOES_ON = re.compile(r"([4-7])\(([1-4])\)(\s*(?:[、,・&と]|および|及び)?\s*)\(([1-4])\)")
"""「5(1)、(2)」: the second number belongs to the same part of the form."""


def normalised(text: str) -> str:
    """``text`` in NFKC with section words and section numbers (「6(1)」) as the form writes them."""
    text = _CIRCLED.sub(lambda m: f"({unicodedata.normalize('NFKC', m.group())})", text).translate(_WAVES)
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text).strip())
    for katakana, written in _KATAKANA.items():
        plain = plain.replace(katakana, written)
    for foreign, meant in _FOREIGN:
        plain = foreign.sub(meant, plain)
    plain = respelled(plain)
    plain = _SPOKEN_NUMBER.sub(
        lambda m: f"{_SPOKEN[m[1]]}({_SPOKEN.get(m[2], m[2])})".translate(_KANJI_DIGIT), _spoken_katakana(plain)
    )
    plain = _KANJI_NUMBER.sub(lambda m: f"{m[1]}({m[2] or m[3] or m[4]})".translate(_KANJI_DIGIT), plain)
    plain = re.sub(r"([4-7])番の([1-4])(?=[をのはも、お書下]|$)", r"\1(\2)", plain)
    plain = re.sub(r"(?<![) 一-龠])全体総括(?=[をもお、書下]|$)", "6(1)", plain)
    plain = _FIGURE_NUMBER.sub(lambda m: f"{m[1]}({m[2].translate(_KANJI_DIGIT)})", plain)
    plain = re.sub(r"(?<=[ぁ-んァ-ヶ])~+|~+(?=$|[。!?、])", "", plain)
    plain = _RANGE_END.sub(r"\1(\2)~\1(\3)", plain)
    while _NUMBER_GOES_ON.search(plain):
        plain = _NUMBER_GOES_ON.sub(r"\1(\2)\3\1(\4)", plain)
    for slip, meant in _ORDER_SLIPS:
        plain = re.sub(slip, meant, plain)
    plain = re.sub(r"(?<=方向)I{1,3}(?![A-Za-z])", lambda m: str(len(m.group())), plain)
    for slip, meant in _slips():
        plain = plain.replace(slip, meant)
    return plain


def _spoken_katakana(text: str) -> str:
    """「ゴーヨン」 as 「ごーよん」."""
    return re.sub(
        r"(ヨン|ゴー|ゴ|ロク|ナナ|シチ)(ノ|の)?(イチ|ニ|サン|ヨン|(?<=[ノの])[1-4一二三四])(?![ァ-ヶー])",
        lambda m: "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in m.group()),
        text,
    )


@cache
def _slips() -> tuple[tuple[str, str], ...]:
    """(written, meant): words of four kanji and more with neighbours swapped, or an inner sign lost."""
    words = {word for section in SECTIONS for word in section.asked_as if re.fullmatch("[一-龠]{4,}", word)}
    words.add("展開方向")
    known = {word for section in SECTIONS for word in section.asked_as}
    slips: dict[str, str] = {}
    for word in sorted(words):
        inner = range(1, len(word) - 1)
        swapped = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
        lost = [word[:at] + word[at + 1 :] for at in inner]
        for slip in (*swapped, *lost):
            if slip not in known and slip not in word:
                slips.setdefault(slip, word)
    return tuple(slips.items())
