"""The search: ``search`` and ``reindex``."""

import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from corpus import messages
from corpus.settings import Settings
from web.commands.shared import (
    EXIT_FOUND,
    json_option,
    open_database,
    open_index_of,
    print_json,
    read_lines,
    read_year,
    tell_step,
)
from web.japanese_click import JapaneseCommand

if TYPE_CHECKING:
    from sqlmodel import Session

    from corpus.index.embedding import Embedding
    from corpus.index.hits import Hit
    from corpus.index.vector import Progress, VectorIndex

SHOWN_SECONDS, LOGGED_SECONDS = 0.2, 5.0
"""How often progress is shown: on a terminal, and in a file."""


@click.command(cls=JapaneseCommand, help="過去の文章から似たものを探します。")
@click.argument("query", metavar="言葉", required=False)
@click.option(
    "--queries", "queries", type=click.Path(exists=True, dir_okay=False), help="1行に1つの言葉を書いたファイル。"
)
@click.option("--section", help="この欄だけ（例：6.1.issues）。")
@click.option("--division", metavar="課", help="主管課がこの課のシートだけ。")
@click.option("--direction", metavar="番号", type=click.IntRange(1), help="この番号の展開方向に書かれた文だけ。")
@click.option("--measure", metavar="施策", help="この施策（番号か名称）だけ。")
@click.option("--from", "first", metavar="年度", callback=read_year, help="この年度以降のシートだけ。")
@click.option("--to", "last", metavar="年度", callback=read_year, help="この年度以前のシートだけ。")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="件数。")
@json_option
def search(
    query: str | None,
    queries: str | None,
    section: str | None,
    division: str | None,
    direction: int | None,
    measure: str | None,
    first: int | None,
    last: int | None,
    limit: int,
    as_json: bool,
) -> int:
    """Search past passages."""
    from corpus.form import SECTION_KEYS
    from corpus.index.search import Scope
    from corpus.index.search import search as find

    if (query is None) == (queries is None):
        raise click.UsageError(messages.TEXT_OR_FILE)
    if section is not None and section not in SECTION_KEYS:
        raise click.BadParameter(messages.unknown_section(section, SECTION_KEYS), param_hint="--section")
    settings = Settings()
    with open_database(settings) as (session, engine), open_index_of(settings, engine) as open_index:
        scope = Scope(
            section=section,
            direction=direction,
            division=None if division is None else _stored_division(session, division),
            measure=None if measure is None else _stored_measure(session, measure),
            first_year=first,
            last_year=last,
        )
        for wanted in read_lines(queries) if queries else [query or ""]:
            hits = find(session, wanted, scope=scope, limit=limit, index=open_index())
            if as_json:
                print_json([hit.to_object() for hit in hits])
            else:
                _show(wanted, hits)
    return 0


def _show(query: str, hits: "list[Hit]") -> None:
    from corpus.form import section_label

    if not hits:
        click.echo(messages.nothing_found(query))
    elif all(hit.weak for hit in hits):
        click.echo(messages.passages_weak(query, len(hits)))
    for hit in hits:
        place = messages.passage_place(hit.measure, hit.fiscal_year, section_label(hit.section, hit.fiscal_year))
        click.echo(f"{hit.text}\n  {place}")


def _stored_division(session: "Session", name: str) -> str:
    from corpus.listing import holdings

    known = holdings(session).divisions
    if name.strip() not in known:
        raise click.BadParameter(messages.unknown_division(name, known), param_hint="--division")
    return name.strip()


def _stored_measure(session: "Session", named: str) -> int:
    """The id of the measure with this code or name; of two cities' measures none is guessed."""
    from corpus.listing import holdings

    found = [entry for entry in holdings(session).measures if named.strip() in (entry.code, entry.name)]
    if not found:
        raise click.BadParameter(messages.unknown_measure(named), param_hint="--measure")
    if len(found) > 1:
        cities = [entry.municipality or "" for entry in found]
        raise click.BadParameter(messages.ambiguous_measure(named, cities), param_hint="--measure")
    return found[0].id


@click.command(cls=JapaneseCommand, help="検索の索引を作り直します。途中で止めても、続きから始まります。")
@click.option("--afresh", is_flag=True, help="埋め込みも、計算済みのものを使わずに作り直します。")
def reindex(afresh: bool) -> int:
    """Rebuild the search index."""
    from corpus.index.embedding import load_embedding
    from corpus.index.vector import VectorUnavailable, count_sentences, rebuild, vector_owner
    from corpus.listing import list_sheets

    settings = Settings()
    with open_database(settings) as (session, _):
        embedding = load_embedding(settings, tell_step)
        owner = vector_owner(settings, session)
        session.commit()
        try:
            index = _open_to_rebuild(settings, embedding, owner, afresh=afresh)
        except VectorUnavailable as error:
            if afresh:
                raise
            # the process that owns the index (shisaku serve) fills it from the outbox
            _run(session, rebuild(session, None))
            click.echo(messages.MADE_BY_OWNER)
            click.echo(str(error), err=True)
            return EXIT_FOUND
        try:
            _run(session, rebuild(session, index))
        finally:
            index.close()
        click.echo(messages.reindexed(len(list_sheets(session)), count_sentences(session)))
    return 0


def _open_to_rebuild(settings: Settings, embedding: "Embedding", owner: str, *, afresh: bool) -> "VectorIndex":
    """The index; files that cannot be read are thrown away, what was embedded before is not."""
    from corpus.index.vector import VectorInUse, VectorUnavailable, open_vector_index

    try:
        index = open_vector_index(settings, embedding, owner=owner, afresh=afresh)
    except VectorInUse:
        raise
    except VectorUnavailable:
        if settings.chroma_url:
            raise
        index = open_vector_index(settings, embedding, owner=owner, afresh=True)
    if afresh:
        index.clear()
    return index


def _run(session: "Session", steps: "Iterator[Progress]") -> None:
    """Go through the steps, commit each, and show how far they are: a line that is rewritten on a terminal."""
    rewritten = sys.stderr.isatty()
    every = SHOWN_SECONDS if rewritten else LOGGED_SECONDS
    stage, first, began, shown = "", 0, 0.0, 0.0
    for step in steps:
        session.commit()
        now = time.monotonic()
        if step.stage != stage:
            stage, first, began, shown = step.stage, step.done, now, 0.0
        if now - shown < every and step.done < step.total:
            continue
        shown = now
        if step.stage == "words":
            line = messages.words_progress(step.done, step.total)
        else:
            rate = (step.done - first) / max(now - began, 1e-3)
            left = int((step.total - step.done) / rate) if rate else 0
            line = messages.vectors_progress(step.done, step.total, rate, left)
        click.echo(f"\r\033[K{line}" if rewritten else line, err=True, nl=not rewritten)
    session.commit()
    if rewritten:
        click.echo(err=True)
