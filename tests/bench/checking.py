"""How well and how fast the checker reads the labelled set, beside a naive baseline (``python tests/bench/checking.py``).

The baseline takes a figure for right when its number is among the sheet's stored values, and says nothing of words.
"""

import argparse
import sys
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from assistant.checking import find_figures
from assistant.checking.findings import Finding
from tests.checking.labelled import CASES, Case, by_checker, checker, lines_of, read_cases, score_all


def naive(case: Case, folder: Path = CASES) -> list[Finding]:
    """The baseline's findings."""
    record = checker(case.sheet, folder).record
    values: set[Decimal] = {
        abs(value) for row in record.rows for series in row.values.values() for value in series.values()
    }
    return [
        Finding(
            section=case.section,
            start=figure.start,
            end=figure.end,
            text=figure.text,
            kind="level",
            verdict="match" if abs(figure.value) in values else "mismatch",
            message="",
        )
        for figure in find_figures(case.text, record.units)
    ]


def main() -> None:
    """Print both tables, and with ``--faults`` what the checker got wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--types", nargs="*", default=[])
    parser.add_argument("--cases", type=Path, default=CASES)
    given = parser.parse_args()
    cases = [case for case in read_cases(given.cases) if not given.types or case.type in given.types]
    for case in cases:
        checker(case.sheet, given.cases)
    scores = score_all(cases, lambda case: by_checker(case, given.cases))
    if given.faults:
        print(*(fault for _, score in sorted(scores.items()) for fault in score.faults), sep="\n")
    print(*lines_of(scores), sep="\n")
    print("\nbaseline: the number is among the stored values")
    print(*lines_of(score_all(cases, lambda case: naive(case, given.cases))), sep="\n")


if __name__ == "__main__":
    main()
