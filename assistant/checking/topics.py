"""Topics of a sentence (…は, …が, …も), objects and labels that name rows by a short name; foreign ones are kept.

A topic that names something else (「登録者数は」) is foreign: what follows it is no statement about our rows.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.checking.clauses import REASON
from assistant.checking.meanings import How, content, meaning
from assistant.checking.never_values import BLANK
from assistant.checking.record import Record, Row
from assistant.checking.subjects import MENTION, Mention

_TOPIC = re.compile(
    r"(?=[つでにとはもがを])(?:(?P<wa>については|では(?!な)|には|とは|(?<!また)(?<!るい)は(?!じめ|ずれ)"
    r"|(?<!と)も(?!の(?!べ)|と(?!に)|しく|って))"
    r"|(?P<ga>について(?=、|$)"
    r"|(?<!な)(?<!生き)(?<!やり)が(?!、|ら)|(?<=[一-龠々]な)が(?!、|ら))"
    r"|(?P<ga_comma>が(?=、))|(?P<wo>を))"
)
"""Particles behind a topic; not those inside 「ものの」「または」「ながら」. ``wo``: an object may name a row."""
_THOUGH = re.compile("(?:[ただる]|です|ます|ない|しい)$")
"""Before が: it joins two clauses (「増加したが」)."""
_WHO_SAYS = re.compile(
    r"(?:と|を|に|が)?(?:回答|答え|感じ|思|考え|評価|選択|実感|認識)?"
    r"(?:した|する|して|ている|ていた|ています|た|う|って|る|い|[ ])*"
    r"(?P<who>[一-龠々ァ-ヴー]{1,6}?)?(?:の割合|割合|の比率)?"
)
"""Behind a quoted answer: 「…」と答えた市民の割合."""
_ANSWER = 4
"""Signs from which quoted words are an answer to a question and no mere word (「増」, 「A」)."""
_JOINT = re.compile("及び|および|並びに|ならびに|と|や")
_EACH = re.compile("それぞれ|各々|順に|いずれも|ともに")
_COMPARED = re.compile(r"(?:大きく|わずかに|やや|大幅に)?(?:上回|下回|超え|越え|達成し|クリア)")
"""Behind は: what stands before it is compared with and not the subject (「全国平均は上回った」)."""
_FIGURE = re.compile(f"(?<!{BLANK}){BLANK}")
_BESIDE = re.compile(
    rf"(?P<noun>[^、。「」（）()【】:はがもをにで\n {BLANK}{MENTION}]{{2,}})[ ]?(?:約|およそ|延べ|のべ|:)?[ ]?$"
)
_BREAK = re.compile(r"[、。「」（）()【】：:\n]")


def find_topics(bare: str, record: Record, mentions: Sequence[Mention]) -> list[Mention]:
    """Topics (…は, …が, …も) of a sentence whose years, figures and mentions are blanked: short names or foreign.

    A topic made of neutral words only (「実績は」) is none.
    """
    topics: list[Mention] = []
    breaks = [found.end() for found in _BREAK.finditer(bare)]
    for match in _TOPIC.finditer(bare):
        if not match["wa"] and _THOUGH.search(bare, max(match.start() - 2, 0), match.start()):
            continue
        last = bisect_right(breaks, match.start())
        start = max(breaks[last - 1] if last else 0, max((topic.end for topic in topics if topic.topic), default=0))
        blank = max(bare.rfind(BLANK, 0, match.start()), bare.rfind(MENTION, 0, match.start())) + 1
        chunk = bare[max(start, blank) : match.start()]
        if bare[start : match.start()].endswith(MENTION):
            continue
        if not chunk.strip() and bare[: match.start()].rstrip().endswith((")", "）")):
            opening = max(bare.rfind("(", 0, start), bare.rfind("（", 0, start))
            first = max([0, *(found.end() for found in _BREAK.finditer(bare, 0, max(opening, 0)))])
            chunk = re.split(f"[{BLANK}{MENTION}]", bare[first : max(opening, 0)])[-1]
            if opening > 0 and bare[opening - 1] == MENTION:
                continue
            named = meaning(chunk, record)
            if opening > 0 and named is not None and named[0] and not match["wo"]:
                # 「…した市民の割合（13.4％）は」: named before the brackets, so that what they hold is of it
                topics.append(Mention(opening - len(chunk), opening, *named, bool(match["wa"])))
                continue
        if chunk.startswith("の") and bare[:start].endswith((")", "）")):
            # 「高齢者（65歳以上）の人口は」: the noun before the brackets is part of it
            opening = max(bare.rfind("(", 0, start), bare.rfind("（", 0, start), 0)
            first = max([0, *(found.end() for found in _BREAK.finditer(bare, 0, opening))])
            chunk = re.split(f"[{BLANK}{MENTION}]", bare[first:start])[-1] + chunk
            if bare[opening - 1 : opening] == MENTION:
                continue
        quoted = start > 0 and bare[start - 1] in "」』" and _WHO_SAYS.fullmatch(chunk) is not None
        if quoted:
            opening = max(bare.rfind("「", 0, start), bare.rfind("『", 0, start))
            said = _WHO_SAYS.fullmatch(chunk)
            chunk = bare[opening + 1 : start - 1] + ((said["who"] if said else None) or "")
            if MENTION in chunk:
                continue
        for cut in REASON.finditer(chunk):
            rest = chunk[cut.end() :]
            if content(rest, record):
                chunk = rest
                break
        several = _joined(bare, match.start() - len(chunk), chunk, record)
        if several:
            *others, final = several
            topics += [*others, replace(final, end=match.end(), topic=bool(match["wa"]))]
            continue
        topic = meaning(chunk, record)
        if topic is None and blank > start:
            chunk, topic = bare[start : match.start()], _of_a_year(bare[start:blank], record)
        if topic is None and quoted and len(chunk) >= _ANSWER and not match["wo"]:
            # 「全く取り組んでいない」は: an answer, whatever its words
            topic = (), "foreign"
        if topic is None or (match["wo"] and topic[1] != "phrase"):
            continue
        rows, how = topic
        compared = how == "foreign" and _COMPARED.match(bare, match.end()) is not None
        topics.append(Mention(match.start() - len(chunk), match.end(), rows, how, bool(match["wa"]) and not compared))
    topics = _before_brackets(bare, record, topics)
    topics += _beside_figures(bare, record, topics)
    topics += _opening(bare, record, topics)
    topics += _listed(bare, record, topics)
    return sorted(topics, key=lambda topic: topic.start)


_YEAR_BEHIND = re.compile(rf"(?P<noun>[^{BLANK}{MENTION}]{{2,}})の対?{BLANK}+")


def _of_a_year(text: str, record: Record) -> tuple[tuple[Row, ...], How] | None:
    """The row of 「…した人の割合の対前年度伸び率は」: named before the year that a neutral topic begins with."""
    match = _YEAR_BEHIND.fullmatch(text)
    named = meaning(match["noun"], record) if match is not None else None
    return named if named is not None and named[1] == "phrase" else None


def _joined(bare: str, start: int, chunk: str, record: Record) -> list[Mention]:
    """The rows of 「AとB」「A及びB」, each by a short name of its own; nothing where a part names no row."""
    cuts = list(_JOINT.finditer(chunk))
    if not cuts:
        return []
    found: list[Mention] = []
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(chunk)]
    for first, last in zip(starts, ends, strict=True):
        named = meaning(chunk[first:last], record)
        if named is None or named[1] != "phrase":
            return []
        found.append(Mention(start + first, start + last, *named))
    return found


def _listed(bare: str, record: Record, topics: Sequence[Mention]) -> Iterator[Mention]:
    """Short names that a list gives before 「それぞれ」 (「設置率、入館者数は、それぞれ」)."""
    each = _EACH.search(bare)
    if each is None:
        return
    for match in re.finditer(rf"[^、{MENTION}{BLANK}]{{2,40}}(?=、|及び|並びに|[とや]{MENTION})", bare[: each.start()]):
        if any(topic.start < match.end() and match.start() < topic.end for topic in topics):
            continue
        named = meaning(match.group(), record)
        if named is not None and named[1] == "phrase":
            yield Mention(*match.span(), *named)


_LABELLED = re.compile(
    rf"[^一-龠々ぁ-んァ-ヴーA-Za-z{BLANK}{MENTION}]*(?P<noun>[^:、。()【】「」{BLANK}{MENTION}]{{4,40}})"
    rf"(?:[】」]?[ ]?(?::[ ]?|[ ]|、)|[】」])(?=(?:(?:目標|実績)値?[ ]?[:は]?[ ]?)?{BLANK})"
)
"""What a line begins with before a figure: 「・…した人の割合：53.8％」「【…した人の割合】53.8％」."""


def _opening(bare: str, record: Record, topics: Sequence[Mention]) -> Iterator[Mention]:
    """The row that a line is labelled with, by a short name."""
    match = _LABELLED.match(bare)
    if match is None or any(topic.start < match.end() and match.start() < topic.end for topic in topics):
        return
    named = None if REASON.search(match["noun"]) else meaning(match["noun"], record)
    if named is not None and named[1] == "phrase":
        yield Mention(*match.span("noun"), *named, True)


_BRACKETED = re.compile(
    rf"(?:^|(?<=[、。)\n])|(?<={BLANK})|(?<={MENTION}))[・〇◆]?(?:[とや]|及び|並びに)?"
    rf"(?P<noun>[^、。()\n{BLANK}{MENTION}]{{4,60}})[(](?:約|実績)?(?={BLANK})"
)


_NUMBER_OF = re.compile("(?:割合|[率数額量度])$")


def _before_brackets(bare: str, record: Record, topics: list[Mention]) -> list[Mention]:
    """The topics with the short names that stand before a figure in brackets (「…した市民の割合（13.4％）と」)."""
    if f"({BLANK}" not in bare and f"約{BLANK}" not in bare and f"績{BLANK}" not in bare:
        return topics
    for match in _BRACKETED.finditer(bare):
        start, end = match.span("noun")
        over = [topic for topic in topics if topic.start < end and start < topic.end]
        if any(topic.rows or topic.start < start - 2 for topic in over):
            continue
        named = meaning(match["noun"], record)
        if (named is None or named[1] != "phrase") and _NUMBER_OF.search(match["noun"]):
            named = (), "foreign"
        if named is not None and named[1] in ("phrase", "foreign"):
            topics = [topic for topic in topics if topic not in over] + [Mention(start, end, *named)]
    return topics


def _beside_figures(bare: str, record: Record, topics: Sequence[Mention]) -> Iterator[Mention]:
    """Short names right before a figure (「創業件数41件」「漏水131件のうち」); other nouns there are left alone."""
    for blank in _FIGURE.finditer(bare):
        match = _BESIDE.search(bare, max(blank.start() - 40, 0), blank.start())
        if match is None or any(topic.start < match.end() and match.start() < topic.end for topic in topics):
            continue
        named = meaning(match["noun"], record)
        if named is not None and named[1] == "phrase":
            yield Mention(match.start("noun"), match.end("noun"), *named)
