"""The ways to pay that the stand-in offers, in the provider's words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Method:
    code: str
    title: str
    mark: str
    colour: str


METHODS = {
    method.code: method
    for method in (
        Method("bancontact", "Bancontact", "Bc", "#1e3764"),
        Method("ideal", "iDEAL | Wero", "iD", "#a5005a"),
        Method("creditcard", "Visa · Mastercard", "CC", "#3b3f8f"),
        Method("kbc", "KBC / CBC", "KBC", "#00587a"),
        Method("belfius", "Belfius", "Bel", "#8d0f4e"),
    )
}


def mark_svg(method: Method) -> str:
    """A drawn stand-in for the logo, which is not ours to ship."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48" viewBox="0 0 64 48" role="img" '
        f'aria-label="{method.title}"><rect width="64" height="48" rx="8" fill="{method.colour}"/>'
        '<text x="32" y="30" text-anchor="middle" font-family="system-ui, sans-serif" font-size="18" '
        f'font-weight="700" fill="#fff">{method.mark}</text></svg>'
    )
