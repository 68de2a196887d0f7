"""What the program says to a language model: one text file a prompt, with its variables declared.

A file is a head, a line ``---``, the system message, a line ``---``, and the message with the material. The head says
``version: 2`` (raised with every change of words; stored with what was written by it) and ``variables: a, b``. A
variable stands as ``{{a}}``. What is put in is data: it stands in the message, between fences that it cannot close.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_NAME = re.compile(r"[a-z][a-z_]*")
FENCE = re.compile(r"<(/?)(資料|たたき台|依頼)>")
"""What opens and closes material in a prompt; in the material itself it is made harmless."""


class BadPrompt(ValueError):
    """A prompt file that does not declare what it uses, or is given other variables than it declares."""


@dataclass(frozen=True)
class Prompted:
    """What is sent: both messages, and the prompt that they are made of."""

    system: str
    user: str
    prompt: str
    version: int

    @property
    def size(self) -> int:
        """Characters sent."""
        return len(self.system) + len(self.user)


@dataclass(frozen=True)
class Prompt:
    """A prompt file. ``variables`` are just those that stand in its text."""

    name: str
    version: int
    variables: frozenset[str]
    system: str
    user: str

    def filled(self, **values: str) -> Prompted:
        """Both messages with ``values`` put in, fences in them made harmless; raises ``BadPrompt`` for other names."""
        if values.keys() != self.variables:
            raise BadPrompt(f"{self.name}: {sorted(values.keys() ^ self.variables)}")
        safe = {name: FENCE.sub(r"＜\1\2＞", value) for name, value in values.items()}

        def put_in(text: str) -> str:
            return _VARIABLE.sub(lambda found: safe[found[1]], text)

        return Prompted(put_in(self.system), put_in(self.user), self.name, self.version)


def read_prompt(name: str, text: str) -> Prompt:
    """The prompt of a file's ``text``; raises ``BadPrompt`` where the head or a variable is wrong."""
    parts = re.split(r"^---[ \t]*\n", text, flags=re.MULTILINE)
    if len(parts) != 3:
        raise BadPrompt(f"{name}: head, system message and message, with a line --- between them")
    head = dict(line.split(":", 1) for line in parts[0].splitlines() if ":" in line)
    if head.keys() != {"version", "variables"} or not head["version"].strip().isdigit():
        raise BadPrompt(f"{name}: the head says version and variables")
    declared = {one.strip() for one in head["variables"].split(",") if one.strip()}
    used = set(_VARIABLE.findall(parts[1] + parts[2]))
    if declared != used or not all(_NAME.fullmatch(one) for one in used):
        raise BadPrompt(f"{name}: declared and used variables differ: {sorted(declared ^ used)}")
    if re.search(r"\{\{|\}\}", _VARIABLE.sub("", parts[1] + parts[2])):
        raise BadPrompt(f"{name}: a brace is not closed")
    return Prompt(name, int(head["version"]), frozenset(declared), parts[1].strip(), parts[2].strip())


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt ``name`` of this folder."""
    return read_prompt(name, files(__name__).joinpath(f"{name}.txt").read_text("utf-8"))


def prompt_names() -> list[str]:
    """The names of all prompts."""
    return sorted(file.name.removesuffix(".txt") for file in files(__name__).iterdir() if file.name.endswith(".txt"))
