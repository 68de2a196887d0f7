"""Errors that a person sees.

::

    ShisakuError            message in Japanese, shown as it is; nothing was changed unless it says so
    ├── UnusableInput       a file or text that cannot be read at all (exit code 2)
    ├── Refused             understood, but not done: the reason is the message (exit code 1)
    │   ├── DifferentSheet  a sheet of the same identity is stored with other content
    │   ├── SheetExists     the sheet that was to be made is there already; carries its id
    │   ├── StaleRevision   the text was changed by someone else meanwhile; carries both texts
    │   ├── StalePlaces     figures or notes were changed by someone else meanwhile; carries what stands there now
    │   └── StaleSetting    a setting of the city was saved by someone else meanwhile
    ├── NotFound            no such sheet, measure, section or user
    └── NotAvailable        a function that this installation does not have

Errors of third parties are translated into these at the edge where they arise, with ``raise … from``.
"""

from typing import Any


class ShisakuError(Exception):
    """Base of all errors that users see; ``str(error)`` is Japanese and complete."""


class UnusableInput(ShisakuError):
    """The input cannot be read: wrong file, broken, too large, wrong types. Users see the message."""


class Refused(ShisakuError):
    """A request that was understood and not carried out. Users see the message."""


class DifferentSheet(Refused):
    """The same measure and year is stored with other content; ``fields`` are the paths that differ."""

    def __init__(self, message: str, fields: list[str]) -> None:
        super().__init__(message)
        self.fields = fields


class SheetExists(Refused):
    """A sheet of that measure and year is stored already: ``sheet_id``. Users see the message."""

    def __init__(self, message: str, sheet_id: int) -> None:
        super().__init__(message)
        self.sheet_id = sheet_id


class StaleRevision(Refused):
    """Someone saved meanwhile; ``current`` is the stored text, ``submitted`` the one that was refused."""

    def __init__(self, message: str, *, current: str, submitted: str, current_revision: int | None) -> None:
        super().__init__(message)
        self.current = current
        self.submitted = submitted
        self.current_revision = current_revision


class StalePlaces(Refused):
    """Someone changed places meanwhile; ``places``: path and the value that stands there now."""

    def __init__(self, message: str, places: list[tuple[str, Any]]) -> None:
        super().__init__(message)
        self.places = places


class StaleSetting(Refused):
    """Someone saved that setting of the city meanwhile; nothing was overwritten."""


class NotFound(ShisakuError):
    """Nothing is stored under that name. Users see the message."""


class NotAvailable(ShisakuError):
    """This installation cannot do that (a part not installed, or not yet made). Users see the message."""
