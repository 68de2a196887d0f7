"""The composer's lines with slots for every figure, year, mark and person, and a model's words with them put back.

Pure. What is put back is what was taken out, sign for sign. No line as the model sees it holds a digit of any width.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.drafting.draft import DraftSentence, Origin
from assistant.drafting.lines import Line, mark_of
from assistant.writing import meanings
from assistant.writing.hiding import number_spans
from assistant.writing.personal import personal_spans, persons_of
from assistant.writing.values import SLOT, SLOT_LETTERS, Masked, MaskedLine, Slot, SlotKind
from corpus.items import split_sentences
from corpus.sheetfile import SheetFile

_MARK = re.compile("【要(?:記入|確認)[^】]*】")
_TOLD = re.compile(r"[^0-9０-９]*?(?P<figure>[▲△]?[0-9０-９].*?)(?:続けて|で)?", re.DOTALL)
"""The composer's 「調査を行った4回続けて」「4年連続で」 without the words around."""
_SHARED = ("last_year", "other_sheet", "note", "figure")
_NAMED = ("figure", "note")


@dataclass(frozen=True)
class _Place:
    """``start``–``end`` of a sentence that becomes a slot."""

    start: int
    end: int
    kind: SlotKind
    meaning: str
    origins: tuple[Origin, ...] = ()


def masked(
    lines: Sequence[Line],
    sheet: SheetFile,
    keys: str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    earlier: Sequence[SheetFile] = (),
) -> Masked:
    """The lines as a model sees them, each under one of ``keys``, with their slots.

    ``earlier``: sheets of the years before, for what a figure is held against. What is equal in words, meaning and
    origins is one slot. Raises ``ValueError`` for more lines than keys.
    """
    if len(lines) > len(keys):
        raise ValueError(f"{len(lines)} lines for {len(keys)} keys")
    slots: dict[str, Slot] = {}
    names: dict[tuple[SlotKind, str, str, tuple[Origin, ...]], str] = {}

    def name_of(text: str, place: _Place) -> str:
        sought = (place.kind, text, place.meaning, place.origins)
        if sought not in names:
            letter = SLOT_LETTERS[place.kind]
            names[sought] = f"{letter}{1 + sum(name.startswith(letter) for name in slots)}"
            slots[names[sought]] = Slot(names[sought], place.kind, text, place.meaning, place.origins)
        return names[sought]

    made: list[MaskedLine] = []
    for key, line in zip(keys, lines, strict=False):
        mark = mark_of(line.sentences[0])
        words = ""
        for number, sentence in enumerate(line.sentences):
            at = len(mark) if number == 0 else 0
            for place in _places(sentence, at, sheet, earlier):
                words += sentence.text[at : place.start]
                words += f"[[{name_of(sentence.text[place.start : place.end], place)}]]"
                at = place.end
            words += sentence.text[at:]
        made.append(MaskedLine(key, words, mark, line.sentences))
    return Masked(tuple(made), slots)


def _places(sentence: DraftSentence, behind: int, sheet: SheetFile, earlier: Sequence[SheetFile]) -> list[_Place]:
    """What becomes a slot behind the item mark: marks, stored figures, persons, years, figures of notes, the rest."""
    text, names, found = sentence.text, persons_of(sheet, *earlier), list[_Place]()

    def add(place: _Place) -> None:
        if behind <= place.start < place.end and not any(
            place.start < one.end and one.start < place.end for one in found
        ):
            found.append(place)

    for match in _MARK.finditer(text):
        inside = (one for one in sentence.origins if one.kind in _NAMED and _within(one, *match.span()))
        origins = tuple(dict.fromkeys(_unplaced(one) for one in inside))
        add(_Place(match.start(), match.end(), "mark", meanings.mark_meaning(match[0], names), origins))
    for (start, end), cells in _figures(sentence).items():
        meaning = meanings.figure_meaning(text[start:end], cells, sheet, earlier)
        add(_Place(start, end, "figure", meaning, tuple(map(_unplaced, cells))))
    for start, end, kind in personal_spans(text, names):
        add(_Place(start, end, "person", meanings.PERSONAL[kind]))
    for place in _numbers(sentence, behind, sheet, names, tuple((one.start, one.end) for one in found)):
        add(place)
    return sorted(found, key=lambda one: one.start)


def _numbers(
    sentence: DraftSentence,
    behind: int,
    sheet: SheetFile,
    names: Sequence[str],
    taken: Sequence[tuple[int, int]],
) -> Iterator[_Place]:
    """Years, figures of notes and all other digits in what is not taken yet."""
    units = {entry.unit for entry in sheet.indicators if entry.unit}
    at = behind
    for start, end in [*sorted(taken), (len(sentence.text), len(sentence.text))]:
        part = sentence.text[at:start]
        for span in number_spans(part, sheet.fiscal_year, units):
            first, last, words = at + span.start, at + span.end, part[span.start : span.end]
            notes = [one for one in sentence.origins if one.kind == "note" and _within(one, first, last, around=True)]
            if span.kind == "figure" and notes:
                meaning = meanings.note_meaning(sentence.text, first, last, names)
                yield _Place(first, last, "figure", meaning, tuple(map(_unplaced, notes[:1])))
            else:
                kind: SlotKind = "year" if span.kind == "year" else "kept"
                yield _Place(first, last, kind, meanings.kept_or_year(words, span, sheet))
        at = max(at, end)


def _figures(sentence: DraftSentence) -> dict[tuple[int, int], list[Origin]]:
    """The stored cells of each figure of a sentence, by where its digits and unit stand."""
    found: dict[tuple[int, int], list[Origin]] = {}
    for origin in sentence.origins:
        if origin.kind == "figure" and origin.start is not None and origin.end is not None:
            told = _TOLD.fullmatch(sentence.text, origin.start, origin.end)
            span = told.span("figure") if told else (origin.start, origin.end)
            found.setdefault(span, []).append(origin)
    return found


def _within(origin: Origin, start: int, end: int, *, around: bool = False) -> bool:
    """Whether an origin's part lies in ``start``–``end``, or (``around``) holds it."""
    if origin.start is None or origin.end is None:
        return False
    if around:
        return origin.start <= start and end <= origin.end
    return start <= origin.start and origin.end <= end


def _unplaced(origin: Origin) -> Origin:
    return replace(origin, start=None, end=None)


def fill(text: str, masked: Masked) -> tuple[str, tuple[Origin, ...]]:
    """``text`` with its slots as printed, and the origins of figures and notes with their places in it.

    What a slot brings itself and the words around it say once more (「[[F1]]％」, 「令和[[Y1]]」) stands once, unless a
    line of the composer reads so. Raises ``KeyError`` for an unknown slot.
    """
    text, made, at = undoubled(text, masked), "", 0
    origins: list[Origin] = []
    for match in SLOT.finditer(text):
        slot = masked.slots[match[1]]
        made += text[at : match.start()]
        origins += [replace(one, start=len(made), end=len(made) + len(slot.text)) for one in slot.origins]
        made += slot.text
        at = match.end()
    return made + text[at:], tuple(origins)


def undoubled(text: str, masked: Masked) -> str:
    """``text`` without what its slots bring themselves and the words around them say once more (「[[F1]]％」)."""
    made, at = "", 0
    for match in SLOT.finditer(text):
        slot = masked.slots.get(match[1])
        if slot is None:
            continue
        made += _without_doubled_head(text[at : match.start()], match[0], slot, masked) + match[0]
        at = match.end() + _doubled_tail(text, match, slot, masked)
    return made + text[at:]


_TAIL = re.compile(r"[一-龠々ぁ-んァ-ヶーA-Za-zＡ-Ｚａ-ｚ%％℃㎡㎥㎢]+$")
_HEAD = re.compile(r"^(?:令和|平成|昭和|第)")


def _doubled_tail(text: str, match: re.Match[str], slot: Slot, masked: Masked) -> int:
    """How many signs behind a slot only say its unit once more."""
    tail = _TAIL.search(slot.text)
    if tail is None or tail[0] == slot.text or slot.kind in ("mark", "person"):
        return 0
    again = tail[0]
    if not text.startswith(again, match.end()) or any(match[0] + again in line.text for line in masked.lines):
        return 0
    follows = text[match.end() + len(again) :][:1]
    joins = re.match("[一-龠々]", again[-1]) and re.match("[一-龠々]", follows)
    return 0 if joins else len(again)


def _without_doubled_head(before: str, written: str, slot: Slot, masked: Masked) -> str:
    head = _HEAD.match(slot.text)
    if head is None or not before.endswith(head[0]) or any(head[0] + written in line.text for line in masked.lines):
        return before
    return before.removesuffix(head[0])


def filled(text: str, line: MaskedLine, masked: Masked, model: str) -> tuple[DraftSentence, ...]:
    """The words of ``model`` for ``line`` as sentences behind its item mark, each with its origins.

    A sentence has the origin ``model``, those of its slots, and what the composer's sentences come from as a whole.
    Raises ``KeyError`` for an unknown slot; () for blank words.
    """
    first = line.sentences[0]
    told = tuple(origin for sentence in line.sentences for origin in sentence.origins)
    in_slots = {origin for name in line.slots for origin in masked.slots[name].origins}
    shared = [_unplaced(one) for one in told if one.kind in _SHARED and not _belongs_to_slot(one, in_slots)]
    made: list[DraftSentence] = []
    for words in _sentences(text, masked):
        body, placed = fill(words, masked)
        mark = line.mark if not made else ""
        origins = [Origin("model", text=model), *(one.moved(len(mark)) for one in placed)]
        if any(masked.slots[name].kind == "mark" for name in SLOT.findall(words)):
            origins.append(Origin("form"))
        origins += shared
        begins = first.new_line and not made
        widened = _widened(origins, len(mark), len(mark + body))
        made.append(DraftSentence(mark + body, first.heading, first.direction, widened, begins))
    return tuple(made)


def _belongs_to_slot(origin: Origin, in_slots: set[Origin]) -> bool:
    """Whether an origin of the composer's sentence comes back with a slot."""
    return origin.start is not None and (origin.kind == "figure" or _unplaced(origin) in in_slots)


def _widened(origins: Sequence[Origin], start: int, end: int) -> tuple[Origin, ...]:
    """Each origin once; where nothing but one note gives a sentence, the note gives all of it, as with the composer."""
    notes = {_unplaced(one) for one in origins if one.kind == "note"}
    if len(notes) == 1 and all(one.kind in ("model", "note", "form") for one in origins):
        note = replace(next(iter(notes)), start=start, end=end)
        origins = [*(one for one in origins if one.kind != "note"), note]
    return tuple(dict.fromkeys(origins))


_OPENING_MARKS = re.compile(r"\s*(?:\[\[M[0-9]+\]\]\s*)+")


def _sentences(text: str, masked: Masked) -> list[str]:
    """The sentences of a model's words; a mark to confirm stays with the sentence that it stands behind."""
    found: list[str] = []
    for start, end in split_sentences(text.replace("\n", " ")):
        words = text[start:end]
        marks = _OPENING_MARKS.match(words) if found else None
        if marks and all(masked.slots[name].text.startswith("【要確認") for name in SLOT.findall(marks[0])):
            found[-1] += marks[0].strip()
            words = words[marks.end() :]
        if words.strip():
            found.append(words)
    return found


_OPEN, _CLOSE = r"(?:\\?[\[［]){1,2}", r"(?:\\?[\]］]){1,2}"
_NAME = r"[ 　]*([FYKMPfykmpＦＹＫＭＰｆｙｋｍｐ])[ 　]*([0-9０-９]{1,3})[ 　]*"
_GARBLED = re.compile(
    rf"`?(?:{_OPEN}{_NAME}{_CLOSE}|【{_NAME}】|【\[\[(M[0-9]{{1,3}})\]\]】|〔{_NAME}〕|\{{{{?{_NAME}\}}?\}})`?"
)
_TO_ASCII = str.maketrans({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})


def normal_slots(text: str) -> str:
    """Slots as a weak model garbles them (［［Ｆ１］］, [F1], 【F1】, `[[f1]]`) as 「[[F1]]」; all else stays."""

    def name(match: re.Match[str]) -> str:
        return "[[" + "".join(part for part in match.groups() if part).translate(_TO_ASCII).upper() + "]]"

    return _GARBLED.sub(name, text)
