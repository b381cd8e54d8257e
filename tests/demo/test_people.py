"""The invented customers are many, always the same and reach nobody."""

from __future__ import annotations

from demo.people import people


def test_the_same_two_thousand_people_at_every_run():
    first, second = list(people()), list(people())
    assert len(first) == 2_000
    assert first == second


def test_every_address_is_its_own_and_reaches_nobody():
    addresses = [person.email for person in people()]
    assert len(set(addresses)) == len(addresses)
    assert {address.rsplit(".", 1)[1] for address in addresses} <= {"example", "org", "com", "net"}
    assert [a for a in addresses if a.rsplit("@", 1)[1] not in ("example.org", "example.com", "example.net")
            and not a.endswith(".example")] == []  # fmt: skip


def test_three_languages_are_spoken():
    assert {person.language for person in people()} == {"nl", "fr", "en"}
