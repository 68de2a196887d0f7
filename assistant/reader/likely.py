"""How likely each action and each section is what a message asks for, by the learnt weights.

``weights.npz`` is made by ``python -m assistant.reader.train``; it holds one weight for each cue and outcome of a
logistic regression, so every likelihood is a sum that can be looked up.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.reader.features import Message, section_cues, whole_cues
from assistant.wishes import Action
from corpus.form import SECTION_KEYS

WEIGHTS = Path(__file__).with_name("weights.npz")
ACTIONS: tuple[Action, ...] = (
    *("draft", "revise", "compare", "check", "find"),
    *("figures", "grade", "explain", "help", "unclear"),
)
SEVERAL = "several"
"""The outcome that a message asks for more than one kind of thing."""
OUTCOMES: tuple[str, ...] = (*ACTIONS, SEVERAL, *SECTION_KEYS)


@dataclass(frozen=True)
class Likely:
    """Likelihoods, 0 to 1: that an action is asked for, that more than one is, that a section is part of it."""

    actions: Mapping[Action, float]
    several: float
    sections: Mapping[str, float]


@dataclass(frozen=True)
class Weights:
    """``cues``: cue -> its row in ``table``, whose columns are ``OUTCOMES``; ``places``: of cues of one section.

    ``digest``: of the tables that they were learnt from.
    """

    cues: Mapping[str, int]
    table: Any
    start: Any
    places: Mapping[str, float]
    digest: str = ""


def likely(message: Message) -> Likely:
    """What a message asks for, likely."""
    return judged(message, read_weights())


def judged(message: Message, weights: Weights) -> Likely:
    """What a message asks for by these weights."""
    import numpy as np

    known = {weights.cues[cue]: value for cue, value in whole_cues(message).items() if cue in weights.cues}
    rows, values = list(known), np.array(list(known.values()), dtype=np.float32)
    sums = weights.start + values @ weights.table[rows].astype(np.float32)
    for place, key in enumerate(SECTION_KEYS, start=len(ACTIONS) + 1):
        sums[place] += sum(
            weights.places[cue] * value for cue, value in section_cues(message, key).items() if cue in weights.places
        )
    shares = dict(zip(OUTCOMES, (1 / (1 + np.exp(-sums))).tolist(), strict=True))
    return Likely(
        {action: shares[action] for action in ACTIONS}, shares[SEVERAL], {key: shares[key] for key in SECTION_KEYS}
    )


@cache
def read_weights(path: Path = WEIGHTS) -> Weights:
    """The weights that come with the program."""
    import numpy as np

    with np.load(path) as kept:
        cues = kept["cues"].tobytes().decode("utf-8").split("\n")
        places = kept["place_cues"].tobytes().decode("utf-8").split("\n")
        return Weights(
            {cue: row for row, cue in enumerate(cues)},
            kept["table"],
            kept["start"],
            dict(zip(places, kept["places"].astype(float).tolist(), strict=True)),
            kept["digest"].tobytes().decode("ascii"),
        )


def tables_digest(folder: Path) -> str:
    """What tells the tables in a folder from others."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(folder.glob("*.tsv")):
        # a checkout on Windows may end lines otherwise
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
