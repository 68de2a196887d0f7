"""Models made of a rule: they answer a prompt as the test says, in small pieces with beats between them."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from assistant.writing.values import Call, LanguageModel, Pen, Speak
from prompts import Prompted

MODEL = LanguageModel("練習用", "openai", "http://127.0.0.1:9/v1", outside=False)
FAR = LanguageModel("遠くのモデル", "openai", "https://api.example.com/v1", outside=True)
Answer = Callable[[Prompted], str]


class Scripted:
    """A pen with what it was asked and what the log was told."""

    def __init__(self, answer: Answer, model: LanguageModel = MODEL, speak: Speak | None = None) -> None:
        self.asked: list[Prompted] = []
        self.calls: list[Call] = []
        self.closed = 0
        self._answer = answer
        self.pen = Pen(model, speak or self._speak, self.calls.append)

    def _speak(self, prompted: Prompted) -> Iterator[str | None]:
        self.asked.append(prompted)
        try:
            yield None
            text = self._answer(prompted)
            for start in range(0, len(text), 7):
                yield text[start : start + 7]
                if start % 3 == 0:
                    yield None
        finally:
            self.closed += 1


def lines_in(prompted: Prompted) -> dict[str, str]:
    """The lines that a prompt asks for, by key."""
    found = re.findall(r"<たたき台>\n(.*?)\n</たたき台>", prompted.user, flags=re.DOTALL)
    return dict(line.split(": ", 1) for line in found[-1].split("\n")) if found else {}


def each(change: Callable[[str], str]) -> Answer:
    """An answer that changes every line in the same way."""
    return lambda prompted: "\n".join(f"{key}: {change(text)}" for key, text in lines_in(prompted).items())


def saying(label: str, section: str = "none") -> Answer:
    """An answer that gives the same label to every question of which action is meant."""
    return lambda asked: f"meaning: something\nlabel: {section if asked.prompt == 'choose_section' else label}"


def copied(text: str) -> str:
    return text


def reworded(text: str) -> str:
    """Honest other words of the same sense, where the line has one of a few that the composer writes."""
    for words, others in (
        ("目標を達成した", "目標に達した"),
        ("に取り組んだ。", "に取り組んでいる。"),
        ("の達成には至らなかった", "を達成しなかった"),
        ("届かなかった", "及ばなかった"),
        ("上昇した", "上がった"),
        ("増加した", "増えた"),
        ("必要である", "求められる"),
        ("図る。", "進める。"),
    ):
        if words in text:
            return text.replace(words, others, 1)
    return text


def rewriting(asked: dict[str, Any]) -> str:
    """The answer of honest other words to what a server was asked (``says(rewriting)``)."""
    system, user = (message["content"] for message in asked["messages"])
    return each(reworded)(Prompted(system, user, "write", 1))
