"""What a message asks for, by rules: action, section, direction, years (formats.md, ``shisaku ask --json``). Pure.

Reading order: a message is cut into wishes, each wish is read on its own; what stays open is asked back, never
guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from corpus import messages
from corpus.fiscal import find_years
from corpus.form import SECTION_BY_KEY, SECTIONS, section_label
from corpus.sheetfile import SheetFile

Action = Literal["draft", "revise", "compare", "check", "find", "figures", "grade", "explain", "help", "unclear"]


class Wish(BaseModel):
    """One thing that a message asks for. ``question`` is what is asked back (action ``unclear``)."""

    action: Action
    section: str | None = None
    direction: int | None = None
    year: int | None = None
    against: int | None = None
    measure: str | None = None
    query: str | None = None
    question: str | None = None

    def to_object(self) -> dict[str, Any]:
        """The JSON object of the contract."""
        return self.model_dump(exclude={"question"})


_ACTIONS: tuple[tuple[Action, str], ...] = (
    ("help", r"使い方|ヘルプ|何ができ|できること|help"),
    (
        "check",
        r"整合|(数字|数値|記述|文章|本文|矛盾|誤り|間違い|内容)[^。]{0,12}(確認|チェック|検証|点検|照合)"
        r"|チェックして|検算|合って(い)?(る|ます)か|(間違|誤)(い|って)[^。]{0,8}(ない|ある|ません|いない)",
    ),
    (
        "draft",
        r"下書き|したがき|書いて(?!い|あ)|書け|書きたい|作成|作って|作れ|案を|文案|たたき台|起案|ドラフト"
        r"|記入して|書き起こ|まとめて",
    ),
    (
        "compare",
        r"比較|比べ|対比|違い|違う|差分|変わ(?:っ|り|る)|変更点|変更箇所|何が変|見比べ|年前からの流れ|流れを(?:見|教)",
    ),
    (
        "find",
        r"探し|検索|どう書|どのように書|書き方|書きぶり|書いてい|書いてあ|事例|似た|類似|参考に(なる|でき)|ほかの施策|他の施策|他施策|言い回し|載って",
    ),
    (
        "revise",
        r"短く|簡潔|要約|書き直|言い換え|言いかえ|である調|ですます|です・ます|敬体|常体|直して|修正して|推敲|詳しく|柔らか|整えて|箇条書きに",
    ),
    (
        "grade",
        r"(評価|評定|グレード)[^。]{0,10}(何|どう|いくつ|教え|提案|妥当|は\?|は？)|[A-E]評価|(目標達成度|時系列比較|総合評価)",
    ),
    ("explain", r"なぜ|どうして|根拠|出典|どこから|意味|とは何|って何|説明して"),
    (
        "figures",
        r"いくつ|いくら|何(人|件|％|%|パーセント|円|千円|団体|世帯|本|時間|回|か所|トン|t)|数値|数字|推移|グラフ|目標値|実績値|見込み値|値は|教えて|見せて|一覧",
    ),
)
_SECTION_NUMBERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"4\s*[(.]\s*3\)?", ("4.3",)),
    (r"5\s*[(.]\s*1\)?", ("5.1",)),
    (r"5\s*[(.]\s*2\)?", ("5.2",)),
    (r"5\s*[(.]\s*3\)?", ("5.3",)),
    (r"5\s*[(.]\s*4\)?", ("5.4.done", "5.4.plan")),
    (r"6\s*[(.]\s*1\)?", ("6.1.results", "6.1.issues")),
    (r"7\s*[(.]\s*1\)?", ("7.1",)),
    (r"7\s*[(.]\s*2\)?", ("7.2",)),
)
_RELATIVE_YEARS: tuple[tuple[str, int], ...] = (
    ("一昨年度|おととし|一昨年", -2),
    ("昨年度|前年度|昨年|去年|前年(?!比)|前回", -1),
    ("翌々年度|再来年度|再来年", 2),
    ("翌年度|来年度|次年度|来年", 1),
    ("今年度|本年度|当年度|当該年度|評価年度|今年", 0),
)
_MODEL_YEAR = re.compile(
    r"\s*(の(文章?|記述|書き方|シート|内容|もの))?(に|を|の)?(ならっ|倣っ|なぞ|参考|もと|基|ベース|踏襲|沿っ|合わせ|準じ)"
)
_OTHER_YEAR = re.compile(r"\s*(の(文章?|記述|シート|内容|もの))?(と|から|に|より)(の|何|ど|比|違|変|どこ|、|対)")
_DIRECTION = re.compile(r"(?:展開)?方向(?:性)?\s*([1-9])|([1-9])\s*(?:つ目|番目|番)の(?:展開)?方向")
_JOINTS = re.compile(
    r"[。！!？?\n]+|(?<=して)(?:から|、|,|，)|(?<=書いて)(?:から|、|,|，)|(?:、|,)?(?:それから|それと|そのあと|その後|あわせて|併せて|ついでに)、?"
)
_FIND_FRAME = re.compile(
    r"((他|ほか)の?(施策|課|シート|部署)(では|で|の|は|に)?)|((どう|どのように|どんな風に|どんなふうに)(書いて|記述して|記載して|表現して)(いる|いますか|います|る|あるか|ある)?)"
    r"|(の?(書き方|書きぶり|言い回し|事例|例|文章|文|記述|表現)(は|を|が|も)?)|(似た|類似の|過去の|参考になる|参考に)"
    r"|(を|が|について|に関する|に関して)?(探して|検索して|見つけて|教えて|見せて|調べて|載って(い)?る)(ください|下さい|ほしい|欲しい|くれ|ね|か)?|[?？。]+$"
)
_WEAK_WORK = re.compile(r"取り?組み?")


@dataclass(frozen=True)
class _Years:
    named: tuple[int, ...]
    against: tuple[int, ...]


def understand(text: str, sheet: SheetFile, measures: Iterable[str] = ()) -> list[Wish]:
    """The wishes of a message about the open ``sheet``, in order; at least one (``unclear`` if nothing is understood).

    ``measures``: names of the stored measures, so that another one can be named.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    wishes: list[Wish] = []
    for clause in _clauses(plain):
        wishes += _read_clause(clause, sheet, measures)
    understood = [wish for wish in wishes if wish.action != "unclear" or wish.question]
    return understood or [Wish(action="unclear", question=messages.unclear_request(plain))]


def _clauses(text: str) -> list[str]:
    """The parts of a message that each say what to do; a part without an action word stays with the next one."""
    clauses: list[str] = []
    carried = ""
    for part in _JOINTS.split(text):
        if not part or not part.strip(" 、,"):
            continue
        carried += part
        if _actions(carried):
            clauses.append(carried)
            carried = ""
    if carried.strip():
        if clauses and not _sections(carried):
            clauses[-1] += carried
        else:
            clauses.append(carried)
    return clauses


def _actions(text: str) -> list[Action]:
    return [action for action, pattern in _ACTIONS if re.search(pattern, text)]


def _read_clause(text: str, sheet: SheetFile, measures: Iterable[str]) -> list[Wish]:
    actions = _actions(text)
    own = sheet.measure.name
    measure = next((name for name in sorted(measures, key=len, reverse=True) if name != own and name in text), None)
    years = _years(text, sheet.fiscal_year)
    direction = _direction(text, sheet)
    sections = _sections(text)
    if not actions:
        if not sections:
            return [Wish(action="unclear")]
        return [Wish(action="unclear", question=messages.what_to_do_with([_title(key, sheet) for key in sections]))]
    action = _settled(actions, text, sections)
    year = years.named[0] if years.named else None
    against = years.against[0] if years.against else None
    common: dict[str, Any] = {
        "action": action,
        "direction": direction,
        "year": year,
        "against": against,
        "measure": measure,
    }
    match action:
        case "draft":
            return _drafts(text, sheet, sections, common)
        case "find":
            return [Wish(**common | {"query": _query(text)}, section=sections[0] if sections else None)]
        case "figures":
            return [Wish(**common, query=text)]
        case "help" | "grade" | "explain":
            return [
                Wish(**common, section=sections[0] if sections else None, query=text if action == "explain" else None)
            ]
        case "revise":
            return [Wish(**common, section=section, query=text) for section in (sections or (None,))]
        case _:
            if action == "compare" and against is None and year is not None and year != sheet.fiscal_year:
                common |= {"year": None, "against": year}
            return [Wish(**common, section=section) for section in (sections or (None,))]


def _settled(actions: Sequence[Action], text: str, sections: Sequence[str]) -> Action:
    """The action meant where words of several stand together."""
    first = actions[0]
    if first == "draft" and re.search(r"(下書き|草案|案)(と|を|の)[^。]{0,10}(比較|比べ|違い)", text):
        return "compare"
    if first == "draft" and "find" in actions and re.search(r"どう書|どのように書|書き方|書きぶり|探し|検索", text):
        return "find"
    if first == "compare" and sections == ["5.3"] and "find" in actions:
        return "find"
    if first == "grade" and "figures" not in actions and "explain" in actions:
        return "explain"
    return first


def _drafts(text: str, sheet: SheetFile, sections: list[str], common: dict[str, Any]) -> list[Wish]:
    year = common["year"]
    if not sections:
        keys = _sections_of_year(text, sheet.fiscal_year, year)
        if not keys:
            return [Wish(action="unclear", question=messages.which_section([_title(s.key, sheet) for s in SECTIONS]))]
        sections = keys
    wishes = []
    for key in sections:
        offset = SECTION_BY_KEY[key].year_offset
        if year is not None and offset is not None and year != sheet.fiscal_year + offset:
            meant = _sections_of_year("取組", sheet.fiscal_year, year)
            question = messages.year_and_section_differ(year, _title(key, sheet), [_title(k, sheet) for k in meant])
            return [Wish(**common | {"action": "unclear"}, question=question)]
        wishes.append(Wish(**common, section=key))
    return wishes


def _sections_of_year(text: str, fiscal_year: int, year: int | None) -> list[str]:
    """The 取組 section that speaks of ``year`` (formats.md: F, F+1, F+2), if the text speaks of 取組 at all."""
    if year is None or not _WEAK_WORK.search(text):
        return []
    keys = {0: "5.4.done", 1: "5.4.plan", 2: "7.1"}
    return [keys[year - fiscal_year]] if year - fiscal_year in keys else []


def _title(key: str, sheet: SheetFile) -> str:
    return section_label(key, sheet.fiscal_year)


def _sections(text: str) -> list[str]:
    """The sections named, in the order of the text; longer names win (中期的な取組方針 is not 取組方針)."""
    masked = re.sub(r"成果指標|対象指標|実績値|目標値|評価理由書", lambda m: "　" * len(m.group()), text)
    found: dict[str, int] = {}
    for pattern, keys in _SECTION_NUMBERS:
        match = re.search(pattern, masked)
        if match:
            found |= dict.fromkeys(keys, match.start())
            masked = masked[: match.start()] + "　" * len(match.group()) + masked[match.end() :]
    words = sorted(((word, s.key) for s in SECTIONS for word in s.asked_as), key=lambda pair: -len(pair[0]))
    for word, key in words:
        normal = unicodedata.normalize("NFKC", word)
        place = masked.find(normal)
        while place >= 0:
            found.setdefault(key, place)
            masked = masked[:place] + "　" * len(normal) + masked[place + len(normal) :]
            place = masked.find(normal)
    if "5.4.done" in found and "5.4.plan" in found and re.search(r"5\s*\(\s*4", text):
        worded = [key for key, word in (("5.4.plan", "予定"), ("5.4.done", "状況")) if word in text]
        found = {key: at for key, at in found.items() if not key.startswith("5.4") or not worded or key in worded}
    if {"6.1.results", "6.1.issues"} <= found.keys() and re.search(r"6\s*[(.]\s*1", text):
        worded = [
            key for key, word in (("6.1.issues", "課題|改善"), ("6.1.results", "成果|実績")) if re.search(word, text)
        ]
        found = {key: at for key, at in found.items() if not key.startswith("6.1") or not worded or key in worded}
    return sorted(found, key=lambda key: found[key])


def _direction(text: str, sheet: SheetFile) -> int | None:
    match = _DIRECTION.search(text)
    if match:
        return int(match[1] or match[2])
    named = [
        entry.number for entry in sheet.directions if entry.name and unicodedata.normalize("NFKC", entry.name) in text
    ]
    return named[0] if len(named) == 1 else None


def _years(text: str, fiscal_year: int) -> _Years:
    """Years named as the subject, and years named as the model or the other side of a comparison."""
    mentions = [(m.start, m.end, m.year) for m in find_years(text, fiscal_year)]
    taken = text
    for pattern, offset in _RELATIVE_YEARS:
        for match in re.finditer(pattern, taken):
            mentions.append((match.start(), match.end(), fiscal_year + offset))
        taken = re.sub(pattern, lambda m: "　" * len(m.group()), taken)
    mentions += [(m.start(), m.end(), fiscal_year - int(m[1])) for m in re.finditer(r"([1-9])年(?:度)?前", text)]
    named: list[int] = []
    against: list[int] = []
    for _, end, year in sorted(mentions):
        behind = text[end:]
        (against if _MODEL_YEAR.match(behind) or _OTHER_YEAR.match(behind) else named).append(year)
    return _Years(tuple(named), tuple(against))


def _query(text: str) -> str:
    """What to look for: the message without the words that only ask."""
    query = _FIND_FRAME.sub("", text).strip(" 、,。は?？をの")
    return query or text
