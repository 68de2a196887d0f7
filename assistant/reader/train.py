"""Learns the weights of the reader from labelled messages (``python -m assistant.reader.train``).

Logistic regressions over the cues of ``features``: one for each action and for several at once, and one that all
sections share. Needs scikit-learn (extra ``embedding``), which using the weights does not. ``--measure`` leaves each
table out in turn, learns from the others, and counts on the one left out; nothing is written.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant.reader.choose import chosen
from assistant.reader.features import Message, message_of, section_cues, whole_cues
from assistant.reader.labelled import MEASURES, SHEET, Labelled, read_table, told
from assistant.reader.likely import ACTIONS, OUTCOMES, WEIGHTS, Weights, judged, tables_digest
from assistant.request_rules import read_or_heard
from assistant.wishes import Wish
from corpus.form import SECTION_KEYS

TABLES = Path(__file__).with_name("tables")
KNOWN_TO_RULES = ("developed", "second", "third", "varied")
"""Tables that the rules were made after: how well they read these tells nothing."""
STRENGTH = 20.0
"""C of the regressions, the inverse of what holds the weights down (10 and 30 read as well)."""
_RARE, _SLIGHT = 2, 0.02
"""A cue is left out that fewer messages have, or whose weights are all slighter."""


@dataclass(frozen=True)
class Example:
    """A labelled message with its cues."""

    message: Message
    expected: tuple[tuple[str, ...], ...]
    rules: tuple[Wish, ...]
    whole: Mapping[str, float]
    sections: Mapping[str, Mapping[str, float]]


def example(row: Labelled, *, rules_count: bool) -> Example:
    """The cues of a labelled message; without those of the rules where these have seen it."""
    before: list[Wish] = []
    for earlier in row.before:
        before += read_or_heard(earlier, SHEET, MEASURES, before)[1]
    read, rules = read_or_heard(row.text, SHEET, MEASURES, before)
    message = message_of(row.text, read, SHEET, before, rules if rules_count else None)
    cues = {key: section_cues(message, key) for key in SECTION_KEYS}
    return Example(message, row.expected, tuple(rules), whole_cues(message), cues)


def read_examples(folder: Path = TABLES) -> dict[str, list[Example]]:
    """Table -> its examples."""
    return {
        path.stem: [example(row, rules_count=path.stem not in KNOWN_TO_RULES) for row in read_table(path)]
        for path in sorted(folder.glob("*.tsv"))
    }


def learn(examples: Sequence[Example]) -> Weights:
    """The weights that read these messages best."""
    from scipy.sparse import block_diag, hstack
    from sklearn.feature_extraction import DictVectorizer

    whole, places = DictVectorizer(dtype=np.float32), DictVectorizer(dtype=np.float32)
    cues = whole.fit_transform(_common([one.whole for one in examples]))
    names = list(whole.get_feature_names_out())
    table = np.zeros((len(names), len(OUTCOMES)), dtype=np.float32)
    start = np.zeros(len(OUTCOMES), dtype=np.float32)
    answers: list[list[int]] = [
        [int(any(wish[0] == action for wish in one.expected)) for one in examples] for action in ACTIONS
    ]
    answers.append([int(len({wish[0] for wish in one.expected}) > 1) for one in examples])
    for column, answer in enumerate(answers):
        table[:, column], start[column] = _fitted(cues, answer)
    telling = np.flatnonzero([name[:2] in ("t:", "k:") for name in names])
    of_places = places.fit_transform(_common([one.sections[key] for key in SECTION_KEYS for one in examples]))
    answer = [int(any(wish[1] == key for wish in one.expected)) for key in SECTION_KEYS for one in examples]
    blocks = block_diag([cues[:, telling]] * len(SECTION_KEYS))
    fitted, shared = _fitted(hstack([blocks, of_places]).tocsr(), answer)
    split = len(telling) * len(SECTION_KEYS)
    table[telling, len(ACTIONS) + 1 :] = fitted[:split].reshape(len(SECTION_KEYS), -1).T
    start[len(ACTIONS) + 1 :] = shared
    kept = np.flatnonzero(np.abs(table).max(axis=1) >= _SLIGHT)
    return Weights(
        {names[at]: row for row, at in enumerate(kept)},
        table[kept].astype(np.float16),
        start,
        dict(zip(places.get_feature_names_out(), fitted[split:].tolist(), strict=True)),
    )


def _common(found: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """The cues without those that hardly any message has."""
    times = Counter(name for one in found for name in one)
    return [{name: value for name, value in one.items() if times[name] >= _RARE} for one in found]


def _fitted(cues: Any, answer: Sequence[int]) -> tuple[Any, float]:
    from sklearn.linear_model import LogisticRegression

    if len(set(answer)) == 1:
        # nobody, or everybody, asks for it
        return np.zeros(cues.shape[1], dtype=np.float32), 6.0 if answer[0] else -6.0
    # liblinear takes no wider indices
    cues.indices, cues.indptr = cues.indices.astype(np.int32), cues.indptr.astype(np.int32)
    model = LogisticRegression(C=STRENGTH, max_iter=300, solver="liblinear", random_state=0)
    model.fit(cues, answer)
    return model.coef_[0], float(model.intercept_[0])


def write(weights: Weights, path: Path, digest: str) -> None:
    """Keep the weights in half precision, with the digest of the tables that they come from."""
    np.savez_compressed(
        path,
        cues=_packed(weights.cues),
        table=weights.table,
        start=weights.start,
        place_cues=_packed(weights.places),
        places=np.array(list(weights.places.values()), dtype=np.float16),
        digest=np.frombuffer(digest.encode("ascii"), dtype=np.uint8),
    )


def _packed(names: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8)


@dataclass(frozen=True)
class Count:
    """Of ``messages``: read right (action, section, direction), drafting a section nobody asked for, asked back."""

    messages: int
    right: int
    wrong_drafts: int
    asked_back: int


def count(examples: Sequence[Example], weights: Weights) -> Count:
    """How the two readings together read these."""
    right = wrong = asked = 0
    for one in examples:
        message = replace(one.message, rules=one.rules)
        read = [told(wish) for wish in chosen(message, judged(message, weights), SHEET, MEASURES, one.rules)]
        right += [wish[:3] for wish in read] == [wish[:3] for wish in one.expected]
        drafted, meant = ({wish[1] for wish in wishes if wish[0] == "draft"} for wishes in (read, one.expected))
        wrong += bool(drafted - meant)
        unclear = [any(wish[0] == "unclear" for wish in wishes) for wishes in (read, one.expected)]
        asked += unclear == [True, False]
    return Count(len(examples), right, wrong, asked)


def measure(tables: Mapping[str, list[Example]]) -> None:
    """Print the count of each table that neither the rules nor the weights have seen."""
    counts = []
    for name, left_out in tables.items():
        if name in KNOWN_TO_RULES:
            continue
        weights = learn([one for other, examples in tables.items() if other != name for one in examples])
        counts.append(count(left_out, weights))
        _print(name, counts[-1])
    _print("all", Count(*(sum(values) for values in zip(*(vars(one).values() for one in counts), strict=True))))


def _print(name: str, counted: Count) -> None:
    share = 1 / counted.messages
    print(
        f"{name:12} {counted.messages:5} messages: right {counted.right * share:.3f},"
        f" wrong drafts {counted.wrong_drafts} ({counted.wrong_drafts * share:.3f}),"
        f" asked back {counted.asked_back * share:.3f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    given = parser.parse_args()
    tables = read_examples()
    if given.measure:
        measure(tables)
        return
    weights = learn([one for examples in tables.values() for one in examples])
    write(weights, WEIGHTS, tables_digest(TABLES))
    print(f"{sum(map(len, tables.values()))} messages, {len(weights.cues)} + {len(weights.places)} cues")


if __name__ == "__main__":
    main()
