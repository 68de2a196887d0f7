"""Right statements that once were called wrong, each beside a wrong one that must still be found (one sheet, invented)."""

import pytest

from assistant.checking import check_text
from assistant.checking.findings import Finding
from corpus.sheetfile import SheetFile


def _series(**years: dict[str, float]) -> dict[str, dict[str, float]]:
    return {year.removeprefix("y"): values for year, values in years.items()}


SHEET = SheetFile.model_validate(
    {
        "fiscal_year": 2023,
        "municipality": "みずほ市",
        "plan": {"start": 2020, "end": 2027},
        "measure": {"name": "産業と交通"},
        "directions": [{"number": 1, "name": "商工業"}, {"number": 2, "name": "交通"}],
        "indicators": [
            {
                "id": "P-ア",
                "kind": "population",
                "label": "ア",
                "name": "市内事業所数（各年4月1日現在）",
                "unit": "事業所",
                "values": _series(y2021={"actual": 2860}, y2022={"actual": 2874}, y2023={"actual": 2812}),
            },
            {
                "id": "P-イ",
                "kind": "population",
                "label": "イ",
                "name": "認定農業者数（年度末現在）",
                "unit": "経営体",
                "values": _series(y2022={"actual": 88}, y2023={"actual": 85}, y2027={"forecast": 92}),
            },
            {
                "id": "P-ウ",
                "kind": "population",
                "label": "ウ",
                "name": "指定避難所数",
                "unit": "か所",
                "values": _series(y2022={"actual": 36}, y2023={"actual": 36}),
            },
            {
                "id": "P-エ",
                "kind": "population",
                "label": "エ",
                "name": "児童生徒数",
                "unit": "人",
                "values": _series(y2021={"actual": 6500}, y2022={"actual": 6412}, y2023={"actual": 6318}),
            },
            {
                "id": "1-ア",
                "kind": "outcome",
                "direction": 1,
                "label": "ア",
                "name": "商店街空き店舗率",
                "unit": "％",
                "better": "lower",
                "decimals": 1,
                "values": _series(
                    y2021={"target": 13.0, "actual": 13.9},
                    y2022={"target": 12.8, "actual": 14.8, "baseline": 14.5},
                    y2023={"target": 12.4, "actual": 14.1, "baseline": 14.3},
                ),
            },
            {
                "id": "1-イ",
                "kind": "outcome",
                "direction": 1,
                "label": "イ",
                "name": "面接会による就職者数",
                "unit": "人",
                "better": "higher",
                "values": _series(
                    y2020={"actual": 31}, y2021={"actual": 38}, y2022={"actual": 52}, y2023={"target": 72, "actual": 70}
                ),
            },
            {
                "id": "2-ア",
                "kind": "outcome",
                "direction": 2,
                "label": "ア",
                "name": "コミュニティバスの利用者数",
                "unit": "人",
                "better": "higher",
                "values": _series(
                    y2019={"actual": 238410},
                    y2020={"actual": 151236},
                    y2021={"actual": 172508},
                    y2022={"actual": 201745},
                    y2023={"target": 240000, "actual": 226318},
                ),
            },
            {
                "id": "2-イ",
                "kind": "outcome",
                "direction": 2,
                "label": "イ",
                "name": "自転車通行空間の延長",
                "unit": "km",
                "better": "higher",
                "decimals": 1,
                "values": _series(y2019={"actual": 6.2}, y2022={"actual": 9.8}, y2023={"target": 13.3, "actual": 12.6}),
            },
            {
                "id": "2-ウ",
                "kind": "outcome",
                "direction": 2,
                "label": "ウ",
                "name": "都市計画道路の整備率",
                "unit": "％",
                "better": "higher",
                "decimals": 1,
                "values": _series(y2022={"target": 63.5, "actual": 63.6}, y2023={"target": 64.5, "actual": 63.6}),
            },
            {
                "id": "2-エ",
                "kind": "outcome",
                "direction": 2,
                "label": "エ",
                "name": "残業が月45時間を超える職員の割合",
                "unit": "％",
                "better": "lower",
                "decimals": 1,
                "values": _series(y2022={"target": 40.0, "actual": 49.6}, y2023={"target": 38.0, "actual": 47.2})
                | {"2027": {"target": 25.0}},
            },
        ],
        "costs": {
            "2022": {"national": 300000, "general": 468870, "program_total": 768870, "total": 879270},
            "2023": {"national": 298190, "general": 298190, "program_total": 596380, "total": 706780},
        },
    }
)

BUS, SHOPS, ROADS = "コミュニティバスの利用者数", "商店街空き店舗率", "都市計画道路の整備率"

MATCHES = [
    # a difference and its rate share the word behind them
    ("市内事業所数は1年間で62事業所、率にして2.2％減少した。", 2),
    ("事業費は596,380千円で、前年度から172,490千円、22.4％の減となった。", 3),
    (f"{BUS}は226,318人で、前年度に比べて24,573人（12.2％）増加した。", 3),
    ("事業費は、前年度に比べて1億7,249万円（22.4％）減少した。", 2),
    (f"{BUS}は前回調査の令和4年度と比べて24,573人、約12％の増である。", 2),
    # this year's gap or change and last year's
    (f"{SHOPS}は目標の12.4％を1.7ポイント上回り、差は前年度の2.0ポイントから縮小した。", 3),
    (f"{SHOPS}と目標との差は、前年度の2.0ポイントから1.7ポイントに縮小した。", 2),
    ("児童生徒数の減少幅は前年の88人から広がった。", 1),
    # a value with も, and one with a comparison of another before it
    (f"{SHOPS}は改善し、成り行き値の14.3％も下回った。", 3),
    (f"{ROADS}は63.6％と前年度から横ばいであり、目標値の64.5％を0.9ポイント下回った。", 4),
    # the base named last, and words that describe a year
    ("自転車通行空間の延長は前年度比28.6％の増となり、計画策定時の6.2kmの約2倍に達した。", 3),
    (f"{BUS}は3年連続で増加し、最も落ち込んだ令和2年度の約1.5倍となった。", 2),
    # parts of a base's value
    (f"{BUS}は令和元年度の94.9％まで戻った。", 1),
    (f"{BUS}は目標の94.3％まで達した。", 1),
    (f"{BUS}は、令和元年度の238,410人と比べると94.9％の水準にある。", 2),
    (f"{BUS}は令和元年度の9割を超えている。", 1),
    # shares of costs
    ("事業費は596,380千円で、その50.0％を一般財源が占める。", 2),
    ("一般財源が事業費に占める割合は50.0％である。", 1),
    ("一般財源は298,190千円で、事業費の約5割である。", 2),
    ("国庫支出金が298,190千円と全体の2分の1を占める。", 2),
    # gaps in words, sums over years, records, parts, counts
    ("自転車通行空間の延長は伸びたが、目標になお0.7km足りない。", 1),
    ("面接会による就職者数は70人で、目標の72人にはあと2人及ばない。", 3),
    ("面接会による就職者数は、令和2年度からの4年間で計191人となった。", 1),
    ("面接会による就職者数は過去最高となった。", 1),
    (f"{BUS}の内訳は市街地が141,902人、郊外が84,416人である。", 1),
    (f"{ROADS}は、新たに整備した区間がなく63.6％のままである。", 1),
    ("認定農業者数は今後増え、令和9年度には92経営体に達すると見込んでいる。", 1),
    ("残業が月45時間を超える職員の割合は、令和9年度に25.0％まで引き下げます。", 1),
    (f"{BUS}は226,318人である。感染症の影響は薄れている。目標に対する達成率は94.3％であった。", 2),
]


def _check(text: str) -> list[Finding]:
    return check_text(text, "6.1.results", SHEET)


@pytest.mark.parametrize(("text", "matches"), MATCHES)
def test_right_statements_match(text: str, matches: int) -> None:
    findings = _check(text)
    assert not [found.message for found in findings if found.verdict in ("mismatch", "ambiguous")]
    assert sum(found.verdict == "match" for found in findings) >= matches, findings


WRONG = [
    ("市内事業所数は1年間で26事業所、率にして2.2％減少した。", "26事業所"),
    ("市内事業所数は1年間で62事業所、率にして2.8％減少した。", "2.8％減少"),
    ("市内事業所数は1年間で62事業所、率にして2.2％増加した。", "62事業所"),
    ("事業費は596,380千円で、前年度から127,490千円、22.4％の減となった。", "127,490千円"),
    (f"{BUS}は226,318人で、前年度に比べて42,573人（12.2％）増加した。", "42,573人"),
    (f"{BUS}は226,318人で、前年度に比べて24,573人（21.2％）増加した。", "21.2％"),
    ("事業費は、前年度に比べて1億7,249万円（22.4％）増加した。", "1億7,249万円"),
    (f"{SHOPS}は目標の12.4％を1.7ポイント上回り、差は前年度の1.7ポイントから縮小した。", "1.7ポイント"),
    (f"{SHOPS}と目標との差は、前年度の2.6ポイントから1.7ポイントに縮小した。", "2.6ポイント"),
    ("児童生徒数の減少幅は前年の68人から広がった。", "68人"),
    (f"{SHOPS}は改善し、成り行き値の14.3％も上回った。", "上回"),
    (f"{SHOPS}は改善し、成り行き値の15.3％も下回った。", "15.3％"),
    (f"{ROADS}は63.6％と前年度から横ばいであり、目標値の64.5％を0.9ポイント上回った。", "0.9ポイント上回"),
    ("自転車通行空間の延長は前年度比28.6％の増となり、計画策定時の6.2kmの約3倍に達した。", "3倍"),
    ("自転車通行空間の延長は前年度比26.8％の増となり、計画策定時の6.2kmの約2倍に達した。", "26.8％の増"),
    (f"{BUS}は3年連続で増加し、最も落ち込んだ令和2年度の約2.5倍となった。", "2.5倍"),
    (f"{BUS}は4年連続で増加し、最も落ち込んだ令和2年度の約1.5倍となった。", "増加"),
    (f"{BUS}は令和元年度の84.9％まで戻った。", "84.9％"),
    (f"{BUS}は目標の97.3％まで達した。", "97.3％"),
    (f"{BUS}は令和元年度の9割に満たない。", "9割"),
    ("事業費は596,380千円で、その77.8％を一般財源が占める。", "77.8％"),
    ("一般財源が事業費に占める割合は48.3％である。", "48.3％"),
    ("一般財源は298,190千円で、事業費の約7割である。", "7割"),
    ("国庫支出金が298,190千円と全体の3分の1を占める。", "3分の1"),
    ("面接会による就職者数は70人で、目標の72人にはあと4人及ばない。", "4人及ば"),
    ("面接会による就職者数は、令和2年度からの4年間で計119人となった。", "119人"),
    (f"{BUS}は過去最高となった。", "過去最高"),
    (f"{BUS}の内訳は市街地が141,902人、郊外が94,416人である。", "94,416人"),
    ("成果指標6件のうち2件で目標を達成した。", "2件"),
]


@pytest.mark.parametrize(("text", "written"), WRONG)
def test_wrong_statements_beside_them_are_found(text: str, written: str) -> None:
    wrong = [found.text for found in _check(text) if found.verdict == "mismatch"]
    assert written in wrong, [(found.text, found.verdict, found.message) for found in _check(text)]


NO_CONTRADICTION = [
    # a part of the row, or another deed
    "応援給付金を1,842事業者に支給（1事業者10万円、計1億8,420万円）した。",
    "認定農業者9経営体の経営改善計画の見直しを支援した。",
    "駅から離れた商店会では空き店舗が減っていない。",
    "いずれの市もバスの利用が前年度から3割から4割程度落ち込んでいる。",
    "相談員の支援を受けた児童生徒は84人で、令和4年度の62人から22人増えた。",
    "スクールソーシャルワーカーが児童生徒62人を支援した。",
    "マニュアルを整備した避難所は10か所で、指定避難所36か所の3割に満たない。",
    "指定避難所の半数に近い17か所で訓練を行った。",
    "先行する地区の例を共有したことにより、1か所で設置が早まった。",
    "18歳以下の児童生徒数は9,812人である。",
    # other cities, shares of other things
    f"{ROADS}は、県内の市の平均（速報値）である62.2％を1.4ポイント上回った。",
    f"{ROADS}は県内の市の平均を上回る。上回る幅は、令和4年度の1.8ポイントから縮まった。",
    "区画整理の完了により0.4km、交差点の改良により0.8kmが、自転車通行空間から除かれた。",
    # what is to be
    "自転車通行空間の延長を15kmとし、安全な移動を支えます。",
    "残業が月45時間を超える職員の割合を25.0％に引き下げます。",
    "全36か所に設置します。",
]


@pytest.mark.parametrize("text", NO_CONTRADICTION)
def test_statements_about_something_else_are_not_called_wrong(text: str) -> None:
    assert not [found.message for found in _check(text) if found.verdict in ("mismatch", "ambiguous")]


BESIDE = [
    ("認定農業者数は9経営体である。", "9経営体"),
    ("認定農業者は9経営体となった。", "9経営体"),
    (f"{SHOPS}は減っていない。", "減っ"),
    ("児童生徒数は84人で、前年度から22人増えた。", "84人"),
    ("指定避難所は17か所である。", "17か所"),
    (f"{ROADS}は62.2％で、目標を1.4ポイント上回った。", "1.4ポイント上回"),
    ("事業費は計1億8,420万円である。", "1億8,420万円"),
    ("自転車通行空間の延長は15kmとなった。", "15km"),
    ("残業が月45時間を超える職員の割合は25.0％に下がった。", "25.0％"),
]


@pytest.mark.parametrize(("text", "written"), BESIDE)
def test_the_row_itself_is_still_held_to_its_value(text: str, written: str) -> None:
    assert written in [found.text for found in _check(text) if found.verdict == "mismatch"]
