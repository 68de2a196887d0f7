"""Texts of the sections and their revisions. Revisions are only ever added; callers commit."""

from collections.abc import Mapping

from sqlmodel import Session, col, select, update

from corpus import messages
from corpus.accounts import Actor, audit
from corpus.columns import now
from corpus.errors import NotFound, StaleRevision
from corpus.filetypes import usable_text
from corpus.form import SECTION_KEYS
from corpus.index.passages import refresh_passages
from corpus.models import Revision, Section, Sheet


def section_row(session: Session, sheet_id: int, key: str) -> Section:
    """The section of a sheet, made empty if it has none yet; raises ``NotFound`` for a key the form does not have."""
    if key not in SECTION_KEYS:
        raise NotFound(messages.no_such_section(key))
    section = session.exec(select(Section).where(Section.sheet_id == sheet_id, Section.key == key)).first()
    if section is None:
        section = Section(sheet_id=sheet_id, key=key)
        session.add(section)
        session.flush()
    return section


def current_revision(session: Session, sheet_id: int, key: str) -> Revision | None:
    """The newest revision of a section, None while nothing was ever written."""
    section = section_row(session, sheet_id, key)
    return None if section.revision_id is None else session.get(Revision, section.revision_id)


def history(session: Session, sheet_id: int, key: str) -> list[Revision]:
    """All revisions of a section, newest first."""
    section = section_row(session, sheet_id, key)
    query = select(Revision).where(Revision.section_id == section.id).order_by(col(Revision.id).desc())
    return list(session.exec(query))


def write_revision(
    session: Session, section: Section, text: str, *, actor: Actor, origin: str, draft_id: int | None = None
) -> Revision:
    """Add a revision on top of the newest and make it the section's text.

    Raises ``StaleRevision`` when another session did the same meanwhile; nothing is written then.
    """
    before = section.revision_id
    revision = Revision(
        section_id=section.id or 0,
        text=text,
        author_id=actor.id,
        author_name=actor.name,
        origin=origin,
        based_on=before,
        draft_id=draft_id,
    )
    session.add(revision)
    session.flush()
    unmoved = col(Section.revision_id).is_(None) if before is None else col(Section.revision_id) == before
    moved = session.exec(update(Section).where(col(Section.id) == section.id, unmoved).values(revision_id=revision.id))
    if moved.rowcount != 1:
        session.rollback()
        session.expire_all()
        raise stale_revision(session, section.sheet_id, section.key, text)
    session.expire(section)
    return revision


def save_text(
    session: Session,
    sheet_id: int,
    key: str,
    text: str,
    *,
    actor: Actor,
    based_on: int | None,
    origin: str = "edit",
    draft_id: int | None = None,
) -> Revision | None:
    """Save an edited section; ``based_on`` is the revision the person saw (None: there was none).

    The text is stored as ``usable_text`` makes it; the unchanged text adds no revision. Raises ``StaleRevision`` with
    both texts when the section moved on meanwhile; then nothing is changed.
    """
    text = usable_text(text)
    section = section_row(session, sheet_id, key)
    session.refresh(section)
    current = session.get(Revision, section.revision_id) if section.revision_id else None
    if text == (usable_text(current.text) if current else ""):
        return current
    if section.revision_id != based_on:
        raise stale_revision(session, sheet_id, key, text)
    revision = write_revision(session, section, text, actor=actor, origin=origin, draft_id=draft_id)
    session.exec(update(Sheet).where(col(Sheet.id) == sheet_id).values(updated_at=now()))
    audit(session, actor, "section.save", f"sheet:{sheet_id}:{key}", {"revision": revision.id, "origin": origin})
    session.flush()
    refresh_passages(session, sheet_id)
    return revision


def write_first_texts(session: Session, sheet_id: int, texts: Mapping[str, str], *, actor: Actor, origin: str) -> None:
    """The sections of a sheet that has none yet, all of the form, and their first revisions ("" adds none)."""
    sections = {key: Section(sheet_id=sheet_id, key=key) for key in SECTION_KEYS}
    session.add_all(sections.values())
    session.flush()
    first = {
        key: Revision(
            section_id=section.id or 0, text=texts[key], author_id=actor.id, author_name=actor.name, origin=origin
        )
        for key, section in sections.items()
        if texts.get(key)
    }
    session.add_all(first.values())
    session.flush()
    for key, revision in first.items():
        sections[key].revision_id = revision.id
    session.flush()
    for section in sections.values():
        session.expire(section)


def stale_revision(session: Session, sheet_id: int, key: str, submitted: str) -> StaleRevision:
    """The refusal of a save against an older revision, with both texts."""
    current = current_revision(session, sheet_id, key)
    return StaleRevision(
        messages.stale_revision(current.author_name if current else ""),
        current=current.text if current else "",
        submitted=submitted,
        current_revision=current.id if current else None,
    )
