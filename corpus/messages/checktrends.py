"""Findings of the checker on words of direction and on relations to targets and other years."""


def check_polarity_open(where: str, stated: str) -> str:
    return f"{where}は、高いほど良いのか低いほど良いのか記録がないため、「{stated}」かどうかを決められません。"


def check_each(stated: str, details: list[str]) -> str:
    return f"文中は「{stated}」ですが、{'、'.join(details)}です。"


def check_each_doubt(stated: str, details: list[str]) -> str:
    return f"「{stated}」がどの数値を指すのか決められません。読み方：{'／'.join(details)}。"


def check_each_detail(where: str, value: str, base: str, base_value: str, change: str) -> str:
    return f"{where}は{value}、{base}は{base_value}で{change}"


def check_short_doubt(stated: str, where: str) -> str:
    return f"「{stated}」かどうかは、{where}の動きをどう見るかによります。"
