"""Requests, and the answers of the chat."""

from collections.abc import Sequence

from corpus.fiscal import wareki
from corpus.form import SECTION_KEYS

EXAMPLE_REQUESTS: tuple[str, ...] = (
    "展開方向1の成果実績を下書きして",
    "取組方針を昨年度にならって下書きして",
    "改善余地のある課題を書いて",
    "数字の整合を確認して",
    "取り巻く状況は昨年度と何が変わった？",
    "ひきこもり支援の課題は他の施策でどう書いている？",
)


def _examples() -> str:
    return "\n".join(f"・{example}" for example in EXAMPLE_REQUESTS)


def unclear_request(text: str) -> str:
    shown = f"「{text[:60]}{'…' if len(text) > 60 else ''}」の" if text else ""
    return f"{shown}ご依頼の内容を読み取れませんでした。次のように書いてください。\n{_examples()}"


def _quoted(parts: Sequence[str]) -> str:
    return "".join(f"「{part[:60]}」" for part in parts)


def nothing_done(excluded: Sequence[str]) -> str:
    done = f"{_quoted(excluded)}とのことなので、何も行っていません。"
    return f"{done}何をしますか。次のように書いてください。\n{_examples()}"


def left_out(excluded: Sequence[str]) -> str:
    return f"{_quoted(excluded)}とのことなので、その分は除きました。\n"


def help_reply() -> str:
    return (
        "開いているシートについて、記述欄の下書き、前年度との比較、数値との整合の確認、似た文章の検索ができます。"
        f"下書きは編集欄に入れてから直して保存してください。例：\n{_examples()}"
    )


def what_to_do_with(titles: list[str]) -> str:
    names = "、".join(f"「{title}」" for title in titles)
    return f"{names}をどうしますか。「下書きして」「昨年度と比べて」「数字の整合を確認して」のように書いてください。"


def which_section(titles: list[str]) -> str:
    listed = "\n".join(f"・{title}" for title in titles)
    return f"どの欄を下書きしますか。次の欄から選んで、「成果実績を下書きして」のように書いてください。\n{listed}"


def year_and_section_differ(year: int, title: str, others: list[str]) -> str:
    meant = "".join(f"「{other}」" for other in others)
    if meant:
        differ = f"{wareki(year)}を書く欄は{meant}ですが、ご依頼の言葉は「{title}」を指しています。"
        return differ + "どちらを下書きしますか。"
    return (
        f"「{title}」の年度と、ご依頼の{wareki(year)}が合いません。開いているシートの「{title}」を下書きしますか。"
        f"{wareki(year)}のシートのことであれば、そのシートを開いてから依頼してください。"
    )


FIGURES_TABLE = "数値の表"
LENGTH_NOT_FOLLOWED = "通常の長さで下書きします。長さは、続けて「短くして」「詳しくして」と頼むと変えられます。\n"
SECTION_NOT_SAID = (
    "どの欄のことか分からないため、シート全体を確かめました。"
    "「成果実績の数字は合っている？」のように欄の名を書くと、その欄だけを確かめます。\n"
)
GRADES_ARE_YOURS = (
    "評価を決めるのは担当者です。このプログラムは評価を付けたり変えたりせず、数値から分かることだけを示します。\n"
)
GRADE_REASONS = "評価の理由は記録から決められません。担当者が「4(3) 理由・背景として考えられること」に書く欄です。\n"
REPLY_FAILED = (
    "回答の途中で問題が起きました。ここまでの内容は残っています。シートの文章は変わっていません。"
    "もう一度送っても直らないときは、管理者に時刻を伝えてください。"
)
ORIGINS_EXPLAINED = (
    "下書きの各文には出どころの印が付いています。「数値」は保存された指標やコストの値、「昨年度」は前年度のシートの文章、"
    "「他シート」はほかの施策の文章、「言語モデル」はモデルの言い回し、「様式」は見出しや記入欄です。印を押すと、元の値や文章を確認できます。"
)


def open_other_sheet(measure: str) -> str:
    return f"「{measure}」のシートを開いてから、そのシートで依頼してください。いま開いているシートは変えていません。"


def no_such_direction(number: int, numbers: list[int]) -> str:
    known = "、".join(str(entry) for entry in numbers)
    return f"展開方向{number}はこのシートにありません。このシートの展開方向は {known} です。"


def _draft_of(title: str) -> str:
    return f"「{title}」の下書きです。" if title else ""


def drafting(title: str, last_year: int) -> str:
    return f"{_draft_of(title)}保存された数値と、{wareki(last_year)}のシートの文章をもとにしています。\n"


def drafting_without_last_year(title: str, last_year: int) -> str:
    missing = f"{wareki(last_year)}のシートが保存されていないため"
    return f"{_draft_of(title)}{missing}、このシートの数値や事実だけをもとにしています。\n"


def drafted(figures: int, notes: int, fill_in: int, confirm: int, problems: int) -> str:
    parts = [f"数値 {figures}か所は保存された値です。"] if figures else [] if notes else ["数値は含まれていません。"]
    if notes:
        parts.append(f"「その年度の事実」を{notes}件使っています。")
    if fill_in:
        parts.append(f"【要記入】が{fill_in}か所あります。")
    if confirm:
        parts.append(f"【要確認】が{confirm}か所あります。")
    if problems:
        parts.append(f"数値との照合で確認が必要な箇所が{problems}か所あります。")
    return "".join(parts) + "編集欄に入れ、確認して直してから保存してください。"


def _no_text(empty: list[str]) -> str:
    return f"まだ文章のない{len(empty)}欄（{'、'.join(empty)}）は照らし合わせていません。" if empty else ""


def checked(title: str, counts: dict[str, int], wrong: dict[str, int], empty: list[str]) -> str:
    """``counts``: findings by verdict; ``wrong``: mismatches by place; ``empty``: sections without a text."""
    where = f"「{title}」" if title else "シート全体"
    if title and empty:
        return f"{where}にはまだ文章がありません。書いて保存すると、数値と照らし合わせられます。"
    if len(empty) == len(SECTION_KEYS):
        rest = "まだどの欄にも文章がないため、確かめたのは数値の表だけです。"
    else:
        rest = _no_text(empty)
    if not any(counts.values()):
        return f"{where}の記述に、数値と照らし合わせる箇所はありませんでした。{rest}"
    parts = [f"{where}の記述と数値を照らし合わせました。"]
    if counts["mismatch"]:
        places = "、".join(f"{place} {count}件" for place, count in wrong.items())
        parts.append(f"不一致が{counts['mismatch']}件あります{'' if title else f'（{places}）'}。")
    else:
        parts.append("不一致はありません。")
    if counts["ambiguous"]:
        parts.append(f"人が確かめるもの（読み方が分かれるなど）が{counts['ambiguous']}件あります。")
    parts.append(f"一致は{counts['match']}件です。")
    if counts["unsupported"]:
        parts.append(
            f"{counts['unsupported']}件は、照らし合わせる値がシートにないため確かめていません。出典を見て確かめてください。"
        )
    return "".join(parts) + rest


def finding_line(place: str, text: str, message: str, suggestion: str) -> str:
    quoted = text if place == FIGURES_TABLE else f"「{text}」"
    return f"・{place}　{quoted}：{message}" + (f"→「{suggestion}」" if suggestion else "")


def nothing_to_compare(year: int, stored: list[int]) -> str:
    known = "、".join(wareki(entry) for entry in stored)
    rest = f"保存されている以前の年度は {known} です。" if known else "以前の年度のシートを取り込むと比べられます。"
    return f"{wareki(year)}のシートが保存されていないため、比べられません。{rest}"


def no_text_to_compare(title: str) -> str:
    where = f"「{title}」は" if title else "どの記述欄も"
    return f"{where}、どちらかの年度の文章がまだないため、比べられません。"


_CLASS_LABELS = {
    "same": "同じ",
    "years_only": "年度だけ変更",
    "figures_only": "数値だけ変更",
    "reworded": "書き換え",
    "moved": "移動",
    "new": "追加",
    "dropped": "削除",
    "split": "分割",
    "joined": "統合",
}


def class_label(name: str) -> str:
    return _CLASS_LABELS[name]


def compared(title: str, against: int, sentences: list[dict[str, object]], share: object) -> str:
    counts = {name: sum(entry["class"] == name for entry in sentences) for name in _CLASS_LABELS}
    listed = "、".join(f"{_CLASS_LABELS[name]} {count}" for name, count in counts.items() if count)
    return f"・{title}：{wareki(against)}から {listed}（そのままの割合 {float(str(share)):.0%}）"


def nothing_found(query: str) -> str:
    return f"「{query[:60]}」に近い文章は見つかりませんでした。言葉を変えるか、短くしてみてください。"


def passages_found(query: str, count: int) -> str:
    return f"「{query[:60]}」に近い文章を{count}件見つけました。"


def passages_weak(query: str, count: int) -> str:
    return (
        f"「{query[:60]}」にはっきり近い文章は見つかりませんでした。"
        f"関係が薄いかもしれませんが、いくらか近いものを{count}件示します。"
    )


def passage_place(measure: str, fiscal_year: int, section: str) -> str:
    return f"{measure} {wareki(fiscal_year)} {section}"


def no_figures(year: str) -> str:
    return f"{year}に当たる数値は保存されていません。" if year else "数値は保存されていません。"


def no_such_series(names: list[str], series: list[str], year: str) -> str:
    where = "、".join(f"「{name}」" for name in names)
    wanted = f"{year}の" if year else ""
    return f"{where}の{wanted}{'・'.join(series) or '値'}は保存されていません。"


def which_figure(names: list[str], costs: list[str]) -> str:
    listed = "\n".join(f"・{name}" for name in names)
    rows = f"\nコストは {'、'.join(costs)} です。" if costs else ""
    asked = "どの指標の数値ですか。お尋ねの言葉に当たる指標が見つかりませんでした。"
    return f"{asked}保存されている指標は次のとおりです。\n{listed}{rows}"


def figure_difference(label: str, earlier: int, later: int, difference: str) -> str:
    return f"・{label} {wareki(earlier)}から{wareki(later)}への差 {difference}"


def standing_line(name: str, year: int, parts: list[str]) -> str:
    return f"・{name}：{wareki(year)} {'、'.join(parts)}"


STANDINGS = "成果指標の状況です（保存された数値から）。"


def level_with_target(level: str, target: str) -> str:
    aim = f"目標値 {target}" if target else "目標値なし"
    return f"実績値 {level}、{aim}" if level else f"実績値なし、{aim}"


def met(achieved: bool) -> str:
    return "達成" if achieved else "未達成"


def changed_since(year: int, amount: str, up: bool, good: bool | None) -> str:
    judged = {True: "（向上）", False: "（低下）", None: ""}[good]
    return f"{wareki(year)}から{amount}{'上昇' if up else '下降'}{judged}"


def plan_period(name: str, start: int | None, end: int | None) -> str:
    if start is None or end is None:
        return f"{name}の期間は保存されていません。"
    return f"{name}の期間は{wareki(start)}から{wareki(end)}までです。"


def section_as_it_stands(measure: str, fiscal_year: int, title: str, text: str) -> str:
    return f"{measure} {wareki(fiscal_year)}「{title}」の文章です。\n{text}"


def no_section_text(measure: str, fiscal_year: int, title: str) -> str:
    return f"{measure} {wareki(fiscal_year)}「{title}」の文章は保存されていません。"


def figures_found(count: int) -> str:
    return f"保存されている数値です（{count}件）。"


def grade_line(label: str, grade: str | None, meaning: str) -> str:
    return f"{label}：{grade}（{meaning}）" if grade else f"{label}：未記入"


def grade_counts(judged: int, met: int, changed: int, better: int) -> str:
    return (
        f"数値から分かること：目標と比べられる成果指標 {judged}のうち達成 {met}、"
        f"前回の値と比べられる成果指標 {changed}のうち向上 {better}。評価は担当者が判断してください。"
    )
