"""The closer look at the best sentences: what one word asks for counts, and nothing is lost."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from sqlmodel import Session, select

from corpus.index.closer import LOOKED_AT, look_closer
from corpus.index.embedding import load_embedding
from corpus.index.static_model import StaticModel, Tokens
from corpus.index.vector import VectorIndex, open_vector_index
from corpus.models import Passage
from corpus.settings import Settings

BROKEN, LENT, PLAN = "端末の故障が多い。", "端末を貸与する。", "計画を策定する。"


@pytest.fixture
def bundled(tmp_path: Any) -> StaticModel:
    model = load_embedding(Settings(_env_file=None, shisaku_home=tmp_path))
    assert isinstance(model, StaticModel)
    return model


@pytest.fixture
def index(settings: Settings) -> Iterator[VectorIndex]:
    opened = open_vector_index(settings, load_embedding(settings))
    yield opened
    opened.close()


def tokens(model: StaticModel, texts: list[str]) -> list[Tokens]:
    return model.read_passages(texts)[1]


def hashes(session: Session, put_sheet: Any, texts: list[str]) -> dict[str, str]:
    put_sheet("12福祉", 2023, {"5.1": "\n".join(f"・{text}" for text in texts)})
    return dict(session.exec(select(Passage.text, Passage.text_hash)).all())


def test_a_text_covers_itself_best_and_nothing_covers_nothing(bundled: StaticModel) -> None:
    covered, whole = bundled.coverage([BROKEN, ""], tokens(bundled, [PLAN, BROKEN, LENT, ""]))
    assert covered.shape == (4, 2)
    assert covered[:, 0].argmax() == 1
    assert covered[1, 0] == pytest.approx(whole[0])
    assert covered[3, 0] == 0
    assert covered[2, 0] > covered[0, 0]
    assert not covered[:, 1].any()
    assert whole[1] == 0


@pytest.mark.parametrize("wanted", [[], [""], [BROKEN]])
@pytest.mark.parametrize("texts", [[], [""], [BROKEN]])
def test_a_coverage_has_a_row_a_text_and_a_column_a_phrase(
    bundled: StaticModel, wanted: list[str], texts: list[str]
) -> None:
    covered, whole = bundled.coverage(wanted, tokens(bundled, texts))
    assert covered.shape == (len(texts), len(wanted))
    assert whole.shape == (len(wanted),)


def test_where_and_how_often_a_word_stands_does_not_count(bundled: StaticModel) -> None:
    covered, whole = bundled.coverage(["故障", "故障故障"], tokens(bundled, [BROKEN, f"{PLAN}{LENT}{BROKEN}{BROKEN}"]))
    assert covered[1, 0] >= covered[0, 0] > 0
    assert np.allclose(covered[:, 0], covered[:, 1])
    assert whole[0] == pytest.approx(whole[1])


def test_a_coverage_of_many_texts_is_that_of_each(bundled: StaticModel) -> None:
    texts = [f"{number}番目の橋の{what}を行う。" for number in range(30) for what in ("点検", "修繕", "架替え")]
    together, _ = bundled.coverage(["橋が壊れた", "古い橋"], tokens(bundled, texts))
    alone = np.vstack([bundled.coverage(["橋が壊れた", "古い橋"], tokens(bundled, [text]))[0] for text in texts])
    assert np.allclose(together, alone, atol=1e-5)


def test_the_best_are_ranked_anew(session: Session, put_sheet: Any, index: VectorIndex) -> None:
    names = hashes(session, put_sheet, [PLAN, LENT, BROKEN])
    found = look_closer(session, BROKEN, {names[PLAN]: 0.5, names[LENT]: 0.5, names[BROKEN]: 0.5}, index)
    assert next(iter(found)) == names[BROKEN]
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_many_other_words_for_one_do_not_drown_the_rest(session: Session, put_sheet: Any, index: VectorIndex) -> None:
    # コロナ has five other words in the table, and both sentences speak of a decrease
    pandemic, overtime = "新型コロナウイルス感染症により利用が減った。", "新型コロナにより時間外勤務が減った。"
    names = hashes(session, put_sheet, [pandemic, overtime, PLAN])
    found = look_closer(session, "コロナで残業が減った", dict.fromkeys(names.values(), 0.5), index)
    assert list(found) == [names[overtime], names[pandemic], names[PLAN]]


def test_a_name_without_everyday_words_is_left_as_it_is(session: Session, put_sheet: Any, index: VectorIndex) -> None:
    names = hashes(session, put_sheet, [PLAN, BROKEN])
    scores = {names[PLAN]: 0.6, names[BROKEN]: 0.5}
    assert look_closer(session, "端末故障", scores, index) == scores


def test_the_others_stay_behind_in_their_order(session: Session, put_sheet: Any, index: VectorIndex) -> None:
    texts = [f"第{number}号の橋を点検する。" for number in range(LOOKED_AT)]
    names = hashes(session, put_sheet, [*texts, BROKEN, LENT])
    order = [names[text] for text in [*texts, BROKEN, LENT]]
    scores = {name: 1 - place / 100 for place, name in enumerate(order)}
    found = look_closer(session, BROKEN, scores, index)
    assert list(found)[LOOKED_AT:] == order[LOOKED_AT:]
    assert sorted(found.values(), reverse=True) == list(found.values())
    assert set(found) == set(scores)
    assert all(0 <= score <= 1 for score in found.values())


def test_without_a_model_that_knows_words_the_order_stays(session: Session, put_sheet: Any) -> None:
    names = hashes(session, put_sheet, [PLAN, BROKEN])
    scores = {names[PLAN]: 0.6, names[BROKEN]: 0.5}
    assert look_closer(session, BROKEN, scores, None) == scores


def test_a_sentence_deleted_meanwhile_and_an_empty_list(session: Session, put_sheet: Any, index: VectorIndex) -> None:
    names = hashes(session, put_sheet, [PLAN])
    assert set(look_closer(session, PLAN, {"gone": 0.9, names[PLAN]: 0.5}, index)) == {"gone", names[PLAN]}
    assert look_closer(session, PLAN, {"gone": 0.9}, index) == {"gone": 0.9}
    assert look_closer(session, PLAN, {}, index) == {}
