from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from assistant import answers
from assistant.chat import Understood, converse, record_reply, reply_to
from assistant.drafting import compose
from corpus import messages, talk
from corpus.accounts import COMMAND_LINE
from corpus.columns import now
from corpus.database import open_session
from corpus.form import SECTION_KEYS
from corpus.models import Draft, Message, Sheet
from corpus.sheetfile import ReadSheet, SheetFile
from corpus.store import find_sheet, save_sheet
from tests.assistant.conversing import HANAKO, ask


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("展開方向1の成果実績を下書きして", "展開方向１"),
        ("取組方針を昨年度にならって下書きして", "令和8年度"),
        ("改善余地のある課題を書いて", "担い手"),
        ("数字の整合を確認して", "不一致はありません。"),
        ("この欄の数字は合っている？", "どの欄のことか分からないため、シート全体"),
        ("数値チェック", "確かめたのは数値の表だけ"),
        ("成果実績の数字は合ってる？", "「6(1) 全体総括：成果実績」にはまだ文章がありません"),
        ("昨年度と何が変わった？", "どちらかの年度の文章がまだない"),
        ("見守りは他の施策でどう書いている？", "見守り"),
        ("トータルコストはいくら？", "597,613千円"),
        ("福祉活動に取り組んでいる市民の割合の推移を教えて", "12.1％"),
        ("総合評価はどうなっていますか", "成果指標 2のうち達成 0、前回の値と比べられる成果指標 2のうち向上 1"),
        ("出典はどこから？", "出どころ"),
        ("この文を短くして", "直す下書きがまだありません"),
        ("使い方を教えて", "下書き"),
        ("こんにちは", "読み取れません"),
        ("展開方向5の成果実績を下書きして", "展開方向5はこのシートにありません"),
    ],
)
def test_every_kind_of_request_is_answered(session: Session, waiting: Sheet, text: str, words: str) -> None:
    assert words in reply_to(session, waiting, text).text


@pytest.mark.parametrize(
    ("text", "shown", "not_shown"),
    [
        ("福祉活動の割合は？令和5年度の値を教えて", "令和5年度実績値 12.1％", "令和4年度"),
        ("就職の人数の目標値は？", "就職につながった人の数 令和6年度目標値 62人", "実績値"),
        ("就職につながった人は何人？", "令和6年度実績値 58人", "目標値"),
        ("令和5年度の人口は何人", "人口 令和5年度実績値 76,182人", "福祉活動"),
        ("令和5年度と令和6年度のトータルコストの差は？", "令和5年度から令和6年度への差 ▲14,613千円", "事業費計"),
        ("見守りネットワークの事業者数は何件？", "どの指標", "件）"),
        ("目標を達成した指標はどれ", "福祉活動に取り組んでいる市民の割合：", "人口"),
        ("KPIの状況を教えて", "未達成", "人口"),
        ("第2次基本計画の期間を教えて", "令和2年度から令和9年度まで", "人口"),
        ("令和4年度と令和5年度の成果実績を比較して", "令和4年度から", "どちらかの年度"),
        ("令和2年度と令和5年度の成果実績を比較して", "令和2年度のシートが保存されていない", "どちらかの年度"),
        ("昨年度と何が変わった？", "どの記述欄も、", "も「は"),
        ("一昨年度の課題を見せて", "担い手の確保が課題である", "探して"),
        ("総合評価をAにして", "評価を決めるのは担当者", "出どころ"),
        ("なぜ総合評価がBなの？", "総合評価：C", "出どころの印"),
        ("なるべく短めに課題を書いて", "長さ", "読み取れません"),
        ("課題は書かないで成果実績を下書きして", "「課題は書かないで」", "読み取れません"),
        ("成果実績は下書きしないでください", "行っていません", "の下書きです"),
    ],
)
def test_an_answer_gives_what_was_asked(
    session: Session, waiting: Sheet, text: str, shown: str, not_shown: str
) -> None:
    reply = reply_to(session, waiting, text).text
    assert shown in reply
    assert not_shown not in reply


def test_a_cost_is_not_taken_for_an_indicator_of_like_name(
    session: Session, make_sheet: Callable[..., SheetFile]
) -> None:
    sheet = make_sheet(2023)
    sheet.indicators[1].name = "協力する事業者の数"
    save_sheet(session, ReadSheet(sheet=sheet), actor=COMMAND_LINE)
    reply = reply_to(session, find_sheet(session, "12", 2023), "事業費の推移を教えて").text
    assert "事業費計(A) 令和5年度 368,045千円" in reply
    assert "事業者" not in reply


def test_other_measures_are_searched_without_the_open_one(
    session: Session, waiting: Sheet, make_sheet: Callable[..., SheetFile]
) -> None:
    other = make_sheet(
        2023,
        measure={"code": "31", "name": "ごみの減量"},
        sections={"6.1.issues": "・集積所の担い手を確保することが必要である。"},
    )
    save_sheet(session, ReadSheet(sheet=other), actor=COMMAND_LINE)
    session.commit()
    elsewhere = reply_to(session, waiting, "担い手の確保の課題は他の施策でどう書いている？").text
    assert "集積所の担い手" in elsewhere
    assert "地域福祉の推進" not in elsewhere
    alike = reply_to(session, waiting, "ほかの部署で似たような課題を書いている例を探して").text
    assert "集積所の担い手" in alike
    assert "集積所の担い手" in reply_to(session, waiting, "ごみの減量の令和5年度の課題を見せて").text
    assert "集積所の担い手" in reply_to(session, waiting, "ごみの減量の課題を見せて").text, "the newest that is written"
    assert "保存されていません" in reply_to(session, waiting, "ごみの減量の令和6年度の課題を見せて").text
    assert "地域福祉の推進" in reply_to(session, waiting, "担い手の確保の書き方を探して").text


def test_found_passages_lead_to_their_sheet_and_a_weak_result_says_so(
    session: Session, waiting: Sheet, make_sheet: Callable[..., SheetFile]
) -> None:
    issues = "・集積所の担い手を確保することが必要である。\n・粗大ごみの受付が混み合っている。"
    other = make_sheet(2023, measure={"code": "31", "name": "ごみの減量"}, sections={"6.1.issues": issues})
    save_sheet(session, ReadSheet(sheet=other), actor=COMMAND_LINE)
    session.commit()
    events = list(converse(session, waiting, "集積所の担い手の課題は他の施策でどう書いている？"))
    (passages,) = [event for event in events if isinstance(event, answers.Attachment)]
    first = passages.entries[0]
    sheet = session.get(Sheet, first["sheet_id"])
    assert sheet is not None
    assert (sheet.measure_name, first["section"]) == ("ごみの減量", "6.1.issues")
    weak = reply_to(session, waiting, "カレーの隠し味は他の施策でどう書いている？").text
    assert "見つかりませんでした" in weak


def test_the_count_of_figures_is_of_places(session: Session, waiting: Sheet) -> None:
    events = list(converse(session, waiting, "成果実績を下書きして"))
    sentences = [event.sentence for event in events if isinstance(event, answers.Sentence)]
    places = {
        (at, origin.start, origin.end)
        for at, sentence in enumerate(sentences)
        for origin in sentence.origins
        if origin.kind == "figure" and origin.start is not None
    }
    facts = sum(origin.kind == "figure" for sentence in sentences for origin in sentence.origins)
    assert len(places) < facts, "a place may be computed from several values"
    words = "".join(event.text for event in events if isinstance(event, answers.Words))
    assert f"数値 {len(places)}か所" in words


@pytest.mark.parametrize("key", SECTION_KEYS)
def test_every_section_of_a_waiting_sheet_drafts(session: Session, waiting: Sheet, key: str) -> None:
    events = list(converse(session, waiting, f"{key}を下書きして"))
    number = {
        "5.4.done": "5(4)の取組状況",
        "5.4.plan": "5(4)の取組予定",
        "6.1.results": "成果実績",
        "6.1.issues": "課題",
    }
    events = list(converse(session, waiting, f"{number.get(key, key)}を下書きして"))
    assert [event.section for event in events if isinstance(event, answers.DraftBegun)] == [key]
    sentences = [event.sentence for event in events if isinstance(event, answers.Sentence)]
    assert sentences
    assert all(sentence.origins for sentence in sentences)


def test_the_events_come_typed_and_in_the_order_of_the_graph(session: Session, waiting: Sheet) -> None:
    events = list(converse(session, waiting, "改善余地のある課題を書いて"))
    assert isinstance(events[0], Understood)
    assert isinstance(events[-1], answers.Done)
    said = [event.text for event in events if isinstance(event, answers.Status)]
    assert said == [
        messages.STATUS_GATHERING,
        messages.STATUS_PLANNING,
        messages.STATUS_WRITING,
        messages.STATUS_VERIFYING,
        messages.STATUS_BESIDE,
    ]
    begun = next(at for at, event in enumerate(events) if isinstance(event, answers.DraftBegun))
    first = next(at for at, event in enumerate(events) if isinstance(event, answers.Sentence))
    assert first == begun + 1


def test_an_answer_is_made_only_as_far_as_somebody_listens(
    session: Session, waiting: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    compose_at = compose.compose_at

    def composing(*arguments: Any) -> Any:
        for sentence in compose_at(*arguments):
            written.append(sentence.text)
            yield sentence

    monkeypatch.setattr(compose, "compose_at", composing)
    events = converse(session, waiting, "成果実績を下書きして")
    next(event for event in events if isinstance(event, answers.Sentence))
    assert len(written) == 1
    events.close()
    assert len(written) == 1


def test_several_wishes_are_answered_one_after_the_other(session: Session, waiting: Sheet) -> None:
    events = list(converse(session, waiting, "成果実績を下書きして。それから課題も書いて"))
    assert [event.section for event in events if isinstance(event, answers.DraftBegun)] == ["6.1.results", "6.1.issues"]


def test_a_reply_is_stored_with_its_draft_and_origins(session: Session, waiting: Sheet) -> None:
    reply_id = ask(session, waiting, "成果実績を下書きして")
    assert record_reply(session, reply_id)
    reply = talk.get_message(session, reply_id)
    (draft,) = talk.drafts_of_message(session, reply_id)
    assert reply.state == "done"
    assert reply.understood[0]["section"] == "6.1.results"
    assert (draft.section_key, draft.model) == ("6.1.results", "composer")
    assert 0 < draft.text_offset < len(reply.text)
    assert talk.draft_text(draft).startswith(draft.sentences[0].text)
    kinds = {origin.kind for sentence in draft.sentences for origin in sentence.origins}
    assert {"figure", "last_year", "form"} <= kinds
    for sentence in draft.sentences:
        for origin in sentence.origins:
            if origin.start is not None:
                assert sentence.text[origin.start : origin.end]


def test_readers_see_the_reply_grow(engine: Engine, session: Session, waiting: Sheet, monkeypatch: Any) -> None:
    reply_id = ask(session, waiting, "成果実績を下書きして")
    seen: list[tuple[str, int]] = []
    add_sentence = talk.add_sentence

    def look(*arguments: Any, **options: Any) -> Any:
        with open_session(engine) as reader:
            message = talk.get_message(reader, reply_id)
            seen.append((message.state, talk.reply_version(reader, message)))
        return add_sentence(*arguments, **options)

    monkeypatch.setattr(talk, "add_sentence", look)
    record_reply(session, reply_id)
    versions = [version for _, version in seen]
    assert {state for state, _ in seen} == {"running"}
    assert versions == sorted(versions)
    assert versions[0] < versions[-1]


def test_only_one_makes_a_reply(session: Session, waiting: Sheet) -> None:
    reply_id = ask(session, waiting, "使い方を教えて")
    assert record_reply(session, reply_id)
    assert not record_reply(session, reply_id)


def test_an_abandoned_reply_is_begun_anew(session: Session, waiting: Sheet) -> None:
    reply_id = ask(session, waiting, "成果実績を下書きして")
    assert talk.claim_reply(session, reply_id)
    talk.add_text(session, reply_id, "途中まで")
    talk.begin_draft(
        session,
        sheet_id=waiting.id or 0,
        message_id=reply_id,
        section_key="7.1",
        direction=None,
        model="composer",
        base_revision_id=None,
    )
    session.commit()
    assert not record_reply(session, reply_id), "its maker may still be at work"
    message = talk.get_message(session, reply_id)
    message.beat_at = now() - talk.ABANDONED_AFTER - timedelta(seconds=1)
    session.add(message)
    session.commit()
    assert talk.is_unattended(message)
    assert record_reply(session, reply_id)
    again = talk.get_message(session, reply_id)
    assert again.state == "done"
    assert "途中まで" not in again.text
    assert [draft.section_key for draft in talk.drafts_of_message(session, reply_id)] == ["6.1.results"]
    assert len(session.exec(select(Draft)).all()) == 2, "what was drafted is kept"


def test_a_stopped_reply_keeps_what_was_written_and_stays_stopped(
    engine: Engine, session: Session, waiting: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply_id = ask(session, waiting, "成果実績を下書きして")
    add_sentence = talk.add_sentence
    count = 0

    def stop_behind_the_second(*arguments: Any, **options: Any) -> Any:
        nonlocal count
        made = add_sentence(*arguments, **options)
        count += 1
        if count == 2:
            session.commit()
            with open_session(engine) as other:
                assert talk.cancel_reply(other, reply_id)
                other.commit()
        return made

    monkeypatch.setattr(talk, "add_sentence", stop_behind_the_second)
    assert record_reply(session, reply_id)
    reply = talk.get_message(session, reply_id)
    (draft,) = talk.drafts_of_message(session, reply_id)
    assert (reply.state, len(draft.sentences), count) == ("stopped", 2, 2)
    assert not record_reply(session, reply_id), "nobody goes on with it"
    assert not talk.cancel_reply(session, reply_id), "what is over cannot be stopped"


def test_a_waiting_reply_can_be_stopped_before_anybody_makes_it(session: Session, waiting: Sheet) -> None:
    reply_id = ask(session, waiting, "成果実績を下書きして")
    assert talk.cancel_reply(session, reply_id)
    session.commit()
    assert not record_reply(session, reply_id)
    assert talk.drafts_of_message(session, reply_id) == []


def test_a_question_cannot_be_stopped(session: Session, waiting: Sheet) -> None:
    conversation = talk.conversation_of(session, waiting.id or 0, HANAKO)
    question, _ = talk.ask(session, conversation, "使い方を教えて", HANAKO)
    assert not talk.cancel_reply(session, question.id or 0)


def test_a_failure_is_told_and_keeps_what_was_written(session: Session, waiting: Sheet, monkeypatch: Any) -> None:
    reply_id = ask(session, waiting, "使い方を教えて")

    def fail(*_: Any) -> Any:
        yield answers.Words("ここまで")
        raise OSError("disk")

    monkeypatch.setitem(answers._ANSWERS, "help", fail)
    assert record_reply(session, reply_id)
    reply = session.exec(select(Message).where(Message.id == reply_id)).one()
    session.refresh(reply)
    assert reply.state == "failed"
    assert reply.text == f"ここまで\n{messages.REPLY_FAILED}"


def test_a_check_tells_what_to_put_right_and_keeps_it_at_its_place(
    session: Session, make_sheet: Callable[..., SheetFile]
) -> None:
    plan = "・令和4年度は、見守り訓練を新たに実施する予定である。"
    wrong = "・人口は76,128人である。\n・参加者は412人であった。"
    save_sheet(
        session, ReadSheet(sheet=make_sheet(2023, sections={"5.4.plan": plan, "6.1.results": wrong})), actor=HANAKO
    )
    sheet = find_sheet(session, "12", 2023)
    told = reply_to(session, sheet, "数値チェック").text
    assert "不一致が2件あります（5(4) 令和6年度の取組予定 1件、6(1) 全体総括：成果実績 1件）。" in told
    assert "1件は、照らし合わせる値がシートにないため確かめていません。" in told
    assert "・6(1) 全体総括：成果実績　「76,128人」：" in told
    assert "→「76,182人」" in told
    events = list(converse(session, sheet, "数値チェック"))
    (kept,) = [event for event in events if isinstance(event, answers.Attachment)]
    assert [(one["section"], one["start"]) for one in kept.entries if one["verdict"] == "mismatch"] == [
        ("5.4.plan", 1),
        ("6.1.results", 4),
    ]
