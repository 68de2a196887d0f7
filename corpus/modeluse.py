"""Whether a language model may be asked about a sheet: the city's consent, and the switch of the sheet.

A model inside the city's own network needs neither. One outside needs the consent of the city, given once for just
this model at this address, and no sheet that the draft is made from may be kept inside. Callers commit.
"""

from typing import Literal

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select, update

from corpus import messages
from corpus.accounts import Actor, audit
from corpus.columns import now
from corpus.continuity import all_ties, earlier_rows
from corpus.errors import Refused
from corpus.model_tables import ModelConsent
from corpus.models import Sheet

Use = Literal["allowed", "no_consent", "kept_inside"]


def model_use(session: Session, sheet: Sheet, *, model: str, provider: str, address: str, outside: bool) -> Use:
    """Whether this model may be asked about a sheet, else why not.

    The sheet is kept inside as well where an earlier one that it continues is: their texts go into its drafts.
    """
    if not outside:
        return "allowed"
    if keeps_inside(session, sheet):
        return "kept_inside"
    agreed = consent_of(session, model=model, provider=provider, address=address)
    return "no_consent" if agreed is None else "allowed"


def keeps_inside(session: Session, sheet: Sheet) -> bool:
    """Whether the switch 「外部モデルに送らない」 of the sheet, or of one that it continues, is on, as stored now."""
    # the column itself: a loaded row keeps what it was when it was read
    made_from = {sheet.id, *(row.id for row, _ in earlier_rows(session, sheet, all_ties(session)))}
    on = select(Sheet.id).where(col(Sheet.id).in_(made_from), col(Sheet.keep_inside)).limit(1)
    return session.exec(on).first() is not None


def set_keep_inside(session: Session, sheet: Sheet, on: bool, *, actor: Actor) -> bool:
    """Set the switch of a sheet; False where it stands so already."""
    assert sheet.id is not None
    changed = session.exec(
        update(Sheet).where(col(Sheet.id) == sheet.id, col(Sheet.keep_inside).is_not(on)).values(keep_inside=on)
    )
    if changed.rowcount != 1:
        return False
    session.refresh(sheet, ["keep_inside"])
    audit(session, actor, "sheet.kept_inside" if on else "sheet.let_out", f"sheet:{sheet.id}")
    session.flush()
    return True


def may_decide(actor: Actor) -> bool:
    """Whether a person may agree to a model for the city, and withdraw that: whoever has an account."""
    return actor.id is not None


def consent_of(session: Session, *, model: str, provider: str, address: str) -> ModelConsent | None:
    """The consent to just this model at this address that holds now, None without one."""
    query = select(ModelConsent).where(*_holding(model, provider, address)).order_by(col(ModelConsent.id))
    return session.exec(query).first()


def consents(session: Session, limit: int = 20) -> list[ModelConsent]:
    """The consents that were given, to any model, newest first; those withdrawn too."""
    return list(session.exec(select(ModelConsent).order_by(col(ModelConsent.id).desc()).limit(limit)))


def agree(session: Session, *, model: str, provider: str, address: str, actor: Actor) -> ModelConsent:
    """The city's consent to this model at this address; one that holds already stays. Raises ``Refused``."""
    _refuse_others(actor)
    present = consent_of(session, model=model, provider=provider, address=address)
    if present is not None:
        return present
    consent = ModelConsent(model=model, provider=provider, address=address, actor_id=actor.id, actor_name=actor.name)
    session.add(consent)
    audit(session, actor, "model.agreed", f"model:{model}", {"provider": provider, "address": address})
    session.flush()
    return consent


def withdraw(session: Session, *, model: str, provider: str, address: str, actor: Actor) -> bool:
    """End the consent; False where none holds. From now on nothing is sent. Raises ``Refused``."""
    _refuse_others(actor)
    ended = session.exec(update(ModelConsent).where(*_holding(model, provider, address)).values(withdrawn_at=now()))
    if not ended.rowcount:
        return False
    session.expire_all()
    audit(session, actor, "model.withdrawn", f"model:{model}", {"provider": provider, "address": address})
    session.flush()
    return True


def _holding(model: str, provider: str, address: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(ModelConsent.model) == model,
        col(ModelConsent.provider) == provider,
        col(ModelConsent.address) == address,
        col(ModelConsent.withdrawn_at).is_(None),
    )


def _refuse_others(actor: Actor) -> None:
    if not may_decide(actor):
        raise Refused(messages.NOT_YOURS_TO_AGREE)
