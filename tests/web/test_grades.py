"""The page of the grades: proposals with reasons, the choice of a person, two people at once."""

import json
import re
import sys
from collections.abc import Callable

import pytest
from sqlmodel import Session

from corpus.accounts import COMMAND_LINE
from corpus.city import Grading
from corpus.editing import trail
from corpus.settings import Settings
from corpus.store import get_sheet, load_sheet
from tests.conftest import SheetFactory, set_grading
from tests.web.conftest import Browser
from web import cli


def chosen(session: Session, sheet_id: int) -> tuple[str | None, ...]:
    session.expire_all()
    return tuple(load_sheet(session, get_sheet(session, sheet_id)).grades.model_dump().values())


def card(page: str, name: str) -> str:
    return page.split(f'id="grade-{name}-head"', 1)[1].split("</section>", 1)[0]


def test_the_page_shows_proposal_reason_figures_and_last_year(
    browser: Browser, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    store(make_sheet(2022))
    sheet_id = store(make_sheet(2023, grades={"overall": "C"}))
    page = browser.get(f"/sheets/{sheet_id}/grades").text
    achievement = card(page, "achievement")
    assert "成果指標2件中1件（2-ア）が目標を達成。3分の1以上のためC。" in achievement
    assert "一部の目標を達成した" in achievement
    assert re.search(
        r'value="C">\s*<span><strong>C</strong>　一部の目標を達成した <span class="badge badge--done">提案', achievement
    )
    assert re.search(r"<strong>E</strong>　[^<]*<span class=\"badge\">昨年度", achievement)
    assert re.search(r'value="" checked', achievement)
    assert re.search(r'value="C" checked', card(page, "overall"))
    assert 'id="section' not in page
    row = page.split("福祉活動に取り組んでいる市民の割合", 1)[1].split("</tr>", 1)[0]
    for words in ("12.1", "16.0", "未達成", "14.8", "R3", "低下"):
        assert words in row
    sheet = browser.get(f"/sheets/{sheet_id}").text
    assert f'href="/sheets/{sheet_id}/grades">評価を選ぶ' in sheet


def test_a_person_chooses_and_the_trail_keeps_it(browser: Browser, sheet_id: int, session: Session) -> None:
    before = chosen(session, sheet_id)
    sent = {
        "seen-achievement": "C",
        "grade-achievement": "D",
        "seen-trend": "C",
        "grade-trend": "",
        "seen-overall": "C",
        "grade-overall": "C",
    }
    page = browser.post(f"/sheets/{sheet_id}/grades", sent, follow_redirects=True).text
    assert "成果実績目標達成度、時系列比較を保存しました。" in page
    assert before == ("C", "C", "C")
    assert chosen(session, sheet_id) == ("D", None, "C")
    (entry,) = [entry for entry in trail(session, get_sheet(session, sheet_id)) if entry.action == "grade.choose"]
    assert [change.path for change in entry.changes] == ["grades.achievement", "grades.trend"]
    assert entry.actor == "見本 花子"
    table = browser.get(f"/sheets/{sheet_id}").text.split('class="table-findings"', 1)[1]
    assert "記入はDですが、数値から求めるとCです" in table


def test_looking_and_saving_unchanged_choose_nothing(browser: Browser, sheet_id: int, session: Session) -> None:
    browser.get(f"/sheets/{sheet_id}/grades")
    sent = {f"{what}-{name}": "C" for what in ("seen", "grade") for name in ("achievement", "trend", "overall")}
    assert "変更はありません" in browser.post(f"/sheets/{sheet_id}/grades", sent, follow_redirects=True).text
    assert not [entry for entry in trail(session, get_sheet(session, sheet_id)) if entry.action == "grade.choose"]


def test_a_grade_that_someone_else_chose_meanwhile_is_not_overwritten(
    browser: Browser, sheet_id: int, session: Session
) -> None:
    browser.post(f"/sheets/{sheet_id}/grades", {"seen-overall": "C", "grade-overall": "B"})
    sent = {"seen-overall": "C", "grade-overall": "D", "seen-trend": "C", "grade-trend": "B"}
    answer = browser.post(f"/sheets/{sheet_id}/grades", sent)
    assert answer.status_code == 409
    assert chosen(session, sheet_id) == ("C", "C", "B")
    assert "ほかの人が同じ場所を変えました（総合評価）" in answer.text
    overall = card(answer.text, "overall")
    assert 'name="seen-overall" value="B"' in answer.text
    assert re.search(r'value="D" checked', overall)
    assert re.search(r'value="B" checked', card(answer.text, "trend"))
    again = {"seen-overall": "B", "grade-overall": "D"}
    assert browser.post(f"/sheets/{sheet_id}/grades", again).status_code == 303
    assert chosen(session, sheet_id)[2] == "D"


@pytest.mark.parametrize("sent", [{"grade-overall": "F"}, {"seen-overall": "Z", "grade-overall": "A"}])
def test_other_letters_are_refused(browser: Browser, sheet_id: int, session: Session, sent: dict[str, str]) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/grades", sent)
    assert answer.status_code == 422
    assert "A、B、C、D、E から" in answer.text
    assert chosen(session, sheet_id) == ("C", "C", "C")


def test_without_figures_nothing_is_proposed_and_the_reason_is_said(
    browser: Browser, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    sheet_id = store(make_sheet(2023, indicators=[]))
    page = browser.get(f"/sheets/{sheet_id}/grades").text
    assert page.count("数値からの提案はありません") == 3
    assert "成果指標がないため" in page
    assert "提案どおりにする" not in page


def test_the_citys_setting_counts_on_the_pages_and_in_the_command(
    browser: Browser,
    sheet_id: int,
    session: Session,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_grading(session, Grading.model_validate({"achievement": {"a": 0.5, "b": 0.4}}), actor=COMMAND_LINE)
    session.commit()
    assert "2分の1以上のためA" in browser.get(f"/sheets/{sheet_id}/grades").text
    assert "記入はCですが、数値から求めるとAです" in browser.get(f"/sheets/{sheet_id}").text
    set_grading(
        session, Grading.model_validate({"achievement": {"a": 0.5, "b": 0.4}, "check": False}), actor=COMMAND_LINE
    )
    session.commit()
    assert "記入はC" not in browser.get(f"/sheets/{sheet_id}").text

    monkeypatch.setenv("SHISAKU_HOME", str(settings.home))
    monkeypatch.setattr(sys, "argv", ["shisaku", "check", "12", "2023", "--json"])
    with pytest.raises(SystemExit):
        cli.main()
    cells = [found["text"] for found in json.loads(capsys.readouterr().out)["findings"]]
    assert cells
    assert not [cell for cell in cells if cell.startswith(("4(1)", "4(2)"))]


def test_an_unknown_sheet_has_no_grades(browser: Browser) -> None:
    assert browser.get("/sheets/999/grades").status_code == 404
    assert browser.post("/sheets/999/grades").status_code == 404
