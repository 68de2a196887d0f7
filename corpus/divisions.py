"""The names that a division (課) had and has, as links over the years say. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from corpus.models import DivisionLink


@dataclass(frozen=True)
class DivisionName:
    """A name that a division had until, or has from, ``year`` on (fiscal year)."""

    name: str
    year: int
    kind: str


@dataclass(frozen=True)
class DivisionNames:
    """Other names of a division: nearest first. ``before``: until ``year``; ``after``: from ``year`` on."""

    before: tuple[DivisionName, ...] = ()
    after: tuple[DivisionName, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every other name."""
        return tuple(found.name for found in (*self.before, *self.after))


def division_links(session: Session) -> list[DivisionLink]:
    """Every link of divisions, oldest first."""
    return list(session.exec(select(DivisionLink).order_by(col(DivisionLink.id))))


def division_names(session: Session, municipality: str | None, name: str, year: int) -> DivisionNames:
    """The names that a division, called ``name`` in ``year``, had before and has after, as links say."""
    return names_among(division_links(session), municipality, name, year)


def names_among(links: Sequence[DivisionLink], municipality: str | None, name: str, year: int) -> DivisionNames:
    """``division_names`` on links that were read already."""
    own = [link for link in links if link.municipality == (municipality or "")]
    before, after = list[DivisionName](), list[DivisionName]()
    _names_before(own, name, year, before, {name})
    _names_after(own, name, year, after, {name})
    return DivisionNames(tuple(before), tuple(after))


def _names_before(
    links: Sequence[DivisionLink], name: str, year: int, found: list[DivisionName], seen: set[str]
) -> None:
    for link in sorted(links, key=lambda link: -link.first_year):
        if link.name == name and link.first_year <= year and link.earlier_name not in seen:
            seen.add(link.earlier_name)
            found.append(DivisionName(link.earlier_name, link.first_year - 1, link.kind))
            _names_before(links, link.earlier_name, link.first_year - 1, found, seen)


def _names_after(
    links: Sequence[DivisionLink], name: str, year: int, found: list[DivisionName], seen: set[str]
) -> None:
    for link in sorted(links, key=lambda link: link.first_year):
        if link.earlier_name == name and link.first_year > year and link.name not in seen:
            seen.add(link.name)
            found.append(DivisionName(link.name, link.first_year, link.kind))
            _names_after(links, link.name, link.first_year, found, seen)
