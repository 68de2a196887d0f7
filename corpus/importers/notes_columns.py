"""The columns of a table of notes: which field each stands for, by the many words of city halls; and the table's kind.

A column that no rule knows is left unused and named to the person; so is a cost of another year, and a budget.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.fields import FACT_FIELD_LABELS, FACT_LABELS
from corpus.fiscal import find_years
from corpus.typednotes import LEAD_FIELD, NOTE_COLUMNS, THOUSANDS
from corpus.yearfacts import FACT_KINDS, FactKind

KIND = "kind"
"""The column that says of each row which kind of note it is."""
KIND_WORDS: tuple[tuple[FactKind, str], ...] = (
    ("projects", r"(?:事務)?事業"),
    ("evidence", r"根拠(?:メモ)?|数値"),
    ("planned", r"(?:取組|取り組み)?予定"),
    ("done", r"(?:取組|取り組み)?(?:実績|状況)|取組"),
    ("opinions", r"意見・?要望(?:等)?|意見|要望"),
    ("other_cities", r"他(?:自治体|市)(?:の状況|との比較)?"),
)
_SURE: tuple[tuple[str, str], ...] = (
    (KIND, r"種類|種別"),
    ("direction", r"(?:施策の?)?展開方向(?:番号)?|方向性?|展開方向の(?:番号|名称)"),
    ("name", r"(?:事務)?事業(?:の)?(?:名称?|名)|(?:事務)?事業|事務事業の名称|予算事業名|細事業名"),
    (
        "cost",
        r"(?:決算|執行|支出(?:済)?|実績)の?(?:額|金額|費)|事業費(?:の?(?:額|計|決算額?|実績額?))?|コスト|決算|金額",
    ),
    (
        "next_step",
        r"(?:課題(?:と|・|及び|および))?今後の?(?:取組|取り組み|方向性?|方針|予定|課題|対応|展開)?(?:等)?"
        r"|(?:次|翌|来)年度(?:以降)?の?(?:取組|取り組み|方向性?|方針|予定|計画|対応|展開)?(?:等)?|改善(?:策|内容)",
    ),
    ("who", r"発言者|誰から|意見者|提出者|相手|要望者|団体名?"),
    ("answer", r"回答|答弁|対応(?:状況|内容)?|回答・答弁|市の(?:回答|考え方?)"),
    ("city", r"(?:他)?自治体名?|市(?:区)?町村名?|他市(?:名)?|団体・自治体名"),
    ("figure", r"数値|値|数|数量"),
    ("unit", r"単位"),
    ("what", r"何の数値か|数値の(?:内容|説明)|項目|指標|件名|名称"),
    ("year", r"年度|対象年度"),
    ("source", r"出典|出所|根拠(?:資料)?|資料"),
    ("by", r"記入者|担当(?:者)?|作成者"),
    ("date", r"時期|日付|年月日?|実施(?:日|時期|年月)|予定の?時期|期日"),
)
_DEED = (
    r"(?:(?:取組|取り組み|活動|事業)?の?(?:実績|成果|効果)(?:内容)?"
    r"|(?:取組|取り組み|実施|事業)(?:の)?(?:内容|概要|状況))(?:等)?"
)
_RESULT = rf"{_DEED}(?:(?:・|/|、|と|及び|および){_DEED})*|評価|内容"
_OPINION = r"意見・?要望(?:等)?(?:の?内容)?|(?:意見|要望)(?:等)?(?:の?内容)?"
_TEXT_OF_KIND: dict[FactKind, str] = {
    "done": r"取組実績|実績|取組(?:内容|状況)?|実施(?:内容|状況)|内容|本文|(?:実績・)?成果",
    "planned": r"取組予定|予定(?:内容)?|(?:今後|(?:次|翌)年度)の?(?:取組|予定)|内容|取組(?:内容)?|本文",
    "opinions": rf"{_OPINION}|内容|本文",
    "other_cities": r"(?:取組|状況)(?:の)?(?:内容)?|(?:他自治体|他市)の?状況|内容|本文",
}
_NEXT_YEAR = r"(?:の)?(?:取組|取り組み|予定|方針|方向性?|計画|対応)(?:内容|等)?"
_UNIT = re.compile(r"[(\[【〔]?単位[::]?\s*(千円|百万円|万円|億円|円)|[(\[【〔](千円|百万円|万円|億円|円)[)\]】〕]")
_BUDGET = re.compile(r"予算|補正|当初|見込|計画|目標")


@dataclass(frozen=True)
class Columns:
    """What a header row says: ``fields``: field → column, ``unit`` of the cost (None: not said), the unused names.

    ``kind`` None: each row says it (``KIND``).
    """

    kind: FactKind | None
    fields: dict[str, int]
    unit: str | None
    unused: tuple[str, ...]


def kind_of(written: str) -> FactKind | None:
    """The kind that a word of the 種類 column names."""
    plain = _plain(written)
    labels = {_plain(label): kind for kind, label in FACT_LABELS.items()}
    if plain in labels:
        return labels[plain]
    if plain in FACT_KINDS:
        return next(kind for kind in FACT_KINDS if kind == plain)
    return next((kind for kind, words in KIND_WORDS if re.fullmatch(words, plain)), None)


def unit_in(words: str) -> str | None:
    """The unit of money that a head or title states: 「（単位：円）」「決算額（百万円）」."""
    found = _UNIT.search(unicodedata.normalize("NFKC", words))
    return (found[1] or found[2]) if found and (found[1] or found[2]) in THOUSANDS else None


def read_header(
    cells: Sequence[str], fiscal_year: int, kind: FactKind | None, *, alone: bool, kinds: bool = True
) -> Columns | None:
    """The columns of a header row, or None where it is none.

    ``kind``: what the person says the table is; ``alone``: the table has one column, else a single word is a title;
    ``kinds`` False: a column 「種類」 is about something else.
    """
    known = _known(cells, fiscal_year)
    if kind is not None or not kinds:
        known.pop(KIND, None)
    found = kind or (None if KIND in known else _kind_by(cells, known))
    if found is None and KIND not in known:
        return None
    fields = _fields(cells, known, found, fiscal_year)
    leads = {LEAD_FIELD[found]} if found else set(LEAD_FIELD.values())
    if not leads & set(fields) or (len(fields) < 2 and not alone):
        return None
    unused = tuple(cell for place, cell in enumerate(cells) if cell and place not in fields.values())
    unit = unit_in(cells[fields["cost"]]) if "cost" in fields else None
    return Columns(found, fields, unit, unused)


def looks_like_header(cells: Sequence[str], fiscal_year: int) -> bool:
    """Whether a row names columns, though of which kind of table is not clear."""
    known = _known(cells, fiscal_year)
    texts = {_plain(cell) for cell in cells} & {"内容", "本文"}
    return len(known) + len(texts) >= 2


def _plain(words: str) -> str:
    plain = unicodedata.normalize("NFKC", words)
    return re.sub(r"[\s　]|^[◎○●■*※]+", "", plain)


def _bare(words: str) -> str:
    """A head without what stands in brackets, and without its year."""
    plain = re.sub(r"[(\[【〔<][^)\]】〕>]*[)\]】〕>]", "", _plain(words))
    plain = re.sub(r"(?:令和|平成|R|H)(?:元|\d{1,2})年?度?の?|(?:19|20)\d\d年度?の?|(?:当|本|今|前)年度の?", "", plain)
    return plain.strip("・:/")


def _known(cells: Sequence[str], fiscal_year: int) -> dict[str, int]:
    """Fields whose head says it whatever the table is about; the first column that fits, a cost of the right year."""
    labels = {_bare(label): field for field, label in FACT_FIELD_LABELS.items()}
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        bare = _bare(cell)
        field = next((name for name, words in _SURE if re.fullmatch(words, bare)), None)
        if field is None and labels.get(bare) not in ("text", "result", "id"):
            field = labels.get(bare)
        if field == "cost" and not _is_cost(cell, fiscal_year):
            continue
        if field is not None and field not in found:
            found[field] = place
    return found


def _is_cost(cell: str, fiscal_year: int) -> bool:
    plain = _plain(cell)
    years = _years(cell, fiscal_year)
    return not _BUDGET.search(plain) and (not years or years == {fiscal_year}) and not plain.startswith("前年度")


def _kind_by(cells: Sequence[str], known: dict[str, int]) -> FactKind | None:
    bare = [_bare(cell) for cell in cells]
    if "figure" in known and (known.keys() & {"what", "unit", "year", "source"} or "内容" in bare):
        return "evidence"
    if "name" in known:
        return "projects"
    if (
        "answer" in known
        or "who" in known
        or any(re.fullmatch(r"(?:意見|要望)・?(?:要望)?(?:等)?(?:の?内容)?", one) for one in bare)
    ):
        return "opinions"
    if "city" in known:
        return "other_cities"
    if any(re.fullmatch(r"取組予定|予定内容|予定", one) for one in bare):
        return "planned"
    if any(re.fullmatch(r"取組実績|実績|取組(?:内容|状況)|実施内容", one) for one in bare):
        return "done"
    return None


def _fields(cells: Sequence[str], known: dict[str, int], kind: FactKind | None, fiscal_year: int) -> dict[str, int]:
    wanted = set(NOTE_COLUMNS[kind]) if kind else {name for names in NOTE_COLUMNS.values() for name in names} | {KIND}
    fields = {name: place for name, place in known.items() if name in wanted}
    if kind == "projects" and "next_step" not in fields:
        # 「令和6年度の取組」 of a table of 令和5年度 says what comes next
        ahead = (place for place, cell in enumerate(cells) if _years(cell, fiscal_year) == {fiscal_year + 1})
        found = next((place for place in ahead if re.fullmatch(_NEXT_YEAR, _bare(cells[place]))), None)
        fields |= {} if found is None else {"next_step": found}
    for field, words in _word_columns(kind):
        for place, cell in enumerate(cells):
            others = _years(cell, fiscal_year) - {fiscal_year} if field == "result" else set()
            if field not in fields and place not in fields.values() and not others and re.fullmatch(words, _bare(cell)):
                fields[field] = place
    return fields


def _word_columns(kind: FactKind | None) -> tuple[tuple[str, str], ...]:
    """The columns of free words, whose heads mean another thing in another kind of table."""
    match kind:
        case None:
            return ("text", r"内容|本文"), ("result", _RESULT)
        case "projects":
            return (("result", _RESULT),)
        case "evidence":
            return (("what", r"内容|説明|名称|項目"),)
    return (("text", _TEXT_OF_KIND[kind]),)


def _years(cell: str, fiscal_year: int) -> set[int]:
    return {mention.year for mention in find_years(_plain(cell), fiscal_year)}
