"""What the checker says of bounds that hold over several years."""

from corpus.fiscal import wareki


def check_band_match(stated: str, name: str, first: int, last: int) -> str:
    return f"「{name}」の{wareki(first)}から{wareki(last)}までの実績値は、いずれも{stated}の範囲にあります。"


def check_band(stated: str, outside: list[tuple[str, str]]) -> str:
    """``outside``: each place and its value that is not within the bounds."""
    values = "、".join(f"{where}は{shown}" for where, shown in outside)
    return f"文中は{stated}の範囲としていますが、{values}で、範囲の外です。"
