"""What the second page prints, line by line: runs of figures, row labels, flags, grades, indicator names, 4(3).

Nothing is decided here. A run is the figures of one printed line: they stand in one row of the table, left to right,
though not always in neighbouring columns. Runs on neighbouring lines of one block are chained: rows that lie on top of
each other, so 目標値 and 実績値 of one indicator.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.form import COST_BY_KEY, GradeName, Series
from corpus.importers.text_blocks import Block, Line, Page, join
from corpus.importers.text_labels import cost_label, printed_grade, series_label, squash

_NUMBER = r"[▲△]?(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*|0)(?:\.\d+)?"
_DASH = r"[-―‐‑–—−ー]"
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|(?P<dash>{_DASH})")
_TOKENS = re.compile(rf"(?:{_NUMBER}|{_DASH}|\s)+")
_FLAG = re.compile(r"未達成|達成|向上|低下|横ばい|維持|変化なし")
_SOURCE = re.compile(r"^[※（(]?(?:出典|資料)(?:元)?[:：]\s*")
_LETTER = re.compile(r"[アイウエオカ]")
_PROSE = re.compile(r"[。]|^[・◆〇○①-⑳]")
_ROWS_IN_ORDER = 5
FLAGS: dict[str, tuple[str, bool | None]] = {
    "達成": ("achieved", True),
    "未達成": ("achieved", False),
    "向上": ("improved", True),
    "低下": ("improved", False),
    "横ばい": ("improved", None),
    "維持": ("improved", None),
    "変化なし": ("improved", None),
}
"""Words of 達成・未達成 and 前年度比較: the flag, and whether it is held (None: neither better nor worse)."""


@dataclass(frozen=True)
class Token:
    """A printed figure (``value`` None for "-") and the digits printed behind its point."""

    value: Decimal | None
    places: int


@dataclass(frozen=True)
class Run:
    """The figures of one line.

    ``series``: the row label before them on that line. ``kind``: what the label-only line directly above says
    (見込み値: population, 目標値: outcome), or None. ``letter``: ア, イ … if printed directly before. ``name``: line
    of the name where the block prints row labels and names one indicator. ``in_doubt``: figures run into each other,
    so that their order is no evidence.
    """

    line: int
    tokens: tuple[Token, ...]
    series: Series | None = None
    kind: str | None = None
    letter: str | None = None
    in_doubt: bool = False
    name: int | None = None


@dataclass(frozen=True)
class PrintedName:
    """An indicator as the second page names it, with its source (出典) and its line."""

    name: str
    source: str | None
    line: int


@dataclass
class Table:
    """Page 2 as read. ``chains``: indices into ``runs``; ``zeros``: printed 0s outside the indicators' rows."""

    runs: list[Run] = field(default_factory=list)
    chains: list[tuple[int, ...]] = field(default_factory=list)
    cost_rows: dict[str, list[Decimal]] = field(default_factory=dict)
    cost_zeros: dict[str, int] = field(default_factory=dict)
    zeros: int = 0
    flags: list[str] = field(default_factory=list)
    grades: dict[GradeName, str] = field(default_factory=dict)
    names: list[PrintedName] = field(default_factory=list)
    prose: list[Block] = field(default_factory=list)
    in_order: bool = False


def read_table(page: Page) -> Table:
    """Everything the second page prints besides its labels."""
    table = Table()
    printed = {line.number for block in page.blocks for line in block.lines}
    printed |= {number for label in page.labels for number in label.lines}
    last_letter: tuple[int, str] | None = None
    for block in page.blocks:
        texts: list[Line] = []
        chain: list[int] = []
        before = len(table.runs)
        above: tuple[int, str | None] = (-1, None)
        for line in block.lines:
            if _LETTER.fullmatch(line.text):
                last_letter = (line.number, line.text)
                continue
            if _read_small(table, line):
                continue
            series, rest = series_label(line.text)
            if series and not rest:
                above = (line.number, series)
                continue
            if _TOKENS.fullmatch(rest):
                letter = (
                    last_letter[1] if last_letter and _directly_before(last_letter[0], line.number, printed) else None
                )
                kind = _kind_above(above, line.number, series)
                run = _run(line, rest, series, kind, letter)
                chain = _add_run(table, run, chain)
                continue
            texts.append(line)
        _close_chain(table, chain)
        if texts:
            names = _read_texts(table, Block(tuple(texts), block.under, block.behind))
            _name_runs(table, before, names)
    table.in_order = _printed_in_order(page, list(table.cost_rows))
    return table


def _read_small(table: Table, line: Line) -> bool:
    """Flags, grades and labelled cost rows; True if the line was one."""
    squashed = squash(line.text)
    if re.fullmatch(rf"(?:{_FLAG.pattern})+", squashed):
        table.flags += _FLAG.findall(squashed)
        return True
    for which in ("achievement", "trend"):
        letter = printed_grade(line.text, which)
        if letter:
            table.grades[which] = letter
            return True
    row, rest = cost_label(line.text)
    if row is None:
        return False
    values = [token.value for token in _tokens(rest) if token.value is not None]
    table.cost_rows.setdefault(row, []).extend(value for value in values if value != 0)
    zeros = sum(1 for value in values if value == 0)
    if zeros:
        table.cost_zeros[row] = table.cost_zeros.get(row, 0) + zeros
        table.zeros += zeros
    return True


def _tokens(text: str) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(unicodedata.normalize("NFKC", text)):
        if match["dash"]:
            found.append(Token(None, 0))
            continue
        written = match["number"].replace(",", "")
        negative = written[0] in "▲△"
        number = Decimal(written.lstrip("▲△"))
        found.append(Token(-number if negative else number, len(written.partition(".")[2])))
    return found


def _run(line: Line, rest: str, series: Series | None, kind: str | None, letter: str | None) -> Run:
    tokens = tuple(_tokens(rest))
    return Run(line.number, tokens, series, kind, letter, in_doubt=len(tokens) != len(rest.split()))


def _add_run(table: Table, run: Run, chain: list[int]) -> list[int]:
    """Add a run to the table, chained to the line above where rows of one indicator lie on top of each other."""
    zeros = [token for token in run.tokens if token.value == 0]
    others = [token for token in run.tokens if token.value != 0]
    large = [token for token in others if token.value is not None and abs(token.value) >= 1000]
    if zeros and run.series is None and len(others) == len(large) <= 1:
        # Zeros alone, or around one large figure: the totals of 施策コスト, whose formula prints 0 for an empty year.
        table.zeros += len(zeros)
        if not others:
            _close_chain(table, chain)
            return []
        run = Run(run.line, tuple(others))
    table.runs.append(run)
    index = len(table.runs) - 1
    if chain and _on_top(table.runs[chain[-1]], run):
        return [*chain, index]
    _close_chain(table, chain)
    return [index]


def _on_top(upper: Run, lower: Run) -> bool:
    if lower.line != upper.line + 1 or upper.series == "actual":
        return False
    if lower.series in ("target", "baseline", "forecast"):
        return False
    return lower.series == "actual" or len(lower.tokens) <= max(len(upper.tokens), 4)


def _close_chain(table: Table, chain: Sequence[int]) -> None:
    if chain:
        table.chains.append(tuple(chain))


def _kind_above(above: tuple[int, str | None], line: int, series: Series | None) -> str | None:
    if above[0] == line - 1 and series == "actual":
        return {"forecast": "population", "target": "outcome"}.get(above[1] or "")
    return "population" if series == "forecast" else "outcome" if series in ("target", "baseline") else None


def _directly_before(earlier: int, line: int, printed: set[int]) -> bool:
    """Whether nothing but blank lines stands between two lines of the page."""
    return not any(number in printed for number in range(earlier + 1, line))


def _name_runs(table: Table, first: int, names: Sequence[PrintedName]) -> None:
    """Where a block prints one name and the labels of one indicator's rows, its figures are of that indicator."""
    own = table.runs[first:]
    labels = [run.series for run in own if run.series]
    if len(names) == 1 and labels and len(labels) == len(set(labels)):
        table.runs[first:] = [replace(run, name=names[0].line) for run in own]


def _read_texts(table: Table, block: Block) -> list[PrintedName]:
    """Names (with 出典) or the prose of 4(3); the words alone tell them apart: prose has sentences or items."""
    held: list[str] = []
    first = block.lines[0].number
    if any(_PROSE.search(line.text) for line in block.lines):
        table.prose.append(block)
        return []
    before = len(table.names)
    for line in block.lines:
        source = _SOURCE.match(line.text)
        if source and held:
            table.names.append(PrintedName(join(held), line.text[source.end() :].rstrip("）)") or None, first))
            held, first = [], line.number + 1
        elif not source:
            first = first if held else line.number
            held.append(line.text)
    if held:
        table.names.append(PrintedName(join(held), None, first))
    return table.names[before:]


def _printed_in_order(page: Page, costs: list[str]) -> bool:
    """Whether the years' heads, the parts of the table and the cost rows stand in the order of the form."""
    years = [found.year or "" for found in page.labels if found.label.field == "column_year"]
    parts = [found.label.field for found in page.labels if found.label.field.endswith("_rows")]
    heads = [squash(year) for year in years]
    return (
        len(heads) > 1
        and heads == sorted(heads, key=lambda head: (head.removesuffix("年度").rstrip("0123456789元"), _digits(head)))
        and parts == [part for part in ("population_rows", "outcome_rows", "cost_rows") if part in parts]
        and len(parts) > 1
        and len(costs) >= _ROWS_IN_ORDER
        and costs == [row for row in COST_BY_KEY if row in costs]
    )


def _digits(text: str) -> int:
    return int("".join(re.findall(r"\d", text)) or 0)
