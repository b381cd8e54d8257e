"""What is wrong with a plan file, gathered so that its maker hears everything at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise, keep_lazy_text
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError

At = tuple[str | int, ...]

# A hostile file may hold a million faults; nobody reads beyond the first few hundred.
MOST_FAULTS = 300


@dataclass(frozen=True)
class Fault:
    """One thing wrong, at a path such as `areas[0].rows[3].seats[1].rank`."""

    where: str
    text: str | Promise

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else str(self.text)


class PlanRefused(TicketingError):
    """The file is not stored; `faults` names everything found, `offers` the options that would help."""

    code: ClassVar[str] = "seating_plan_refused"
    message: ClassVar[str | Promise] = _("This seating plan cannot be used.")

    def __init__(self, faults: Iterable[Fault], offers: tuple[str, ...] = ()) -> None:
        self.faults = tuple(faults)
        self.offers = offers
        super().__init__()

    def __str__(self) -> str:
        return "\n".join([str(self.message), *map(str, self.faults)])


class Faults:
    """Gathers faults while a file is read; a full list only counts on."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.left_out = 0

    def __bool__(self) -> bool:
        return bool(self.found)

    def add(self, at: At, text: str | Promise, **values: object) -> Any:
        """Returns None in place of the value that could not be read."""
        if len(self.found) >= MOST_FAULTS:
            self.left_out += 1
        else:
            self.found.append(Fault(path_text(at), _lazily(text, values) if values else text))
        return None

    def raise_if_any(self, offers: tuple[str, ...] = ()) -> None:
        if not self.found:
            return
        if self.left_out:
            self.found.append(Fault("", _lazily(_("and {count} more"), {"count": self.left_out})))
        raise PlanRefused(self.found, offers)


@keep_lazy_text
def _lazily(text: Any, values: Mapping[str, object]) -> str:
    """Filled in when it is read, in the reader's language."""
    return str(text).format(**values)


def path_text(at: At) -> str:
    text = ""
    for step in at:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text[:120]
