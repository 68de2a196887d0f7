"""The printed labels of the four-page form, once, and how a line of extracted text is recognised as one.

A label is matched on a squashed line (NFKC, no blanks), so widths, circled numbers and inner spaces do not matter.
``LABELS`` is the form; nothing in it is taken from what a city wrote into the form.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.form import COST_ROWS, GRADE_TEXTS, SERIES_LABELS, GradeName, Series

_YEAR = r"(?P<year>(?:令和|平成|R|H)?(?:[0-9]{1,2}|元|20[0-9]{2})年度)"
_AS_NEEDED = r"(?:※(?:必要に応じて|基本的に)展開方向ごとに記載)?"
_LONGEST_JOIN = 5


@dataclass(frozen=True)
class Label:
    """One printed label. ``page`` 1 to 4; ``starts_page``: the first heading of that page.

    ``sections``: the sections whose text follows it; ``field``: what it names (a header field, a series, a cost row,
    a grade); ``year_offset``: the year it prints minus the sheet's fiscal year.
    """

    pattern: re.Pattern[str]
    page: int
    starts_page: bool = False
    sections: tuple[str, ...] = ()
    field: str = ""
    year_offset: int | None = None


def _label(
    pattern: str,
    page: int,
    *,
    starts_page: bool = False,
    sections: tuple[str, ...] = (),
    field: str = "",
    year_offset: int | None = None,
) -> Label:
    return Label(re.compile(pattern), page, starts_page, sections, field, year_offset)


def _bare(text: str) -> str:
    return squash(text).rstrip("。")


def squash(line: str) -> str:
    """A line without blanks and width differences; 〇 and ○, ～ and 〜 become one sign."""
    plain = unicodedata.normalize("NFKC", line).replace("〜", "~").replace("○", "〇").replace("◯", "〇")
    return re.sub(r"[\s\ufeff]+", "", plain)


_HEAD_LABELS = (
    _label(r"1\.?施策の目的と指標", 1, starts_page=True),
    _label(
        rf"(?:{_YEAR})?(?:\(?{_YEAR.replace('year', 'later')}(?:実績)?評価\)?)?施策マネジメントシート(?:\(.*\))?", 1
    ),
    _label(r"1?対象\(誰、何を対象にしているのか\)(?:[※*]人や自然資源等)?", 1, field="target"),
    _label(r"[※*]人や自然資源等", 1),
    _label(r"3?対象指標\(対象の大きさを表す指標\)(?:数字は記入しない)?", 1, field="population"),
    _label(r"2?施策の目的", 1, field="purpose"),
    _label(r"4?成果指標\(意図の達成度の指標\)(?:数字は記入しない)?", 1, field="outcome"),
    _label(r"数字は記入しない", 1),
    _label(r"政策名", 1, field="policy"),
    _label(r"基本施策名", 1, field="measure"),
    _label(r"施策統括課", 1, field="lead_division"),
    _label(r"主な関係課", 1, field="related_divisions"),
    _label(r"(?:課長)?氏名", 1, field="lead_person"),
    _label(r"施策の展開方向", 1, field="directions"),
    _label(r"名称(?:\(展開方向ごとに記載\))?", 1),
    _label(r"\(展開方向ごとに記載\)", 1),
    _label(r"目的", 1, field="direction_purpose"),
    _label(r"手段(?:\(具体的な取組内容\))?", 1, field="means"),
    _label(r"単位", 1),
    _label(r"2\.?.{1,16}計画期間\(.{2,20}\)内における取組内容", 1),
)

_FIGURE_LABELS = (
    _label(r"3\.?総事業費・指標等の実績推移と目標値(?:、実績状況把握)?", 2, starts_page=True),
    _label(r"4\.?施策の成果指標実績値に対する評価", 2),
    _label(r"\(1\)施策全体の成果実績目標達成度(?:A\(.{1,9}\)~E\(.{1,9}\))?", 2, field="achievement"),
    _label(r"\(2\)時系列比較(?:\(過去3[ヶかケカ]年の比較\))?(?:A\(.{1,9}\)~E\(.{1,9}\))?", 2, field="trend"),
    _label(r"\(3\)上記\(1\)\(2\)の理由・背景として考えられること(?:\(.{1,50}\))?", 2, sections=("4.3",)),
    _label(r"目標達成度", 2),
    _label(r"達成・(?:未達成)?", 2),
    _label(r"前年度(?:比較)?", 2),
    _label(r"基本計画における(?:指標の説明又は出典元)?", 2),
    _label(r"指標の説明又は出典元", 2),
    _label(r"展開方向[1-9]?", 2, field="direction"),
    _label(r"対象指標", 2, field="population_rows"),
    _label(r"成果指標", 2, field="outcome_rows"),
    _label(r"数値区分", 2),
    _label(r"(?P<year>(?:[RH]|令和|平成)?(?:[0-9]{1,2}|元)年度)", 2, field="column_year"),
    _label(r"施策コスト", 2, field="cost_rows"),
    _label(r"事業費", 2),
    _label(r"財源内訳", 2),
    _label(r"人件費", 2),
    _label(r"単位", 2),
    _label(r"千円", 2),
    _label(r"本数", 2),
    _label(r"時間", 2),
)

_NARRATIVE_LABELS = (
    _label(rf"5\.?施策の現状{_AS_NEEDED}", 3, starts_page=True),
    _label(
        r"\(1\)施策を取り巻く状況(?:\(.{1,30}\))?(?:はどう変化しているか\??)?",
        3,
        sections=("5.1",),
    ),
    _label(
        r"\(2\)この施策に対して関係者(?:\(.{1,40}\))?からどんな意見や要望が寄せられているか\??",
        3,
        sections=("5.2",),
    ),
    _label(
        r"\(3\)この施策に関して他自治体の取組状況と比較して(?:.{1,20}の取組状況は)?どうか\??",
        3,
        sections=("5.3",),
    ),
    _label(r"\(4\)施策の具体的な取組状況", 3, sections=("5.4.done", "5.4.plan")),
    _label(rf"{_YEAR}の?取組状況", 3, sections=("5.4.done",), year_offset=0),
    _label(rf"{_YEAR}の?取組予定", 3, sections=("5.4.plan",), year_offset=1),
    _label(rf"6\.?{_YEAR}の評価結果{_AS_NEEDED}", 4, starts_page=True, year_offset=0),
    _label(rf"\(1\)施策の全体総括(?:\(.{{1,40}}\))?{_AS_NEEDED}", 4, sections=("6.1.results", "6.1.issues")),
    _label(r"総合基本計画に照らして評価する(?:\(.{1,60}\))?", 4),
    _label(r"〇?成果実績", 4, sections=("6.1.results",)),
    _label(r"〇?改善余地のある事項・課題等?", 4, sections=("6.1.issues",)),
    _label(rf"\(2\)施策の{_YEAR}における総合評価", 4, field="overall", year_offset=0),
    _label(r"成果実績数値の評価\(A~E\)に、4\(3\)及び6\(1\)の定性的要素を加味した評価", 4),
    _label(rf"7\.?施策の課題・今後の方向性{_AS_NEEDED}", 4),
    _label(rf"\(1\){_YEAR}の?取組方針", 4, sections=("7.1",), year_offset=2),
    _label(r"\(2\)中期的な取組方針(?:\(.{1,30}\))?", 4, sections=("7.2",)),
)

_EVERY_PAGE = (_label(r"[-―‐–—]?[1-4]枚目[-―‐–—]?", 0),)

LEGENDS: tuple[Label, ...] = tuple(
    _label(rf"{letter}:{re.escape(_bare(text))}。?", 4) for letter, text in GRADE_TEXTS["overall"].items()
)
LABELS: tuple[Label, ...] = _HEAD_LABELS + _FIGURE_LABELS + _NARRATIVE_LABELS + LEGENDS + _EVERY_PAGE

_SERIES_BY_LABEL: dict[str, Series] = {squash(label): series for series, label in SERIES_LABELS.items()}
_COST_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (
        row.key,
        re.compile(
            r"\s*".join(re.escape(sign) for sign in squash(row.label))
            + rf"(?:\s*(?:{row.unit}数?))?(?P<rest>[\d\s,.\-]*)"
        ),
    )
    for row in COST_ROWS
)
_SERIES_PATTERN = re.compile("|".join(_SERIES_BY_LABEL))


def match_label(line: str, page: int | None) -> tuple[Label, re.Match[str]] | None:
    """The label that a whole line (or several joined lines) is; ``page`` None looks through all pages."""
    squashed = squash(line)
    if not squashed or len(squashed) > 120:
        return None
    for label in LABELS:
        if page is None or label.page in (0, page):
            found = label.pattern.fullmatch(squashed)
            if found:
                return label, found
    return None


@lru_cache(maxsize=4096)
def match_labels(line: str, page: int | None) -> tuple[tuple[Label, str], ...]:
    """The labels of which a line wholly consists, with the year each prints ("" for none); () if it is no label line.

    Several labels on one line are parts divided by blanks (「5年度の取組状況 6年度の取組予定」).
    """
    single = match_label(line, page)
    if single:
        return ((single[0], single[1].groupdict().get("year") or ""),)
    parts = line.split()
    if not 2 <= len(parts) <= 12:
        return ()
    for cut in range(1, len(parts)):
        first = match_label(" ".join(parts[:cut]), page)
        rest = match_labels(" ".join(parts[cut:]), page) if first else ()
        if first and rest:
            return ((first[0], first[1].groupdict().get("year") or ""), *rest)
    return ()


def labels_from(lines: list[str], start: int, page: int | None) -> tuple[int, tuple[tuple[Label, str], ...]]:
    """The labels that begin at ``lines[start]`` and the number of lines they take (a label may be printed over
    several lines, or upright with one sign a line); ``(0, ())`` where none begins. A blank line ends a label.
    """
    joined = ""
    best: tuple[int, tuple[tuple[Label, str], ...]] = (0, ())
    for count in range(1, _LONGEST_JOIN + 1):
        if start + count > len(lines) or not lines[start + count - 1].strip():
            break
        joined += lines[start + count - 1].strip()
        found = match_labels(lines[start].strip() if count == 1 else joined, page)
        if found and (count == 1 or len(found) == 1):
            best = (count, found)
    return best


def series_label(line: str) -> tuple[Series | None, str]:
    """The series that a table line names at its front, and the rest of the line."""
    plain = unicodedata.normalize("NFKC", line).strip()
    found = _SERIES_PATTERN.match(plain)
    return (_SERIES_BY_LABEL[found.group()], plain[found.end() :].strip()) if found else (None, plain)


def cost_label(line: str) -> tuple[str | None, str]:
    """The cost row (a key of ``COST_BY_KEY``) that a table line names at its front, and the rest of the line."""
    plain = unicodedata.normalize("NFKC", line).strip()
    for key, pattern in _COST_PATTERNS:
        found = pattern.fullmatch(plain)
        if found:
            return key, found["rest"].strip()
    return None, plain


def printed_grade(line: str, which: GradeName) -> str | None:
    """The grade whose printed sentence a line is (「E:ほぼすべての目標が未達成であった」), else None."""
    squashed = squash(line).rstrip("。")
    for letter, text in GRADE_TEXTS[which].items():
        if squashed in (f"{letter}:{_bare(text)}", letter + _bare(text)):
            return letter
    return None
