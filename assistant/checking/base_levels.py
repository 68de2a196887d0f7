"""The value that a change is measured from is of the change's row: 「前年度（4,105人）と比べ、参加者数は…」 (3, 27)."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.checking.claim_types import Claim
from assistant.checking.numerals import unit_fits

_CHANGES = frozenset({"change", "multiple", "index", "doubling"})


def with_base_subjects(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, values without a sure subject made of the row whose change is measured from them."""
    changes = [claim for claim in claims if claim.form in _CHANGES and claim.base is not None]
    changes = [claim for claim in changes if claim.subject.strength == "sure" and len(claim.subject.rows) == 1]
    return [_of_its_change(claim, changes) for claim in claims] if changes else list(claims)


def _of_its_change(claim: Claim, changes: Sequence[Claim]) -> Claim:
    if claim.form != "level" or claim.subject.strength == "sure" or claim.figure is None or not claim.figure.unit:
        return claim
    for change in changes:
        base = change.base
        assert base is not None
        same_year = base.year is not None and claim.year is not None and base.year.start == claim.year.start
        its = base.figure is not None and base.figure.start == claim.start
        if (its or same_year) and not base.foreign and unit_fits(change.subject.rows[0].unit, claim.figure.unit):
            return replace(claim, subject=change.subject)
    return claim
