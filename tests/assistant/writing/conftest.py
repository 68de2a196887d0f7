"""A measure's record to write from, and the real model of those tests that ask one."""

import os
from collections.abc import Callable

import pytest

from assistant.drafting.plan import DraftRequest
from assistant.drafting.widen import Stock
from corpus.settings import Settings
from corpus.sheetfile import SheetFile


@pytest.fixture
def stock(make_sheet: Callable[..., SheetFile]) -> Stock:
    done = [{"id": "n1", "direction": 1, "text": "見守り協定の研修を2回実施。", "date": "2024-10"}]
    sheet = make_sheet(2024, sections={}, facts={"done": done})
    earlier = (make_sheet(2022), make_sheet(2023))
    return Stock(DraftRequest(sheet, earlier[-1], "6.1.results"), earlier)


@pytest.fixture
def real_settings() -> Settings:
    """TEST_LLM_BASE_URL, and TEST_LLM_MODEL where the server asks for a name."""
    address = os.environ.get("TEST_LLM_BASE_URL")
    if not address:
        pytest.skip("TEST_LLM_BASE_URL is not set")
    name = os.environ.get("TEST_LLM_MODEL", "default")
    return Settings(_env_file=None, llm_model=name, llm_base_url=address, llm_wait_seconds=300)
