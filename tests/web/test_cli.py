"""The ``shisaku`` commands as a script would call them: the real entry point in a process of its own, or in this one."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from web import cli

MakeObject = Callable[..., dict[str, Any]]


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("SHISAKU_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["shisaku", *arguments])
        with pytest.raises(SystemExit) as done:
            cli.main()
        out, err = capsys.readouterr()
        return Ran(int(str(done.value.code)), out, err)

    return call


@pytest.fixture
def city(run: Run, make_object: MakeObject, tmp_path: Path) -> Run:
    """The commands on a folder with three years of a measure, the last waiting for its texts."""
    waiting = make_object(2024, sections={})
    path = tmp_path / "city.jsonl"
    path.write_text(
        "\n".join(json.dumps(content) for content in (make_object(2022), make_object(2023), waiting)), "utf-8"
    )
    assert run("import", str(path)).code == 0
    return run


def write(path: Path, content: Any) -> str:
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return str(path)


def test_import_list_export_round_trip(run: Run, make_object: MakeObject, tmp_path: Path) -> None:
    path = write(tmp_path / "sheet.json", make_object())
    first, again = run("import", path, "--json"), run("import", path, "--json")
    assert (first.code, again.code) == (0, 0)
    assert [first.json["sheets"][0]["status"], again.json["sheets"][0]["status"]] == ["created", "unchanged"]
    assert set(first.json["sheets"][0]) == {
        "file",
        "measure",
        "fiscal_year",
        "status",
        "reason",
        "to_confirm",
        "warnings",
    }
    assert run("list", "--json").json[0]["sections_filled"] == 7
    out = tmp_path / "out.json"
    assert run("export", "12", "令和5年度", "--format", "json", "-o", str(out)).code == 0
    assert run("import", str(out), "--json").json["sheets"][0]["status"] == "unchanged"
    assert json.loads(out.read_text("utf-8"))["indicators"][1]["values"]["2023"]["actual"] == 12.1


def test_import_refuses_per_sheet(run: Run, make_object: MakeObject, tmp_path: Path) -> None:
    good = write(tmp_path / "good.json", make_object())
    other = write(tmp_path / "other.json", make_object(policy="別の政策"))
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    mixed = run("import", good, str(broken), str(tmp_path / "none.json"), "--json")
    assert mixed.code == 1
    assert [sheet["status"] for sheet in mixed.json["sheets"]] == ["created", "refused", "refused"]
    refused = run("import", other)
    assert refused.code == 1
    assert "政策名" in refused.out
    assert "--update" in refused.out
    assert run("import", other, "--update", "--json").json["sheets"][0]["status"] == "updated"
    assert run("import", str(broken)).code == 2


def test_check_of_files(run: Run, make_object: MakeObject, tmp_path: Path) -> None:
    right = write(tmp_path / "right.json", make_object())
    wrong_object = make_object()
    wrong_object["sections"]["6.1.results"] = "福祉活動に取り組んでいる市民の割合は12.5％であった。"
    wrong = write(tmp_path / "wrong.json", wrong_object)
    assert run("check", right, "--json").code == 0
    found = run("check", right, wrong, "--json")
    assert found.code == 1
    assert [line["summary"]["mismatch"] for line in found.lines] == [0, 1]
    (mismatch,) = [entry for entry in found.lines[1]["findings"] if entry["verdict"] == "mismatch"]
    text = wrong_object["sections"]["6.1.results"]
    assert text[mismatch["start"] : mismatch["end"]] == mismatch["text"]
    assert (mismatch["stated"], mismatch["expected"]) == (12.5, 12.1)
    assert run("list", "--json").json == [], "a check of files stores nothing"
    broken = run("check", str(tmp_path / "none.json"), right, "--json")
    assert broken.code == 2
    assert "none.json：" in broken.err
    assert "ファイルがありません" in broken.err
    assert len(broken.lines) == 1, "the readable file is checked all the same"


def test_check_of_a_stored_sheet(city: Run) -> None:
    ran = city("check", "12", "R5", "--json")
    assert ran.code == 0
    assert ran.json["measure"] == "地域福祉の推進"
    assert city("check", "13", "R5").code == 2


def test_draft(city: Run) -> None:
    ran = city("draft", "12", "2024", "6.1.results", "--json")
    assert ran.code == 0
    assert set(ran.json) == {"text", "facts", "sources", "model", "findings"}
    for fact in ran.json["facts"]:
        assert ran.json["text"][fact["start"] : fact["end"]]
        assert {"indicator", "cost"} & fact.keys()
    assert all(entry["verdict"] != "mismatch" for entry in ran.json["findings"])
    one = city("draft", "12", "2024", "6.1.results", "--direction", "2").out
    assert "展開方向２" in one
    assert "展開方向１" not in one
    assert city("draft", "12", "2024", "9.9").code == 2
    assert city("draft", "12", "2024", "6.1.results", "--direction", "7").code == 2


def test_ask(city: Run, tmp_path: Path) -> None:
    ran = city("ask", "改善余地のある課題を書いて", "--sheet", "12", "2024", "--json")
    assert ran.code == 0
    assert ran.json["understood"] == [
        {
            "action": "draft",
            "section": "6.1.issues",
            "direction": None,
            "year": None,
            "against": None,
            "measure": None,
            "query": None,
        }
    ]
    assert "担い手" in ran.json["reply"]
    lines = tmp_path / "messages.txt"
    lines.write_text("数字の整合を確認して\n\nこんにちは\n", "utf-8")
    both = city("ask", "--file", str(lines), "--sheet", "12", "2023", "--json")
    assert [line["understood"][0]["action"] for line in both.lines] == [
        "check",
        "unclear",
        "unclear",
    ], "a blank line has its answer too, so that lines and answers stay in step"
    assert city("ask", "--sheet", "12", "2023").code == 2


def test_compare(city: Run) -> None:
    ran = city("compare", "12", "2023", "5.1", "--json")
    assert ran.json["against"] == 2022
    assert ran.json["share_unchanged"] == 1
    assert {entry["class"] for entry in ran.json["sentences"]} == {"same"}


def test_search(city: Run, tmp_path: Path) -> None:
    ran = city("search", "単身高齢者の居住支援", "--json")
    assert ran.json[0]["section"] == "5.1"
    assert ran.json[0]["years"] == [2022, 2023]
    queries = tmp_path / "queries.txt"
    queries.write_text("見守り\n担い手\n", "utf-8")
    assert len(city("search", "--queries", str(queries), "--json").lines) == 2


def test_reindex(city: Run) -> None:
    ran = city("reindex")
    assert ran.code == 0
    sources = {source for hit in city("search", "見守り", "--json").json for source in hit["sources"]}
    assert sources == {"lexical", "vector"}


def test_doctor(city: Run) -> None:
    ran = city("doctor", "--json")
    assert ran.code == 0
    assert all(entry["ok"] for entry in ran.json)


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "12", "2023", "--format", "xlsx"],
        ["export", "12", "2023", "--format", "docx"],
        ["export", "12", "2023", "--format", "pdf"],
        ["import", "sheet.xlsx"],
        ["backup", "all.zip"],
        ["restore", "all.zip"],
    ],
)
def test_what_is_not_made_yet_says_so(city: Run, arguments: list[str]) -> None:
    Path("sheet.xlsx").write_bytes(b"PK\x03\x04")
    ran = city(*arguments)
    assert ran.code == 2
    assert "まだ使えません" in ran.err + ran.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "コマンド nothing はありません"),
        (["export", "12"], "年度 が指定されていません"),
        (["export", "12", "らいねん", "--format", "json"], "年度として読めません"),
        (["export", "12", "2023", "--format", "xls"], "使えるのは"),
        (["list", "--nope"], "--nope はありません"),
        (["export", "99", "2023", "--format", "json"], "99"),
    ],
)
def test_wrong_arguments_are_said_in_japanese(city: Run, arguments: list[str], words: str) -> None:
    ran = city(*arguments)
    assert ran.code == 2
    assert words in ran.err


def test_every_command_has_help_in_japanese(run: Run) -> None:
    commands = list(cli.cli.commands)
    assert {"serve", "demo", "import", "list", "export", "check", "draft", "ask", "compare", "search"} <= set(commands)
    for name in commands:
        ran = run(name, "--help")
        assert ran.code == 0
        assert "使い方: shisaku" in ran.out
        assert "Show this message" not in ran.out


def test_accounts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("ひみつの言葉123\n".encode()), "utf-8"))
    assert run("user", "add", "hanako", "--name", "花子", "--password-stdin").code == 0
    assert run("user", "disable", "hanako").code == 0
    assert run("user", "list", "--json").json == [
        {"login": "hanako", "display_name": "花子", "division": None, "role": "writer", "active": False}
    ]
    assert run("user", "disable", "taro").code == 2


def start(home: Path, *arguments: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "SHISAKU_HOME": str(home), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", "from web.cli import main; main()", *arguments]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def test_commands_at_the_same_moment_do_not_hinder_each_other(make_object: MakeObject, tmp_path: Path) -> None:
    """Four first commands in a new folder: one makes the tables, one creates the sheet, the others find it."""
    path = write(tmp_path / "sheet.json", make_object())
    running = [start(tmp_path / "new", "import", path, "--json") for _ in range(4)]
    done = [(*process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for _, _, code in done] == [0] * 4, done
    statuses = [json.loads(out)["sheets"][0]["status"] for out, _, _ in done]
    assert sorted(statuses) == ["created", "unchanged", "unchanged", "unchanged"]


def test_a_file_that_is_no_database_is_said_in_japanese(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "shisaku.db").write_text("これはデータベースではありません。" * 200, "utf-8")
    ran = run("list")
    assert ran.code == 2
    assert "データベース" in ran.err
    assert "開けません" in ran.err


def test_a_home_that_cannot_be_made_is_said_in_japanese(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    monkeypatch.setenv("SHISAKU_HOME", str(tmp_path / "file" / "data"))
    ran = run("list")
    assert ran.code == 2
    assert "SHISAKU_HOME" in ran.err


def test_a_bug_is_said_in_japanese_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("corpus.listing.list_sheets", fail)
    ran = run("list")
    assert ran.code == 2
    assert "予期しない問題" in ran.err
    assert "boom" in ran.err


def test_a_sheet_of_the_last_year_can_be_reached(run: Run, make_object: MakeObject, tmp_path: Path) -> None:
    run("import", write(tmp_path / "sheet.json", make_object(2023) | {"fiscal_year": 2100}))
    assert run("export", "12", "2100", "--format", "json").json["fiscal_year"] == 2100


def test_the_installed_command_runs(tmp_path: Path) -> None:
    environment = {**os.environ, "SHISAKU_HOME": str(tmp_path), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", "from web.cli import main; main()", "list", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
