"""Where the lights stand in a picture: each composition is a way a stage, a hall or a score can look in the dark.

All coordinates are on a canvas of 1600 × 1000; a composition gets its own random source and yields lights.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, exp, hypot, pi, sin
from random import Random
from typing import NamedTuple

WIDTH, HEIGHT = 1600, 1000


class Light(NamedTuple):
    """A lit dot: half axes, angle in degrees, tone (0 bright, 1 warm, 2 faint) and opacity."""

    x: float
    y: float
    rx: float
    ry: float
    angle: float
    tone: int
    opacity: float


class Scene(NamedTuple):
    """A composition together with the place its light comes from, as a share of the canvas."""

    lights: list[Light]
    source: tuple[float, float]
    reach: float = 0.85


Composition = Callable[[Random], Scene]


def _tone(strength: float) -> int:
    return 0 if strength > 0.72 else 1 if strength > 0.36 else 2


def _inside(x: float, y: float, margin: float = 40) -> bool:
    return -margin < x < WIDTH + margin and -margin < y < HEIGHT + margin


def swarm(random: Random) -> Scene:
    """Rows of a parterre as light: rings that breathe, as on the house's posters."""
    cx, cy = random.uniform(900, 1150), random.uniform(420, 620)
    petals, twist, count = random.choice(((3, 5), (4, 7), (2, 5))), random.uniform(0.24, 0.4), 36
    lights = []
    for ring in range(count):
        radius = 70 + ring * 34
        steps = round(radius / 11)
        for step in range(steps):
            turn = step / steps * 2 * pi + ring * 0.11
            wave = sin(turn * petals[0] + ring * twist) + sin(turn * petals[1] - ring * 0.21) * 0.6
            x, y = cx + radius * 1.25 * cos(turn), cy + radius * 0.82 * sin(turn) + wave * 16
            if not _inside(x, y):
                continue
            size = 2.2 + max(0.0, wave + 0.8) * 4 * (1 - ring / count * 0.35)
            tone = 0 if wave > 0.75 else 1 if wave > -0.1 else 2
            lights.append(
                Light(x, y, size * 1.7, size * 0.8, turn * 57.3 + 90 + wave * 24, tone, 0.34 + max(0.0, wave) * 0.42)
            )
    return Scene(lights, (cx / WIDTH, cy / HEIGHT))


def parterre(random: Random) -> Scene:
    """A full house seen from the stage: arcs of seats, some of them lit."""
    cx, spot = random.uniform(650, 950), random.uniform(-0.35, 0.35)
    lights = []
    for row in range(26):
        depth = row / 25
        radius = 1500 - 1180 * depth**0.85
        pitch = 34 - 17 * depth
        steps = int(2.3 * radius / pitch)
        for step in range(steps):
            turn = (step / steps - 0.5) * 2.3
            x, y = cx + radius * sin(turn) * 1.1, -390 + radius * cos(turn) * 0.98
            if not _inside(x, y) or y < 60:
                continue
            warmth = exp(-((turn - spot) ** 2) * 7 - ((depth - 0.45) ** 2) * 5)
            chance = random.random()
            glow = warmth * (0.5 + chance)
            size = (7.6 - 4.4 * depth) * (0.55 + 0.75 * min(1, glow) if chance > 0.12 else 0.35)
            lights.append(Light(x, y, size, size * 0.86, 0, _tone(glow), 0.16 + 0.8 * min(1, glow)))
    return Scene(lights, (cx / WIDTH + spot * 0.5, 0.62), 0.75)


def strings(random: Random) -> Scene:
    """Lines of a score that swell where something is played."""
    swells = [(random.uniform(350, 1350), random.uniform(190, 380), random.uniform(0.6, 1.0)) for _ in range(4)]
    phase, lights = random.uniform(0, 6), []
    for line in range(25):
        base = 150 + line * 30
        for step in range(134):
            x = step * 12.2 - 12
            swell = sum(power * exp(-(((x - at - line * 7) / width) ** 2)) for at, width, power in swells)
            y = base - swell * (46 + 30 * sin(line * 0.8 + phase)) * abs(sin(x * 0.012 + line * 0.32 + phase))
            size = 2 + 4.6 * min(1.1, swell) * (0.55 + 0.45 * sin(x * 0.021 + line))
            if size < 1.1:
                continue
            lights.append(Light(x, y, size, size * 0.8, 0, _tone(swell * 0.85), 0.3 + 0.65 * min(1, swell)))
    at = max(swells, key=lambda swell: swell[2])[0]
    return Scene(lights, (at / WIDTH, 0.5), 0.7)


def halo(random: Random) -> Scene:
    """Circles round a quiet centre, like a bell that has just been struck."""
    cx, cy = random.uniform(760, 1060), random.uniform(400, 560)
    turn0, arms, lights = random.uniform(0, 6), random.choice((2, 3, 5)), []
    for ring in range(24):
        radius = 120 + ring * 36
        steps = round(radius * 2 * pi / 25)
        for step in range(steps):
            turn = step / steps * 2 * pi
            struck = 0.5 + 0.5 * cos(ring * 0.8 + turn0)
            beat = (0.25 + 0.75 * struck) * (0.55 + 0.45 * sin(arms * turn + ring * 0.16 + turn0))
            x, y = cx + radius * cos(turn), cy + radius * sin(turn)
            if not _inside(x, y):
                continue
            size = 2 + 7 * beat**2
            lights.append(Light(x, y, size, size, 0, _tone(beat * 0.95), 0.24 + 0.72 * beat**1.5))
    return Scene(lights, (cx / WIDTH, cy / HEIGHT), 0.6)


def beam(random: Random) -> Scene:
    """One spotlight, the dust in it, and a pool of light on the boards."""
    top, foot, floor = random.uniform(620, 1250), random.uniform(700, 1000), 850
    lights = []
    for _ in range(2400):
        depth = random.random() ** 0.7
        middle, half = top + (foot - top) * depth, 30 + 400 * depth
        across = random.gauss(0, 0.42)
        strength = exp(-(across**2) * 2.2) * (1 - 0.5 * depth)
        size = random.uniform(1, 3.4) * (0.5 + strength)
        lights.append(
            Light(
                middle + half * across,
                -30 + floor * depth,
                size,
                size * 0.8,
                20,
                _tone(strength),
                0.7 * strength + 0.06,
            )
        )
    for ring in range(9):
        radius = 40 + ring * 36
        steps = round(radius / 4.2)
        for step in range(steps):
            turn = step / steps * 2 * pi + ring * 0.3
            strength = 1 - ring / 10
            size = 3 + 4.4 * strength
            lights.append(
                Light(
                    foot + radius * 1.25 * cos(turn), floor - 40 + radius * 0.27 * sin(turn),
                    size * 1.5, size * 0.55, 0, _tone(strength * 0.95), 0.25 + 0.6 * strength,
                )
            )  # fmt: skip
    return Scene(lights, (foot / WIDTH, 0.68), 0.7)


def bokeh(random: Random) -> Scene:
    """Lanterns out of focus, large and soft, for those who fall asleep in the car."""
    lights = []
    for _ in range(150):
        x, y = random.uniform(-60, WIDTH + 60), 1080 - abs(random.gauss(0, 0.42)) * 1100
        size = random.uniform(14, 78) * (0.5 + y / 1400)
        lights.append(Light(x, y, size, size, 0, random.choice((0, 1, 1, 2, 2)), random.uniform(0.07, 0.3)))
    for _ in range(240):
        size = random.uniform(1.5, 5.5)
        lights.append(
            Light(random.uniform(0, WIDTH), random.uniform(0, HEIGHT), size, size, 0, random.choice((0, 0, 1)), 0.75)
        )
    return Scene(lights, (random.uniform(0.35, 0.65), 0.82), 0.9)


def pulse(random: Random) -> Scene:
    """A wall of lamps with a beat going through it."""
    sources = [(random.uniform(200, 1400), random.uniform(150, 850), random.uniform(34, 58)) for _ in range(3)]
    lights = []
    for row in range(28):
        for column in range(44):
            x, y = 22 + column * 36.2, 18 + row * 36.2
            beat = sum(cos(hypot(x - sx, y - sy) / wave) for sx, sy, wave in sources) / 3
            strength = max(0.0, beat) ** 1.3
            size = 2 + 12.5 * strength
            lights.append(Light(x, y, size, size, 0, _tone(strength * 1.25), 0.22 + 0.75 * strength))
    return Scene(lights, (sources[0][0] / WIDTH, sources[0][1] / HEIGHT), 0.9)


def strands(random: Random) -> Scene:
    """Hanging threads that sway: a curtain, rain, the edge of a wood."""
    phase, wind, lights = random.uniform(0, 6), random.uniform(40, 90), []
    gap = random.uniform(0.35, 0.65) * WIDTH
    for strand in range(62):
        x0 = strand * 26.5 - 10
        length = 700 + 260 * sin(strand * 0.55 + phase) + random.uniform(-60, 60)
        open_here = exp(-(((x0 - gap) / 190) ** 2))
        for step in range(int(length / 17)):
            depth = step * 17 / HEIGHT
            x = x0 + wind * depth**1.5 * sin(strand * 0.21 + depth * 3 + phase) + (x0 - gap) * 0.16 * open_here
            strength = (0.25 + 0.75 * open_here) * (0.4 + 0.6 * sin(depth * pi)) * random.uniform(0.6, 1.1)
            size = 1.4 + 5 * strength
            lights.append(
                Light(x, step * 17 - 10, size * 0.62, size * 1.5, 0, _tone(strength), 0.16 + 0.74 * min(1, strength))
            )
    return Scene(lights, (gap / WIDTH, 0.5), 0.7)


def arcs(random: Random) -> Scene:
    """Paths through the air of things that were thrown and, so far, caught."""
    lights = []
    for path in range(11):
        x0 = random.uniform(60, 1000)
        x1 = x0 + random.choice((-1, 1)) * random.uniform(260, 760)
        top, foot = random.uniform(40, 620), 960
        steps = random.randint(44, 70)
        for step in range(steps):
            t = step / (steps - 1)
            x, y = x0 + (x1 - x0) * t, foot - (foot - top) * 4 * t * (1 - t)
            strength = (t if path % 2 else 1 - t) ** 1.4
            size = 1.8 + 8.5 * strength**2
            lights.append(Light(x, y, size, size, 0, _tone(strength * 0.9), 0.16 + 0.8 * strength))
    return Scene(lights, (random.uniform(0.4, 0.6), 0.78), 0.8)


def skyline(random: Random) -> Scene:
    """Windows of a town at night; somebody is always still up."""
    lights, x, moon = [], -30.0, (random.uniform(350, 1250), random.uniform(170, 300))
    while x < WIDTH:
        width = random.choice((4, 5, 6, 7, 9))
        floors = random.randint(8, 25) if random.random() > 0.2 else random.randint(24, 30)
        for floor in range(floors):
            for column in range(width):
                awake = random.random() ** 2.4
                y = 985 - floor * 25
                size = 4.4 if awake > 0.03 else 2
                lights.append(Light(x + column * 19, y, size, size * 1.35, 0, _tone(awake * 1.05), 0.14 + 0.8 * awake))
        x += width * 19 + random.choice((14, 26, 40))
    lights += _disc(*moon, random.uniform(80, 130))
    return Scene(lights, (moon[0] / WIDTH, moon[1] / HEIGHT), 0.75)


def horizon(random: Random) -> Scene:
    """A low sun over water, in dots, the way a film ends."""
    sun_x, line = random.uniform(500, 1150), random.uniform(520, 620)
    lights = _disc(sun_x, line - random.uniform(40, 150), random.uniform(150, 210), below=line)
    for row in range(24):
        depth = row / 23
        y = line + 14 + 470 * depth**1.5
        pitch = 12 + 22 * depth
        for column in range(int(WIDTH / pitch) + 2):
            x = column * pitch + (row % 2) * pitch / 2
            path = exp(-(((x - sun_x) / (120 + 420 * depth)) ** 2))
            glint = max(0.0, sin(x * 0.02 * (1.4 - depth) + row * 1.9) * 0.5 + 0.5 * path)
            strength = path * glint * 1.25
            size = 1.2 + (2.6 + 6 * depth) * (0.25 + strength) * 0.8
            lights.append(Light(x, y, size * 1.9, size * 0.7, 0, _tone(strength), 0.16 + 0.8 * min(1, strength)))
    return Scene(lights, (sun_x / WIDTH, line / HEIGHT - 0.06), 0.8)


def hills(random: Random) -> Scene:
    """Ridge behind ridge, drawn by the lamps of a road."""
    lights, phase = [], random.uniform(0, 6)
    for ridge in range(13):
        depth = ridge / 12
        for step in range(int(150 - 70 * depth)):
            x = step * WIDTH / (150 - 70 * depth) + ridge * 5
            y = (
                330
                + 560 * depth**1.2
                + (120 - 40 * depth) * sin(x * 0.0034 * (1.4 - 0.5 * depth) + ridge * 1.3 + phase)
            )
            strength = (0.25 + 0.75 * exp(-(((x - 820 - 300 * sin(ridge + phase)) / 300) ** 2))) * (0.4 + 0.6 * depth)
            size = 2.2 + (3.5 + 7 * depth) * strength
            lights.append(Light(x, y, size, size * 0.8, 0, _tone(strength), 0.2 + 0.75 * strength))
    lights += _disc(random.uniform(400, 1200), random.uniform(170, 260), random.uniform(60, 110))
    return Scene(lights, (0.52, 0.34), 0.85)


def beamed(random: Random) -> Scene:
    """The projector's cone over the heads, from the last row to the screen."""
    eye, target = (random.uniform(60, 240), random.uniform(90, 220)), (1420.0, random.uniform(440, 560))
    lights = []
    for _ in range(1900):
        depth, across = random.random() ** 0.75, random.uniform(-1, 1)
        x = eye[0] + (target[0] - eye[0]) * depth
        y = eye[1] + (target[1] - eye[1]) * depth + across * 380 * depth
        ray = 0.5 + 0.5 * sin(across * 17 + 2 * sin(across * 5))
        strength = ray * (1 - 0.55 * depth)
        size = random.uniform(1, 4) * (0.45 + strength)
        lights.append(Light(x, y, size * 1.8, size * 0.7, 18, _tone(strength), 0.1 + 0.72 * strength))
    for row, y in enumerate((905, 950, 995)):
        for column in range(30):
            x = column * 56 - 20 + row * 27 + random.uniform(-8, 8)
            lights.append(Light(x, y, 17 + row * 4, 20 + row * 4, 0, 2, 0.3))
    return Scene(lights, (eye[0] / WIDTH, eye[1] / HEIGHT), 0.95)


def _disc(cx: float, cy: float, radius: float, below: float = HEIGHT) -> list[Light]:
    """A sun or moon in halftone, full in the middle and fine at the rim."""
    lights, pitch = [], 19
    reach = int(radius / pitch) + 1
    for row in range(-reach, reach + 1):
        for column in range(-reach, reach + 1):
            x, y = cx + column * pitch + (row % 2) * pitch / 2, cy + row * pitch * 0.87
            distance = hypot(x - cx, y - cy) / radius
            if distance < 1 and y < below:
                size = 6.6 * (1 - distance**2.2) ** 0.5 + 0.8
                lights.append(Light(x, y, size, size, 0, 0 if distance < 0.6 else 1, 0.85))
    return lights


BY_GENRE: dict[str, tuple[Composition, ...]] = {
    "dance": (swarm, strands, arcs, swarm, hills),
    "circus": (arcs, beam),
    "theatre": (parterre, skyline, strands, beam, hills, horizon),
    "opera": (halo, parterre, strands),
    "comedy": (beam, parterre, bokeh),
    "family": (bokeh, hills, horizon, arcs),
    "classical": (strings, halo, swarm),
    "jazz": (strings, skyline, bokeh, halo),
    "pop": (pulse, strings, beam, parterre),
    "club": (pulse, bokeh),
    "film": (horizon, beamed, skyline, hills, halo),
    "talk": (beam, skyline, parterre),
}
