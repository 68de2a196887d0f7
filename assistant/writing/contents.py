"""What a candidate tells beyond the composer's line, and what it leaves out: words, deeds and plans, causes. Pure."""

import re
from collections import Counter
from functools import lru_cache
from itertools import groupby

from assistant.writing.comparisons import MODIFIERS, comparisons
from assistant.writing.known_words import GENERAL, LASTING, PLANNING, SAME_DEED
from assistant.writing.values import SLOT
from assistant.writing.view import LIGHT, Mode, Told, View, told, view
from corpus.tokens import Word, content_words

LEAST_KEPT = 0.8
"""Share of the composer's words of subject matter that must still stand."""

_OPTIONAL = frozenset({"実績", "又", "年度"})
"""Words that may be left out: a figure with its year is what was reached."""
_KANA = re.compile("[ぁ-んー]")
_KANJI = re.compile("[一-龠々]")
_NAMING = re.compile("[一-龠々ァ-ヴA-Za-zＡ-Ｚａ-ｚ]")
_NO_SLOT = re.compile(r"◆[^。、◆]{0,4}(?:では|で|は|も|が)な[いかく]|◆[^。、◆]{0,3}で(?:行|実施)[^。、]{0,4}な[いか]")
_AS_DEED = re.compile("する|した|し[、て]|さ[れせ]|を(?:行|実施|図)")
_VERBAL = re.compile("す|し|さ|でき|を(?:受け|行|実施|いただ)|が(?:あ|行|寄|な|出)")
_LISTED = re.compile(r"(?:(?<=[、。])|^)[一-龠々ァ-ヴー・]{2,10}(?=、|及び|並びに)")
"""Items of a list: none is left out."""
_COMPOUND = re.compile(r"(?<![一-龠々ァ-ヴー])[一-龠々ァ-ヴー]{6,}?(?<!及)(?<!並)(?=及び|並びに|[^一-龠々ァ-ヴー]|$)")
"""Names and terms: they stay as they are."""
_PART = re.compile(
    r"(?P<noun>[一-龠々ァ-ヴー]{2,})(?P<particle>が|を|に(?!よ|つ|お|対|関)|から|へ|と(?!い|し|思|考|み|な|も|の|さ))"
)
_REVERSED = frozenset({("から", "に"), ("から", "へ"), ("に", "から"), ("へ", "から"), ("と", "が")})
"""Particles behind a noun in the line and in the candidate: who gives, and who takes."""

_CAUSE = re.compile(
    r"によ(?:り|る|って)|ため(?=[、にと。のか]|で|$)|ことから|ことで|影響|要因|背景|原因|理由|おかげ|に伴[いうっ]|を受け(?=て|、)|ので|"
    r"せいで|結果(?=、|として|と[、な])|もたらし|したがって|従って|よって、|に起因|が奏功|につなが"
)
_CONJECTURE = re.compile(
    r"考えられ|と(?:も)?(?:考え|みら|見ら|思わ|推測|推察|みて|見て|捉え)|可能性|おそれ|恐れ|懸念|だろう|であろう|でしょう|ようだ|ようで(?:す|ある)|らしい|"
    r"かもしれ|うかがえ|見受けられ"
)
_NEED = re.compile(r"必要|課題|求められ|べき|なければな|不可欠|欠かせ|重要|急務|望まれ")
_SOFT: tuple[tuple[str, str], ...] = (
    ("検討", "検討"),
    ("予定・見込み", "予定|見込(?!値)|見通し|予測|予想|推計"),
    ("目指すこと", "目指|めざ|目標と"),
    ("試行", "試行|試験的|試みに"),
    ("よらないこと", "によらず|にかかわらず|を問わず|に関係なく"),
    ("求められた・考えられたこと", "(?:求め|考え|[見み])られ(?:た|まし)|見込まれ(?:た|まし)"),
    ("義務", "なければな|ねばな|べき|義務"),
    ("努めること", "よう(?:に)?努め"),
    ("範囲（以降・以前・以内など）", "以降|以来|以後|以前|以内|以外|未満"),
    ("在り方", "在り方|あり方"),
    ("例外", "を除[きくい]"),
)
"""Words that hold a statement back: what is only considered must not be told as settled."""
_TELLING = frozenset(
    ("評価", "記録", "職員", "前年", "前年度", "翌年", "翌年度", "翌々", "最終", "初年", "前回", "結果")
)
"""Words that tell what a slot means and are no name of it."""
_NOT_ALIKE = frozenset({"進む"})
"""What goes on by itself is not what somebody carries on."""
_DEGREES = frozenset(
    (
        "高い",
        "低い",
        "多い",
        "少ない",
        "大きい",
        "小さい",
        "良い",
        "悪い",
        "長い",
        "短い",
        "強い",
        "弱い",
        "早い",
        "遅い",
    )
)
"""They stand by themselves only where they do in the line, not where it has 「最も高い」."""
_PREFIXES = frozenset("各全両諸毎再新未不非無超高低多少旧現元主")
_ONCE = re.compile(
    "前年度?|昨年度?|今年度|本年度|翌年度|来年度|次年度|前回|今回|現在|毎年|過去|これまで|全国|県内|近隣|着実|順調|円滑|積極|確実|"
    "効果的|堅調|好調|十分|特に|早期|迅速|一層|新た"
)
"""Times, places and judgements: not told more often than the line tells them."""
_DONE = re.compile("実施|実行|遂行")


@lru_cache(maxsize=256)
def _known(line: str) -> frozenset[str]:
    """The words that a candidate may use: the line's, and what means the same deed."""
    own = {word.normal for word in view(line).words}
    for _, name in view(line).names:
        own.update(content_words(SLOT.sub("", name)))
    same = {word for group in SAME_DEED if group & own for word in group}
    return frozenset(own | same | (LASTING if own & (LASTING - {"更に", "今後"}) else frozenset()))


def _stem(text: str) -> str:
    return _KANA.sub("", text)


def _stands_in(word: Word, other: View, known: frozenset[str]) -> bool:
    """Whether a word stands in the other text, be it in another form (支え合い, 支え合う; 始める, 始まる)."""
    if word.normal in known or (len(word.surface) > 1 and word.surface in other.plain):
        return True
    if any(one.surface == word.surface for one in other.words):
        return True
    stem = _stem(word.normal)
    if not stem or not _KANJI.search(stem):
        return False
    if len(stem) > 1:
        return stem in other.plain or any(_stem(one.normal) == stem for one in other.content)
    has_kana = stem != word.normal
    return any(_stem(one.normal) == stem and (has_kana or one.normal == stem) for one in other.content)


def _own_words(text: str) -> list[Word]:
    """The content words of a text beside those of comparison."""
    said = comparisons(text)
    seen = view(text)
    signs = {at for at, _ in (*seen.slots, *seen.names)}
    return [
        word
        for word in seen.content
        if word.start not in signs and not any(one.start < word.end and word.start < one.end for one in said)
    ]


def invented(candidate: str, line: str, meanings: tuple[str, ...]) -> list[str]:
    """Words of the candidate that neither the line nor its slots' meanings have, and that carry matter."""
    known = _known(line)
    meant = {word for meaning in meanings for word in content_words(meaning)} - _TELLING
    planned = not _tells(line, "fact")
    other = view(line)
    own = {word.normal for word in other.words}
    beside = {word.normal for word in _own_words(line)}
    deeds = {one.word.start for one in told(candidate) if one.mode is not None or _AS_DEED.match(one.tail)}
    found = []
    for word in _own_words(candidate):
        if word.normal in GENERAL or (planned and word.normal in PLANNING):
            continue
        stands = _stands_in(word, other, known) or (word.normal in meant and word.start not in deeds)
        if not stands or (word.normal in _NOT_ALIKE - own) or word.normal in _DEGREES - beside:
            found.append(word.surface)
    prefixes = [word for word in view(candidate).words if word.affix and word.surface in _PREFIXES]
    found += [word.surface for word in prefixes if word.surface not in other.plain]
    often, said = Counter(_ONCE.findall(other.plain)), Counter(_ONCE.findall(view(candidate).plain))
    found += [word for word in said if 0 < often[word] < said[word]]
    for _, name in view(candidate).names:
        if name not in line:
            found.append(name)
    return list(dict.fromkeys(found))


def lost(candidate: str, line: str) -> list[str]:
    """What of the line must stand and does not: its quoted names, its subjects, too many of its words."""
    seen, own = view(candidate), view(line)
    found = [name for name in dict.fromkeys(name for _, name in own.names) if name not in candidate]
    known = _known(candidate)
    matter = [
        word for word in _own_words(line) if word.normal not in GENERAL | _OPTIONAL and _NAMING.search(word.surface)
    ]
    missing = [word for word in matter if not _stands_in(word, seen, known)]
    every, gone = {word.normal for word in matter}, {word.normal for word in missing}
    subjects = [word.surface for word in missing if re.match("(?:に)?は|を", own.plain[word.end : word.end + 2])]
    found += [word for word in subjects if word not in found]
    for _, words in groupby(matter, key=lambda word: own.clause(word.start)):
        clause = list(words)
        away = [word.surface for word in clause if word in missing]
        if len(away) > 1 and 2 * len(away) > len(clause):
            found += [word for word in away if word not in found]
    if every and len(every) - len(gone) < LEAST_KEPT * len(every):
        found += [word.surface for word in missing if word.surface not in found]
    listed = [one for one in _LISTED.findall(own.plain) if not set(content_words(one)) <= GENERAL | LASTING]
    found += [one for one in listed if one not in seen.plain and one not in found]
    found += [
        one for one in _COMPOUND.findall(own.plain) if one not in seen.plain.replace("の", "") and one not in found
    ]
    return list(dict.fromkeys(found))


def _tells(text: str, mode: Mode) -> bool:
    return any(one.mode == mode for one in told(text)) or (mode == "fact" and _ends_past(text))


def _ends_past(text: str) -> bool:
    return (
        re.search(
            r"(?:(?<!ま)た|でした|ました|(?<!なっ)ている|(?<!なっ)ています|(?<!なっ)ておらず|てい[たな])(?=[。、が]|$|もの)",
            view(text).plain,
        )
        is not None
    )


def turned_deeds(candidate: str, line: str) -> list[str]:
    """What became a deed though it was a plan, or a plan though it was a deed, or is denied where it was not."""
    modes: dict[str, set[Mode]] = {}
    denied: dict[str, set[bool]] = {}
    verbal = {one.word.normal for one in told(line) if _is_verbal(one)}
    verbal |= {word for group in SAME_DEED if group & verbal for word in group}
    nouns = {one.word.normal for one in told(line)} - verbal
    for one in told(line):
        name, negated = _denial(one)
        modes.setdefault(name, set()).update({one.mode} if one.mode else _mode_to_come(one, line))
        denied.setdefault(name, set()).add(negated)
    compared = _stated(candidate)
    found = []
    for one in told(candidate):
        if any(start < one.word.end and one.word.start < end for start, end in compared):
            continue
        name, negated = _denial(one)
        own = modes.get(name)
        if one.mode and (name not in GENERAL or name in LIGHT):
            made_a_deed = (
                own == set() and name in nouns and name not in LIGHT and (one.tail == "を" or _AS_DEED.match(one.tail))
            )
            if made_a_deed or (own and one.mode not in own):
                found.append(one.word.surface)
        if name in denied and negated not in denied[name]:
            # what the line denies may stand undenied only beside the same word denied
            others = {_denial(other)[1] for other in told(candidate) if _denial(other)[0] == name}
            if not others & denied[name]:
                found.append(one.word.surface)
    for mode in ("fact", "plan"):
        if _tells(candidate, mode) and not _tells(line, mode) and not (mode == "plan" and _NEED.search(line)):
            found.append("した" if mode == "fact" else "する")
    old, new = _endings(line), _endings(candidate)
    if old and new and not old & new:
        found.append("した" if "fact" in new else "する")
    return list(dict.fromkeys(found))


_OPEN_TENSE = re.compile(r"(?:を(?:実施|開催|行))?[しい](?:、|て)")


def _mode_to_come(one: Told, line: str) -> set[Mode]:
    """The mode of a word whose tense the end of its sentence tells: 「実施し、…呼びかけた。」 is a fact."""
    rest = line[one.word.end :].split("。")[0]
    return {"fact"} if _OPEN_TENSE.match(rest) and rest.endswith(("た", "ました")) else set()


def _stated(text: str) -> list[tuple[int, int]]:
    """Where words of comparison stand that have their own denial."""
    return [(one.start, one.end) for one in comparisons(text) if one.senses[0] not in MODIFIERS]


def _denial(one: Told) -> tuple[str, bool]:
    """A word and whether it is denied: 不足 denies 足りる."""
    return ("足りる", not one.denied) if one.word.normal == "不足" else (one.word.normal, one.denied)


def _is_verbal(one: Told) -> bool:
    """Whether a word is a predicate, be its tense open (「…を開始し、」)."""
    return (
        one.mode is not None or _VERBAL.match(one.tail) is not None or _KANA.search(one.word.surface[-1:]) is not None
    )


def _endings(text: str) -> set[str]:
    """How the sentences end: 「…た」 and 「…ている」 are facts."""
    plain = re.sub(r"[◆◇]+(?=。|$)", "", view(text).plain)
    ends = [part.strip() for part in re.split("。", plain) if re.search(r"[ぁ-ん]$", part.strip())]
    return {
        "fact"
        if re.search(r"(?:た|だ|かったです|(?<!なっ)て(?:いる|います|いない|いません|おらず|おりません))$", end)
        else "open"
        for end in ends
    }


def undenied(candidate: str, line: str) -> bool:
    """Whether the line denies something that is no comparison, and the candidate denies nothing, or the reverse."""
    own, said = _denials(line), _denials(candidate)
    slots = [len(_NO_SLOT.findall(view(text).plain)) for text in (candidate, line)]
    return said > own or (own > 0) != (said > 0) or slots[0] != slots[1]


def _denials(text: str) -> int:
    compared = _stated(text)
    return sum(
        one.denied
        and one.word.normal not in ("足りる", "不足", "無い")
        and not any(start < one.word.end and one.word.start < end for start, end in compared)
        for one in told(text)
    )


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(view(text).plain))


def added_cause(candidate: str, line: str) -> bool:
    """Whether the candidate gives more causes than the line does."""
    return _count(_CAUSE, candidate) > _count(_CAUSE, line)


def changed_certainty(candidate: str, line: str) -> list[str]:
    """Words that hold a statement back and are gone, or are added; and a need that became none."""
    found = []
    if (_count(_CONJECTURE, candidate) > 0) != (_count(_CONJECTURE, line) > 0):
        found.append("考えられる・みられる")
    if (_count(_NEED, candidate) > 0) != (_count(_NEED, line) > 0):
        found.append("必要・課題")
    for name, pattern in _SOFT:
        own, said = len(re.findall(pattern, view(line).plain)), len(re.findall(pattern, view(candidate).plain))
        done = len(_DONE.findall(view(candidate).plain)) > len(_DONE.findall(view(line).plain))
        if (own > 0) != (said > 0) or (said < own and done):
            found.append(name)
    return found


def exchanged(candidate: str, line: str) -> list[str]:
    """Nouns that changed their parts: 「AがBに求めた」 told as 「BがAに求めた」."""
    old, new = _parts(line) | _behind_names(line), _parts(candidate) | _behind_names(candidate)
    changed = [
        (word, particle, was)
        for word, particle in new.items()
        if (was := old.get(word)) is not None and was != particle
    ]
    return [
        word
        for word, particle, was in changed
        if (was, particle) in _REVERSED
        or any(other != word and was == others and particle == before for other, others, before in changed)
    ]


def _behind_names(text: str) -> dict[str, str]:
    """What stands right behind each quoted name, if it is no list of them."""
    seen = view(text)
    found = {name: seen.plain[at + 1 : at + 2] for at, name in seen.names}
    return {name: sign for name, sign in found.items() if sign not in ("、", "及", "と", "や", "並", "・")}


def _parts(text: str) -> dict[str, str]:
    """The particle behind each noun that has just one over the whole line."""
    found: dict[str, set[str]] = {}
    for match in _PART.finditer(view(text).plain):
        found.setdefault(match["noun"], set()).add(match["particle"])
    return {word: next(iter(group)) for word, group in found.items() if len(group) == 1}


def repeated_words(candidate: str, line: str) -> bool:
    """Whether a model went round in circles: a word of matter far more often than in the line."""
    old, new = Counter(word.normal for word in _own_words(line)), Counter(word.normal for word in _own_words(candidate))
    return any(count > 2 + old[word] for word, count in new.items() if word not in GENERAL)
