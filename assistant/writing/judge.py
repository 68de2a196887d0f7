"""What is wrong with the words of a model for a line of the composer's draft, before its slots are filled. Pure.

The model's line may put it in other words; it may say nothing else. In doubt a line fails: the composer's own stays.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from assistant.checking.numerals import find_figures
from assistant.writing import comparisons, contents, places
from assistant.writing.hiding import has_digit
from assistant.writing.known_words import KANJI_IDIOMS, POLITE_ENDS
from assistant.writing.swapped import swapped
from assistant.writing.values import HIDDEN, SLOT, Fault, Masked, MaskedLine
from assistant.writing.view import SLOT_SIGN, View, view
from corpus.form import CIRCLED_NUMBERS, ITEM_MARKS
from prompts import load_prompt, prompt_names

LONGEST, SPARE, SHORTEST, GROWN = 1.6, 20, 0.5, 1.15
"""Signs of a candidate as shares of those of the line; how many more a short line may have; with a sentence more."""
_MOST_NAMED = 4
_SAME_AS_PROMPT = 14
"""So many signs in a row that stand in a prompt, and not in the line, were copied from it."""

_KANJI_NUMERALS = re.compile("[〇零壱弐一二三四五六七八九十百千万億兆]")
_IDIOMS = re.compile(KANJI_IDIOMS)
_ERA_SIGNS = "㍻㍼㍽㍾㋿"
_LATIN = re.compile(r"[A-Za-z]+")
_CHINESE = re.compile(r".?[的了们这那吗呢吧](?=[，,。]|$)|，")
"""With the sign before it, so that a word of the line itself (完了, 目的) is told from another."""
_NO_KANA = re.compile(r"[一-龠々]{15,}")
_MARKDOWN = re.compile(r"\*\*|__|^#+ |```|`|~~|^[-*+>] |</?[A-Za-z一-龠ァ-ヶ]+>|[<>{}|\\]|\(https?:|https?:")
_OPENING_MARK = re.compile(rf"[{re.escape(''.join(ITEM_MARKS) + CIRCLED_NUMBERS)}•‣※]|[-*]\s|[（(]?[ア-ン][)）.．]\s?")
_KEY = re.compile(r"[A-ZＡ-Ｚ]\s*[:：.．)）]")
_TALK = re.compile(
    r"たたき台|書き[換直]え?|言い換え|リライト|承知(?:いたし|しま|し、)|かしこまり|了解(?:しま|です|いた)|以下[のに](?:とおり|通り|よう|示)|上記の(?:とおり|通り)|"
    r"公用文|常体|敬体|です・ます|である調|プロンプト|スロット|プレースホルダ|言語モデル|ＡＩ|アシスタント|お手伝い|ご(?:依頼|指示|要望|質問|確認)|指示に従|"
    r"(?:この|各|次の)行|記号|出力|回答(?:例|：|:)|答え[：:]|修正(?:後|版|案|しま)|文末|一字も|と書け|と書くこと|無視|いかがでしょう|お答え|"
    r"申し訳|すみません|もちろん|はい、|わかりました|分かりました|次のように(?:な|書)|(?:文章|文|例文|テキスト)(?:は|を|に)(?=次|以下|こちら|書|直)|パスワード"
)
_POLITE = re.compile(
    r"(?:です|ます|でした|ました|ません|ましょう|でしょう|ください|下さい)(?=[。、がのし）」◆◇]|から|けれど|ので|と|$)|まして(?=[、。]|お)"
)
_POLITE_END = re.compile(f"{POLITE_ENDS}$")
_VERB_END = re.compile(r"(?:[うくぐすつぬぶむる]|[たいだ]|ん|べき|ず)$")
_SIGNS = re.compile(r"[、。]{2,}|^[、。]|、$|。(?=[をにがはのへ])|[。、](?=」)|\s{2,}")


_BASE = re.compile(rf"{SLOT.pattern}(?:の[^、。\[]{{0,8}}?)?(?:から|より|(?:に|と)比[べ較]|を?(?:基準|起点))")
"""A slot with the particle that makes it the base of something."""


def judge(
    candidate: str, line: MaskedLine, masked: Masked, *, polite: bool = False, allowed: str = ""
) -> tuple[Fault, ...]:
    """What is wrong with a model's ``candidate`` for ``line``; () means that its slots may be filled.

    ``polite``: the draft is in です・ます. ``allowed``: further words that may stand in it, which a person gave. What a
    ``Fault`` tells holds no figure, so that a model may read it.
    """
    text = candidate.strip()
    if not re.sub(r"[\s。、・]", "", text):
        return (Fault("empty", "この行の文がありません。"),)
    if text == line.text.strip():
        return ()
    faults = [*_of_slots(text, line, masked), *_of_signs(text, line), *_of_form(text, line, polite)]
    if {"foreign", "prompt_text", "unknown_slot"} & {fault.kind for fault in faults}:
        return tuple(dict.fromkeys(faults))
    own = [masked.slots[name] for name in dict.fromkeys(line.slots) if name in masked.slots]
    meanings = tuple(slot.meaning for slot in own if slot.kind in ("figure", "year"))
    meanings += (allowed,) if allowed else ()
    return tuple(dict.fromkeys([*faults, *_of_comparisons(text, line), *_of_contents(text, line, meanings)]))


def _named(words: Iterable[str]) -> str:
    """Words to be told to the model, those with a figure left out."""
    shown = [word for word in words if not _KANJI_NUMERALS.search(word) and not has_digit(SLOT.sub("", word))]
    return "、".join(f"「{word.strip('「」')}」" for word in shown[:_MOST_NAMED])


def _of_slots(text: str, line: MaskedLine, masked: Masked) -> Iterator[Fault]:
    own, said = Counter(line.slots), Counter(SLOT.findall(text))
    rest = SLOT.sub("", text)
    for name in said:
        if name not in own:
            yield Fault("unknown_slot", f"[[{name}]]はこの行の記号ではありません。使いません。")
    if re.search(r"\[|\]|［|］", rest) or (HIDDEN in rest and HIDDEN not in line.text):
        yield Fault("unknown_slot", "記号の形がたたき台と違います。[[と]]で囲まれた記号をそのまま写します。")
    for name, count in own.items():
        if said[name] < count:
            yield Fault("missing_slot", f"[[{name}]]が抜けています。")
        elif said[name] > count:
            yield Fault("repeated_slot", f"[[{name}]]が多すぎます。たたき台と同じ回数だけ使います。")
    bases, taken = _held_against(line.text), _held_against(text)
    for name in own:
        if name.startswith("F") and taken[name] > bases[name]:
            yield Fault("comparison", f"[[{name}]]のすぐ後の言葉で意味が変わっています。たたき台のとおりにします。")


def _held_against(text: str) -> Counter[str]:
    """How often each slot is what something else is held against or counted from (「から」「より」「に比べ」)."""
    return Counter(f"{match[1]}" for match in _BASE.finditer(text))


def _of_signs(text: str, line: MaskedLine) -> Iterator[Fault]:
    bare, own = SLOT.sub(SLOT_SIGN, text), SLOT.sub(SLOT_SIGN, line.text)
    new = "".join(sign for sign in dict.fromkeys(bare) if sign not in own)
    # ㍻ names no number, but like a digit it makes a figure a year
    if has_digit(new) or set(_ERA_SIGNS) & set(new):
        yield Fault("digit", "数字が書かれています。数字は書かず、記号だけを使います。")
    if _states_in_kanji(bare, own):
        yield Fault("kanji_figure", "漢数字で数が書かれています。数は書かず、記号だけを使います。")
    strange = any(sign != SLOT_SIGN and _is_foreign(sign) for sign in new)
    known = {word.lower() for word in _LATIN.findall(unicodedata.normalize("NFKC", own))}
    latin = [word for word in _LATIN.findall(unicodedata.normalize("NFKC", bare)) if word.lower() not in known]
    chinese = any(match[0] not in own for match in _CHINESE.finditer(bare))
    chinese |= bool(_NO_KANA.search(bare)) and not _NO_KANA.search(own)
    if strange or latin or chinese or (re.search("[ぁ-ん]", own) and not re.search("[ぁ-ん]", bare)):
        yield Fault("foreign", "日本語の文章にない文字や語があります。たたき台の言葉で書きます。")
    elif _MARKDOWN.search(bare) and not _MARKDOWN.search(own):
        yield Fault("foreign", "飾りの記号があります。文だけを書きます。")
    talk = [match.group() for match in _TALK.finditer(bare) if match.group() not in own]
    if talk or _copies_prompt(text, line.text):
        yield Fault("prompt_text", "説明や指示の言葉が入っています。たたき台の文だけを書き直します。")


def _is_foreign(sign: str) -> bool:
    """Whether a sign belongs to no Japanese text: another script, broken characters, controls, ornaments."""
    if sign.isspace():
        return False
    try:
        sign.encode("cp932")
    except UnicodeEncodeError:
        return True
    name = unicodedata.name(sign, "")
    if unicodedata.category(sign).startswith("S"):
        return True
    return not sign.isprintable() or name.startswith(("CYRILLIC", "GREEK", "BOX DRAWINGS", "HALFWIDTH KATAKANA"))


def _states_in_kanji(bare: str, own: str) -> bool:
    """Whether 漢数字 state something that the line does not have: beside idioms and the line's own words."""
    if any(figure.text not in own for figure in find_figures(bare)):
        return True
    rest = _IDIOMS.sub("＊", bare)
    for match in _KANJI_NUMERALS.finditer(rest):
        around = (rest[match.start() - 1 : match.end() + 1], rest[match.start() : match.end() + 2])
        if not any(len(piece) > 1 and piece in own for piece in around):
            return True
    return False


@cache
def _prompt_pieces() -> frozenset[str]:
    pieces = set()
    for name in prompt_names():
        prompt = load_prompt(name)
        for run in SLOT.split(f"{prompt.system}\n{prompt.user}"):
            pieces |= {run[at : at + _SAME_AS_PROMPT] for at in range(len(run) - _SAME_AS_PROMPT + 1)}
    return frozenset(piece for piece in pieces if "\n" not in piece)


def _copies_prompt(text: str, own: str) -> bool:
    pieces = _prompt_pieces()
    return any(
        (piece := text[at : at + _SAME_AS_PROMPT]) in pieces and piece not in own
        for at in range(len(text) - _SAME_AS_PROMPT + 1)
    )


def _of_form(text: str, line: MaskedLine, polite: bool) -> Iterator[Fault]:
    seen, own = view(text), view(line.text)
    if len(seen.plain) > LONGEST * len(own.plain) + SPARE:
        yield Fault("length", "長すぎます。たたき台と同じくらいの長さで書きます。")
    elif len(seen.plain) < SHORTEST * len(own.plain):
        yield Fault("length", "短すぎます。たたき台の内容を全部書きます。")
    elif len(_endings(seen)) > len(_endings(own)) and len(seen.plain) > GROWN * len(own.plain) + 4:
        yield Fault("length", "文が増えています。たたき台にない文を取り除きます。")
    opening = _OPENING_MARK.match(text) or _KEY.match(text)
    if "\n" in text or (opening and not own.plain.startswith(opening.group())):
        yield Fault("marks", "改行や行頭の記号があります。文だけを続けて書きます。")
    elif re.search(r"【", text) and text.count("【") > line.text.count("【"):
        yield Fault("marks", "見出しや囲みが加わっています。文だけを書きます。")
    elif any(text.count(a) != text.count(b) for a, b in ("「」", "（）", "『』")) or _broken(seen, own):
        yield Fault("marks", "かぎ括弧や句読点の使い方が正しくありません。")
    elif any(_says_nothing(part) for part in re.split("(?<=。)", seen.plain)):
        yield Fault("marks", "言葉のない文があります。取り除きます。")
    if text.endswith("。") != line.text.rstrip().endswith("。"):
        yield Fault("manner", "文の終わりの「。」をたたき台に合わせます。")
    if _is_of_other_manner(seen, own, polite):
        yield Fault("manner", f"文末を{'です・ます調' if polite else 'である調（常体）'}にします。")


def _says_nothing(part: str) -> bool:
    """「である。」 behind a full stop."""
    return (
        re.fullmatch(r"(?:で(?:ある|あった|す|した)|と(?:なる|なった|する|した)|[ぁ-ん]{1,3})。", part.strip())
        is not None
    )


def _broken(seen: View, own: View) -> bool:
    return any(match.group() not in own.plain for match in _SIGNS.finditer(seen.plain))


def _is_of_other_manner(seen: View, own: View, polite: bool) -> bool:
    if not polite and _POLITE.search(seen.plain) and not _POLITE.search(own.plain):
        return True
    endings, others = _endings(seen), _endings(own)
    verbal = [part for part in endings if _VERB_END.search(part)]
    if polite and any(not _POLITE_END.search(part) for part in verbal):
        return True
    return len(verbal) < len(endings) and all(_VERB_END.search(part) for part in others)


def _endings(seen: View) -> list[str]:
    return [part.strip(" 　）◆") for part in seen.plain.split("。") if part.strip(" 　）◆")]


def _of_comparisons(text: str, line: MaskedLine) -> Iterator[Fault]:
    added = comparisons.unlicensed(text, line.text)
    if added:
        yield Fault("comparison", f"たたき台にない比較や向き（{'、'.join(added)}）が書かれています。")
    causes = {comparisons.behind_cause(text), comparisons.behind_cause(line.text)} - {None}
    if len(causes) > 1:
        yield Fault("comparison", "何の要因かがたたき台と違います。")
    gone = comparisons.left_out(text, line.text)
    if gone:
        yield Fault("lost", f"たたき台にある比較や向き（{'、'.join(gone)}）が抜けています。")
    moved = places.misplaced(text, line.text)
    if moved:
        slots = "、".join(f"[[{name}]]" for name in moved[:_MOST_NAMED])
        yield Fault("comparison", f"{slots}の使い方がたたき台と違います。何の値かを変えません。")
    turned = places.turned_round(text, line.text)
    if turned:
        yield Fault("comparison", f"{_named(turned) or '文'}の増減や達成の向きが、たたき台と逆です。")


def _of_contents(text: str, line: MaskedLine, meanings: tuple[str, ...]) -> Iterator[Fault]:
    own = line.text
    new = contents.invented(text, own, meanings)
    if new:
        yield Fault("invented", f"たたき台にない言葉{_named(new)}があります。使いません。")
    gone = contents.lost(text, own)
    if gone:
        yield Fault("lost", f"たたき台の言葉{_named(gone)}が抜けています。")
    turned = contents.turned_deeds(text, own)
    if turned:
        yield Fault(
            "invented",
            f"{_named(turned)}の時制や肯定・否定がたたき台と違います。行ったことと、これからのことを変えません。",
        )
    elif contents.undenied(text, own):
        yield Fault("invented", "肯定と否定がたたき台と違います。")
    if contents.added_cause(text, own):
        yield Fault("invented", "たたき台にない原因や理由のつながりがあります。")
    certain = contents.changed_certainty(text, own)
    if certain:
        yield Fault("invented", f"たたき台と確かさが違います（{'、'.join(certain)}）。同じ言い方を残します。")
    exchanged = contents.exchanged(text, own) or swapped(text, own)
    if exchanged:
        yield Fault("invented", f"{_named(exchanged)}の関係が、たたき台と入れ替わっています。")
    if contents.repeated_words(text, own):
        yield Fault("length", "同じ言葉が繰り返されています。")
