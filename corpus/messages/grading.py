"""Proposals for the three grades, and findings about stored ones."""

NOT_COUNTED = {
    "not_surveyed": "調査なし",
    "not_entered": "実績値が未記入",
    "no_target": "目標なし",
    "not_before": "以前の調査なし",
    "polarity_unknown": "望ましい方向が未確認",
}
ALL_SURVEYED = "調査のあった"
ALL_ENTERED = "実績値のある"
ALL_COUNTABLE = "数えられる"
GRADE_ACTS = {"achievement": ("目標を達成", "目標を達成したもの"), "trend": ("前回から向上", "前回から向上したもの")}
NO_OUTCOMES = "成果指標がないため、数値からは提案できません。"
OVERALL_OFF = "総合評価は数値から提案しない設定です。"
OVERALL_IS_YOURS = "社会的要請への対応など、数値にないことを合わせて決めてください。"


def grade_reason(scope: str, met: str, bound: str, grade: str) -> str:
    """「成果指標4件のうち調査のあった3件中1件（1-イ）が目標を達成。3分の1以上のためC。」"""
    return f"{scope}{met}。{bound}ため{grade}。"


def grade_scope(total: int, counted: int, which: str) -> str:
    return f"成果指標{total}件" if counted == total else f"成果指標{total}件のうち{which}{counted}件"


def grade_met(met: int, counted: int, names: str, act: tuple[str, str]) -> str:
    if met == counted:
        return f"のすべてが{act[0]}" if counted > 1 else f"（{names}）が{act[0]}"
    return f"中{met}件（{names}）が{act[0]}" if met else f"に、{act[1]}はない"


def grade_bound(grade: str, share: str, below: str) -> str:
    """``share``: the bound of the grade in words; ``below``: that of the next better one (for D)."""
    if grade == "E":
        return "1件もない" if share == "0％" else f"{share}以下の"
    if grade == "D":
        return f"1件以上あるが{below}に満たない" if share == "0％" else f"{share}を超えるが{below}に満たない"
    return "全件の" if share == "すべて" else f"{share}以上の"


def grade_left_out(parts: list[str]) -> str:
    return f"数えていないもの：{'、'.join(parts)}。"


def grade_part(names: str, why: str) -> str:
    return f"{names}（{why}）"


def grade_unchanged(names: str) -> str:
    return f"前回と同じ値のもの（{names}）は、向上に数えていません。"


def grade_none_changed(names: str) -> str:
    return (
        f"数えられる成果指標（{names}）はいずれも前回と同じ値で、割合からは決められないため、提案はありません。"
        "「C：成果がほとんど変わらなかった」に当たるかを見てください。"
    )


def grade_nothing_counted(total: int, parts: list[str]) -> str:
    return f"成果指標{total}件に数えられるものがないため、提案はありません。{grade_left_out(parts)}"


def overall_lacks(labels: str) -> str:
    return f"{labels}の提案がないため、総合評価の提案もありません。"


def overall_mean(achievement: str, trend: str, grade: str, *, halved: bool) -> str:
    half = "（中間のときは4(1)に近いほう）" if halved else ""
    return f"4(1)の提案{achievement}と4(2)の提案{trend}の平均{half}で{grade}。"


def overall_worse(achievement: str, trend: str, grade: str) -> str:
    return f"4(1)の提案{achievement}と4(2)の提案{trend}のうち低いほうで{grade}。"


def overall_as_achievement(grade: str) -> str:
    return f"4(1)の提案と同じ{grade}。"


def overall_held_back(names: str) -> str:
    return f"数えられない成果指標（{names}）があるため、AではなくBとしています。"


def check_stored_grade_ok(reason: str) -> str:
    return f"記入の評価は、数値から求めた評価と一致しています。{reason}"


def check_stored_grade(stored: str, grade: str, reason: str) -> str:
    return f"記入は{stored}ですが、数値から求めると{grade}です。{reason}"


def check_stored_grade_open(stored: str, grade: str, reason: str) -> str:
    return f"数値から求めると{grade}です。数え方によっては記入の{stored}にもなります。{reason}"


NO_SUCH_GRADE = "評価は A、B、C、D、E から選んでください。何も保存していません。"
GRADES_UNCHANGED = "変更はありません。保存済みの評価と同じです。"


def grades_chosen(labels: list[str]) -> str:
    return f"{'、'.join(labels)}を保存しました。"
