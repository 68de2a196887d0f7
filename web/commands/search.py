"""The search: ``search`` and ``reindex``."""

import click

from corpus import messages
from corpus.settings import Settings
from web.commands.shared import EXIT_FOUND, json_option, open_database, open_index_of, print_json, read_lines
from web.japanese_click import JapaneseCommand


@click.command(cls=JapaneseCommand, help="過去の文章から似たものを探します。")
@click.argument("query", metavar="言葉", required=False)
@click.option(
    "--queries", "queries", type=click.Path(exists=True, dir_okay=False), help="1行に1つの言葉を書いたファイル。"
)
@click.option("--section", help="この欄だけ（例：6.1.issues）。")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="件数。")
@json_option
def search(query: str | None, queries: str | None, section: str | None, limit: int, as_json: bool) -> int:
    """Search past passages."""
    from corpus.form import SECTION_KEYS, section_label
    from corpus.index.search import search as find

    if (query is None) == (queries is None):
        raise click.UsageError(messages.TEXT_OR_FILE)
    if section is not None and section not in SECTION_KEYS:
        raise click.BadParameter(messages.unknown_section(section, SECTION_KEYS), param_hint="--section")
    settings = Settings()
    with open_database(settings) as (session, engine), open_index_of(settings, engine) as open_index:
        for wanted in read_lines(queries) if queries else [query or ""]:
            hits = find(session, wanted, section=section, limit=limit, index=open_index())
            if as_json:
                print_json([hit.to_object() for hit in hits])
                continue
            if not hits:
                click.echo(messages.nothing_found(wanted))
            for hit in hits:
                place = messages.passage_place(
                    hit.measure, hit.fiscal_year, section_label(hit.section, hit.fiscal_year)
                )
                click.echo(f"{hit.text}\n  {place}")
    return 0


@click.command(cls=JapaneseCommand, help="検索の索引をデータベースから作り直します。")
def reindex() -> int:
    """Rebuild the search index."""
    from corpus.index.embedding import load_embedding
    from corpus.index.vector import VectorUnavailable, open_vector_index, rebuild

    settings = Settings()
    with open_database(settings) as (session, _):
        try:
            index = open_vector_index(settings, load_embedding(settings), afresh=True)
        except VectorUnavailable as error:
            # the process that owns the index (shisaku serve) fills it from the outbox
            count = rebuild(session, None)
            session.commit()
            click.echo(messages.reindexed(count))
            click.echo(str(error), err=True)
            return EXIT_FOUND
        try:
            count = rebuild(session, index)
            session.commit()
        finally:
            index.close()
    click.echo(messages.reindexed(count))
    return 0
