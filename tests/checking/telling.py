"""What several tests of the checker do with a text: over the sample city of 令和5年度."""

from tests.checking.labelled import checker


def told(sheet: str, text: str) -> list[tuple[str, str]]:
    """Verdict and words of each finding in a text of the sheet of measure ``sheet``."""
    found = checker(f"sample-{sheet}-2023").check(text, "6.1.results")
    return [(one.verdict, one.text) for one in found]


def assert_all_match(sheet: str, text: str) -> None:
    """Something is found, and nothing but matches."""
    found = told(sheet, text)
    assert found
    assert not [one for one in found if one[0] != "match"]


def assert_one_wrong(sheet: str, text: str, words: str) -> None:
    """The only mismatch begins with ``words``."""
    wrong = [said for verdict, said in told(sheet, text) if verdict == "mismatch"]
    assert len(wrong) == 1
    assert wrong[0].startswith(words)
