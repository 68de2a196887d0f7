import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from corpus.accounts import COMMAND_LINE
from corpus.importers.files import read_file
from corpus.importing import ImportedSheet, import_found
from corpus.listing import list_sheets

MakeObject = Callable[..., dict[str, Any]]
LIMIT = 1_000_000


def run(session: Session, name: str, content: bytes, *, update: bool = False) -> list[ImportedSheet]:
    return list(import_found(session, read_file(name, content, most_bytes=LIMIT), actor=COMMAND_LINE, update=update))


def as_json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def broken(make_object: MakeObject) -> dict[str, tuple[str, bytes, str]]:
    good = as_json(make_object())
    wrong = make_object()
    wrong["costs"]["2023"]["general"] = "三十一万"
    return {
        "empty": ("a.json", b"", "空です"),
        "blank": ("a.txt", b" \n\n", "空です"),
        "binary": ("a.json", bytes(range(256)), "文字のファイルとして読めません"),
        "excel named json": ("a.json", b"PK\x03\x04....", "Excel"),
        "half a JSON": ("a.json", good[: len(good) // 2], "JSON として読めません"),
        "wrong types": ("a.json", as_json(wrong), "施策コスト 令和5年度 一般財源（costs.2023.general）"),
        "too large": ("a.json", b" " * (LIMIT + 1), "大きすぎます"),
        "Shift_JIS": ("a.txt", "施策マネジメントシート".encode("cp932"), "Shift_JIS"),
        "UTF-16": ("a.txt", "施策マネジメントシート".encode("utf-16"), "UTF-16"),
        "other kind": ("a.docx", b"x", ".docx"),
        "not yet": ("a.xlsx", b"PK\x03\x04", ".xlsx の取り込みはまだ使えません"),
        "no sheet": ("a.txt", "回覧板のお知らせです。\n集合は公民館です。".encode(), ""),
        "blank lines": ("a.jsonl", b"\n\n", "空です"),
    }


KINDS = ["empty", "blank", "binary", "excel named json", "half a JSON", "wrong types", "too large"]
KINDS += ["Shift_JIS", "UTF-16", "other kind", "not yet", "no sheet", "blank lines"]


@pytest.mark.parametrize("kind", KINDS)
def test_broken_input_is_named_and_changes_nothing(session: Session, make_object: MakeObject, kind: str) -> None:
    name, content, words = broken(make_object)[kind]
    (report,) = run(session, name, content)
    assert report.status == "refused"
    assert report.file == name
    assert words in (report.reason or "")
    assert report.reason, "a reason in Japanese"
    assert list_sheets(session) == []


def test_utf8_with_a_byte_order_mark(session: Session, make_object: MakeObject) -> None:
    (report,) = run(session, "a.json", b"\xef\xbb\xbf" + as_json(make_object()))
    assert report.status == "created"


def test_each_line_is_a_sheet_of_its_own(session: Session, make_object: MakeObject) -> None:
    lines = [
        make_object(2022),
        {"format": "shisaku-sheet/1"},
        make_object(2023),
        make_object(2023),
        make_object(2023, policy="x"),
    ]
    reports = run(session, "a.jsonl", b"\n".join(as_json(line) for line in lines))
    assert [report.status for report in reports] == ["created", "refused", "created", "unchanged", "refused"]
    assert [report.file for report in reports] == [f"a.jsonl:{line}" for line in range(1, 6)]
    assert "政策名" in (reports[-1].reason or "")
    assert len(list_sheets(session)) == 2


def test_the_report_is_the_contract(session: Session, make_object: MakeObject) -> None:
    (report,) = run(session, "a.json", as_json(make_object()))
    assert report.to_object() == {
        "file": "a.json",
        "measure": "地域福祉の推進",
        "fiscal_year": 2023,
        "status": "created",
        "reason": None,
        "to_confirm": [],
        "warnings": [],
    }
