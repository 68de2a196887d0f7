"""The perturbation run over the sample city and the national programmes (``python tests/bench/perturbation.py``).

True sentences composed from stored figures, and the same with one fault each: recall, false flags, µs a sentence.
"""

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.checking.perturbation import Miss, Run, report, run, sample_views, views_of
from tests.checking.programmes import programme_files, programmes

STEP = 7
"""Every so many-th programme of each year, so that all three years and all ministries are met."""
SHOWN = 6
"""Misses and false flags shown of each kind."""


def show(title: str, misses: list[Miss], seed: int) -> None:
    """A sample of what went wrong, by fault and pattern."""
    groups: dict[tuple[str, str], list[Miss]] = {}
    for miss in misses:
        groups.setdefault((miss.note.split(":")[0], miss.pattern), []).append(miss)
    print(f"\n{title}: {len(misses)}")
    for (fault, pattern), kept in sorted(groups.items(), key=lambda group: -len(group[1])):
        print(f"\n== {fault or 'true'} / {pattern}: {len(kept)}")
        for miss in random.Random(seed).sample(kept, min(SHOWN, len(kept))):
            print(f"  [{miss.sheet}] {miss.text}   ({miss.note})")
            print(*(f"      {said}" for said in miss.said or ["nothing"]), sep="\n")


def main() -> None:
    """Print the tables, of the sample city and of the programmes, and with ``--faults`` what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=24_000, help="sentences, about half of them with a fault")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--faults", action="store_true")
    given = parser.parse_args()
    # About 11,000 sentences are to be had of the sample city with every pattern on every sheet.
    sample = run(sample_views(), seed=given.seed, faults=3, share=min(1.0, given.limit / 22_000))
    runs: list[tuple[str, Run]] = [("the sample city", sample)]
    left = given.limit - sample.sentences
    if programme_files() and left > 0:
        runs.append(("programmes", run(views_of(programmes(step=STEP)), seed=given.seed, limit=left, share=0.2)))
    if not programme_files():
        print("../shared/data is not here: the sample city alone")
    for title, found in runs:
        print(f"\n### {title}", *report(found), sep="\n")
        if given.faults:
            show("missed", found.missed, given.seed)
            show("false flags", found.flagged, given.seed)
    n = sum(found.sentences for _, found in runs)
    planted = [tally for _, found in runs for tally in found.faults.values()]
    true = [tally for _, found in runs for tally in found.true.values()]
    recall = sum(tally.caught for tally in planted) / max(1, sum(tally.n for tally in planted))
    flags = sum(tally.caught for tally in true) / max(1, sum(tally.n for tally in true))
    print(f"\nall: {n} sentences, recall {recall:.4f}, false flags {flags:.4f}")


if __name__ == "__main__":
    main()
