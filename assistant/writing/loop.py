"""The composer's draft in a model's words: write, judge, check in its place, send back, at most twice, else leave.

Line by line what is made is the composer's own line or one that says the same by the judge's rules and by the checker,
so the draft is never worse than the composer's. A line is handed on as soon as all before it are settled.
"""

import re
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.checking.findings import Finding
from assistant.drafting.desk import Desk
from assistant.drafting.draft import Draft, DraftSentence
from assistant.drafting.lines import Line, lines_of, with_sentences
from assistant.drafting.plan import DraftRequest
from assistant.drafting.verify import findings_about
from assistant.writing.hearing import Hearing
from assistant.writing.judge import judge
from assistant.writing.known_words import POLITE_ENDS
from assistant.writing.personal import persons_of
from assistant.writing.slots import filled, masked, undoubled
from assistant.writing.speaking import ModelFailed
from assistant.writing.values import SLOT, Fault, Masked, MaskedLine, Pen
from assistant.writing.wire import REPAIRS, Rejected, Setting, answered_lines, in_calls, mending, writing
from corpus.items import split_sentences
from prompts import FENCE, Prompted

SHORTEST = 10
"""Words of a line beside its slots; a shorter one is left as it is."""
GIVE_UP_AFTER = 2
"""Calls one after another of which no line gets through; the model is not asked again for this draft."""
_STATED = ("level", "change", "ratio", "achievement", "rank", "total", "share")
"""Findings that a line must not lose: what it said of the stored figures it still says."""


_ENDING_MARKS = re.compile(r"(?:\[\[M[0-9]+\]\])+$")
_POLITE = re.compile(rf"{POLITE_ENDS}。?$")


@dataclass(frozen=True)
class Tally:
    """Lines of a draft by what became of them: ``written`` got through at first, ``mended`` after it went back,
    ``copied`` came back in the composer's words, ``fallen`` did not get through, ``own`` were never sent.
    """

    written: int = 0
    mended: int = 0
    copied: int = 0
    fallen: int = 0
    own: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))


@dataclass(frozen=True)
class Ended:
    """How the writing went: ``prompts`` as 「write@1」; ``failure``: why the model was not asked any further;
    ``given_up``: nothing of what it wrote could be used; ``faults``: of every line that was sent back or fell.
    """

    tally: Tally
    prompts: tuple[str, ...]
    failure: ModelFailed | None
    given_up: bool
    faults: tuple[Fault, ...]


Item = DraftSentence | Ended | None
"""What the loop hands on: the next sentence, None while the model is waited for, and last how it went."""


@dataclass
class _Page:
    """The draft as it stands: what is settled, and the composer's lines where it is not; and the findings about it."""

    desk: Desk
    draft: Draft
    lines: list[Line]
    findings: list[Finding]

    def with_line(self, place: int, sentences: tuple[DraftSentence, ...]) -> tuple[list[Line], list[Finding]]:
        lines = [*self.lines[:place], replace(self.lines[place], sentences=sentences), *self.lines[place + 1 :]]
        return lines, findings_about(with_sentences(self.draft, lines), self.desk.checker)

    def offset(self, place: int) -> int:
        """Where the text of a line begins."""
        before = with_sentences(self.draft, self.lines[:place]).text
        return len(before) + (1 if before and self.lines[place].sentences[0].new_line else 0)


def setting_of(desk: Desk, request: DraftRequest) -> Setting:
    """What the calls for a draft have in common."""
    texts: dict[int | None, str] = {}
    for block in desk.plan.blocks:
        text = "\n".join(desk.text[line.start : line.end] for line in block.lines)
        texts[block.direction] = "\n".join(filter(None, (texts.get(block.direction, ""), text)))
    return Setting(
        request.section,
        {entry.number: entry.name for entry in request.sheet.directions if entry.name},
        texts,
        tuple(passage.text for passage in request.passages),
        persons_of(request.sheet, *desk.earlier),
    )


def preview(desk: Desk, request: DraftRequest, sentences: Sequence[DraftSentence]) -> tuple[Prompted, ...]:
    """What would be sent for a draft at first, as a person may look at it before."""
    lines = lines_of(_draft(request, sentences))
    setting = setting_of(desk, request)
    chunks = (_masked(desk, lines, places) for places in _chunks(lines, request))
    return tuple(writing(_without_marks(one), setting) for one in chunks)


def _masked(desk: Desk, lines: Sequence[Line], places: Sequence[int]) -> Masked:
    return masked([lines[place] for place in places], desk.sheet, earlier=desk.earlier)


def _without_marks(mask: Masked) -> Masked:
    """The lines without the marks at their ends: what a person is to confirm is no business of the model."""
    return replace(mask, lines=tuple(replace(line, text=_ENDING_MARKS.sub("", line.text)) for line in mask.lines))


def rewritten(desk: Desk, request: DraftRequest, sentences: Sequence[DraftSentence], pen: Pen) -> Generator[Item]:
    """The draft whose composer's ``sentences`` are given, in the model's words as far as they get through.

    Closing it ends the call under way. Last comes ``Ended``.
    """
    draft = _draft(request, sentences)
    lines = list(lines_of(draft))
    page = _Page(desk, draft, lines, findings_about(draft, desk.checker))
    setting = setting_of(desk, request)
    next_out, ended, in_vain = 0, Ended(Tally(), (), None, False, ()), 0
    for places in _chunks(lines, request):
        yield from _up_to(page, next_out, places[0])
        next_out = places[0]
        if ended.failure is not None or ended.given_up:
            continue
        mask = _masked(desk, lines, places)
        chunk = _Chunk(page, places, mask, setting, pen, next_out)
        for item in chunk.write():
            if isinstance(item, Ended):
                used = item.tally.written + item.tally.mended + item.tally.copied
                in_vain = 0 if used else in_vain + 1
                prompts = tuple(dict.fromkeys((*ended.prompts, *item.prompts)))
                given_up = in_vain >= GIVE_UP_AFTER
                ended = Ended(ended.tally + item.tally, prompts, item.failure, given_up, ended.faults + item.faults)
            else:
                yield item
        next_out = chunk.next_out
    yield from _up_to(page, next_out, len(page.lines))
    tally = ended.tally
    asked = tally.written + tally.mended + tally.copied + tally.fallen
    items = sum(line.kind == "item" for line in lines)
    yield replace(ended, tally=replace(tally, own=items - asked))


def _up_to(page: _Page, start: int, stop: int) -> Iterator[DraftSentence]:
    for line in page.lines[start:stop]:
        yield from line.sentences


def _draft(request: DraftRequest, sentences: Sequence[DraftSentence]) -> Draft:
    return Draft(request.section, request.direction, request.sheet.fiscal_year, tuple(sentences))


def _chunks(lines: Sequence[Line], request: DraftRequest) -> Iterator[list[int]]:
    """Places of the lines that are sent, those of one call together."""
    sent = (place for place, line in enumerate(lines) if line.kind == "item" and _is_worth_sending(line, request))
    return in_calls(sent, lambda place: len(lines[place].text))


def _is_worth_sending(line: Line, request: DraftRequest) -> bool:
    """Whether there are words to put otherwise, none left open, and none that would not come back as they are."""
    text = _without_marks(masked([line], request.sheet)).lines[0].text
    return len(SLOT.sub("", text)) >= SHORTEST and "[[M" not in text and FENCE.search(text) is None


class _Chunk:
    """The lines of one call on their way; ``next_out`` is the place of the first line that is not handed on."""

    def __init__(self, page: _Page, places: list[int], mask: Masked, setting: Setting, pen: Pen, next_out: int) -> None:
        self.page, self.setting, self.pen, self.next_out = page, setting, pen, next_out
        self.whole, self.mask = {line.key: line for line in mask.lines}, _without_marks(mask)
        self.place_of = {line.key: place for line, place in zip(mask.lines, places, strict=True)}
        self.open = {line.key: line for line in self.mask.lines}
        self.faults: list[Fault] = []
        self.tally = Tally()

    def write(self) -> Iterator[Item]:
        prompted = writing(self.mask, self.setting)
        prompts: list[str] = []
        failure: ModelFailed | None = None
        before: dict[str, str] | None = None
        for turn in range(1 + REPAIRS):
            prompts.append(f"{prompted.prompt}@{prompted.version}")
            rejected: dict[str, Rejected] = {}
            hearing = Hearing(self.pen, prompted)
            try:
                for answer in answered_lines(hearing, list(self.open)):
                    yield from self._taken(answer, rejected, first=turn == 0)
            finally:
                hearing.end(enough=len(rejected) == len(self.open))
            failure = hearing.failure
            if failure is not None or not self.open:
                break
            for key, line in self.open.items():
                if key not in rejected:
                    rejected[key] = Rejected(line, "", (Fault("empty", "この行の答えがありません。"),))
                    self.faults += rejected[key].faults
            answers = {key: rejected[key].words for key in self.open}
            if answers == before:
                # it says the same again, and would a third time
                break
            before = answers
            prompted = mending(self.mask, [rejected[key] for key in self.open])
        self.tally += Tally(fallen=len(self.open))
        self.open.clear()
        yield from self._out()
        yield Ended(self.tally, tuple(dict.fromkeys(prompts)), failure, False, tuple(self.faults))

    def _taken(self, answer: tuple[str, str] | None, rejected: dict[str, Rejected], *, first: bool) -> Iterator[Item]:
        """A sign of life, or what may be handed on with one more line of the answer."""
        if answer is None:
            yield None
            return
        key, words = answer
        line = self.open[key]
        words = undoubled(_with_years(words, line, self.mask), self.mask)
        faults = self._settle(line, words, first=first)
        if faults and any(not self._settle(line, shorter, first=first) for shorter in _without_additions(words, line)):
            faults = ()
        if faults:
            rejected[key] = Rejected(line, words, faults)
            self.faults += faults
        else:
            del self.open[key]
        yield from self._out()

    def _settle(self, line: MaskedLine, words: str, *, first: bool) -> tuple[Fault, ...]:
        """Put the model's words for a line on the page, if nothing is wrong with them."""
        faults = judge(words, line, self.mask, polite=_POLITE.search(line.text) is not None)
        if faults:
            return faults
        place = self.place_of[line.key]
        whole = self.whole[line.key]
        sentences = filled(words + whole.text.removeprefix(line.text), whole, self.mask, self.pen.model.name)
        if "".join(one.text for one in sentences) == "".join(one.text for one in line.sentences):
            self.tally += Tally(copied=1)
            return ()
        lines, findings = self.page.with_line(place, sentences)
        faults = _checked(self.page, findings, place, lines[place], words, self.mask)
        if not faults:
            self.page.lines, self.page.findings = lines, findings
            self.tally += Tally(written=1) if first else Tally(mended=1)
        return faults

    def _out(self) -> Iterator[DraftSentence]:
        """The lines that may be handed on: all up to the first that is still open."""
        stop = min((self.place_of[key] for key in self.open), default=max(self.place_of.values()) + 1)
        yield from _up_to(self.page, self.next_out, stop)
        self.next_out = max(self.next_out, stop)


def _with_years(words: str, line: MaskedLine, mask: Masked) -> str:
    """The words with the slot of a year where it is called by what it means: 「前年度から」 for 「[[Y1]]から」."""
    for name in line.slots:
        meaning, slot = mask.slots[name].meaning, f"[[{name}]]"
        if mask.slots[name].kind == "year" and slot not in words:
            for called in (meaning, meaning.removeprefix("評価年度の")):
                if called not in line.text and words.count(called) == 1:
                    words = words.replace(called, slot)
                    break
    return words


def _without_additions(words: str, line: MaskedLine) -> Iterator[str]:
    """The words without the sentences that stand behind as many as the composer's line has: a weak model adds some."""
    ends = [end for _, end in split_sentences(words)]
    yield from (words[:end] for end in reversed(ends[len(split_sentences(line.text)) - 1 : -1]))


def _checked(
    page: _Page, findings: Sequence[Finding], place: int, line: Line, words: str, mask: Masked
) -> tuple[Fault, ...]:
    """What the checker has against a line in its place: anything that it did not find before, or finds no longer."""
    new = Counter(found.gist for found in findings if found.verdict != "match")
    new.subtract(Counter(found.gist for found in page.findings if found.verdict != "match"))
    lost = Counter(_stated(page.findings))
    lost.subtract(Counter(_stated(findings)))
    at = page.offset(place)
    told: list[Fault] = []
    for found in findings:
        if found.verdict != "match" and new[found.gist] > 0:
            near = _slots_at(found, at, line, words, mask)
            told.append(Fault("checker", f"{near}の書き方が記録と合いません。たたき台のとおりの意味で書きます。"))
    if any(count > 0 for count in lost.values()):
        told.append(Fault("checker", "何の値か読み取れません。指標の名前と年度と値を、たたき台と同じ組で書きます。"))
    return tuple(dict.fromkeys(told))


def _stated(findings: Sequence[Finding]) -> list[tuple[object, ...]]:
    return [found.subject for found in findings if found.verdict == "match" and found.kind in _STATED]


def _slots_at(found: Finding, at: int, line: Line, words: str, mask: Masked) -> str:
    """The slots whose text a finding touches, as the model knows them; else the whole line."""
    if found.start is None or found.end is None:
        return "この行"
    touched = []
    for name in dict.fromkeys(SLOT.findall(words)):
        text = mask.slots[name].text
        start = line.text.find(text)
        if start >= 0 and found.start < at + start + len(text) and at + start < found.end:
            touched.append(f"[[{name}]]")
    return "、".join(touched) or "この行"
