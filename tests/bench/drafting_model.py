"""Drafts of waiting sheets by a real model (``python tests/bench/drafting_model.py --base-url … --model … --out …``).

With slots, as the program writes; with ``--way figures``, the same lines with their figures in them and nothing checked;
with ``--way free``, a text from the table of figures and last year's text, as a chat on top of a model would. Each draft is a line of the file ``--out``: a run that broke off goes on where it was.
``--report`` prints the tables of such a file, ``--bare`` sends its calls once more by themselves and compares the time.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from assistant.checking.findings import Finding
from assistant.checking.numerals import find_figures
from assistant.drafting.compose import compose_at
from assistant.drafting.desk import set_desk
from assistant.drafting.draft import Draft, DraftSentence, Origin
from assistant.drafting.lines import lines_of, mark_of, with_sentences
from assistant.drafting.plan import DraftRequest
from assistant.drafting.verify import findings_about
from assistant.llm import open_pen
from assistant.writing.hearing import Hearing
from assistant.writing.loop import Ended, rewritten
from assistant.writing.values import Call, Pen
from assistant.writing.wire import answered_lines
from corpus.database import make_engine, open_session
from corpus.fiscal import wareki
from corpus.form import SERIES_LABELS, section_label
from corpus.settings import Settings
from prompts import Prompted
from tests.drafts import requests_of
from web.serving import prepare_demo

SHEETS = 2
PLAIN = """あなたは市役所で施策の評価シートを書く職員を助けます。たたき台の各行を、読みやすく自然な公用文に書き直します。
数値と年度は、たたき台のとおりに使います。たたき台にない事実を加えません。
答えは「行の記号: 文」だけを一行ずつ書きます。説明やあいさつは書きません。"""
"""What a model is told that sees the figures."""
FREE = """あなたは市役所で施策の評価シートを書く職員を助けます。今年度の数値と昨年度の文章から、今年度の文章を書きます。
数値と年度は正確に書きます。記録にない事実を加えません。項目は「・」で始めて一行ずつ書きます。説明やあいさつは書きません。"""
"""What a model is told that writes by itself."""


@dataclass(frozen=True)
class Job:
    """One draft to be written: ``code`` of the sheet, and in which ``way``."""

    code: str
    request: DraftRequest
    way: str

    @property
    def key(self) -> str:
        return f"{self.code} {self.request.section} {self.way}"


def jobs(settings: Settings, sheets: int, way: str) -> list[Job]:
    """The sections of the first ``sheets`` waiting sheets of the sample city."""
    engine = make_engine(settings)
    with open_session(engine) as session:
        found = [Job(code, request, way) for code, request, _ in requests_of(session)]
    engine.dispose()
    codes = list(dict.fromkeys(job.code for job in found))[:sheets]
    return [job for job in found if job.code in codes]


def with_slots(job: Job, pen: Pen) -> dict[str, Any]:
    """The draft as the program writes it."""
    began = time.perf_counter()
    calls: list[Call] = []
    desk = set_desk(job.request)
    composed = tuple(compose_at(desk, job.request))
    sentences: list[DraftSentence] = []
    first, ended = None, None
    for item in rewritten(desk, job.request, composed, replace(pen, log=calls.append)):
        if isinstance(item, Ended):
            ended = item
        elif item is not None:
            sentences.append(item)
            if first is None and not item.heading:
                first = time.perf_counter() - began
    total = time.perf_counter() - began
    assert ended is not None
    return {
        "tally": vars(ended.tally),
        "faults": Counter(fault.kind for fault in ended.faults),
        "failure": str(ended.failure) if ended.failure else "gave up" if ended.given_up else None,
        "first": first,
        "total": total,
    } | _outcome(job, tuple(sentences), composed, calls, desk.checker)


def with_figures(job: Job, pen: Pen) -> dict[str, Any]:
    """The draft of a model that sees the figures: what it wrote stays, as nobody checks it."""
    began = time.perf_counter()
    calls: list[Call] = []
    desk = set_desk(job.request)
    composed = tuple(compose_at(desk, job.request))
    draft = Draft(job.request.section, None, job.request.sheet.fiscal_year, composed)
    lines = list(lines_of(draft))
    sendable = [place for place, line in enumerate(lines) if line.kind == "item" and len(line.text) >= 14]
    changed = 0
    for start in range(0, len(sendable), 5):
        keys = {chr(ord("A") + number): place for number, place in enumerate(sendable[start : start + 5])}
        bare = {key: lines[place].text.removeprefix(mark_of(lines[place].sentences[0])) for key, place in keys.items()}
        user = "<たたき台>\n" + "\n".join(f"{key}: {text}" for key, text in bare.items()) + "\n</たたき台>\n答え"
        hearing = Hearing(replace(pen, log=calls.append), Prompted(PLAIN, user, "plain", 0))
        came = 0
        for answer in answered_lines(hearing, list(keys)):
            if answer is None:
                continue
            came += 1
            key, words = answer
            place = keys[key]
            changed += _figures(words) != _figures(bare[key])
            mark = mark_of(lines[place].sentences[0])
            sentence = DraftSentence(mark + words, False, lines[place].sentences[0].direction, (Origin("model"),))
            lines[place] = replace(lines[place], sentences=(sentence,))
        hearing.end(enough=came == len(keys))
    sentences = with_sentences(draft, lines).sentences
    return {"lines": len(sendable), "changed": changed, "total": time.perf_counter() - began} | _outcome(
        job, sentences, composed, calls, desk.checker
    )


def free(job: Job, pen: Pen) -> dict[str, Any]:
    """The draft of a model that is given the table of figures and last year's text; what it wrote stays."""
    began = time.perf_counter()
    calls: list[Call] = []
    desk = set_desk(job.request)
    composed = tuple(compose_at(desk, job.request))
    hearing = Hearing(replace(pen, log=calls.append), Prompted(FREE, _material(job, desk.text), "free", 0))
    text = "".join(piece or "" for piece in hearing)
    hearing.end()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    sentences = tuple(DraftSentence(line, False, None, (Origin("model"),)) for line in lines)
    return {"lines": len(lines), "changed": 0, "total": time.perf_counter() - began} | _outcome(
        job, sentences, composed, calls, desk.checker
    )


def _material(job: Job, last_year: str) -> str:
    """The section, the figures of three years, and last year's text, as a person would put them into a chat."""
    sheet = job.request.sheet
    rows = [
        f"欄：{section_label(job.request.section, sheet.fiscal_year)}",
        f"評価年度：{wareki(sheet.fiscal_year)}",
        "数値",
    ]
    for entry in sheet.indicators:
        for year in range(sheet.fiscal_year - 2, sheet.fiscal_year + 1):
            cells = entry.values.get(year)
            told = (
                [f"{SERIES_LABELS[name]}{value}{entry.unit}" for name, value in cells if value is not None]
                if cells
                else []
            )
            if told:
                rows.append(f"「{entry.name}」{wareki(year)}：{'、'.join(told)}")
    return "\n".join([*rows, "昨年度の文章", last_year[:1200], "今年度の文章"])


def _figures(text: str) -> Counter[str]:
    return Counter(str(found.value) + found.unit for found in find_figures(text))


def _outcome(
    job: Job, sentences: tuple[DraftSentence, ...], composed: tuple[DraftSentence, ...], calls: list[Call], checker: Any
) -> dict[str, Any]:
    draft = Draft(job.request.section, None, job.request.sheet.fiscal_year, sentences)
    own = replace(draft, sentences=composed)
    return {
        "key": job.key,
        "text": draft.text,
        "composer": own.text,
        "findings": _verdicts(findings_about(draft, checker)),
        "composer_findings": _verdicts(findings_about(own, checker)),
        "calls": [
            {"prompt": call.prompt, "sent": call.sent, "received": call.received, "seconds": call.seconds}
            | {"first": call.first, "outcome": call.outcome, "asked": call.asked, "answered": call.answered}
            for call in calls
        ],
    }


def _verdicts(findings: list[Finding]) -> Counter[str]:
    return Counter(found.verdict for found in findings)


def bare(records: list[dict[str, Any]], pen: Pen, limit: int) -> None:
    """The calls of some drafts once more, in their order and by themselves, up to as many characters."""
    ours, alone, signs = 0.0, 0.0, 0
    for record in [one for one in records if one["key"].endswith("slots") and one["calls"]][:limit]:
        ours += record["total"]
        for call in record["calls"]:
            system, user = call["asked"].split("\n\n", 1)
            began, heard = time.perf_counter(), 0
            pieces = pen.speak(Prompted(system, user, call["prompt"], 0))
            for piece in pieces:
                heard += len(piece or "")
                if heard >= call["received"]:
                    break
            pieces.close()  # type: ignore[attr-defined]
            alone += time.perf_counter() - began
            signs += heard - call["received"]
        print(f"  {record['key']}: {record['total']:.1f} s, alone so far {alone:.1f} s", flush=True)
    print(
        f"whole drafts {ours:.1f} s, their calls alone {alone:.1f} s: {ours / alone - 1:+.1%} ({signs:+d} characters)"
    )


def report(records: list[dict[str, Any]]) -> None:
    """The tables."""
    slots = [one for one in records if one["key"].endswith("slots")]
    if slots:
        tally = sum((Counter(one["tally"]) for one in slots), Counter())
        sent = sum(tally[name] for name in ("written", "mended", "copied", "fallen"))
        print(f"\n{len(slots)} drafts with slots, {sent} lines sent, {tally['own']} of the composer alone")
        for name in ("written", "copied", "mended", "fallen"):
            print(f"  {name:8} {tally[name]:4} {tally[name] / max(sent, 1):6.1%}")
        print("  faults", dict(sum((Counter(one["faults"]) for one in slots), Counter()).most_common()))
        _times(slots)
        _verdict_table(slots)
        print("  failures", [one["key"] + ": " + one["failure"] for one in slots if one["failure"]])
    for way, title in (("figures", "with the figures in the lines"), ("free", "from the table of figures")):
        drafts = [one for one in records if one["key"].endswith(way)]
        if drafts:
            lines, changed = sum(one["lines"] for one in drafts), sum(one["changed"] for one in drafts)
            print(f"\n{len(drafts)} drafts {title}: {lines} lines, other figures in {changed}")
            _times(drafts)
            _verdict_table(drafts)


def _times(records: list[dict[str, Any]]) -> None:
    first = [one["first"] for one in records if one.get("first") is not None]
    total = [one["total"] for one in records]
    calls = [call["seconds"] for one in records for call in one["calls"]]
    if first:
        print(f"  first sentence: median {median(first):.1f} s, longest {max(first):.1f} s")
    print(f"  whole draft: median {median(total):.1f} s, longest {max(total):.1f} s, all {sum(total):.0f} s")
    if calls:
        print(f"  {len(calls)} calls: median {median(calls):.1f} s")


def _verdict_table(records: list[dict[str, Any]]) -> None:
    for name, title in (("findings", "the drafts"), ("composer_findings", "the composer's")):
        print(f"  {title}: {dict(sum((Counter(one[name]) for one in records), Counter()))}")


WAYS = {"slots": with_slots, "figures": with_figures, "free": free}


def read(path: Path) -> list[dict[str, Any]]:
    """The drafts of a run so far."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def undone(all_jobs: list[Job], records: list[dict[str, Any]]) -> Iterator[Job]:
    """What is still to be written."""
    done = {one["key"] for one in records}
    return (job for job in all_jobs if job.key not in done)


def main() -> None:
    """Write what is missing in the file, then print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base-url", default="")
    parser.add_argument("--model", default="")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sheets", type=int, default=SHEETS)
    parser.add_argument("--way", choices=("slots", "figures", "free"), default="slots")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--bare", type=int, default=0, metavar="DRAFTS")
    parser.add_argument("--only", default="", help="sections, with commas")
    given = parser.parse_args()
    if given.report:
        report(read(given.out))
        return
    with TemporaryDirectory() as home:
        settings = Settings(
            shisaku_home=Path(home),
            database_url="",
            llm_model=given.model,
            llm_base_url=given.base_url,
            llm_temperature=0.0,
            llm_wait_seconds=300,
            llm_call_seconds=600,
        )
        pen = open_pen(settings)
        if given.bare:
            bare(read(given.out), pen, given.bare)
            return
        prepare_demo(settings, reset=False)
        every = jobs(settings, given.sheets, given.way)
        every = [job for job in every if not given.only or job.request.section in given.only.split(",")]
        for number, job in enumerate(undone(every, read(given.out)), 1):
            record = WAYS[given.way](job, pen)
            with given.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
            told = record.get("tally") or {"lines": record["lines"], "changed": record["changed"]}
            print(f"{number}: {job.key}: {record['total']:.0f} s, {told}", flush=True)
    report(read(given.out))


if __name__ == "__main__":
    main()
