"""Reading a question to the search: what it is about, and what it hints of section and year. Pure.

Staff ask in sentences: 「〜の課題は他の施策でどう書いている？」「〜という声」「〜は令和4年度に何をする予定だったか」.
Words about the writing and the asking are no content, as no passage is about them; a section or a year that is named
makes passages of it likelier, but excludes none: only ``Scope`` does.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.fiscal import find_years
from corpus.form import SECTIONS

_AROUND = 2023
"""A bare 「5年度」 is of this fiscal year's era (令和)."""

_WRITE = r"(?:書い|書か|記し|記述し|記述され|記載し|記載され|表現し|述べ|まとめ)"
_KINDS = r"(?:書き方|書きぶり|書きよう|言い回し|言い方|表現|文例|例文|文案|文章|文|記述|記載|箇所|ところ|もの|事例|例)"
_NAMING = "(?:課題|方針|方向性|実績|成果|理由|背景|要因|原因|予定|現状|声|意見|要望)"
_FRAMES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:他|ほか|別|よそ)の?(?:基本)?(?:施策|部署|部門|シート|担当|課(?!題)|部(?=[はでのに]))(?:では|での|で|の|は|に)?",
        r"(?:過去|以前|これまで|今まで|昨年まで)(?:の|に|は)",
        r"(?:似た|似たような|同じような|類似の|類似した|参考になる)",
        # 「〜をどう書いているか」「〜と書いてきたか」「〜と書いた例」
        rf"(?:について|に関して|は|を|と|って)?\s*(?:どう|どのように|どんな(?:風|ふう)に|どういう(?:風|ふう)に){_WRITE}?"
        rf"(?:た|て(?:いる|いた|いますか|います|きた|きましたか|ある|あった)?)?(?:の?か)?",
        rf"(?:と|を|って){_WRITE}(?:た|て(?:いる|いた|きた|ある|あった))(?:の?か)?{_KINDS}?(?:は|を|が)?",
        r"(?:の|な|した|する|という)?(?:書き方|書きぶり|書きよう|言い回し|文例|例文|文案|文章)(?:は|を|が|も)?",
        # only behind a verb or の: 条例, 例年 and 本文 are words of their own
        rf"(?<=[たるうい])(?:という)?(?:{_KINDS})(?:は|を|が)?(?=$|[。、?\s])",
        r"の(?:記述|記載|事例|例|文)(?:は|を|が)?(?=$|[。、?\s])",
        r"(?:を|が|について|に関する|に関して)?(?:探し|検索し|見つけ|教え|見せ|調べ|知り)(?:て|たい)(?:ください|下さい|ほしい|欲しい|くれ|ね)?",
        r"(?:という|との|といった)(?:声|意見|要望|話|指摘)(?:は|を|が)?",
        # what names a section is a hint, and stands in the sheet's heading, not in its sentences
        rf"(?:という|との|といった|の|(?<=[るたいう])){_NAMING}(?:は|を|が|も)?(?=$|[。、?\s])",
        r"(?:何|なに)(?:を|が)(?:する|した|して(?:いる|いた)?|しようと(?:している|した)?)?",
        r"(?:について|に関して|に関する)(?=$|[。、?\s])",
        r"(?:だった|でした|です|である|ます)?(?:の)?か(?=$|[。?])",
        r"(?:は|が|も)?(?:ある|あるか|ありますか|あります|ない|ないか)(?:の|か)?(?=[。?])",
    )
)

_HINTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"課題|問題点|改善点|困りごと", ("6.1.issues", "7.1", "7.2")),
    (r"予定|これから|今後", ("5.4.plan", "7.1", "7.2")),
    (r"方針|方向性|中期", ("7.1", "7.2", "5.4.plan")),
    (r"(?:の|う|い|た|る)声|意見|要望|苦情|陳情", ("5.2",)),
    (r"実績|成果", ("6.1.results", "5.4.done")),
    (r"(?:近隣|よそ|ほか|他|隣)の?(?:市|自治体)|市町村(?:と|に)比べ|県内(?:の|他)?市", ("5.3",)),
    (r"理由|背景|要因|原因", ("4.3", "6.1.results")),
    (r"取組状況|実施状況", ("5.4.done",)),
    (r"取り巻く状況|現状", ("5.1",)),
)
"""Words that name a section, or what one is for, with the sections they make likelier (titles: ``corpus.form``)."""

_OFFSETS: Mapping[str, int] = {section.key: section.year_offset or 0 for section in SECTIONS}


@dataclass(frozen=True)
class Question:
    """``content``: what to look for; ``sections`` and ``years``: hinted keys of the form and fiscal years."""

    content: str
    sections: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()

    def agrees(self, section: str, fiscal_year: int) -> tuple[bool, bool]:
        """Whether a passage of ``section`` in the sheet of ``fiscal_year`` is of a hinted section, and speaks of a
        hinted year (取組予定 in the sheet of year F speaks of F + 1).
        """
        year = fiscal_year + _OFFSETS.get(section, 0)
        return section in self.sections, bool(self.years & {year, fiscal_year})


def read_question(text: str) -> Question:
    """What a query asks for; one that is nothing but frame keeps its words."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    mentions = find_years(plain, _AROUND)
    years = frozenset(mention.year for mention in mentions)
    sections = frozenset(key for pattern, keys in _HINTS if re.search(pattern, plain) for key in keys)
    content = plain
    for mention in reversed(mentions):
        content = content[: mention.start] + " " + re.sub(r"^(?:に|の|は|で)", "", content[mention.end :])
    for frame in _FRAMES:
        content = frame.sub("", content)
    content = " ".join(re.sub(r"[?!。、]+", " ", content).split())
    if not any(sign.isalnum() for sign in content):
        content = plain
    return Question(content, sections, years)
