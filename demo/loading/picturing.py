"""Gives every production its picture, drawn and cut on the way."""

from __future__ import annotations

from io import BytesIO

from demo.content import Production as ProductionContent
from demo.content import Text
from demo.houses import GENRES
from demo.loading.foundation import opened_at, words
from demo.loading.steps import Loading, Progress
from demo.pictures import Picture, draw_all
from demo.programme import BY_SLUG, PRODUCTIONS
from ticketing.models import House, Production
from ticketing.operations import houses, media, programme


def load_pictures(loading: Loading, progress: Progress) -> None:
    without = dict(Production.objects.filter(image=None).values_list("slug", "pk"))
    for number, picture in enumerate(draw_all(PRODUCTIONS), 1):
        if picture.slug in without:
            _hang(picture, without[picture.slug], loading)
        progress.tell(f"{number} of {len(PRODUCTIONS)} pictures")
    for house in House.objects.filter(default_image=None):
        image = Production.objects.filter(house=house, image__isnull=False).order_by("pk").first()
        if image is not None:
            houses.update_house(house_id=house.pk, now=opened_at(loading), default_image=image.image)


def _hang(picture: Picture, production_id: int, loading: Loading) -> None:
    content = BY_SLUG[picture.slug]
    x, y = picture.focal_point
    now = opened_at(loading)
    asset = media.upload_picture(
        house=House.objects.get(slug=content.house), file=BytesIO(picture.jpeg), alt=words(alternative(content)),
        focal_x=x, focal_y=y, now=now, credit="Parterre",
    )  # fmt: skip
    programme.update_production(production_id=production_id, now=now, image=asset)


def alternative(content: ProductionContent) -> Text:
    """What somebody who cannot see the picture should know of it: it is drawn, and what for."""
    genre = GENRES[content.genre]
    return Text(
        f"Tekening van lichten in het donker, affichebeeld van {content.title.nl} ({genre.nl.lower()})",
        f"Dessin de lumières dans le noir, image de l’affiche de {content.title.fr} ({genre.fr.lower()})",
        f"Drawing of lights in the dark, poster image of {content.title.en} ({genre.en.lower()})",
    )
