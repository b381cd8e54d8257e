"""What a sale may cost, and the peer that was measured with the same workloads on two cores."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """CPU in milliseconds and statements per operation, all processes together."""

    name: str
    workload: str
    path: str
    cpu_ms: float
    sql: float
    peer: str


TARGETS = (
    Target("hold a standing place, 8 buyers", "cart", "c8", 5, 6, "110 / 47"),
    Target("hold a standing place, 32 buyers", "cart", "c32", 5, 6, "110 / 47"),
    Target("hold a given seat of 10,000, 8 buyers", "seats", "c8", 5, 6, "93 / 55"),
    Target("hold a given seat of 10,000, 32 buyers", "seats", "c32", 5, 6, "93 / 55"),
    Target("guest purchase, two seats, paid", "checkout", "seated_paid_c1", 75, 70, "620 / 293"),
    Target("PDF of one ticket, never rendered", "tickets", "pdf_c1", 0, 10, "120 / 37"),
    Target("the same, 16 readers at once", "tickets", "pdf_c16", 0, 10, "120 / 37"),
    Target("accepted scan", "tickets", "redeem_c1", 5, 6, "62 / 30"),
    Target("shop home", "pages", "shop home/serial", 6, 4, "44–150 / 7–10"),
    Target("agenda of 100", "pages", "agenda, 100 performances/serial", 6, 4, "44–150 / 7–10"),
    Target("agenda of 1,000", "pages", "agenda, 1000 performances/serial", 6, 4, "44–150 / 7–10"),
    Target("production page, 976-seat map", "pages", "production page, 976 seats/serial", 12, 6, "–"),
    Target("live states, delta", "states", "delta", 2, 2, "20 / 7"),
)
