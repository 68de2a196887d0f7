"""What the composer writes for the sample city's waiting sheets, in figures (``python tests/bench/drafting.py``).

Eight sheets of the newest year with empty sections, ten sections each: the checker's verdicts, drafts with the same
text, sentence lengths, sentence patterns that stand too often in one sheet, places to fill in, time.
``--texts CODE`` prints the drafts of one sheet to read.
"""

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus.database import make_engine, open_session
from corpus.settings import Settings
from tests.drafts import Measured, alike, lengths, measure, patterns_by_sheet
from web.serving import prepare_demo


def report(drafts: Sequence[Measured]) -> str:
    verdicts = Counter(found.verdict for one in drafts for found in one.findings)
    sizes = lengths(drafts)
    lines = [
        f"drafts: {len(drafts)}, with the same text: {len(alike(drafts))}",
        f"figures that are not stored: {sum(len(one.foreign_figures) for one in drafts)}",
        "findings: " + ", ".join(f"{name} {count}" for name, count in sorted(verdicts.items())),
        *(
            f"  {one.code} {one.section} {found.verdict}: {found.text} ({found.message})"
            for one in drafts
            for found in one.findings
            if found.verdict != "match"
        ),
        f"sentences: {len(sizes)}, length median {median(sizes)}, p90 {sizes[len(sizes) * 9 // 10]}, most {sizes[-1]}",
        _seconds("first sentence", [one.first for one in drafts]),
        _seconds("whole section", [one.whole for one in drafts]),
    ]
    for section in dict.fromkeys(one.section for one in drafts):
        texts = [one.draft.text for one in drafts if one.section == section]
        fill, confirm = (sum(len(re.findall(mark, text)) for text in texts) for mark in ("【要記入", "【要確認"))
        lines.append(f"{section}: 要記入 {fill / len(texts):.1f}, 要確認 {confirm / len(texts):.1f} a draft")
    lines.append("patterns that stand too often:")
    for code, found in patterns_by_sheet(drafts).items():
        for text, count in found.repeated:
            lines.append(f"  {code} {count} times {text}")
            lines += [f"      {section} {sentence}" for section, sentence in found.examples[text][:3]]
    return "\n".join(lines)


def _seconds(name: str, times: Sequence[float]) -> str:
    return f"{name}: median {median(times) * 1000:.0f} ms, most {max(times) * 1000:.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", metavar="CODE")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(_env_file=None, shisaku_home=Path(home))
        prepare_demo(settings, reset=False)
        engine = make_engine(settings)
        with open_session(engine) as session:
            drafts = measure(session)
        engine.dispose()
    if asked.texts:
        print("\n".join(f"--- {one.section}\n{one.draft.text}" for one in drafts if one.code == asked.texts))
    else:
        print(report(drafts))


if __name__ == "__main__":
    main()
