"""The slots for names, years and words: directions, 達成, records, streaks, grades."""

from dataclasses import replace

from corpus.form import GRADE_TEXTS, GradeName, direction_heading
from tests.checking.figure_slots import results
from tests.checking.parts import Line, Piece, Role
from tests.checking.scene import FLAT_POINTS, FLAT_SHARE, PERCENT, Scene, slot, year_text

GRADES = "ABCDE"


@slot
def name(scene: Scene, line: Line, _: str) -> Piece | None:
    """The indicator or cost row by its name."""
    return Piece(scene.rng.choice(line.names), "name", line=line.id)


@slot
def label(scene: Scene, line: Line, _: str) -> Piece | None:
    """「成果指標ア」 under the heading of its direction."""
    if line.label is None or line.direction is None:
        return None
    return Piece(f"成果指標{line.label}", "name", line=line.id)


@slot
def heading(scene: Scene, line: Line, _: str) -> Piece | None:
    """The heading of the indicator's direction."""
    direction = scene.view.sheet.direction(line.direction) if line.direction else None
    if direction is None or not direction.name:
        return None
    plain = f"展開方向{direction.number}"
    kinds = (
        direction_heading(direction.number, direction.name) + "\n・",
        f"【{plain}　{direction.name}】\n・",
        f"◆{plain}　{direction.name}\n・",
        f"〔{plain}〕{direction.name}\n・",
    )
    return Piece(scene.rng.choice(kinds))


@slot
def year(scene: Scene, line: Line, _: str) -> Piece | None:
    """The sheet's own year."""
    return Piece(year_text(scene.here, scene.years, scene.here), "year", year=scene.here)


@slot
def before(scene: Scene, line: Line, _: str) -> Piece | None:
    """前年度, or the last surveyed year by its name."""
    last = line.before(scene.here)
    if last is None:
        return None
    if last == scene.here - 1:
        return Piece(
            scene.rng.choice(("前年度", "前年度", "昨年度", year_text(last, scene.years, scene.here))),
            "year",
            year=last,
        )
    surveyed = "" if line.cost else scene.rng.choice(("前回調査の", ""))
    return Piece(surveyed + year_text(last, scene.years, scene.here), "year", year=last)


@slot
def prior(scene: Scene, line: Line, _: str) -> Piece | None:
    """「前年度比」「対前年度比」: only where the year before was surveyed."""
    last = line.before(scene.here)
    return Piece("前年度", "year", year=last) if last == scene.here - 1 else None


@slot
def then(scene: Scene, line: Line, _: str) -> Piece | None:
    """An earlier year by its name."""
    year = scene.then(line)
    return None if year is None else Piece(year_text(year, scene.years, scene.here), "year", year=year)


@slot
def start(scene: Scene, line: Line, _: str) -> Piece | None:
    """計画策定時の令和元年度."""
    year = scene.start(line)
    if year is None:
        return None
    written = year_text(year, "era", scene.here)
    return Piece(scene.rng.choice((f"計画策定時の{written}", f"計画策定時（{written}）")), "year", year=year)


@slot
def year_ago(scene: Scene, line: Line, argument: str) -> Piece | None:
    """The year so many before the sheet's, where all between are surveyed."""
    wanted = scene.here - int(argument)
    return (
        None if line.value(wanted) is None else Piece(year_text(wanted, scene.years, scene.here), "year", year=wanted)
    )


@slot
def next_year(scene: Scene, line: Line, _: str) -> Piece | None:
    """The following year, for its target."""
    return Piece(year_text(scene.here + 1, "era", scene.here), "year", year=scene.here + 1)


@slot
def series(scene: Scene, line: Line, argument: str) -> Piece | None:
    """「実績値|目標値」: the word, and what it would be of the other series."""
    word, other = argument.split("|")
    return Piece(word, "series", turned=(other,))


def _turn(words: str, first: bool, role: Role = "sense") -> Piece:
    high, _, low = words.partition("|")
    return Piece(high if first else low, role, turned=(low if first else high,))


@slot
def up(scene: Scene, line: Line, argument: str) -> Piece | None:
    """A direction beside a figure: 「増加|減少」 (「上昇|低下」 of a percentage) since ``name``; words after ``=``."""
    base, _, words = argument.partition("=")
    found = scene.difference(line, base)
    if found is None or found[1] == 0:
        return None
    words = words or ("上昇|低下" if line.unit in PERCENT else "増加|減少")
    return _turn(words, found[1] > 0)


@slot
def against(scene: Scene, line: Line, argument: str) -> Piece | None:
    """「上回る|下回る」 of the target without a figure. Where low is good, 「目標を下回る結果」 may speak of the outcome:
    it is then said, but not turned.
    """
    found = scene.difference(line, "target")
    if found is None or found[1] == 0:
        return None
    piece = _turn(argument, found[1] > 0)
    return piece if line.better == "higher" else replace(piece, turned=())


@slot
def trend(scene: Scene, line: Line, argument: str) -> Piece | None:
    """A direction without a figure: only where the change is beyond 横ばい."""
    base = scene.base(line, argument.partition("=")[0] or "last")
    found = None if base is None else scene.difference(line, argument.partition("=")[0])
    if base is None or found is None:
        return None
    other = line.value(*base)
    assert other is not None
    limit = FLAT_POINTS if line.unit in PERCENT else abs(other) * FLAT_SHARE
    return up(scene, line, argument) if abs(found[1]) > limit else None


@slot
def good(scene: Scene, line: Line, argument: str) -> Piece | None:
    """「改善|悪化」 since the last surveyed year, beyond 横ばい; for an indicator whose polarity is stored."""
    if line.better is None or trend(scene, line, "") is None:
        return None
    found = scene.difference(line, "last")
    return None if found is None else _turn(argument, (found[1] > 0) == (line.better == "higher"))


@slot
def flat(scene: Scene, line: Line, argument: str) -> Piece | None:
    """横ばい, where the change is well inside the threshold; ``flat|up|down`` words."""
    found, last_year = scene.difference(line, "last"), line.before(scene.here)
    if found is None or last_year is None:
        return None
    other = line.value(last_year)
    assert other is not None
    limit = FLAT_POINTS if line.unit in PERCENT else abs(other) * FLAT_SHARE
    if abs(found[1]) > limit / 2:
        return None
    words, rising, falling = argument.split("|")
    # The contrary of what happened is false however small the change; an unchanged value neither rose nor fell.
    return Piece(words, "sense", turned=((rising,) if found[1] <= 0 else (falling,)))


@slot
def met(scene: Scene, line: Line, argument: str) -> Piece | None:
    """「達成した|達成できなかった」."""
    result = line.met(scene.here)
    return None if result is None else _turn(argument, result, "achieved")


@slot
def record(scene: Scene, line: Line, argument: str) -> Piece | None:
    """「過去最高|過去最低」 over all stored years, or with ``plan=`` over those of the plan: four values or more."""
    window, _, words = argument.rpartition("=")
    plan = scene.view.sheet.plan
    first = plan.start if window == "plan" and plan and plan.start else 0
    if window == "plan" and not first:
        return None
    now = line.value(scene.here)
    all_earlier = [value for year, value in line.values["actual"].items() if year < scene.here]
    earlier = [value for year, value in line.values["actual"].items() if first <= year < scene.here]
    if now is None or len(earlier) < 3 or any(year > scene.here for year in line.values["actual"]):
        return None
    if now > max(earlier) and now > min(all_earlier):
        return _turn(words, True, "record")
    return _turn(words, False, "record") if now < min(earlier) and now < max(all_earlier) else None


def _steps(line: Line, here: int) -> list[int]:
    """Signs of the yearly changes, the latest first, as far as year after year is stored."""
    signs = []
    while (now := line.value(here)) is not None and (earlier := line.value(here - 1)) is not None:
        signs.append((now > earlier) - (now < earlier))
        here -= 1
    return signs


def _run(steps: list[bool | int | None]) -> int:
    return next((count for count, step in enumerate(steps) if step != steps[0]), len(steps)) if steps else 0


@slot
def streak(scene: Scene, line: Line, argument: str) -> Piece | None:
    """「3年連続|3年続けて」 of yearly rises or falls; turned: one or two years more, where a stored year denies it."""
    signs = _steps(line, scene.here)
    count = _run(list(signs))
    return _streak_piece(argument, count, len(signs)) if count >= 2 and signs[0] else None


@slot
def met_streak(scene: Scene, line: Line, argument: str) -> Piece | None:
    """The same of targets met."""
    flags = []
    here = scene.here
    while (flag := line.met(here)) is not None:
        flags.append(flag)
        here -= 1
    count = _run(list(flags))
    return _streak_piece(argument, count, len(flags)) if count >= 2 and flags[0] else None


def _streak_piece(words: str, count: int, known: int) -> Piece:
    false = tuple(f"{more}{words}" for more in range(count + 1, min(count + 3, known + 1)))
    return Piece(f"{count}{words}", "streak", turned=false)


@slot
def step_up(scene: Scene, line: Line, argument: str) -> Piece | None:
    """The direction of the last yearly change, for a streak."""
    signs = _steps(line, scene.here)
    words = argument or ("上昇|低下" if line.unit in PERCENT else "増加|減少")
    return _turn(words, signs[0] > 0) if signs and signs[0] else None


@slot
def met_all(scene: Scene, line: Line, argument: str) -> Piece | None:
    """「達成した|達成できなかった」 of all of them."""
    found = results(scene)
    return None if found is None or len(set(found)) > 1 else _turn(argument, found[0], "achieved")


@slot
def grade(scene: Scene, line: Line, argument: str) -> Piece | None:
    """A stored grade, with ``name|text`` its words too; turned: two grades off."""
    key, _, with_text = argument.partition("|")
    stored = getattr(scene.view.sheet.grades, key)
    if stored is None:
        return None
    texts = GRADE_TEXTS[_grade_name(key)]

    def written(letter: str) -> str:
        return f"{letter}：{texts[letter].rstrip('。')}" if with_text else letter

    off = [letter for letter in GRADES if abs(GRADES.index(letter) - GRADES.index(stored)) == 2]
    return Piece(written(stored), "grade", turned=tuple(written(letter) for letter in off))


def _grade_name(key: str) -> GradeName:
    names: tuple[GradeName, ...] = ("achievement", "trend", "overall")
    return next(one for one in names if one == key)
