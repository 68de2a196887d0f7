"""The setup page: head, directions and definitions of indicators, changed field by field, all or nothing."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from corpus.accounts import Actor
from corpus.editing import change_sheet, trail, undo
from corpus.places import ABSENT, Change, value_at
from corpus.sheetfile import SheetFile
from corpus.store import get_sheet, load_sheet
from tests.conftest import SheetFactory
from tests.web.conftest import Browser

OTHER = Actor(None, "別の人")


def form_of(page: str) -> dict[str, str]:
    """Every field of the setup form as a browser would send it."""
    form = page.split('<form method="post" id="setup"', 1)[1].split("</form>", 1)[0]
    sent: dict[str, str] = {}
    for found in re.finditer(r'<input type="(hidden|text)"[^>]*? name="([^"]+)" value="([^"]*)"', form):
        sent[html.unescape(found[2])] = html.unescape(found[3])
    for found in re.finditer(r'<input type="checkbox" name="([^"]+)" value="yes"[^>]* checked', form):
        sent[html.unescape(found[1])] = "yes"
    for found in re.finditer(r'<textarea id="[^"]*" name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        sent[html.unescape(found[1])] = html.unescape(found[2])
    for found in re.finditer(r'<select id="[^"]*" name="([^"]+)".*?</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', found[0])
        sent[html.unescape(found[1])] = html.unescape(chosen[1]) if chosen else ""
    sent.pop("csrf_token")
    # the text of a box goes over the wire with CR LF
    return {name: value.replace("\n", "\r\n") for name, value in sent.items()}


class Setup:
    """The page of one sheet, filled in and sent."""

    def __init__(self, browser: Browser, session: Session, sheet_id: int) -> None:
        self.browser, self.session, self.sheet_id = browser, session, sheet_id
        self.path = f"/sheets/{sheet_id}/setup"
        self.sent = form_of(browser.get(self.path).text)

    def send(self, **fields: str) -> Any:
        return self.browser.post(
            self.path, self.sent | {name.replace("__", "."): text for name, text in fields.items()}
        )

    def post(self, fields: dict[str, str]) -> Any:
        return self.browser.post(self.path, self.sent | fields)

    def sheet(self) -> SheetFile:
        self.session.expire_all()
        return load_sheet(self.session, get_sheet(self.session, self.sheet_id))

    def other_changes(self, path: str, value: Any) -> None:
        row = get_sheet(self.session, self.sheet_id)
        before = value_at(load_sheet(self.session, row), path)
        change_sheet(self.session, row, [Change(path, before, value)], actor=OTHER)
        self.session.commit()


@pytest.fixture
def setup(browser: Browser, session: Session, sheet_id: int) -> Setup:
    return Setup(browser, session, sheet_id)


def test_saving_what_stands_there_changes_nothing(setup: Setup) -> None:
    before = setup.sheet()
    answer = setup.send()
    assert answer.status_code == 303
    assert "変更はありません" in setup.browser.get(setup.path).text
    assert setup.sheet() == before


@pytest.mark.parametrize(
    ("field", "typed", "path", "value"),
    [
        ("policy", " 福祉 ", "policy", "福祉"),
        ("policy", "", "policy", ABSENT),
        ("measure.name", "新しい名称", "measure.name", "新しい名称"),
        ("lead_division", "地域福祉課", "lead_division", "地域福祉課"),
        ("lead_person", "", "lead_person", ABSENT),
        ("plan.start", "R4", "plan.start", 2022),
        ("plan.end", "2030", "plan.end", 2030),
        ("plan.name", "第3次計画", "plan.name", "第3次計画"),
        ("related_divisions", "生活福祉課\r\n高齢課、障害課", "related_divisions", ["生活福祉課", "高齢課", "障害課"]),
        ("related_divisions", " ", "related_divisions", ABSENT),
        ("target", "・市民\r\n・事業者", "target", "・市民\n・事業者"),
        ("purpose", "新しい目的。", "purpose", "新しい目的。"),
        ("directions.1.name", "見守る", "directions.1.name", "見守る"),
        ("directions.2.means", "", "directions.2.means", ABSENT),
        ("indicators.1-ア.name", "参加率", "indicators.1-ア.name", "参加率"),
        ("indicators.1-ア.label", "イ", "indicators.1-ア.label", "イ"),
        ("indicators.1-ア.better", "lower", "indicators.1-ア.better", "lower"),
        ("indicators.1-ア.better", "", "indicators.1-ア.better", ABSENT),
        ("indicators.2-ア.decimals", "2", "indicators.2-ア.decimals", 2),
        ("indicators.2-ア.decimals", "", "indicators.2-ア.decimals", ABSENT),
        ("indicators.2-ア.place", "outcome:1", "indicators.2-ア.direction", 1),
        ("indicators.2-ア.place", "outcome:", "indicators.2-ア.direction", ABSENT),
        ("indicators.2-ア.source", "台帳", "indicators.2-ア.source", "台帳"),
    ],
)
def test_a_field_is_changed_with_a_trail_and_taken_back(
    setup: Setup, session: Session, field: str, typed: str, path: str, value: Any
) -> None:
    before = setup.sheet()
    assert setup.post({field: typed}).status_code == 303
    after = setup.sheet()
    assert value_at(after, path) == value
    row = get_sheet(session, setup.sheet_id)
    entry = trail(session, row)[0]
    assert (entry.actor, entry.action) == ("見本 花子", "sheet.edit")
    undo(session, row, entry.id, actor=OTHER)
    session.commit()
    assert setup.sheet().canonical() == before.canonical()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("measure.name", " ", "名称を入れてください"),
        ("plan.start", "昔", "年度として読めません"),
        ("plan.end", "R1", "終了年度が開始年度より前です"),
        ("indicators.1-ア.name", "", "指標の名称を入れてください"),
        ("indicators.1-ア.decimals", "多め", "候補から選んでください"),
        ("indicators.1-ア.better", "best", "候補から選んでください"),
        ("indicators.1-ア.place", "outcome:9", "展開方向9はありません"),
        ("indicators.1-ア.place", "cost:1", "候補から選んでください"),
        ("new.0.unit", "人", "指標の名称を入れてください"),
    ],
)
def test_a_wrong_field_saves_nothing_and_loses_nothing(setup: Setup, field: str, typed: str, said: str) -> None:
    before = setup.sheet()
    answer = setup.post({field: typed, "policy": "残る入力", "purpose": "残る\r\n二行"})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    again = form_of(answer.text)
    assert (again["policy"], again["was:policy"], again["purpose"]) == ("残る入力", "保健・福祉", "残る\r\n二行")
    assert setup.sheet() == before


def test_a_measure_without_a_number_keeps_its_name(
    browser: Browser, session: Session, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    setup = Setup(browser, session, store(make_sheet(2023, measure={"code": None, "name": "番号なし"})))
    answer = setup.post({"measure.name": "改名"})
    assert answer.status_code == 422
    assert "年度間のつながり" in answer.text
    assert setup.sheet().measure.name == "番号なし"


# --- new indicators and directions


def test_an_indicator_is_added_with_a_number_of_its_own(setup: Setup, session: Session) -> None:
    row = {"place": "outcome:1", "name": "見守り協定の数", "unit": "件", "better": "higher", "decimals": "0"}
    assert setup.post({f"new.0.{part}": text for part, text in row.items()}).status_code == 303
    sheet = setup.sheet()
    assert [entry.id for entry in sheet.indicators] == ["P-ア", "1-ア", "1-イ", "2-ア"]
    added = sheet.indicator("1-イ")
    assert added is not None
    assert (added.kind, added.direction, added.label, added.name) == ("outcome", 1, "イ", "見守り協定の数")
    assert (added.unit, added.better, added.decimals, added.source, added.values) == ("件", "higher", 0, None, {})
    entry = trail(session, get_sheet(session, setup.sheet_id))[0]
    undo(session, get_sheet(session, setup.sheet_id), entry.id, actor=OTHER)
    assert setup.sheet().indicator("1-イ") is None


def test_several_are_added_at_once_each_with_the_next_label(setup: Setup) -> None:
    rows = {"new.0.place": "outcome:2", "new.0.name": "甲", "new.3.place": "outcome:2", "new.3.name": "乙"}
    chosen = {
        "new.4.place": "population:",
        "new.4.name": "丙",
        "new.4.label": "ア",
        "new.5.name": "丁",
        "new.5.id": "X1",
    }
    assert setup.post({**rows, **chosen, "new.5.place": "outcome:"}).status_code == 303
    found = {entry.name: (entry.id, entry.label) for entry in setup.sheet().indicators}
    assert (found["甲"], found["乙"]) == (("2-イ", "イ"), ("2-ウ", "ウ"))
    assert (found["丙"], found["丁"]) == (("P-ア-2", "ア"), ("X1", "ア"))


@pytest.mark.parametrize(
    ("typed", "said"), [("1-ア", "ほかの指標が使っています"), ("1.ア", "空白と「.」"), ("1 ア", "空白と")]
)
def test_a_number_in_use_or_unreadable_is_refused(setup: Setup, typed: str, said: str) -> None:
    answer = setup.post({"new.0.place": "outcome:1", "new.0.name": "甲", "new.0.id": typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert form_of(answer.text)["new.0.id"] == typed


def test_rows_of_a_spreadsheet_become_new_rows_before_anything_is_saved(setup: Setup) -> None:
    before = setup.sheet()
    table = "指標名\t単位\t出典\r\n満足度\t％\t市民意識調査\r\n会員数\t人\t"
    fields = {"do": "paste", "paste": table, "paste-place": "outcome:1", "policy": "残る入力", "new.0.name": "先の行"}
    shown = setup.post(fields | {"new.0.place": "population:"})
    assert shown.status_code == 200
    assert "2行を新しい指標の欄に入れました" in shown.text
    assert setup.sheet() == before
    again = form_of(shown.text)
    assert [again[f"new.{number}.name"] for number in range(3)] == ["先の行", "満足度", "会員数"]
    assert (again["new.1.unit"], again["new.1.source"], again["new.1.place"]) == ("％", "市民意識調査", "outcome:1")
    assert again["policy"] == "残る入力"
    assert setup.browser.post(setup.path, again | {"do": "save"}).status_code == 303
    after = setup.sheet()
    assert [entry.id for entry in after.indicators] == ["P-ア", "P-イ", "1-ア", "1-イ", "1-ウ", "2-ア"]
    assert after.policy == "残る入力"


def test_a_paste_without_names_says_so(setup: Setup) -> None:
    answer = setup.post({"do": "paste", "paste": "\t％\t調査"})
    assert answer.status_code == 422
    assert "指標の名称がありません" in answer.text


def test_a_direction_is_added_together_with_its_first_indicator(setup: Setup) -> None:
    more = setup.post({"do": "more-directions", "lead_person": "残る入力"})
    again = form_of(more.text)
    assert again["newdir.0.name"] == ""
    assert again["lead_person"] == "残る入力"
    fields = {"newdir.0.name": "三つ目", "newdir.0.means": "◆一\r\n◆二", "do": "save"}
    first = {"new.0.place": "outcome:3", "new.0.name": "新しい率"}
    assert setup.browser.post(setup.path, again | fields | first).status_code == 303
    sheet = setup.sheet()
    added = sheet.direction(3)
    assert added is not None
    assert (added.name, added.purpose, added.means) == ("三つ目", None, "◆一\n◆二")
    assert sheet.indicators[-1].id == "3-ア"


def test_more_rows_keep_what_is_typed(setup: Setup) -> None:
    shown = setup.post({"do": "more-indicators", "new.0.name": "甲", "new.0.place": "outcome:1"})
    again = form_of(shown.text)
    assert again["new.0.name"] == "甲"
    assert "new.3.name" in again
    assert "new.4.name" not in again


def test_directions_end_at_twenty(
    browser: Browser, session: Session, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    setup = Setup(
        browser, session, store(make_sheet(2023, directions=[{"number": 20, "name": "終わり"}], indicators=[]))
    )
    answer = setup.post({"newdir.0.name": "もう一つ"})
    assert answer.status_code == 422
    assert "展開方向は20までです" in answer.text


# --- what has to be agreed to


def test_removing_an_indicator_asks_first_and_can_be_undone(setup: Setup, session: Session) -> None:
    before = setup.sheet()
    asked = setup.post({"remove:indicators.1-ア": "yes", "policy": "残る入力"})
    assert asked.status_code == 200
    assert (
        "指標 1-ア「福祉活動に取り組んでいる市民の割合」を削除します。入っている数値6個も一緒に消えます" in asked.text
    )
    assert setup.sheet() == before
    again = form_of(asked.text)
    assert again["policy"] == "残る入力"
    assert setup.browser.post(setup.path, again).status_code == 303
    assert setup.sheet().indicator("1-ア") is None
    assert setup.sheet().policy == "残る入力"
    row = get_sheet(session, setup.sheet_id)
    undo(session, row, trail(session, row)[0].id, actor=OTHER)
    session.commit()
    assert setup.sheet().canonical() == before.canonical()


def test_an_answer_counts_only_for_what_was_asked(setup: Setup) -> None:
    again = form_of(setup.post({"remove:indicators.1-ア": "yes"}).text)
    setup.other_changes("indicators.1-ア.values.2026.target", 17)
    asked = setup.browser.post(setup.path, again)
    assert asked.status_code == 200
    assert "数値7個" in asked.text
    assert setup.sheet().indicator("1-ア") is not None


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("indicators.1-ア.unit", "ポイント", "「％」から「ポイント」に変えます。入っている数値6個は換算されません"),
        ("indicators.1-ア.unit", "", "「％」から「なし」に変えます"),
        ("indicators.1-ア.decimals", "0", "整数で書くことにします。これより細かい数値が4個"),
        ("indicators.1-ア.place", "population:", "対象指標に変えます"),
    ],
)
def test_a_change_that_figures_do_not_follow_warns(setup: Setup, field: str, typed: str, said: str) -> None:
    before = setup.sheet()
    asked = setup.post({field: typed})
    assert asked.status_code == 200
    assert said in asked.text
    assert setup.sheet() == before
    assert setup.browser.post(setup.path, form_of(asked.text)).status_code == 303
    after = setup.sheet()
    assert after.indicators[1].values == before.indicators[1].values
    assert after != before


def test_a_direction_in_use_is_not_removed(setup: Setup) -> None:
    setup.other_changes("facts.done-1", {"kind": "done", "id": "done-1", "direction": 2, "text": "訓練", "date": None})
    answer = setup.post({"remove:directions.2": "yes"})
    assert answer.status_code == 422
    assert "展開方向2は削除できません" in answer.text
    assert "成果指標 2-ア「就職につながった人の数」、取組実績1件" in html.unescape(answer.text)
    assert setup.sheet().direction(2) is not None


def test_a_direction_goes_with_the_indicator_that_moves_away(setup: Setup) -> None:
    asked = setup.post({"remove:directions.2": "yes", "indicators.2-ア.place": "outcome:1"})
    assert "展開方向2「自立支援の推進」を、目的・手段とともに削除します" in asked.text
    assert setup.browser.post(setup.path, form_of(asked.text)).status_code == 303
    sheet = setup.sheet()
    assert [entry.number for entry in sheet.directions] == [1]
    moved = sheet.indicator("2-ア")
    assert moved is not None
    assert moved.direction == 1


# --- two people


def test_what_another_person_entered_is_shown_and_not_overwritten(setup: Setup) -> None:
    setup.other_changes("policy", "ほかの人の政策")
    setup.other_changes("lead_person", "別の人")
    answer = setup.post({"policy": "私の政策", "purpose": "私の目的"})
    assert answer.status_code == 409
    assert "ほかの人の政策" in answer.text
    assert setup.sheet().policy == "ほかの人の政策"
    again = form_of(answer.text)
    assert (again["policy"], again["was:policy"]) == ("私の政策", "ほかの人の政策")
    assert (again["lead_person"], again["purpose"]) == ("別の人", "私の目的")
    assert setup.browser.post(setup.path, again).status_code == 303
    after = setup.sheet()
    assert (after.policy, after.purpose, after.lead_person) == ("私の政策", "私の目的", "別の人")


def test_figures_that_another_person_enters_meanwhile_stay(setup: Setup) -> None:
    setup.other_changes("indicators.1-ア.values.2026.target", 17)
    assert setup.post({"indicators.1-ア.name": "参加率"}).status_code == 303
    entry = setup.sheet().indicators[1]
    assert (entry.name, entry.value(2026, "target")) == ("参加率", 17)


def test_the_same_wish_twice_is_no_conflict(setup: Setup) -> None:
    setup.other_changes("policy", "同じ政策")
    assert setup.post({"policy": "同じ政策"}).status_code == 303


def test_what_was_typed_for_a_removed_indicator_is_shown(setup: Setup) -> None:
    setup.other_changes("indicators.2-ア", ABSENT)
    answer = setup.post({"indicators.2-ア.name": "失われない名称"})
    assert answer.status_code == 409
    assert "失われない名称" in answer.text
    assert "入れる先をほかの人が削除した" in answer.text
    assert setup.browser.post(setup.path, form_of(answer.text)).status_code == 303


HOSTILE = "<script>alert(1)</script>\"'</textarea><b>"


def test_hostile_texts_stay_texts_and_come_back_unchanged(
    browser: Browser, session: Session, store: Callable[..., int], make_object: Callable[..., dict[str, Any]]
) -> None:
    content = make_object(2023, policy=HOSTILE, purpose="\n" + HOSTILE, related_divisions=["甲、乙", HOSTILE])
    content["indicators"][1] |= {"id": HOSTILE, "name": HOSTILE, "unit": HOSTILE}
    content["directions"][0]["name"] = HOSTILE
    setup = Setup(browser, session, store(SheetFile.model_validate(content)))
    page = browser.get(setup.path).text
    assert "<script>alert" not in page
    assert "</textarea><b>" not in page
    before = setup.sheet()
    assert setup.post({f"indicators.{HOSTILE}.source": "出典"}).status_code == 303
    after = setup.sheet()
    assert after.indicators[1].source == "出典"
    assert after.related_divisions == ["甲、乙", HOSTILE]
    assert after.purpose == before.purpose
    setup.sent = form_of(browser.get(setup.path).text)
    setup.post({"related_divisions": "甲、乙\n丙、丁"})
    assert setup.sheet().related_divisions == ["甲、乙", "丙", "丁"]


def test_a_form_of_nonsense_is_no_error(setup: Setup) -> None:
    before = setup.sheet()
    nonsense = {
        "was:": "",
        "new.x.name": "x",
        "new.99999.name": "x",
        "newdir.-1.name": "x",
        "remove:directions.x": "yes",
    }
    answer = setup.browser.post(setup.path, {**nonsense, "was:nowhere.1": "a", "nowhere.1": "b", "do": "dance"})
    assert answer.status_code in (303, 409, 422)
    assert setup.sheet() == before
    assert setup.browser.get("/sheets/9999/setup").status_code == 404
