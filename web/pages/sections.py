"""A narrative of the form with its editor, its findings and its history."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.findings import Finding
from corpus.city import DEFAULT_WRITING, Writing
from corpus.fiscal import wareki
from corpus.form import SECTION_BY_KEY, section_label
from corpus.index.addresses import place_in
from corpus.models import Revision
from corpus.rolling import EarlierText, texts_at_hand
from corpus.sheetfile import SheetFile
from web.pages.hints import WordHint, word_hints
from web.pages.marks import MarkedText, mark_text
from web.pages.writing import moment

JUMP_WORDS: dict[str, str] = {"5.4.done": "状況", "5.4.plan": "予定", "6.1.results": "成果", "6.1.issues": "課題"}
"""What tells sections of one number apart in the jump bar."""
OPEN_MARKS = ("【要記入", "【要確認")
"""How the places begin that a draft leaves to a person."""
ORIGIN_LABELS: dict[str, str] = {
    "import": "取り込み",
    "edit": "編集",
    "draft": "下書きから",
    "restore": "以前の版から",
    "check": "数値の確認から",
}


@dataclass(frozen=True)
class RevisionView:
    """A stored text with who wrote it, when (Japanese time), and from what."""

    id: int | None
    author: str
    at: str
    origin: str
    text: str

    @property
    def length(self) -> int:
        """Characters, line breaks not counted."""
        return length_of(self.text)


@dataclass(frozen=True)
class TextAtHand:
    """A text of an earlier year that a writer may start from: 「令和5年度のシート　7(1) 令和7年度の取組方針」.

    ``title``: 「昨年度の文章」, or 「令和5年度の文章」 of an older one.
    """

    title: str
    label: str
    text: str


@dataclass(frozen=True)
class SectionView:
    """A section as the sheet page shows it. ``revision_id`` None: nothing was ever written.

    ``note``: what has just happened, ``refused``: that it is what did not happen, ``before``: the text to go back to.
    ``sought_gone``: the sentence that a search led to is not in the text any more.
    """

    sheet_id: int
    key: str
    label: str
    text: str
    marked: MarkedText
    revision_id: int | None
    saved: str
    request: str
    note: str = ""
    refused: bool = False
    before: str | None = None
    guideline: str = ""
    hints: tuple[WordHint, ...] = ()
    at_hand: tuple[TextAtHand, ...] = ()
    sought_gone: bool = False

    @property
    def anchor(self) -> str:
        """The element's id on the page."""
        return f"section-{self.key}"

    @property
    def length(self) -> int:
        """Characters, line breaks not counted."""
        return length_of(self.text)

    @property
    def open_marks(self) -> int:
        """Places of the text that a draft left to a person: 【要記入】 and 【要確認】."""
        return sum(self.text.count(mark) for mark in OPEN_MARKS)

    @property
    def at_hand_title(self) -> str:
        """「昨年度の文章」, or of which earlier year they are."""
        return self.at_hand[0].title if self.at_hand else ""

    @property
    def short(self) -> str:
        """「6(1)成果」, for the jump bar."""
        return SECTION_BY_KEY[self.key].number + JUMP_WORDS.get(self.key, "")


@dataclass(frozen=True)
class CheckView:
    """The check of a text that is not stored yet."""

    key: str
    label: str
    marked: MarkedText
    empty: bool
    hints: tuple[WordHint, ...] = ()


@dataclass(frozen=True)
class HistoryView:
    """All revisions of a section, newest first."""

    sheet_id: int
    key: str
    label: str
    revisions: tuple[RevisionView, ...]


@dataclass(frozen=True)
class StaleView:
    """A save against an older revision: the stored text and the refused one, to choose from."""

    sheet_id: int
    key: str
    label: str
    message: str
    stored: RevisionView
    submitted: str
    origin: str
    draft_id: int | None

    @property
    def anchor(self) -> str:
        """The element's id on the page."""
        return f"section-{self.key}"


def length_of(text: str) -> int:
    """Characters as the form counts them: line breaks not counted."""
    return len(text.replace("\r", "").replace("\n", ""))


def draft_request(key: str) -> str:
    """What the 下書き button of a section says in the chat."""
    return f"{SECTION_BY_KEY[key].asked_as[0]}を下書きして"


def revision_view(revision: Revision | None) -> RevisionView:
    """A revision as the pages show it; None: nothing was ever written."""
    if revision is None:
        return RevisionView(None, "", "", "", "")
    origin = ORIGIN_LABELS.get(revision.origin, revision.origin)
    return RevisionView(revision.id, revision.author_name, moment(revision.created_at), origin, revision.text)


def section_view(
    sheet_id: int,
    key: str,
    fiscal_year: int,
    revision: Revision | None,
    findings: Sequence[Finding],
    note: str = "",
    *,
    refused: bool = False,
    before: str | None = None,
    writing: Writing = DEFAULT_WRITING,
    earlier: Sequence[SheetFile] = (),
    sought: str = "",
) -> SectionView:
    """A section with its text marked; ``note``: what has just happened to it, to be announced, ``refused``: that it is
    what did not happen, ``before``: the text that one click brings back.

    ``writing``: the city's 記入要領 and preferred words, shown with it. ``earlier``: the sheets before, whose texts are
    at hand while nothing is written. ``sought``: the hash of the sentence that a search led to, to be marked.
    """
    shown = revision_view(revision)
    passage = place_in(shown.text, sought) if sought else None
    at_hand = () if shown.text else texts_at_hand(key, fiscal_year, earlier)
    saved = f"{shown.at}　{shown.author}（{shown.origin}）" if revision else ""
    return SectionView(
        sheet_id=sheet_id,
        key=key,
        label=section_label(key, fiscal_year),
        text=shown.text,
        marked=mark_text(shown.text, findings, fiscal_year, sheet_id, passage),
        revision_id=shown.id,
        saved=saved,
        request=draft_request(key),
        note=note,
        refused=refused,
        before=before,
        guideline=writing.guidelines.get(key, ""),
        hints=word_hints(shown.text, writing.words),
        at_hand=tuple(_text_at_hand(found, fiscal_year) for found in at_hand),
        sought_gone=bool(sought) and passage is None,
    )


def _text_at_hand(found: EarlierText, fiscal_year: int) -> TextAtHand:
    year = wareki(found.fiscal_year)
    title = "昨年度の文章" if found.fiscal_year == fiscal_year - 1 else f"{year}の文章"
    return TextAtHand(title, f"{year}のシート　{section_label(found.key, found.fiscal_year)}", found.text)
