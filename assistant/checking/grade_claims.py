"""Grades that a text states (31): 「総合評価はC」「B：どちらかと言えば向上」「評価は前年度のCからBに上がった」."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from assistant.checking.findings import Finding, Verdict
from assistant.checking.record import Record
from assistant.checking.reporting import Place
from assistant.checking.sentences import Sentence
from assistant.checking.years import Year
from corpus import messages
from corpus.fiscal import wareki
from corpus.form import GRADE_LABELS, GRADE_TEXTS, GradeName

_NAME = re.compile(
    r"(?P<overall>(?:施策の?)?総合評価|総合的な評価|総合判定|6\(2\))"
    r"|(?P<achievement>(?:成果実績)?(?:の)?目標達成度|(?:目標の?)?達成度評価|達成度(?=、|・|"
    r"は|が|も|と|及び|の評価)|4\(1\))"
    r"|(?P<trend>時系列(?:の)?比較|時系列(?:評価|の評価|(?=、|・|は|が|も|と|及び|で))|4\(2\))"
    r"|(?P<plain>(?<![第者部種合的性率度])(?:施策(?:全体)?の)?(?:自己)?評価(?:区分|結果|の区分|"
    r"の結果)?(?=は|が|も|を|:|、|「|\())"
)
_LETTER = re.compile(r"(?<![A-Za-z])(?P<letter>[A-E])(?![A-Za-z0-9~～])")
_LOOK = re.compile(r"[A-EＡ-Ｅ]")
_GAP = 40
"""Signs between a grade's name (or the letter before) and a letter that is its."""
_AIMED = re.compile(
    r"[」』)]?(?:評価|ランク|区分|判定)?(?:と|に|を|へ|まで|が)?(?:する|なる|引き上げる|上げる|"
    r"向上させる|改善する|得(?:る|られる))?"
    r"(?:こと)?(?:を|が|よう|と)?[、 ]?(?:に?(?:取り?組|し(?:ていく|たい))|目指|めざ|目標(?!達成度)|見込|"
    r"予定|努め|図|期待|想定|可能)|[」』]?(?:以上|を目標)"
)
_DENIED = re.compile(
    r"[」』]?(?:評価)?(?:では|に(?:は)?|とは)(?:な(?:い|く|か)|至(?:ら|って(?:い|お)(?:な|ら))|"
    r"届か)"
)
_OTHERS = re.compile(r"第三者|外部評価|他市|近隣|国の評価|[^市本当]市の(?!総合評価|評価)|[町村]の(?!評価)")
_SAME = re.compile(
    r"(?:前年度?|昨年度?)(?:と(?:同(?:じ|様|評価|水準)|変わら)|に引き続き|同様|並み|から(?:据え?置|変わら|維持))"
)
_MOVED = re.compile(
    r"(?:前年度?|昨年度?)(?:の[「(]?[A-E][」)]?)?(?:(?:の評価)?(?:から|より|と比べ|に比べ)(?:て)?)[、 ]?(?:評価を)?"
    r"(?:(?P<steps>[1-4一二三四])(?:段階|ランク|つ)(?:評価を)?)?(?P<way>上が|引き?上げ|改善|"
    r"向上|下が|引き?下げ|低下|悪化)"
)
_SCALE = re.compile(r"[A-E](?:[、・/,][A-E]){2,}|[A-E](?:から|~|～|-)[A-E](?:まで|の(?:[5５五]段階|区分))")


_REASONED = re.compile(
    r"(?:ことから|ことを(?:踏まえ|考慮し|受け)て?|ため|(?:結果|状況)から|(?:を|に)(?:踏まえ|鑑み|考慮し|勘案し)て?|"
    r"により)、?[「『]?$"
)
_DECIDED = re.compile(r"[」』)]?(?:評価|ランク)?(?:と(?:し|す|判|評|な|位置)|であ|で、|です)")
"""「…が3指標にとどまったことからCとした」: a reason stands between the name and its letter."""


_MOVES_FROM = re.compile(r"[」』)]?(?:評価|ランク|判定)?(?:から|より|→|⇒)[^、。A-E]{0,6}[「『]?[A-E](?![A-Za-z])")
"""「BからCに低下した」: the first letter is last year's."""


@dataclass(frozen=True)
class _Stated:
    start: int
    end: int
    letter: str
    name: GradeName | None
    year: int | None
    known: bool = True


def grade_findings(sentence: Sentence, place: Place, record: Record) -> Iterator[Finding]:
    """A finding for each grade that is stated with the name of an evaluation, this year's or an earlier one's."""
    plain = sentence.plain
    if "評価" not in plain and "達成度" not in plain and "時系列" not in plain:
        return
    names = list(_NAME.finditer(plain))
    if not names:
        yield from _of_others(sentence, place)
        return
    said = list(_stated(sentence, record, names))
    for stated in said:
        finding = _judge(stated, sentence, place, record)
        if finding is not None:
            yield finding
    if not said:
        yield from _of_others(sentence, place)
    yield from _texts(sentence, place, record, names)
    yield from _moves(sentence, place, record, names)


_OF_GRADE = re.compile(r"(?:評価|達成度|時系列)[^。]{0,60}[A-E][」』)]?(?:評価|ランク)?[^。、]{0,8}、?$")


def is_of_grade(sentence: Sentence, place: int) -> bool:
    """Whether the word at ``place`` tells how a grade moved (「CからDに下がった」), not a value."""
    return "評価" in sentence.plain and _OF_GRADE.search(sentence.plain, 0, place) is not None


def _stated(sentence: Sentence, record: Record, names: list[re.Match[str]]) -> Iterator[_Stated]:
    plain = sentence.plain
    if not _LOOK.search(plain):
        return
    scales = [match.span() for match in _SCALE.finditer(plain) if _is_scale(match.group())]
    letters = [
        match
        for match in _LETTER.finditer(plain)
        if not any(start <= match.start() < end for start, end in scales)
        and not any(m.rows and m.start <= match.start() < m.end for m in sentence.mentions)
    ]
    groups = _groups(plain, names)
    taken: list[tuple[int, int]] = []
    for first, last, group in groups:
        following = min((start for start, _, _ in groups if start > first), default=len(plain))
        own: list[re.Match[str]] = []
        end = last
        for letter in letters:
            near = letter.start() - end <= (_GAP if _REASONED.search(plain, end, letter.start()) is None else 2 * _GAP)
            if end <= letter.start() < following and near and _is_grade(plain, letter, end):
                own.append(letter)
                end = letter.end()
        if not own and (ahead := _ahead(plain, letters, first)) is not None:
            own = [ahead]
        spread = len(group) > 1 and len(own) == len(group)
        for number, letter in enumerate(own):
            if _AIMED.match(plain, letter.end()) or letter.span() in taken:
                continue
            taken.append(letter.span())
            year = _year(sentence, letter, own[number - 1].end() if number else first)
            before = year is None and _MOVES_FROM.match(plain, letter.end()) is not None
            fiscal = record.fiscal_year - 1 if before else _fiscal(year, record)
            for name in (group[number],) if spread else group:
                yield _Stated(letter.start(), letter.end(), letter["letter"], name, fiscal)


def _is_scale(written: str) -> bool:
    """「A、B、C、D、E」 and 「AからEまで」 are the scale; 「C、B、B」 are grades."""
    letters = re.findall("[A-E]", written)
    return len(letters) < 3 or letters == sorted(set(letters))


def _groups(plain: str, names: list[re.Match[str]]) -> list[tuple[int, int, list[GradeName | None]]]:
    """Names joined by 、 or と are stated together: where they begin and end, and which."""
    groups: list[tuple[int, int, list[GradeName | None]]] = []
    for match in names:
        group = match.lastgroup
        name = None if group == "plain" else cast(GradeName, group)
        between = plain[groups[-1][1] : match.start()] if groups else ""
        joined = re.fullmatch(r"(?:の評価)?(?:、|・|と|及び|および|並びに|も、?|\(\d\)の?)+", between) is not None
        if groups and (joined or (name is None and re.fullmatch(r"の?", between))):
            first, _, known = groups[-1]
            groups[-1] = (first, match.end(), known if name is None else [*known, name])
        else:
            groups.append((match.start(), match.end(), [name]))
    return groups


def _is_grade(plain: str, letter: re.Match[str], after: int) -> bool:
    """Whether the letter behind a name (or another letter) is its grade: no sentence part of its own stands between."""
    between = re.sub(r"[「『(（][^」』)）]*[」』)）]", "", plain[after : letter.start()])
    if re.search(r"。|事業者?[ ]?$|案$|地区$|街区$|型$|プラン$|チーム$", between):
        return False
    behind = plain[letter.end() :]
    if re.match(r"(?:判定|ランク)?(?:地区|事業|案|型|社|団体|さん|校)", behind):
        return False
    if _REASONED.search(between) and _DECIDED.match(behind):
        return True
    return re.search(r"[、](?![ ]?(?:前年|昨年|令和|今年|本年))[^、]{9,}$", between) is None or "評価" in between


def _ahead(plain: str, letters: list[re.Match[str]], start: int) -> re.Match[str] | None:
    """「Bの総合評価」「Bとした総合評価」."""
    for letter in letters:
        if letter.end() <= start and re.fullmatch(
            r"[」』]?(?:という|とした|となった|の)(?:施策の)?", plain[letter.end() : start]
        ):
            return letter
    return None


def _year(sentence: Sentence, letter: re.Match[str], after: int) -> Year | None:
    """The year that stands before the letter, behind the name or the letter before it; else one before the name."""
    near = [
        year
        for year in sentence.years
        if after <= year.start and year.end <= letter.start() and not _beside(sentence, year, letter.start())
    ]
    if _REASONED.search(sentence.plain, after, letter.start()):
        near = []
    if near:
        return near[-1]
    behind = re.match(r"[」』]?\((?=[^)A-E]*\))", sentence.plain[letter.end() :])
    if behind is not None:
        return next((year for year in sentence.years if year.start == letter.end() + behind.end()), None)
    if _LETTER.search(sentence.plain, after, letter.start()) or (after > 0 and sentence.plain[after - 1] in "ABCDE"):
        return None
    head = [
        year
        for year in sentence.years
        if year.end <= after and re.match(r"の|は|に|における|、", sentence.plain[year.end :])
    ]
    return head[-1] if head and head[-1].name not in ("before", "two_before") else (head[-1] if head else None)


def _beside(sentence: Sentence, year: Year, place: int) -> bool:
    """「前年度から下がりC」「前年度と同じB」: the year is compared with, the letter is not of it."""
    between = sentence.plain[year.end : place]
    if re.match(r"(?:の?(?:評価)?)(?:と|に引き続き|同様|並み)", between):
        return True
    return re.match(r"(?:の[^、。]{0,6})?(?:から|より|に比べ)", between) is not None


def _fiscal(year: Year | None, record: Record) -> int | None:
    home = record.fiscal_year
    if year is None:
        return home
    if year.year is not None:
        return year.year
    return {"before": home - 1, "two_before": home - 2, "this": home, "after": home + 1}.get(year.name or "this")


def _judge(stated: _Stated, sentence: Sentence, place: Place, record: Record) -> Finding | None:
    year = stated.year
    if year is None or year > record.fiscal_year:
        return None
    own = record.grades if year == record.fiscal_year else record.past_grades.get(year, {})
    written = place.text[stated.start : stated.end]
    if stated.name is None:
        return _judge_plain(stated, own, sentence, place, year)
    stored = own.get(stated.name)
    label = messages.check_grade_label(GRADE_LABELS[stated.name], None if year == record.fiscal_year else wareki(year))
    if stored is None:
        if year == record.fiscal_year:
            return None
        message = messages.check_no_grade(label)
        return _finding(stated, place, "unsupported", year, message, None, None)
    denied = _DENIED.match(sentence.plain, stated.end) is not None
    right = (stated.letter == stored) != denied
    wide = written != stated.letter
    suggestion = None if right or denied else (chr(ord(stored) + 0xFEE0) if wide else stored)
    message = messages.check_grade(label, stated.letter, stored)
    return _finding(stated, place, "match" if right else "mismatch", year, message, stored, suggestion)


def _judge_plain(
    stated: _Stated, own: "dict[str, str] | object", sentence: Sentence, place: Place, year: int
) -> Finding | None:
    """「評価はC」: of the sheet's three grades the text does not say which."""
    grades = cast(dict[str, str], own)
    if not grades or _OTHERS.search(sentence.plain, 0, stated.start):
        return _finding(stated, place, "unsupported", year, messages.check_unsupported(stated.letter), None, None)
    readings = [
        messages.check_grade_reading(GRADE_LABELS[cast(GradeName, name)], letter) for name, letter in grades.items()
    ]
    if stated.letter not in grades.values():
        expected = next(iter(grades.values())) if len(set(grades.values())) == 1 else None
        message = messages.check_grade_none(stated.letter, readings)
        return _finding(stated, place, "mismatch", year, message, expected, None)
    if stated.letter == grades.get("overall") or len(set(grades.values())) == 1:
        message = messages.check_grade(GRADE_LABELS["overall"], stated.letter, stated.letter)
        return _finding(stated, place, "match", year, message, stated.letter, None)
    message = messages.check_ambiguous(stated.letter, readings)
    return _finding(stated, place, "ambiguous", year, message, None, None)


def _finding(
    stated: _Stated,
    place: Place,
    verdict: Verdict,
    year: int,
    message: str,
    expected: str | None,
    suggestion: str | None,
) -> Finding:
    return Finding(
        section=place.section,
        start=place.offset + stated.start,
        end=place.offset + stated.end,
        text=place.text[stated.start : stated.end],
        kind="grade",
        verdict=verdict,
        year=year,
        stated=stated.letter,
        expected=expected,
        message=message,
        suggestion=suggestion,
    )


_BY_OTHERS = re.compile(
    r"(?<![A-Za-z])(?P<letter>[A-E])(?:[」』])?(?:評価|ランク|判定)|評価(?:は|が)[「]?(?P<behind>[A-E])(?![A-Za-z])"
)


def _of_others(sentence: Sentence, place: Place) -> Iterator[Finding]:
    """A grade that is not one of the sheet's three: nothing stored speaks to it."""
    for match in _BY_OTHERS.finditer(sentence.plain):
        group = "letter" if match["letter"] else "behind"
        stated = _Stated(match.start(group), match.end(group), match[group], None, None)
        message = messages.check_unsupported(place.text[match.start() : match.end()])
        yield _finding(stated, place, "unsupported", 0, message, None, None).model_copy(update={"year": None})


_TEXT_KEYS = {
    name: [(letter, re.sub(r"[、。]", "", text)) for letter, text in texts.items()]
    for name, texts in GRADE_TEXTS.items()
}


def _texts(sentence: Sentence, place: Place, record: Record, names: list[re.Match[str]]) -> Iterator[Finding]:
    """A grade said by its words alone (「時系列比較は「成果がどちらかと言えば向上した」である」)."""
    for match in names:
        name = match.lastgroup
        if name in (None, "plain"):
            continue
        quoted = re.match(r"(?:の?評価)?(?:は|が|を|も|:|、)?「(?P<text>[^」]{4,60})」", sentence.plain[match.end() :])
        if quoted is None:
            continue
        said = re.sub(r"[、。]", "", quoted["text"])
        if _LETTER.match(said):
            continue
        letter = next(
            (key for key, text in _TEXT_KEYS[cast(GradeName, name)] if text == said or text.endswith(said)), None
        )
        stored = record.grades.get(name or "")
        if letter is None or stored is None:
            continue
        start = match.end() + quoted.start("text")
        stated = _Stated(start, start + len(quoted["text"]), letter, cast(GradeName, name), record.fiscal_year)
        message = messages.check_grade(GRADE_LABELS[cast(GradeName, name)], letter, stored)
        verdict: Verdict = "match" if letter == stored else "mismatch"
        yield _finding(stated, place, verdict, record.fiscal_year, message, stored, None)


def _moves(sentence: Sentence, place: Place, record: Record, names: list[re.Match[str]]) -> Iterator[Finding]:
    """「総合評価は前年度から1段階下がった」「前年度と同じ」, against last year's sheet."""
    for match in names:
        name = match.lastgroup
        before = record.past_grades.get(record.fiscal_year - 1, {}).get(name or "")
        now = record.grades.get(name or "")
        if before is None or now is None:
            continue
        stop = min((other.start() for other in names if other.start() > match.start()), default=len(sentence.plain))
        said = _MOVED.search(sentence.plain, match.end(), stop) or _SAME.search(sentence.plain, match.end(), stop)
        if said is None or said.start() - match.end() > _GAP:
            continue
        between = sentence.plain[match.end() : said.start()]
        if "。" in between or any(m.rows and match.end() <= m.start < said.start() for m in sentence.mentions):
            continue
        steps = ord(before) - ord(now)
        if said.re is _SAME:
            right = steps == 0
            letter = _LETTER.match(sentence.plain, said.end())
            if not right and letter is not None and letter["letter"] != now:
                continue  # 「前年度と同じC」: the letter is what is wrong
        else:
            up = said["way"][0] in "上改向" or said["way"].startswith(("引き上", "引上"))
            count = said["steps"]
            wanted = "一二三四".find(count) + 1 or int(count) if count else None
            right = steps != 0 and (steps > 0) == up and wanted in (None, abs(steps))
        label = messages.check_grade_label(GRADE_LABELS[cast(GradeName, name)], None)
        message = messages.check_grade_moved(place.text[said.start() : said.end()], label, before, now, right)
        stated = _Stated(said.start(), said.end(), place.text[said.start() : said.end()], cast(GradeName, name), None)
        verdict: Verdict = "match" if right else "mismatch"
        yield _finding(stated, place, verdict, record.fiscal_year, message, now, None)
