"""A stored sheet out as ``shisaku-sheet/1`` JSON, readable by people (indented, Japanese as it is)."""

from corpus.sheetfile import SheetFile


def write_json(sheet: SheetFile) -> bytes:
    """The sheet file in UTF-8, ending with a line break; importing it again changes nothing."""
    return (sheet.to_json(indent=2) + "\n").encode()
