"""Making findings of claims: the place in the text, the stated figure, the common verdicts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding, Kind, Verdict
from assistant.checking.readings import Point
from assistant.checking.record import Row
from corpus import messages


@dataclass(frozen=True)
class Place:
    """Where a sentence stands: its section, its offset there, its text."""

    section: str
    offset: int
    text: str


def number(value: Decimal) -> Decimal:
    """A figure for JSON: 150000.0 -> 150000, 1E+1 -> 10."""
    plain = value.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def finding(place: Place, claim: Claim, kind: Kind, verdict: Verdict, message: str, **fields: Any) -> Finding:
    """A finding over the claim's slice; ``row`` (from ``at``) turns figures back into the stored unit."""
    row: Row | None = fields.pop("row", None)
    scale = row.factor if row is not None and fields.get("unit") == row.unit_label else Decimal(1)
    for name in ("stated", "expected"):
        if isinstance(fields.get(name), Decimal):
            fields[name] = number(fields[name] / scale)
    return Finding(
        section=place.section,
        start=place.offset + claim.start,
        end=place.offset + claim.end,
        text=place.text[claim.start : claim.end],
        kind=kind,
        verdict=verdict,
        message=message,
        **fields,
    )


def unsupported(place: Place, claim: Claim, kind: Kind, message: str | None = None) -> Finding:
    """Nothing stored speaks to the figure."""
    figure = claim.figure
    written = place.text[claim.start : claim.end]
    rows = claim.subject.rows
    return finding(
        place,
        claim,
        kind,
        "unsupported",
        message or messages.check_unsupported(written),
        indicator=rows[0].id if len(rows) == 1 and claim.subject.strength == "sure" else None,
        stated=figure.value if figure else None,
        unit=figure.unit or None if figure else None,
    )


def at(spot: Point) -> dict[str, Any]:
    """The fields of a finding that name a place of the record."""
    return {
        "indicator": spot.row.id,
        "year": spot.year,
        "series": spot.series,
        "unit": spot.row.unit_label or None,
        "row": spot.row,
    }
