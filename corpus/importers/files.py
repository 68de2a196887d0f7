"""A file or an upload → the sheets in it: the kind from its name and content, the encoding, the limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from corpus import messages
from corpus.errors import NotAvailable, ShisakuError, UnusableInput
from corpus.importers.json import read_json, read_json_lines
from corpus.importers.text import read_text
from corpus.sheetfile import ReadSheet

SUFFIXES = (".json", ".jsonl", ".txt", ".xlsx", ".pdf")
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PACKED = {b"PK\x03\x04": "Excel・Word・ZIP", b"%PDF": "PDF", b"\xd0\xcf\x11\xe0": "旧形式の Excel・Word"}


@dataclass(frozen=True)
class Found:
    """One sheet of a file, or why it could not be read. ``place``: file name, with the line for JSON Lines."""

    place: str
    read: ReadSheet | None
    error: ShisakuError | None


def read_file(name: str, content: bytes, *, most_bytes: int) -> Iterator[Found]:
    """The sheets in a file, each read by itself; an unreadable file gives one entry with its error.

    ``most_bytes`` is the size limit (setting MAX_UPLOAD_MB). Text is UTF-8, with or without BOM (formats.md); another
    encoding is refused, not guessed: a wrong guess would store wrong characters.
    """
    try:
        yield from _sheets(name, content, most_bytes)
    except ShisakuError as error:
        yield Found(name, None, error)


def _sheets(name: str, content: bytes, most_bytes: int) -> Iterator[Found]:
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise UnusableInput(messages.unknown_suffix(suffix, SUFFIXES))
    if len(content) > most_bytes:
        raise UnusableInput(messages.file_too_large(len(content), most_bytes))
    if not content.strip():
        raise UnusableInput(messages.EMPTY_FILE)
    if suffix in (".xlsx", ".pdf"):
        raise NotAvailable(messages.import_not_available(suffix))
    text = decode(content)
    if suffix == ".jsonl":
        found_any = False
        for line, result in read_json_lines(text):
            found_any = True
            read, error = (None, result) if isinstance(result, UnusableInput) else (result, None)
            yield Found(f"{name}:{line}", read, error)
        if not found_any:
            raise UnusableInput(messages.EMPTY_FILE)
        return
    yield Found(name, read_json(text) if suffix == ".json" else read_text(text), None)


def decode(content: bytes) -> str:
    """The UTF-8 text of a file; raises ``UnusableInput`` for binary data and other encodings, naming Shift_JIS."""
    if content.startswith(_UTF_16_MARKS):
        raise UnusableInput(messages.UTF_16)
    _refuse_binary(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableInput(messages.SHIFT_JIS if _is_shift_jis(content) else messages.UNKNOWN_ENCODING) from error


def decode_table(content: bytes) -> str:
    """The text of a .csv file in the encodings of spreadsheets: UTF-8, CP932, or UTF-16 with its mark.

    A table is looked at before it is stored, so that CP932 may be taken here. Raises ``UnusableInput`` as ``decode``.
    """
    if content.startswith(_UTF_16_MARKS):
        encodings = ["utf-16"]
    else:
        _refuse_binary(content)
        encodings = ["utf-8-sig", "cp932"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnusableInput(messages.TABLE_ENCODING)


def _refuse_binary(content: bytes) -> None:
    for start, kind in _PACKED.items():
        if content.startswith(start):
            raise UnusableInput(messages.not_a_text_file(kind))
    if b"\x00" in content:
        raise UnusableInput(messages.not_a_text_file(""))


def _is_shift_jis(content: bytes) -> bool:
    try:
        content.decode("cp932")
    except UnicodeDecodeError:
        return False
    return True
