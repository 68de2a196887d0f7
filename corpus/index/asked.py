"""What a query asks of the lexical index: its tokens, with how many passages hold each; read once for a search."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from corpus.citysettings import terms
from corpus.index.ranking import Sought
from corpus.index.wording import Wanted, wanted_of
from corpus.terms import Term

_COUNTS = (
    "SELECT kind, token, passages, occurrences FROM lexicalcount"
    " WHERE kind = 'words' AND token IN (SELECT value FROM json_each(?))"
    " OR kind = 'signs' AND token IN (SELECT value FROM json_each(?))"
)
_BEGINNING = "SELECT coalesce(sum(passages), 0) FROM lexicalcount WHERE kind = 'signs' AND token >= ? AND token < ?"


@dataclass(frozen=True)
class Asked:
    """``words`` and ``signs`` hold the tokens of ``wanted`` with the counts of the database; ``terms``: the city's."""

    wanted: Wanted
    words: Sought
    signs: Sought
    terms: tuple[Term, ...]

    @property
    def single(self) -> bool:
        """Whether nothing but single signs is looked for, with which a pair may begin."""
        return all(len(sign) == 1 for sign in self.wanted.signs) and bool(self.wanted.signs)


def asked(session: Session, query: str) -> Asked:
    """What ``query`` asks for: its own tokens, those of the city's terms in it and of synonyms."""
    own = terms(session).terms
    wanted = wanted_of(query, own)
    kinds: Mapping[str, Mapping[str, float]] = {"words": wanted.words, "signs": wanted.signs}
    connection = session.connection()
    holding: dict[str, dict[str, int]] = {kind: {} for kind in kinds}
    totals = dict.fromkeys(kinds, (0, 0))
    # the token "" counts the passages and the length of all of them
    sought_tokens = tuple(json.dumps(["", *weights]) for weights in kinds.values())
    for kind, token, passages, occurrences in connection.exec_driver_sql(_COUNTS, sought_tokens).all():
        if token:
            holding[kind][token] = passages
        else:
            totals[kind] = passages, occurrences
    for token in wanted.signs:
        if len(token) == 1:
            # passages with several pairs that begin with it count for each
            end = token + "\U0010ffff"
            holding["signs"][token] = int(connection.exec_driver_sql(_BEGINNING, (token, end)).scalar_one())
    words, signs = (
        Sought(weights, holding[kind], totals[kind][0], max(totals[kind][1], 1) / max(totals[kind][0], 1))
        for kind, weights in kinds.items()
    )
    return Asked(wanted, words, signs, own)
