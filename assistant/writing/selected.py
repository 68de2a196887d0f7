"""A passage that a person has marked in the editor of a section. Values only."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Selected:
    """``text`` is ``written[start:end]`` (code points) in the editor of ``section``, as it stood when it was marked."""

    section: str
    start: int
    end: int
    written: str

    @property
    def text(self) -> str:
        """The marked words."""
        return self.written[self.start : self.end]

    def as_object(self) -> dict[str, Any]:
        """As a question keeps it."""
        return {
            "section": self.section,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "written": self.written,
        }

    def exchanged(self, after: str) -> str:
        """The whole text with ``after`` in the place of the marked words."""
        return self.written[: self.start] + after + self.written[self.end :]


def selected(section: str, start: int, end: int, words: str, written: str) -> Selected | None:
    """The passage ``words``, at its place or where else it stands once; None where it stands nowhere or nothing is
    marked. Blanks around it stay out.
    """
    if start < 0 or written[start:end] != words:
        if not words or written.count(words) != 1:
            return None
        start = written.index(words)
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    return Selected(section, start, end, written) if start < end else None
