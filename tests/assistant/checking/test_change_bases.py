"""What a change is measured from (3 to 6, 27): the ways to name a base, right and wrong beside each other."""

import re

import pytest

from assistant.checking import check_text
from assistant.checking.findings import Finding
from corpus.city import Tolerance
from corpus.sheetfile import SheetFile


def _row(id_: str, name: str, unit: str, better: str, actual: dict[int, float], target: float) -> dict[str, object]:
    values = {str(year): {"actual": value} for year, value in actual.items()}
    values["2023"]["target"] = target
    direction, label = id_.split("-")
    return {
        "id": id_, "kind": "outcome", "direction": int(direction), "label": label, "name": name, "unit": unit,
        "better": better, "decimals": 1 if unit == "％" else 0, "values": values,
    }  # fmt: skip


SHEET = SheetFile.model_validate(
    {
        "fiscal_year": 2023,
        "municipality": "みずほ市",
        "plan": {"start": 2020, "end": 2027},
        "measure": {"name": "学びと暮らし"},
        "directions": [{"number": 1, "name": "生涯学習"}, {"number": 2, "name": "道路と明かり"}],
        "indicators": [
            _row(
                "1-ア", "図書館の来館者数", "人", "higher",
                {2019: 52400, 2020: 21300, 2021: 26150, 2022: 38900, 2023: 45620}, 48000,
            ),
            _row("1-イ", "窓口の対応に満足した市民の割合", "％", "higher", {2019: 61.2, 2021: 64.8, 2023: 68.3}, 70.0),
            _row("2-ア", "道路の苦情件数", "件", "lower", {2019: 48, 2020: 40, 2021: 31, 2022: 33, 2023: 24}, 22),
            _row(
                "2-イ", "街路灯の更新済み基数（累計）", "基", "higher",
                {2019: 100, 2020: 130, 2021: 155, 2022: 190, 2023: 212}, 220,
            ),
        ],
        "costs": {
            "2022": {"general": 40000, "program_total": 60000},
            "2023": {"general": 43000, "program_total": 72000},
        },
    }
)  # fmt: skip

PAIRS = [
    # the year before, in many words
    "来館者数は、前年度の38,900人に比べ{6,720人|7,620人}増の45,620人となった。",
    "来館者数は４５，６２０人（対前年度{＋１７．３％|＋１３．７％}）であった。",
    "図書館の来館者数は45,620人で、前年度比{117.3％|171.3％}となった。",
    "道路の苦情件数は昨年度より{9件少ない|9件多い}24件でした。",
    "道路の苦情件数は前年度から{9件、率にして27.3％の減|9件、率にして37.3％の減}となりました。",
    "道路の苦情件数の減少幅は{9件|7件}であった。",
    # an older year, named, in brackets, described or as a value
    "図書館の来館者数は、計画策定時（令和2年度）から{24,320人|6,720人}増加した。",
    "来館者数は45,620人で、コロナ禍前の令和元年度（52,400人）と比べると、なお{12.9％少ない|12.9％多い}。",
    "道路の苦情件数は、令和元年度の48件から{24件減|9件減}の24件となり、{半減|倍増}した。",
    "令和2年度と令和5年度を比べると、道路の苦情件数は{16件|9件}減少している。",
    "来館者数は令和2年度に21,300人まで落ち込んだが、令和5年度は45,620人と{約2.1倍|約1.2倍}になった。",
    "窓口の対応に満足した市民の割合は68.3％と、令和3年度に実施した前回調査（64.8％）から{3.5ポイント|7.1ポイント}上昇した。",
    "道路の苦情件数は3年前と比べ{16件|9件}減っている。",
    # a period
    "道路の苦情件数はこの3年間で{40.0％|27.3％}減少した。",
    "図書館の来館者数は、令和3年度の26,150人を底に、2年間で{19,470人|24,320人}増加した。",
    "街路灯は、令和元年度末の100基から4年間で{112基|82基}の街路灯を更新した。",
    "街路灯の更新済み基数（累計）は212基で、この1年間で{22基|35基}、計画策定時（令和2年度）からは{82基|112基}増えた。",
    # two bases in one sentence
    "図書館の来館者数は前年度から{6,720人増加|6,270人増加}したが、目標の48,000人とは{2,380人|6,720人}の差がある。",
    "来館者数は、前年度より{17.3％多かった|13.7％多かった}ものの、令和元年度の52,400人には{6,780人|2,380人}及ばない。",
    "窓口の対応に満足した市民の割合は、前回調査を{3.5ポイント|1.7ポイント}上回ったが、目標には{1.7ポイント|3.5ポイント}届かなかった。",
    "道路の苦情件数は、前年度比{9件減|16件減}、令和2年度比{16件減|9件減}となった。",
    "図書館の来館者数の伸び率は、令和4年度の{48.8％|42.8％}に対し、令和5年度は{17.3％|48.8％}にとどまった。",
    # the target
    "道路の苦情件数は24件で、目標の22件に対してなお{2件|9件}上回っている。",
    "街路灯の更新済み基数（累計）は212基で、目標まであと{8基|18基}となっている。",
    "窓口の対応に満足した市民の割合は68.3％で、目標との差は{1.7ポイント|3.5ポイント}である。",
    # words that figures share
    "図書館の来館者数は、前年度から{6,720人|7,620人}、令和2年度から{24,320人|26,320人}増加した。",
    "事業費と一般財源は、前年度に比べそれぞれ{12,000千円|3,000千円}、{3,000千円|12,000千円}増えた。",
    "事業費は前年度から{12,000千円（20.0％）増加|12,000千円（30.0％）増加}した。",
    # multiples
    "街路灯の更新済み基数（累計）は212基と、令和2年度（130基）の{1.6倍|2.6倍}である。",
    "道路の苦情件数は、令和元年度（48件）の{半数|3分の1}まで減った。",
    "事業費は前年度の{1.2倍|2.2倍}、一般財源は{約1.1倍|約2.1倍}に増えた。",
    "図書館の来館者数は、コロナ禍の令和2年度から{倍増|3倍増}している。",
]


def _read(template: str, wrong: int | None) -> tuple[str, tuple[int, int]]:
    """The text with the right form everywhere but in the ``wrong``-th place, and where that place is."""
    text, span = "", (0, 0)
    for number, part in enumerate(re.split(r"\{(.*?)\}", template)):
        if number % 2:
            right, other = part.split("|")
            chosen = other if number // 2 == wrong else right
            span = (len(text), len(text) + len(chosen)) if number // 2 == wrong else span
            text += chosen
        else:
            text += part
    return text, span


def _verdicts(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(found.text, found.verdict, found.message) for found in findings]


@pytest.mark.parametrize("template", PAIRS)
def test_right_changes_match(template: str) -> None:
    text, _ = _read(template, None)
    findings = check_text(text, "6.1.results", SHEET)
    assert [found for found in findings if found.verdict != "match"] == [], _verdicts(findings)
    assert len(findings) >= template.count("{")


@pytest.mark.parametrize(
    ("template", "place"), [(template, place) for template in PAIRS for place in range(template.count("{"))]
)
def test_wrong_changes_are_found(template: str, place: int) -> None:
    text, (start, end) = _read(template, place)
    findings = check_text(text, "6.1.results", SHEET)
    here = [found for found in findings if found.start is not None and found.start < end and start < (found.end or 0)]
    assert "mismatch" in {found.verdict for found in here}, _verdicts(findings)


@pytest.mark.parametrize(
    ("text", "indicator", "year", "stated", "expected", "suggestion"),
    [
        ("道路の苦情件数は３年前と比べ１０件減っている。", "2-ア", 2023, -10, -16, "１６件減っ"),
        ("来館者数は、令和2年度（21,300人）の3.1倍となった。", "1-ア", 2023, 3.1, 2.1, "2.1倍"),
        ("道路の苦情件数は24件で、目標を9件上回った。", "2-ア", 2023, 9, 2, "2件上回"),
        ("一般財源は前年度比5.7％増となった。", "cost:general", 2023, 5.7, 7.5, "7.5％増"),
    ],
)
def test_a_wrong_change_says_what_it_should_be(
    text: str, indicator: str, year: int, stated: float, expected: float, suggestion: str
) -> None:
    found = next(one for one in check_text(text, "6.1.results", SHEET) if one.verdict == "mismatch")
    assert (found.indicator, found.year, found.suggestion) == (indicator, year, suggestion)
    assert (float(str(found.stated)), float(str(found.expected))) == (stated, expected)


def test_twice_as_many_more_has_two_readings() -> None:
    found = check_text("街路灯の更新済み基数（累計）は、令和元年度の2倍増となった。", "6.1.results", SHEET)
    assert [one.verdict for one in found] == ["ambiguous"]


@pytest.mark.parametrize(
    "text",
    [
        "5年前に開設した分館では、3倍の広さの閲覧室を備えている。",
        "来館者の倍増を目指し、開館時間の延長を検討する。",
        "図書館の来館者数は、前年度の2倍を目指して取り組む。",
    ],
)
def test_what_is_no_change_is_not_called_wrong(text: str) -> None:
    findings = check_text(text, "6.1.results", SHEET)
    assert not [found for found in findings if found.verdict in ("mismatch", "ambiguous")], _verdicts(findings)


def test_nearly_is_what_the_city_takes_for_it() -> None:
    text = "図書館の来館者数は前年度比でほぼ114％となった。"
    wide = Tolerance(flat_share=Tolerance().flat_share * 2)
    verdicts = [check_text(text, "6.1.results", SHEET, tolerance=given)[0].verdict for given in (Tolerance(), wide)]
    assert verdicts == ["mismatch", "match"]
