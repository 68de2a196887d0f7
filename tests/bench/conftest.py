"""A made data folder with the sample city, once for all measurements."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from corpus.database import make_engine, open_session
from corpus.settings import Settings
from web.serving import prepare_demo


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(_env_file=None, shisaku_home=tmp_path_factory.mktemp("city"))
    prepare_demo(settings, reset=False)
    return settings


@pytest.fixture(scope="session")
def city_session(city: Settings) -> Iterator[Session]:
    engine = make_engine(city)
    with open_session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).parents[2]
