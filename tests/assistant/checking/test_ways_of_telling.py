"""Sums without the word, what is left of costs, denied sizes, plans of years to come: right beside wrong."""

import pytest

from assistant.checking import check_text
from corpus.sheetfile import SheetFile

MEASURE = {
    "fiscal_year": 2023,
    "municipality": "みなと市",
    "plan": {"name": "第2次基本計画", "start": 2020, "end": 2027},
    "measure": {"name": "火災の予防"},
    "directions": [{"number": 1, "name": "火災の予防"}],
    "indicators": [
        {
            "id": "1-ア",
            "kind": "outcome",
            "direction": 1,
            "label": "ア",
            "name": "住宅火災件数",
            "unit": "件",
            "values": {
                "2021": {"actual": 45, "target": 40},
                "2022": {"actual": 36, "target": 38},
                "2023": {"actual": 33, "target": 36},
                "2024": {"target": 34},
            },
        },
        {
            "id": "1-イ",
            "kind": "outcome",
            "direction": 1,
            "label": "イ",
            "name": "立入検査実施件数",
            "unit": "件",
            "values": {"2022": {"actual": 1096, "target": 1100}, "2023": {"actual": 1318, "target": 1400}},
        },
    ],
}
PAIRS = (
    ("住宅火災件数は令和3年度から令和5年度までを通算すれば114件である。", "114件", "match"),
    ("住宅火災件数は令和3年度から令和5年度までを通算すれば104件である。", "104件", "mismatch"),
    ("住宅火災件数は令和3～5年度の3か年を均せば年38件となる。", "38件", "match"),
    ("住宅火災件数は令和3～5年度の3か年をならすと年31件となる。", "31件", "mismatch"),
    ("住宅火災件数は33件と、前年度から少なくなった。", "少なく", "match"),
    ("住宅火災件数は33件と、前年度から少なくなっていない。", "少なく", "mismatch"),
    ("住宅火災件数の方は前年度から減っている。", "減っ", "match"),
    ("住宅火災件数のほうは前年度から増えている。", "増え", "mismatch"),
    ("住宅火災件数は令和6年度には34件まで縮める。", "34件", "match"),
    ("住宅火災件数は30件以下に抑えられている。", "30件", "mismatch"),
    ("立入検査を1,318件行った。", "1,318件", "match"),
    ("立入検査を1,096件行った。", "1,096件", "mismatch"),
    ("秋の運動では立入検査を120件行った。", "120件", "unsupported"),
    ("立入検査実施件数は1,318件と前年度の1,096件から増えたが、目標の1,400件には及んでいません。", "及ん", "match"),
)


@pytest.mark.parametrize(("text", "said", "verdict"), PAIRS)
def test_each_way_of_telling_is_read(text: str, said: str, verdict: str) -> None:
    """Each statement gets the verdict that its words and the stored values give."""
    found = check_text(text, "6.1.results", SheetFile.model_validate(MEASURE))
    assert [finding.verdict for finding in found if finding.text == said] == [verdict]
