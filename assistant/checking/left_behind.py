"""Years that last year's text left in a narrative (kind ``table``): 「令和4年度は…予定」 in a sheet of 令和5年度.

A past year is natural in most sentences (令和4年度に協定を締結, 令和3年度から実施, 令和4年度は14.8％であったが). Found
is only where the grammar leaves little else: the year is the time of a plan although it has ended, or the only year
that a section about another year tells its deeds under. Precision first: what can be read otherwise is not found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.checking.findings import Finding, Verdict
from assistant.checking.tables import table_finding
from corpus import messages
from corpus.fiscal import FULL_WIDTH_DIGITS, YearMention, find_years, wareki
from corpus.form import SECTION_BY_KEY, SECTION_KEYS, section_label
from corpus.items import split_items, split_sentences
from corpus.sheetfile import SheetFile

Role = Literal["topic", "within", "from", "of"]
"""What the year is to its sentence: 令和4年度は, 令和4年度に, 令和4年度から, 令和4年度の講座は."""

_PLAN_SECTIONS = ("5.4.plan", "7.1", "7.2")
_DEED_SECTIONS = ("5.4.done", "6.1.results")

# --- the year and its particle

_DAY = r"(?:[0-9０-９]{1,2}日)?(?:以降|頃|ごろ|末|初め|上旬|中旬|下旬)?"
_MONTH = re.compile(rf"(?P<month>[0-9０-９]{{1,2}})月{_DAY}")
_PART = re.compile(r"(?:末|当初|中|内|前半|後半|上半期|下半期|上期|下期|第?[1-4１-４一二三四]四半期)")
_JOINED = re.compile(r"(?:末|当初)?(?:[~～〜―ー－\-・、や]|から|及び|および|並びに|と|または|又は)")
_PARTICLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "topic",
        re.compile(
            r"(?:(?:において|について|に|で)?[はも](?!ちろん)|において(?!て)|の(?:主な)?取り?組み?として[はも]?|[、，,:：])(?P<comma>[、，,])?"
        ),
    ),
    (
        "within",
        re.compile(
            r"(?:まで)?に(?!引き?続|続|比|対|関|係|つい|つなが|よ[りる]|至|基づ|お[けい]|掛?け|わた|合わせ|あわせ|準)"
            r"(?:向けて?)?(?P<comma>[、，,])?"
        ),
    ),
    ("from", re.compile(r"から(?!の|も?引き?続|継続)(?P<comma>[、，,])?")),
    (
        "of",
        re.compile(
            r"の(?!実績|結果|目標|決算|調査|数値|値|反省|成果|課題|水準|状況|同)[^、。はがをた]{1,24}(?P<comma>)は"
        ),
    ),
)
_TURN = re.compile(r"今後|翌々?年度|次年度|来年度|今年度|本年度|当該年度|現在|将来|次期|その後")
"""From here on the sentence speaks of another time."""

# --- tense

_VERB_PAST = re.compile(
    r"(?:[いきしちにみりえけせてねべめれっぎじびげぜ]た(?![いくかけらりし])(?!が[いっ])|[いん]だ(?!け)|ました|"
    r"[てで](?:いる|おり|おる|います|ある)|(?<!経)済(?:み|の)|であり|"
    r"(?:策定|完成|開設|締結|作成|整備|改定|改正|制定|導入|開始|設置|実施|施行|開業|開館|竣工|採択|公表|発足|着手|完了)の)"
)
"""A deed or a state rather than a plan: した, している, 策定の計画."""
_VERB_PAST_EXCEPT = re.compile(
    r"予定して(?:いる|おり|おる|います)|計画して(?:いる|おり)|見込んで(?:いる|おり)|いただ|ていた?だ"
)
_CLAUSE = re.compile(r"(?:ため|ことから|ので|ものの|一方)(?:に)?、|が、")
"""Ends a clause that the year may belong to alone."""
_INTENDED = re.compile(
    r"予定(?:であ[るり]|です|だ(?!った)|とし(?:て(?:いる|おり|います)|、)|し(?:て(?:いる|おり|います)(?!た)|、)|、|。|$|[)）]$)"
    r"|予定され(?:る|て(?:いる|おり|います)(?!た))|を予定(?=[。、]|$)|ことと(?:して(?:いる|おり)|する)"
)
_PLANNED = re.compile(
    rf"{_INTENDED.pattern}|計画(?:である|して(?:いる|おり|います))|見込み(?:である|です)|見込んで(?:いる|おり)"
    r"|見込まれ(?:る|て|ます)|てい(?:く|きます)|(?:たい|こととしたい)。?$"
)
_AIMED = re.compile(r"の(?:完成|完了|開設|策定|開始|供用開始|実現|達成|導入|設置)(?:を目指|に向け)")
_STATE_END = re.compile(
    r"(?:である|がある|もある|はある|[てで](?:いる|おる|ある|います|おります|あります)|回る|占める|なる|あたる|当たる|"
    r"達する|至る|異なる|残る|示す|とどまる|(?:減少|増加|低下|上昇|該当|存在|関|一致|位置|推移|相当|由来)する|"
    r"ない|あります|なります|回ります|求められる|課題(?:と)?なる|見られる|みられる|思われる|考えられる|できる|れている)$"
)
_ACT_END = re.compile(r"(?:[一-龠々ぁ-んァ-ヶー][うくぐすつぬぶむる]|ます|こと)$")
_NOUN_ACT_END = re.compile(r"(?:実施|開催|検討|整備|策定|導入|点検|改修|設置|開始|推進|強化|支援|実施予定|開設|作成)$")
_START_END = re.compile(r"(?:開始|実施|導入|施行|運用|運行|着手)(?:する|します)$|(?:始める|始めます|スタートする)$")
_DEED_END = re.compile(r"(?:した|しました|った|いた|んだ|めた|えた|けた|せた|げた|れた|べた|りた|実施|開催)$")
_VALUE_END = re.compile(
    r"(?:であった|だった|となった|になった|があった|回った|至った|とどまった|でした|なりました|ありました|"
    r"(?:減少|増加|低下|上昇|改善|悪化|減|増|推移|一致|位置)(?:した|しました)|減った|増えた|なかった|しなかった|かった)$"
)
_OTHER_PAST = re.compile(rf"{_VERB_PAST.pattern}|であった|なかった")
_SHORTEST_PAST = 2
_QUOTED_FROM_YEAR = 50
"""A quote that would be cut before the year begins with it."""
_OWN_WORDS = ("今年度", "本年度", "当該年度", "評価年度", "当年度")
_HEADED = re.compile(
    r"の?(?:主な|主要な)?(?:取組|取り組み|取組み|事業|活動)?(?P<plan>(?:の)?(?:予定|方針|計画))?(?:内容|状況|実績)?"
    r"[】」』）)〕＞>:： 　]*"
)
_HEADING_SIGNS = " 　【】「」『』（）()〔〕＜＞<>:：◆■●○〇・①②③④⑤⑥⑦⑧⑨⑩"
_CONTRAST = re.compile(r"[ただ](?:が|ものの|のに対し|一方)")
_NO_YEAR = re.compile(r"目|間|ぶり|連続|生まれ|版")
_BRACKETS = {"「": "」", "『": "』", "（": "）", "(": ")"}


@dataclass(frozen=True)
class _Section:
    """A section of the sheet of fiscal year ``year``; ``own``: the year it is about, None for 中期.

    ``own_named``: its text names that year somewhere.
    """

    key: str
    year: int
    own: int | None
    own_named: bool

    @property
    def label(self) -> str:
        return section_label(self.key, self.year)

    @property
    def plans(self) -> bool:
        return self.key in _PLAN_SECTIONS


@dataclass(frozen=True)
class _Named:
    """A year in a sentence, joined years (令和4・5年度) as one; ``year``: fiscal, the latest of them.

    ``until``: where the sentence ends, or the next year is named.
    """

    start: int
    end: int
    year: int
    until: int


def check_left_behind(sheet: SheetFile) -> Iterator[Finding]:
    """Where a section names a year that cannot be, or hardly is, the one it means."""
    for key in SECTION_KEYS:
        text = sheet.text(key)
        if text:
            offset = SECTION_BY_KEY[key].year_offset
            own = None if offset is None else sheet.fiscal_year + offset
            named = own is not None and _names(text, own, sheet.fiscal_year)
            yield from _check(text, _Section(key, sheet.fiscal_year, own, named))


def _check(text: str, section: _Section) -> Iterator[Finding]:
    for item in split_items(text):
        for start, end in split_sentences(item.body):
            words = item.body[start:end].rstrip("。")
            for named in _years_of(words, section.year):
                verdict_and_message = _heading(words, named, section) or _statement(words, named, section)
                if verdict_and_message is not None:
                    yield _finding(item.body[start:end], named, section, *verdict_and_message)
                    break


def _names(text: str, own: int, year: int) -> bool:
    if any(mention.year == own for mention in find_years(text, year)):
        return True
    return own == year and any(word in text for word in _OWN_WORDS)


def _finding(quoted: str, named: _Named, section: _Section, verdict: Verdict, message: str) -> Finding:
    if named.end > _QUOTED_FROM_YEAR:
        quoted = "…" + quoted[named.start :]
    ahead = section.own is not None and section.own > section.year
    return table_finding(
        messages.check_quote(section.label, quoted),
        verdict,
        message,
        indicator=None,
        year=named.year,
        stated=wareki(named.year),
        expected=wareki(section.own) if section.own is not None and ahead else None,
    )


_Said = tuple[Verdict, str]


def _heading(words: str, named: _Named, section: _Section) -> _Said | None:
    """「【令和4年度の取組予定】」 above a plan, 「令和4年度の主な取組」 above what was done."""
    headed = _HEADED.fullmatch(words, named.end)
    if words[: named.start].strip(_HEADING_SIGNS) or headed is None or not headed[0].strip(_HEADING_SIGNS):
        return None
    if section.own is None or section.own_named:
        return None
    if section.plans and named.year <= section.year:
        verdict: Verdict = "mismatch" if headed["plan"] else "ambiguous"
        return verdict, messages.check_ended_plan(section.label, named.year, section.year, section.own)
    if named.year != section.own - 1:
        return None
    if section.key == "7.1":
        return "ambiguous", messages.check_other_plan_year(section.label, named.year, section.own)
    if section.key == "5.4.done":
        return "ambiguous", messages.check_past_deed(section.label, named.year, section.own)
    return None


def _statement(words: str, named: _Named, section: _Section) -> _Said | None:
    own, label = section.own, section.label
    if named.year <= section.year:
        verdict = _plan_verdict(words, named, in_plan=section.plans)
        if verdict and (section.plans or named.year < section.year):
            return verdict, messages.check_ended_plan(label, named.year, section.year, own)
        if verdict and section.key == "5.4.done":
            return "ambiguous", messages.check_plan_in_done(label, section.year)
    if own is None or section.own_named or named.year != own - 1:
        return None
    if section.key == "7.1" and _role(words, named)[0] == "topic":
        if _plan_verdict(words, named, in_plan=True) == "mismatch":
            return "ambiguous", messages.check_other_plan_year(label, named.year, own)
    elif section.key in _DEED_SECTIONS and _is_deed_of(words, named):
        return "ambiguous", messages.check_past_deed(label, named.year, own)
    return None


def _role(words: str, named: _Named) -> tuple[Role | None, re.Match[str] | None]:
    for role, pattern in _PARTICLES:
        match = pattern.match(words, named.end)
        if match:
            return role, match
    return None, None


def _reach(words: str, named: _Named, start: int) -> tuple[str, bool]:
    """The words behind the year up to another time or the end of its sentence, and whether it is the end."""
    turn = _TURN.search(words, start, named.until)
    end = turn.start() if turn else max(start, named.until)
    return words[start:end], end == len(words)


def _plan_verdict(words: str, named: _Named, *, in_plan: bool) -> Verdict | None:
    """Whether a plan stands under the year; ``in_plan``: in a section of plans a bare 「…する」 is one too."""
    if in_plan and _AIMED.match(words, named.end):
        return "mismatch"
    role, particle = _role(words, named)
    if role is None or particle is None:
        return None
    said, whole = _reach(words, named, particle.end())
    planned = (_PLANNED if in_plan else _INTENDED).search(said + ("。" if whole else ""))
    ends = said.rstrip(" 　)）")
    acts = whole and in_plan and _ACT_END.search(ends[-4:]) is not None and not _STATE_END.search(ends[-12:])
    before = said[: planned.start()] if planned else said
    natural = _VERB_PAST.search(_VERB_PAST_EXCEPT.sub("", before)) is not None
    if role == "topic":
        if natural or _CLAUSE.search(before):
            return "ambiguous" if planned and _is_wide(particle) else None
        if planned or acts:
            return "mismatch"
        return "ambiguous" if whole and in_plan and _NOUN_ACT_END.search(ends[-4:]) else None
    if natural or _ends_clause(before):
        return None
    if role == "within":
        return "mismatch" if planned or acts else None
    if role == "from":
        return "mismatch" if planned or (acts and _START_END.search(ends[-8:])) else None
    return "mismatch" if planned and "予定" in planned[0] else None


def _is_wide(particle: re.Match[str]) -> bool:
    """「令和4年度は、」 speaks of the whole sentence, 「令和4年度は中止した講座を」 perhaps of its clause alone."""
    return bool(particle["comma"]) or particle[0] in "、，,:："


def _ends_clause(words: str) -> bool:
    """Whether a verb stands before a comma (協定を締結し、): the year may belong to it alone."""
    return re.search(r"[しりいえけせてきちびみめれぎく][、，,]", words) is not None or _CLAUSE.search(words) is not None


def _is_deed_of(words: str, named: _Named) -> bool:
    """Whether the sentence tells what was done in the year: its topic, to the end, and no comparison or value."""
    role, particle = _role(words, named)
    if role != "topic" or particle is None:
        return False
    said, whole = _reach(words, named, particle.end())
    if not whole or _CONTRAST.search(said):
        return False
    if not _is_wide(particle) and _OTHER_PAST.search(said[:-_SHORTEST_PAST]):
        return False
    ends = said.rstrip(" 　)）")[-12:]
    return _DEED_END.search(ends) is not None and not _VALUE_END.search(ends)


def _years_of(words: str, around: int) -> list[_Named]:
    """The years that a sentence names outside of names and notes in brackets, joined ones as one."""
    mentions = find_years(words, around)
    if not mentions:
        return []
    found: list[_Named] = []
    ends = [*(mention.start for mention in mentions[1:]), len(words)]
    inside = _bracketed(words)
    for mention, until in zip(mentions, ends, strict=True):
        if mention.start in inside or _NO_YEAR.match(words, mention.end):
            continue
        end, year = _extent(words, mention)
        last = found[-1] if found else None
        if last is not None and _JOINED.fullmatch(words, last.end, mention.start):
            found[-1] = _Named(last.start, end, max(last.year, year), until)
        else:
            found.append(_Named(mention.start, end, year, until))
    return found


def _extent(words: str, mention: YearMention) -> tuple[int, int]:
    """Where the naming of the time ends (「令和4年4月1日」「令和4年度末」), and its fiscal year."""
    if mention.fiscal:
        part = _PART.match(words, mention.end)
        return (part.end() if part else mention.end), mention.year
    month = _MONTH.match(words, mention.end)
    if month is None:
        return mention.end, mention.year
    number = int(month["month"].translate(FULL_WIDTH_DIGITS))
    return month.end(), mention.year - (number < 4)


def _bracketed(words: str) -> frozenset[int]:
    """The places inside of 「」 and （）."""
    waiting: list[str] = []
    inside: list[int] = []
    for place, sign in enumerate(words):
        if sign in _BRACKETS:
            waiting.append(_BRACKETS[sign])
        elif waiting and sign == waiting[-1]:
            waiting.pop()
        elif waiting:
            inside.append(place)
    return frozenset(inside)
