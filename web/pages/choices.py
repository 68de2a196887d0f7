"""What a form offers for choice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """An entry of a select: what the form sends, what a person reads, whether it is the present one."""

    value: str
    label: str
    selected: bool
