"""The import page and its report."""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.fields import field_label
from corpus.fiscal import wareki
from corpus.importing import ImportedSheet

STATUS_LABELS: dict[str, str] = {
    "created": "取り込みました",
    "updated": "更新しました",
    "unchanged": "変更なし",
    "refused": "取り込めません",
}


@dataclass(frozen=True)
class ReportRow:
    """What became of one sheet of a file."""

    file: str
    measure: str
    year: str
    status: str
    status_label: str
    reason: str
    warnings: tuple[str, ...]
    to_confirm: int
    places: tuple[str, ...]
    sheet_id: int | None


@dataclass(frozen=True)
class ImportPage:
    """The page ``/import``; ``report`` None: nothing was sent yet."""

    most_mb: int
    report: tuple[ReportRow, ...] | None = None
    problem: str = ""
    update: bool = False


def report_rows(imported: Iterable[ImportedSheet]) -> tuple[ReportRow, ...]:
    """The report of an import, a row a sheet; what was refused stands first, since it asks for something to be done."""
    rows = (
        ReportRow(
            file=entry.file,
            measure=entry.measure or "",
            year=wareki(entry.fiscal_year) if entry.fiscal_year is not None else "",
            status=entry.status,
            status_label=STATUS_LABELS[entry.status],
            reason=entry.reason or "",
            warnings=tuple(entry.warnings),
            to_confirm=len(entry.to_confirm),
            places=tuple(field_label(place.field) for place in entry.to_confirm),
            sheet_id=entry.sheet_id,
        )
        for entry in imported
    )
    return tuple(sorted(rows, key=lambda row: row.status != "refused"))
