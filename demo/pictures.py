"""Draws a picture for every production: lights in the dark, by script, the same at every run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.compositions import BY_GENRE as COMPOSITIONS
from demo.compositions import HEIGHT, WIDTH, Composition, Light, Scene
from demo.content import Production
from demo.palettes import BY_GENRE as PALETTES_OF
from demo.palettes import PALETTES, Palette

GROUND_SCALE = 8
SUPERSAMPLING = 3


@dataclass(frozen=True)
class Picture:
    slug: str
    jpeg: bytes
    focal_point: tuple[float, float]


def draw_all(productions: Iterable[Production]) -> Iterable[Picture]:
    for production, (composition, palette) in assigned(productions).items():
        yield draw(production, composition, palette)


def assigned(productions: Iterable[Production]) -> dict[str, tuple[Composition, str]]:
    """Compositions and palettes for each production: whatever was seen longest ago by whoever reads the agenda."""
    seen: dict[object, int] = {}
    chosen: dict[str, tuple[Composition, str]] = {}
    for turn, production in enumerate(sorted(productions, key=_first_coming_day), 1):
        composition = min(COMPOSITIONS[production.genre], key=lambda kind: seen.get(kind, 0))
        palette = min(PALETTES_OF[production.genre], key=lambda name: seen.get(name, 0))
        seen[composition] = seen[palette] = turn
        chosen[production.slug] = (composition, palette)
    return chosen


def _first_coming_day(production: Production) -> tuple[int, str]:
    days = [night.day + (night.weekday or 0) for night in production.nights]
    return min([day for day in days if day >= 0] or days), production.slug


def draw(slug: str, composition: Composition, palette: str) -> Picture:
    scene = composition(Random(slug))
    buffer = BytesIO()
    paint(scene, PALETTES[palette]).save(buffer, "JPEG", quality=86, optimize=False)
    return Picture(slug, buffer.getvalue(), (_within(scene.source[0]), _within(scene.source[1])))


def paint(scene: Scene, palette: Palette) -> Image.Image:
    lights = _lights(scene.lights, palette)
    small = lights.reduce(GROUND_SCALE)
    near = small.filter(ImageFilter.GaussianBlur(1.6)).point(lambda level: level * 0.6)
    far = small.filter(ImageFilter.GaussianBlur(9)).point(lambda level: level * 0.8)
    ground = ImageChops.screen(_ground(scene, palette), ImageChops.screen(near, far))
    image = ImageChops.screen(ground.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), lights)
    return ImageChops.add(image, _grain(), 1, -6)


def _ground(scene: Scene, palette: Palette) -> Image.Image:
    """Night with one source of light: two radial gradients, small, since blur hides the size."""
    size = (WIDTH // GROUND_SCALE, HEIGHT // GROUND_SCALE)
    ground = Image.new("RGB", size, palette.night)
    for colour, reach, strength in ((palette.haze, scene.reach * 1.3, 0.85), (palette.source, scene.reach * 0.6, 0.85)):
        ground.paste(colour, (0, 0), _falloff(size, scene.source, reach, strength))
    return ground


def _falloff(size: tuple[int, int], centre: tuple[float, float], reach: float, strength: float) -> Image.Image:
    radius = reach * size[0] / 2
    scale = 128 / radius
    offset = (128 - centre[0] * size[0] * scale, 128 - centre[1] * size[1] * scale * 1.15)
    # Pillow's gradient is black in the middle and reaches 181 at the edges, white only in the corners.
    shares = [max(0.0, 1 - level / 181) ** 1.7 * strength for level in range(256)]
    gradient = Image.radial_gradient("L").point([int(share * 255) for share in shares])
    return gradient.transform(
        size, Image.Transform.AFFINE, (scale, 0, offset[0], 0, scale * 1.15, offset[1]), Image.Resampling.BILINEAR
    )


def _lights(lights: Iterable[Light], palette: Palette) -> Image.Image:
    layer = Image.new("RGB", (WIDTH, HEIGHT))
    tones = (palette.bright, palette.warm, palette.faint)
    for light in lights:
        angle = round(light.angle / 10) * 10 % 180 if light.rx != light.ry else 0
        opacity = min(20, max(1, round(light.opacity * 20)))
        mask = _dot(max(2, round(light.rx * 2)), max(2, round(light.ry * 2)), angle, opacity)
        layer.paste(tones[light.tone], (round(light.x - mask.width / 2), round(light.y - mask.height / 2)), mask)
    return layer


@lru_cache(maxsize=8192)
def _dot(rx2: int, ry2: int, angle: int, opacity: int) -> Image.Image:
    """One dot with smooth edges, drawn large once and reused: most lights of a picture look like another."""
    side = max(rx2, ry2) + 3
    large = Image.new("L", (side * SUPERSAMPLING, side * SUPERSAMPLING))
    middle, half_x, half_y = side * SUPERSAMPLING / 2, rx2 * SUPERSAMPLING / 2, ry2 * SUPERSAMPLING / 2
    box = (middle - half_x, middle - half_y, middle + half_x, middle + half_y)
    ImageDraw.Draw(large).ellipse(box, fill=int(255 * opacity / 20))
    if angle:
        large = large.rotate(-angle, Image.Resampling.BILINEAR)
    return large.resize((side, side), Image.Resampling.BOX)


@lru_cache(maxsize=1)
def _grain() -> Image.Image:
    """Fine noise over everything: it hides the steps of the gradients and feels like paper."""
    random = Random(1911)
    tile = Image.frombytes("L", (200, 200), bytes(max(0, min(12, int(random.gauss(6, 2.2)))) for _ in range(40_000)))
    grain = Image.new("L", (WIDTH, HEIGHT))
    for x in range(0, WIDTH, 200):
        for y in range(0, HEIGHT, 200):
            grain.paste(tile.transpose(random.choice(list(Image.Transpose)[:5])), (x, y))
    return Image.merge("RGB", (grain, grain, grain))


def _within(share: float) -> float:
    return round(min(0.85, max(0.15, share)), 3)
