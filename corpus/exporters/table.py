"""A table as CSV that Excel opens."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"'*[=+\-@]")


def write_table(rows: Iterable[Sequence[str]]) -> str:
    """The rows as CSV, lines ending as Excel writes them; the caller adds the BOM that Excel asks for.

    A text that Excel would run as a formula (「=…」「@…」) gets an apostrophe, which reading takes off again.
    """
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_guarded(cell) for cell in row] for row in rows)
    return written.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not re.fullmatch(r"-?[\d.]+", cell) else cell
