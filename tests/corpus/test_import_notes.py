"""Tables of notes in the forms in which city halls have them, and files that are no such table."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnusableInput
from corpus.exporters.notes import note_table, write_csv
from corpus.importers.notes import ReadNotes, read_notes
from corpus.importers.notes_merge import merge_notes
from corpus.importers.notes_table import MOST_READ, MOST_ROWS
from corpus.sheetfile import SheetFile
from corpus.yearfacts import FACT_KINDS, NOTE_TYPES, FactKind, YearFacts
from tests.conftest import sheet_object

MakeSheet = Callable[..., SheetFile]
MOST_BYTES = 2_000_000
SHEET = SheetFile.model_validate(sheet_object(2023))


def read(text: str | bytes, name: str = "表.csv", **more: Any) -> ReadNotes:
    content = text.encode("utf-8") if isinstance(text, str) else text
    return read_notes(name, content, SHEET, most_bytes=MOST_BYTES, **more)


def refused(content: str | bytes, name: str = "表.csv") -> str:
    with pytest.raises(UnusableInput) as caught:
        read(content, name)
    return str(caught.value)


def workbook(*sheets: tuple[str, list[list[Any]]], hidden: str = "") -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        page.sheet_state = "hidden" if name == hidden else "visible"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def fields(read_notes: ReadNotes, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(entry.note.get(name) for name in names) for entry in read_notes.notes]


# --- 事務事業


@pytest.mark.parametrize(
    ("head", "cost"),
    [
        ("事業名,事業費", "12,340"),
        ("事務事業名,決算額（千円）", "12340"),
        ("事業の名称,コスト（千円）", "１２，３４０"),
        ("事務事業,R5決算額", "12340千円"),
        ("事務事業の名称,令和5年度決算額(円)", "12340000"),
        ("事業名称,事業費（百万円）", "12.34"),
        ("◎事業名,事業費(円)", "12340千円"),
        ("事業名,金額", "1234万円"),
        ("事　業　名,決算額 【円】", "¥12340000"),
    ],
)
def test_the_cost_is_read_in_thousands_whatever_the_header_says(head: str, cost: str) -> None:
    found = read(f'{head}\n見守り事業,"{cost}"\n')
    assert fields(found, "kind", "name", "cost") == [("projects", "見守り事業", Decimal("12340"))]


def test_the_unit_of_a_title_row_counts() -> None:
    found = read("令和5年度 事務事業一覧,（単位：円）\n\n事業名,決算額\n見守り事業,1234500\n")
    assert fields(found, "cost") == [(Decimal("1234.5"),)]
    assert found.warnings == ()


def test_an_unsaid_unit_is_said_to_be_assumed() -> None:
    assert any("千円として" in line for line in read("事業名,決算額\nA,5\n").warnings)


@pytest.mark.parametrize(
    ("head", "result", "next_step"),
    [
        ("実績,今後", "r", "n"),
        ("成果,次年度", "r", "n"),
        ("取組内容,課題と今後の方向", "r", "n"),
        ("令和5年度の実績,令和6年度の取組", "r", "n"),
        ("事業の実績・成果,今後の方向性", "r", "n"),
        ("取組実績,次年度以降の取組", "r", "n"),
        ("実績・成果,今後の取組", "r", "n"),
        ("取組内容・成果,次年度の方向性", "r", "n"),
        ("実施内容及び成果,来年度の計画", "r", "n"),
        ("取組内容/効果,課題及び今後の方向性", "r", "n"),
        ("備考,所属", None, None),
    ],
)
def test_results_and_next_steps_under_many_names(head: str, result: str | None, next_step: str | None) -> None:
    found = read(f"事業名,事業費（千円）,{head}\nA,5,r,n\n")
    assert fields(found, "result", "next_step") == [(result, next_step)]
    assert found.unused == (() if result else ("備考", "所属"))


def test_budgets_and_other_years_are_not_the_cost() -> None:
    found = read("事業名,R5予算額,R4決算額,R5決算額（千円）\nA,1,2,3\n")
    assert fields(found, "cost") == [(Decimal(3),)]
    assert found.unused == ("R5予算額", "R4決算額")


@pytest.mark.parametrize(
    "written",
    ["1", "①", "展開方向1", "展開方向１「支え合いの地域づくり」", "支え合いの地域づくり", "方向1", "１．支え合い"],
)
def test_a_direction_by_number_sign_or_name(written: str) -> None:
    assert fields(read(f"展開方向,事業名\n{written},A\n"), "direction") == [(1,)]


@pytest.mark.parametrize("written", ["", "全体", "施策全体", "―", "-"])
def test_no_direction_is_the_measure_as_a_whole(written: str) -> None:
    assert fields(read(f"事業名,展開方向,事業費\nA,{written},1\n"), "direction") == [(None,)]


def test_a_merged_direction_column_is_filled_down() -> None:
    found = read("展開方向,事業名\n1,A\n,B\n2,C\n,D\n")
    assert fields(found, "direction", "name") == [(1, "A"), (1, "B"), (2, "C"), (2, "D")]
    assert any("すぐ上の行" in line for line in found.warnings)


def test_gaps_that_are_no_groups_stay_empty() -> None:
    assert fields(read("展開方向,事業名\n1,A\n,B\n1,C\n2,D\n"), "direction") == [(1,), (None,), (1,), (2,)]


def test_titles_empty_rows_and_totals_are_left_out() -> None:
    text = "事務事業一覧,,,\n\n,No.,事業名,事業費（千円）\n,,,\n,1,A,10\n,,,\n,2,B,20\n,,合　計,30\n"
    found = read(text)
    assert fields(found, "name", "cost") == [("A", 10), ("B", 20)]
    assert [entry.place for entry in found.notes] == ["5行目", "7行目"]
    assert any("30千円" in line and "一致しています" in line for line in found.warnings)


def test_a_total_that_does_not_agree_is_told() -> None:
    warning = read("事業名,事業費（千円）\nA,10\nB,20\n計,31\n").warnings[0]
    assert "31千円" in warning
    assert "30千円" in warning
    assert "一致しません" in warning


def test_a_single_column_of_names_is_a_table() -> None:
    assert fields(read("事務事業名\nA\nB\n"), "name", "cost") == [("A", None), ("B", None)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_encodings_and_separators(encoding: str, mark: str) -> None:
    text = f"事業名{mark}実績{mark}事業費（千円）\n見守り{mark}延べ12件{mark}―\n"
    assert fields(read(text.encode(encoding)), "name", "result", "cost") == [("見守り", "延べ12件", None)]


# --- the other kinds


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "数値,単位,内容,年度,出典,記入者\n２１,件,情報提供,令和5年度,業務記録,花子\n",
            ("evidence", "情報提供", Decimal(21), "件", 2023, "花子"),
        ),
        ("何の数値か,数値\n情報提供,21件\n", ("evidence", "情報提供", Decimal(21), "件", 2023, None)),
        ("項目,数値,単位\n参加率,12.1,％\n", ("evidence", "参加率", Decimal("12.1"), "％", 2023, None)),
    ],
)
def test_evidence(text: str, note: tuple[Any, ...]) -> None:
    assert fields(read(text), "kind", "what", "figure", "unit", "year", "by") == [note]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("取組実績,時期\n訓練を実施,6月\n", ("done", "訓練を実施", "2023-06")),
        ("取組予定,予定の時期\n訓練を実施,6月\n", ("planned", "訓練を実施", "2024-06")),
        ("意見・要望,発言者,時期\n増やして,市議会,R6.3\n", ("opinions", "増やして", "2024-03")),
        ("要望内容,回答,日付\n増やして,検討する,2023-09-15\n", ("opinions", "増やして", "2023-09-15")),
        ("自治体名,内容,時期\n隣市,3園に増やした,令和5年7月\n", ("other_cities", "3園に増やした", "2023-07")),
    ],
)
def test_texts(text: str, note: tuple[Any, ...]) -> None:
    assert fields(read(text), "kind", "text", "date") == [note]


def test_a_column_may_say_the_kind_of_each_row() -> None:
    found = read(
        "種類,内容,数値,事業名\n取組実績,実施した,,\n意見・要望,増やして,,\n根拠メモ,相談,21件,\n事務事業,,,A\n"
    )
    assert [entry.note["kind"] for entry in found.notes] == ["done", "opinions", "evidence", "projects"]
    assert "どれでもありません" in refused("種類,内容\n取組実績,x\n感想,y\n")


def test_a_column_of_kinds_that_is_about_something_else_is_left_unused() -> None:
    found = read("種別,事業名,事業費（千円）\nソフト,A,1\nハード,B,2\n")
    assert fields(found, "kind", "name") == [("projects", "A"), ("projects", "B")]
    assert found.unused == ("種別",)


def test_an_unclear_table_asks_and_takes_the_answer() -> None:
    text = "内容,時期\n訓練を実施,6月\n"
    assert "表の種類" in refused(text)
    assert fields(read(text, kind="done"), "kind", "text", "date") == [("done", "訓練を実施", "2023-06")]


# --- workbooks


def test_every_visible_sheet_of_a_workbook_with_a_header_is_read() -> None:
    content = workbook(
        ("表紙", [["令和5年度"], ["担当", "花子"]]),
        (
            "事業",
            [
                ["事務事業一覧", None],
                [None],
                ["事業名", "決算額（千円）", "実施時期"],
                ["A", 1234.5, None],
                ["B", 10, None],
            ],
        ),
        ("根拠", [["数値", "単位", "内容"], [21, "件", "相談"]]),
        ("実績", [["取組実績", "時期"], ["訓練", datetime(2023, 6, 15)]]),
        ("控え", [["事業名"], ["古い"]]),
        hidden="控え",
    )
    found = read(content, "施策.xlsx")
    assert [entry.place for entry in found.notes] == ["事業 4行目", "事業 5行目", "根拠 2行目", "実績 2行目"]
    assert fields(found, "cost")[:2] == [(Decimal("1234.5"),), (Decimal(10),)]
    assert found.notes[3].note["date"] == "2023-06-15"


def test_figures_of_a_workbook_have_no_binary_noise() -> None:
    content = workbook(("事業", [["事業名", "事業費（千円）"], ["A", 0.1], ["B", 1e6]]))
    assert fields(read(content, "x.xlsx"), "cost") == [(Decimal("0.1"),), (Decimal(1000000),)]


def test_a_formula_without_its_result_is_no_empty_cell() -> None:
    content = workbook(("事業", [["事業名", "事業費（千円）"], ["A", "=1+2"]]))
    message = refused(content, "x.xlsx")
    assert "事業 2行目" in message
    assert "上書き保存" in message


# --- what is no table


def bomb() -> bytes:
    content = workbook(("a", [["事業名"], ["A"]]))
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry.filename))
        new.writestr("xl/media/x.bin", b"\0" * 120_000_000)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("a.csv", b"", "ファイルが空"),
        ("a.csv", "事業名,事業費\n", "行がありません"),
        ("a.csv", "よくある文章です。\n", "見出しの行が見つかりません"),
        ("a.csv", '事業名,実績\nA,"閉じない\nB,x\n', "引用符"),
        ("a.csv", b"\x00\x01\x02", "文字のファイルとして読めません"),
        ("a.csv", b"\xff\xfe\x00", "UTF-8 か Shift_JIS"),
        ("a.csv", b"\x81\xff\xfe\xfd" * 5, "UTF-8 か Shift_JIS"),
        ("a.csv", workbook(("a", [["事業名"], ["A"]])), "Excel"),
        ("a.xlsx", b"not a workbook", "開けません"),
        ("a.xlsx", b"PK\x03\x04 broken", "開けません"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "パスワード"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "パスワード"),
        ("a.pdf", b"%PDF-1.4", ".csv"),
        ("a.csv", b"x" * (MOST_BYTES + 1), "大きすぎます"),
        ("a.csv", "事業名,事業費\n" + "".join(f"A{n},1\n" for n in range(MOST_ROWS + 1)), "2,000行"),
        ("a.csv", "事業名,事業費\nA,たくさん\nB,1\nC,多い\n", "2行目：事業費（千円）：「たくさん」"),
        ("a.csv", "事業名,事業費\nA,1,234\n", "2行目：列の数が見出しより多く"),
        ("a.csv", "事業名,事業費\nA,#REF!\n", "#REF!"),
        ("a.csv", "事業名,事業費\nA,1\n,2\n", "事務事業名が空です"),
        ("a.csv", "事業名,展開方向\nA,3\n", "展開方向がこのシートにありません"),
        ("a.csv", "事業名,展開方向\nA,1\nB,2\nA,1\n", "2行目にもあります"),
        ("a.csv", "取組実績,時期\n訓練,いつか\n", "時期として読めません"),
        ("a.csv", "数値,内容,年度\n5,相談,いつか\n", "年度として読めません"),
        ("a.json", "{", "JSON として読めません"),
        ("a.json", "3", "一覧"),
        ("a.json", '[{"text": "x"}]', "kind"),
        ("a.json", '{"done": [{"text": ""}]}', "取組実績"),
        ("a.json", '{"done": [{"txt": "x"}]}', "知らない項目"),
        ("a.json", "{}", "行がありません"),
        ("a.json", '{"done": [{"text": "x", "direction": 7}]}', "取組実績の1件目"),
    ],
)
def test_files_that_cannot_be_read_say_why(name: str, content: str | bytes, named: str) -> None:
    message = refused(content, name)
    assert named in message


def test_a_workbook_that_unpacks_too_large_is_refused() -> None:
    content = bomb()
    assert len(content) < MOST_BYTES
    assert "展開すると" in refused(content, "a.xlsx")


def test_pictures_in_a_workbook_do_not_count_as_what_is_read() -> None:
    held = io.BytesIO(workbook(("a", [["事務事業名"], ["見守り"]])))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/image1.bmp", b"0" * (MOST_READ + 1))
    assert fields(read(held.getvalue(), "a.xlsx"), "name") == [("見守り",)]
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet2.xml", b"0" * (MOST_READ + 1))
    assert "展開すると" in refused(held.getvalue(), "a.xlsx")


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+3件", "-5%に減", "'=1", "''@x", "'引用'", "―", "-", "'"])
def test_a_text_is_no_formula_in_the_exported_table_and_comes_back(text: str) -> None:
    written = write_csv("done", [NOTE_TYPES["done"].model_validate({"text": text})])
    assert written.splitlines()[1][0] not in "=+-@"
    assert fields(read(written.encode("utf-8-sig")), "text") == [(text,)]


def test_a_negative_figure_stays_a_figure_in_the_exported_table() -> None:
    note = {"what": "増減", "figure": Decimal("-1.5"), "unit": "人", "year": 2023}
    assert ",-1.5," in write_csv("evidence", [NOTE_TYPES["evidence"].model_validate(note)])


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.json", "a.tsv"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    try:
        said = str(len(read(content, name).notes))
    except UnusableInput as error:
        said = str(error)
    assert said


# --- JSON


def test_json_as_in_the_sheet_file_and_as_a_list() -> None:
    facts = {"done": [{"id": "done-7", "text": "x", "date": "2023-06"}], "evidence": [{"figure": 2, "what": "相談"}]}
    listed = [{"kind": "done", "text": "x", "date": "2023-06"}, {"kind": "evidence", "figure": 2, "what": "相談"}]
    for content in (facts, {"facts": facts}, listed):
        found = read(json.dumps(content, ensure_ascii=False), "a.json")
        assert [entry.note["kind"] for entry in found.notes] == ["done", "evidence"]
        assert "id" not in found.notes[0].note
        assert found.notes[1].note["year"] == 2023


# --- what is stored of it

printable = st.characters(
    min_codepoint=0x21, max_codepoint=0xFFEE, exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cf", "Cn", "Co")
)
words = st.text(printable | st.sampled_from("件実績、。「」\",'=事業"), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text and not text.startswith("#") and text.strip("・◆〇○●◎■□※ 　") == text
)
names = words.map(lambda word: f"事業{word}")
numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2)
dates = st.none() | st.sampled_from(["2023", "2023-06", "2024-02-29", "2019-04-30"])
directions = st.none() | st.sampled_from([1, 2])
some = st.none() | words
tables = st.one_of(
    st.tuples(st.just("done"), st.fixed_dictionaries({"text": names, "date": dates, "direction": directions})),
    st.tuples(st.just("planned"), st.fixed_dictionaries({"text": names, "date": dates, "direction": directions})),
    st.tuples(st.just("opinions"), st.fixed_dictionaries({"who": some, "text": names, "answer": some, "date": dates, "direction": directions})),
    st.tuples(st.just("other_cities"), st.fixed_dictionaries({"city": some, "text": names, "date": dates, "direction": directions})),
    st.tuples(
        st.just("projects"),
        st.fixed_dictionaries({"name": names, "direction": directions, "result": some, "cost": st.none() | numbers, "next_step": some}),
    ),
    st.tuples(
        st.just("evidence"),
        st.fixed_dictionaries(
            {"what": names, "figure": numbers, "unit": st.sampled_from(["件", "％", "か所"]), "year": st.integers(2000, 2030), "source": some, "by": some, "direction": directions}
        ),
    ),
)  # fmt: skip


@given(tables, st.integers(1, 3))
def test_a_table_reads_back_what_was_written(table: tuple[FactKind, dict[str, Any]], count: int) -> None:
    kind, note = table
    lead = "name" if kind == "projects" else "what" if kind == "evidence" else "text"
    notes = [NOTE_TYPES[kind].model_validate(note | {lead: f"{note[lead]}{place}号"}) for place in range(count)]
    for content, name in (
        (write_csv(kind, notes).encode("utf-8-sig"), "a.csv"),
        (_as_workbook(note_table(kind, notes)), "a.xlsx"),
    ):
        found = read(content, name)
        again = [
            NOTE_TYPES[kind].model_validate({key: value for key, value in entry.note.items() if key != "kind"})
            for entry in found.notes
        ]
        assert [one.model_dump() for one in again] == [one.model_dump() for one in notes]
        assert found.unused == ()


def _as_workbook(rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for place, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            # as text, whatever it looks like: Excel does so for a cell that is typed as 文字列
            cell = book.active.cell(place, column, value or None)
            if value:
                cell.data_type = "s"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.fixture
def noted(make_sheet: MakeSheet) -> SheetFile:
    projects = [{"name": "見守り事業", "cost": 100, "result": "実施", "direction": 1}, {"name": "相談事業", "cost": 50}]
    return make_sheet(facts={"projects": projects, "done": [{"text": "訓練を実施した。", "date": "2023-06"}]})


def test_merging_tells_new_same_and_changed(noted: SheetFile) -> None:
    text = "事業名,事業費（千円）,次年度\n見守り事業,120,続ける\n相談事業,50,\n新しい事業,5,\n"
    merge = merge_notes(noted, read_notes("a.csv", text.encode(), noted, most_bytes=MOST_BYTES).notes)
    assert [note.state for note in merge.notes] == ["changed", "same", "new"]
    changed = merge.notes[0]
    assert changed.fields == ("cost", "next_step")
    # what the file does not say stays
    assert (changed.after["result"], changed.after["direction"], changed.after["cost"]) == ("実施", 1, Decimal(120))


def test_another_width_of_a_name_is_the_same_project(noted: SheetFile) -> None:
    merge = merge_notes(
        noted, read_notes("a.csv", "事業名,事業費\n見守り　事業,100\n".encode(), noted, most_bytes=MOST_BYTES).notes
    )
    assert [note.state for note in merge.notes] == ["same"]


def test_every_kind_of_a_sheet_reads_back_as_the_same(noted: SheetFile) -> None:
    facts = YearFacts.model_validate(
        {
            "planned": [{"text": "広げる。", "date": "2024-06", "direction": 2}],
            "opinions": [{"who": "市議会", "text": "増やして", "answer": "検討する"}],
            "other_cities": [{"city": "隣市", "text": "行っている"}],
            "evidence": [{"what": "相談", "figure": 21, "unit": "件", "year": 2023, "by": "花子"}],
        }
        | noted.facts.as_object()
    )
    sheet = noted.model_copy(update={"facts": facts})
    for kind in FACT_KINDS:
        content = write_csv(kind, getattr(facts, kind)).encode("utf-8-sig")
        merge = merge_notes(sheet, read_notes("a.csv", content, sheet, most_bytes=MOST_BYTES).notes)
        assert [note.state for note in merge.notes] == ["same"] * len(getattr(facts, kind)), kind
