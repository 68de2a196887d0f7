"""The lexical index over real SQLite: readings, unknown words, the city's terms, counts that stay true."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session, select

from corpus.accounts import Actor
from corpus.city import setting_mark
from corpus.citysettings import last_saved, terms
from corpus.errors import StaleSetting
from corpus.index.asked import asked
from corpus.index.lexical import Fts5Index
from corpus.index.passages import change_terms, rebuild_passages, remove_passages
from corpus.index.scope import Scope
from corpus.index.wording import row_of, wanted_of
from corpus.models import Passage
from corpus.terms import Term, Terms

HANAKO = Actor(None, "花子")
TEXTS = (
    "居住の支援に関する計画を策定する。",
    "居住支援協議会を設立する。",
    "介護保険料の減免を周知した。",
    "介護の相談と保険の説明会を開いた。",
    "３３橋の定期点検を行う。",
    "しょうがいしゃの就労を支える。",
    "障害者の就労の場を広げる。",
    "ふくふく窓口で1,200件の相談を受けた。",
    "ヤングケアラーコーディネーターを置く。",
    "ABC-123 事業を開始する。",
    "ごみの減量を呼びかける。",
    "単身の高齢者を訪ねる。",
    "鵺野地区の集会所を直す。",
)


@pytest.fixture
def city(session: Session, put_sheet: Any) -> int:
    put_sheet("20道路", 2022, {"7.1": "・橋の点検の計画を立てる。"})
    return put_sheet("12福祉", 2023, {"5.1": "\n".join(f"・{line}" for line in TEXTS)})


def found(session: Session, query: str, **more: Any) -> list[str]:
    texts = {row.id: row.text for row in session.exec(select(Passage))}
    return [texts[hit.passage_id] for hit in Fts5Index().find(session, asked(session, query), 10, **more)]


def counts(session: Session) -> set[tuple[Any, ...]]:
    query = "SELECT kind, token, passages, occurrences FROM lexicalcount WHERE passages <> 0"
    return {tuple(row) for row in session.connection().execute(text(query))}


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("居住支援", "居住支援協議会を設立する。"),
        ("介護保険料", "介護保険料の減免を周知した。"),
        ("橋", "橋の点検の計画を立てる。"),
        ("ﾔﾝｸﾞｹｱﾗｰ", "ヤングケアラーコーディネーターを置く。"),
        ("ヤングケアラーコーディネータ", "ヤングケアラーコーディネーターを置く。"),
        ("ABC-123", "ABC-123 事業を開始する。"),
        ("abc-123事業", "ABC-123 事業を開始する。"),
        ("ゴミ", "ごみの減量を呼びかける。"),
        ("お年寄り", "単身の高齢者を訪ねる。"),
        ("ふくふく窓口", "ふくふく窓口で1,200件の相談を受けた。"),
        ("鵺野", "鵺野地区の集会所を直す。"),
        ("しょうがいしゃ", "しょうがいしゃの就労を支える。"),
    ],
)
def test_finds(session: Session, city: int, query: str, best: str) -> None:
    assert found(session, query)[0] == best


def test_compounds_are_found_by_their_parts_and_rank_before_them(session: Session, city: int) -> None:
    assert found(session, "居住支援")[:2] == [TEXTS[1], TEXTS[0]]
    assert set(found(session, "居住の支援")[:2]) == {TEXTS[1], TEXTS[0]}
    assert found(session, "介護保険料")[:2] == [TEXTS[2], TEXTS[3]]


def test_words_typed_count_more_than_words_added() -> None:
    wanted = wanted_of("お年寄りの支援、子どもの支援")
    assert wanted.words["高齢"] < wanted.words["年寄り"] < wanted.words["支援"] == 2


def test_a_scope_is_kept(session: Session, city: int) -> None:
    assert found(session, "橋の点検", scope=Scope(section="7.1")) == ["橋の点検の計画を立てる。"]
    first = session.exec(select(Passage.id).where(Passage.text == TEXTS[4])).one()
    assert found(session, "橋の点検", among=[first or 0]) == [TEXTS[4]]
    assert found(session, "橋の点検", scope=Scope(first_year=2023)) == [TEXTS[4]]
    assert found(session, "橋の点検", scope=Scope(section="7.1", first_year=2023)) == []
    assert found(session, "橋の点検", among=[]) == []


def test_scores_are_above_nothing_and_both_kinds_are_told(session: Session, city: int) -> None:
    hits = Fts5Index().find(session, asked(session, "鵺野の障害者"), 20)
    assert all(hit.score > 0 and (hit.words > 0 or hit.signs > 0) for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_passages_beyond_the_exact_ones_follow_them(session: Session, put_sheet: Any) -> None:
    put_sheet("12福祉", 2023, {"5.1": "\n".join(f"・相談を{number}件受けた。" for number in range(300))})
    put_sheet("20道路", 2023, {"5.1": "・相談、相談、また相談である。\n・道路を直す。"})
    hits = Fts5Index().find(session, asked(session, "相談を受けた件数"), 400)
    assert len(hits) == 301
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@given(st.text(alphabet=' "*+-^{}():.ＡＮＤORNEART橋の点検\0\ud800\u3000🙂۰', max_size=30))
def test_tokens_have_no_blank_and_no_sign_that_parts_them(text: str) -> None:
    row = row_of(text)
    for token in (*row.words, *row.compounds, *row.signs):
        assert token
        assert not any(sign.isascii() and not sign.isalnum() for sign in token)


# --- counts


def test_counts_follow_every_change(session: Session, city: int, put_sheet: Any) -> None:
    put_sheet("12福祉", 2023, {"5.1": "・居住支援の計画。\n・新しい項目。"})
    put_sheet("12福祉", 2024, {"7.1": "・居住支援の計画。"})
    remove_passages(session, city)
    kept = counts(session)
    Fts5Index().repair(session)
    assert counts(session) == kept
    assert ("words", "居住", 1, 1) in kept


def test_a_rebuild_makes_lost_counts_and_orphans_good(session: Session, city: int) -> None:
    kept = counts(session)
    session.connection().execute(text("DELETE FROM lexicalcount"))
    session.connection().execute(text("INSERT INTO passage_fts(rowid, section, words) VALUES (9999, '7．1', '橋')"))
    list(rebuild_passages(session))
    assert counts(session) == kept
    assert found(session, "橋の点検", scope=Scope(section="7.1")) == ["橋の点検の計画を立てる。"]


# --- the city's own terms


def set_terms(session: Session, *pairs: tuple[str, str]) -> Terms | None:
    chosen = Terms(terms=tuple(Term(term=term, meaning=meaning) for term, meaning in pairs))
    return change_terms(session, chosen, seen=setting_mark(terms(session)), actor=HANAKO)


def test_a_term_and_its_meaning_find_each_other(session: Session, city: int, put_sheet: Any) -> None:
    put_sheet("31子ども", 2023, {"5.2": "・福祉総合相談窓口への要望があった。"})
    assert found(session, "福祉総合相談窓口") != found(session, "ふくふく窓口")
    set_terms(session, ("しょうがいしゃ", "障害者"), ("ふくふく窓口", "福祉総合相談窓口"))
    assert set(found(session, "しょうがいしゃ")[:2]) == set(found(session, "障害者")[:2]) == {TEXTS[5], TEXTS[6]}
    both = {TEXTS[7], "福祉総合相談窓口への要望があった。"}
    assert set(found(session, "ふくふく窓口")[:2]) == set(found(session, "福祉総合相談窓口")[:2]) == both
    put_sheet("31子ども", 2024, {"5.2": "・ふくふく窓口が混んでいる。"})
    assert "ふくふく窓口が混んでいる。" in found(session, "福祉総合相談窓口")[:3]


def test_only_passages_with_a_changed_term_are_read_anew(session: Session, city: int) -> None:
    set_terms(session, ("ふくふく窓口", "福祉総合相談窓口"))
    session.commit()
    session.connection().execute(text("UPDATE passage_fts SET words = 'kept' WHERE words NOT LIKE '%ふくふく窓口%'"))
    set_terms(session, ("しょうがいしゃ", "障害者"))
    rows = session.connection().execute(text("SELECT words FROM passage_fts WHERE words <> 'kept'")).scalars().all()
    assert sorted(rows) == sorted(" ".join(row_of(line, terms(session).terms).words) for line in (TEXTS[5], TEXTS[7]))


def test_terms_taken_back_leave_nothing(session: Session, city: int) -> None:
    kept = counts(session)
    set_terms(session, ("ふくふく窓口", "福祉総合相談窓口"))
    assert counts(session) != kept
    set_terms(session)
    assert counts(session) == kept
    assert set_terms(session) is None


def test_a_stale_change_of_terms_changes_nothing(session: Session, city: int) -> None:
    set_terms(session, ("ふくふく窓口", "福祉総合相談窓口"))
    session.commit()
    kept = counts(session)
    with pytest.raises(StaleSetting, match="花子さん"):
        change_terms(session, Terms(), seen="old", actor=HANAKO)
    session.rollback()
    assert counts(session) == kept
    saved = last_saved(session, "terms")
    assert saved
    assert saved.author == "花子"


def test_pieces_put_together_hold_the_same(session: Session, put_sheet: Any) -> None:
    for year in range(2000, 2024):
        put_sheet("01見守り", year, {"7.1": f"・名簿を{year}回更新する。\n・橋を{year}か所点検する。"})
    session.commit()

    def pieces() -> int:
        return int(
            session.connection().exec_driver_sql("SELECT count(DISTINCT segid) FROM passage_fts_idx").scalar_one()
        )

    before = found(session, "橋の点検"), pieces()
    Fts5Index().settle(session, 24)
    session.commit()
    assert found(session, "橋の点検") == before[0]
    assert pieces() < before[1]
