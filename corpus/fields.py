"""Places of a sheet as paths (``indicators.1-ア.values.2023.actual``): their Japanese labels, and setting one."""

from corpus.fiscal import wareki
from corpus.form import COST_BY_KEY, GRADE_LABELS, KIND_LABELS, SECTION_KEYS, SERIES_LABELS, section_label
from corpus.sheetfile import SheetFile
from corpus.yearfacts import NOTE_TYPES, FactKind

HEAD_LABELS: dict[str, str] = {
    "format": "形式（format）",
    "municipality": "自治体名",
    "plan": "計画",
    "plan.name": "計画の名称",
    "plan.start": "計画の開始年度",
    "plan.end": "計画の終了年度",
    "fiscal_year": "評価年度",
    "policy": "政策名",
    "measure": "基本施策",
    "measure.code": "基本施策の番号",
    "measure.name": "基本施策名",
    "lead_division": "施策統括課",
    "lead_person": "氏名",
    "related_divisions": "主な関係課",
    "target": "対象",
    "purpose": "施策の目的",
    "directions": "展開方向",
    "indicators": "指標",
    "costs": "施策コスト",
    "grades": "評価",
    "sections": "記述欄",
    "facts": "その年度の事実",
}
FACT_LABELS: dict[FactKind, str] = {
    "done": "取組実績",
    "planned": "取組予定",
    "opinions": "意見・要望",
    "other_cities": "他自治体",
    "projects": "事務事業",
    "evidence": "根拠メモ",
}
FACT_FIELD_LABELS: dict[str, str] = {
    "id": "番号（id）",
    "direction": "展開方向",
    "text": "内容",
    "date": "時期",
    "who": "発言者",
    "answer": "回答・答弁",
    "city": "自治体名",
    "name": "事務事業名",
    "result": "実績・成果",
    "cost": "事業費（千円）",
    "next_step": "今後の取組",
    "figure": "数値",
    "unit": "単位",
    "what": "何の数値か",
    "year": "年度",
    "source": "出典",
    "by": "記入者",
}
DIRECTION_LABELS: dict[str, str] = {"number": "番号", "name": "名称", "purpose": "目的", "means": "手段"}
INDICATOR_LABELS: dict[str, str] = {
    "id": "番号（id）",
    "kind": "種類",
    "direction": "展開方向",
    "label": "記号",
    "name": "名称",
    "unit": "単位",
    "source": "出典",
    "better": "望ましい方向",
    "decimals": "小数の桁数",
    "values": "数値",
    "achieved": "達成・未達成",
    "improved": "前年度比較",
}


def field_label(path: str, sheet: SheetFile | None = None) -> str:
    """The place as people call it: 「成果指標 1-ア「…」 令和5年度 実績値」; an unknown path comes back as it is."""
    if path in HEAD_LABELS:
        return HEAD_LABELS[path]
    head, _, rest = path.partition(".")
    parts = rest.split(".")
    if head == "sections" and rest:
        return section_label(rest, sheet.fiscal_year if sheet else None) if rest in SECTION_KEYS else rest
    if head == "grades":
        return GRADE_LABELS.get(rest, rest)  # type: ignore[call-overload,no-any-return]
    if head == "costs":
        words = ["施策コスト", _year(parts[0])]
        if len(parts) > 1:
            row = COST_BY_KEY.get(parts[1])
            words.append(row.label if row else parts[1])
        return " ".join(words)
    if head == "directions":
        return " ".join([f"展開方向{parts[0]}", *(DIRECTION_LABELS.get(part, part) for part in parts[1:])])
    if head == "related_divisions":
        return f"{HEAD_LABELS[head]} {rest}"
    if head == "facts":
        return _note(parts, sheet)
    if head == "indicators":
        return " ".join([_indicator(parts[0], sheet), *(_indicator_part(part) for part in parts[1:])])
    return path


def _note(parts: list[str], sheet: SheetFile | None) -> str:
    """By kind and its first words; ``facts.done.done-1.text`` (a place in a file) as well as ``facts.done-1``."""
    kind, names = parts[0], parts[1:]
    if kind not in NOTE_TYPES:
        found = sheet.facts.find(kind) if sheet else None
        if found is None:
            return f"{HEAD_LABELS['facts']} {kind}"
        words = next((value for name in ("name", "what", "text") if (value := getattr(found[1], name, None))), "")
        return f"{FACT_LABELS[found[0]]}「{words[:20]}{'…' if len(words) > 20 else ''}」"
    return " ".join([FACT_LABELS[kind], *(FACT_FIELD_LABELS.get(name, name) for name in names)])


def _indicator(indicator_id: str, sheet: SheetFile | None) -> str:
    entry = sheet.indicator(indicator_id) if sheet else None
    return f"{KIND_LABELS[entry.kind]} {indicator_id}「{entry.name}」" if entry else f"指標 {indicator_id}"


def _indicator_part(part: str) -> str:
    labels: dict[str, str] = INDICATOR_LABELS | dict(SERIES_LABELS.items())
    return labels.get(part) or _year(part)


def _year(part: str) -> str:
    return wareki(int(part)) if part.isdigit() and 1926 <= int(part) <= 2100 else part
