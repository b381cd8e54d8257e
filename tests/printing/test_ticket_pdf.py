"""A ticket must be read at the first try from bad paper, by people and by machines (acceptance test U14)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from PIL import Image, ImageFilter
from weasyprint import HTML

from tests.printing.sheets import BARCODE, RING, a_sheet
from ticketing.printing.paper import FOLDER, ClosedFetcher, OutsideResource
from ticketing.printing.sheets import TicketSheet
from ticketing.printing.ticket_pdf import thermal_pdf, ticket_pdf

POINTS_PER_MM = 72 / 25.4
Render = Callable[..., bytes]


def worn(content: bytes, page: int = 0) -> Image.Image:
    """The page as a cheap scanner sees it: 150 dpi, grey, blurred and 3 degrees askew."""
    picture = pypdfium2.PdfDocument(content)[page].render(scale=150 / 72, grayscale=True).to_pil()
    return picture.filter(ImageFilter.GaussianBlur(1.2)).rotate(3, expand=True, fillcolor=255)


def words(content: bytes, page: int = 0) -> str:
    return str(pypdfium2.PdfDocument(content)[page].get_textpage().get_text_range())


def square_sizes(content: bytes) -> list[tuple[float, float]]:
    """Width and height in millimetres of every picture on the first page."""
    page = pypdfium2.PdfDocument(content)[0]
    boxes = [item.get_bounds() for item in page.get_objects() if item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    return [((right - left) / POINTS_PER_MM, (top - bottom) / POINTS_PER_MM) for left, bottom, right, top in boxes]


@pytest.mark.parametrize(("row", "seat", "place"), [
    ("F", "11", "F 11"), ("3", "32", "3 · 32"), ("B1", "7", "B1 · 7"), ("", "7", "7"), ("Loge", "", "Loge"),
    ("", "", "Parterre"),
])  # fmt: skip
def test_a_place_is_told_in_the_fewest_characters(row: str, seat: str, place: str) -> None:
    assert a_sheet(row=row, seat=seat).place == place


@pytest.mark.parametrize("day", ["26 september", "30 décembre", "28 november"])
def test_a_day_stays_on_one_line(day: str) -> None:
    assert day in words(ticket_pdf([a_sheet(day=day)], language="nl")).splitlines()


@pytest.mark.parametrize("render", [ticket_pdf, thermal_pdf])
def test_a_worn_copy_is_read_at_the_first_try(render: Render) -> None:
    found = zxingcpp.read_barcodes(worn(render([a_sheet()], language="nl")))
    assert [RING.read(code.text) for code in found] == [BARCODE]


@pytest.mark.parametrize(("render", "least"), [(ticket_pdf, 30), (thermal_pdf, 40)])
def test_the_square_is_large_enough(render: Render, least: int) -> None:
    [(width, height)] = square_sizes(render([a_sheet()], language="nl"))
    assert (width >= least, height == pytest.approx(width, abs=0.01)) == (True, True)


@pytest.mark.parametrize("render", [ticket_pdf, thermal_pdf])
@pytest.mark.parametrize(
    ("language", "label"), [("nl", "definitieve prijs"), ("fr", "prix définitif"), ("en", "final price")]
)
def test_every_ticket_names_its_final_price_in_the_language_of_the_order(
    render: Render, language: str, label: str
) -> None:
    text = words(render([a_sheet()], language=language)).replace("\r\n", " ")
    assert (label in text.lower(), "€ 28,00" in text) == (True, True)


@pytest.mark.parametrize("render", [ticket_pdf, thermal_pdf])
def test_a_ticket_is_readable_aloud(render: Render) -> None:
    document = pikepdf.open(io.BytesIO(render([a_sheet()], language="fr")))
    with document.open_metadata() as metadata:
        part = metadata["pdfuaid:part"]
    figures = [element for element in structure(document.Root.StructTreeRoot) if element.get("/S") == "/Figure"]
    assert (
        part,
        str(document.Root.Lang),
        bool(document.Root.MarkInfo.Marked),
        bool(document.Root.ViewerPreferences.DisplayDocTitle),
        ["7KQ2-M9XD-4HTC" in str(figure.Alt) for figure in figures],
    ) == ("1", "fr", True, True, [True])


def structure(element: pikepdf.Object) -> list[pikepdf.Object]:
    children = element.get("/K", [])
    found = [element]
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            found += structure(child)
    return found


def test_a_group_is_one_document_with_a_page_each() -> None:
    content = ticket_pdf([a_sheet(seat=str(seat), code=f"7KQ2M9XD4HT{seat}") for seat in range(2, 5)], language="nl")
    document = pypdfium2.PdfDocument(content)
    codes = [next(line for line in words(content, page).splitlines() if "4HT" in line) for page in range(len(document))]
    assert codes == ["7KQ2-M9XD-4HT2", "7KQ2-M9XD-4HT3", "7KQ2-M9XD-4HT4"]


@pytest.mark.parametrize("render", [ticket_pdf, thermal_pdf])
def test_the_longest_words_still_fit_one_page(render: Render) -> None:
    crowded = a_sheet(
        production="De onverbiddelijke terugkeer van de heer en mevrouw Vandenbroucke " * 2,
        by_line="Koninklijk Filharmonisch Orkest van de Scheldestad en de Ketelhuiszangers, muziektheater",
        zone="Staanplaatsen parterre",
        row="",
        seat="",
    )
    content = render([crowded], language="nl")
    assert len(pypdfium2.PdfDocument(content)) == 1
    assert [RING.read(code.text) for code in zxingcpp.read_barcodes(worn(content))] == [BARCODE]


def test_markup_in_a_name_stays_words() -> None:
    sheet = a_sheet(production="<script>x</script>", by_line='<img src="http://example.org/x.png">')
    assert "<script>x</script>" in words(ticket_pdf([sheet], language="nl"))


def test_only_the_fonts_of_a_ticket_are_embedded_and_the_file_stays_small() -> None:
    content = ticket_pdf([a_sheet()], language="nl")
    document = pikepdf.open(io.BytesIO(content))
    names = sorted(str(font.BaseFont).split("+")[1] for font in document.pages[0].Resources.Font.values())
    assert names == ["Figtree", "Figtree-Semi-Bold", "Gloock"]
    assert len(content) < 40_000


def test_our_own_sheet_of_elements_knows_every_element_we_print() -> None:
    templates = "".join(path.read_text() for path in (settings.BASE_DIR / "templates" / "printing").rglob("*.html"))
    known = re.sub(r"/\*.*?\*/|{[^}]*}", "", (FOLDER / "elements.css").read_text(), flags=re.DOTALL)
    assert set(re.findall(r"<([a-z][a-z0-9]*)", templates)) <= set(re.findall(r"[a-z][a-z0-9]*", known))


def test_weasyprint_still_asks_a_page_for_its_sheet_of_elements() -> None:
    assert "_ua_stylesheets" in vars(HTML)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "https://example.org/x.png", "file:///etc/passwd"])
def test_printing_never_reads_anything_outside_the_ticket(url: str) -> None:
    with pytest.raises(OutsideResource):
        ClosedFetcher().fetch(url)


def test_a_sheet_keeps_its_square_out_of_logs() -> None:
    assert a_sheet().barcode not in repr(a_sheet())


def test_sheets_print_in_the_order_given() -> None:
    sheets: Sequence[TicketSheet] = [a_sheet(row="F", seat="11"), a_sheet(row="G", seat="2")]
    content = ticket_pdf(sheets, language="nl")
    assert ["F 11" in words(content, 0), "G 2" in words(content, 1)] == [True, True]


def test_a_box_and_a_wheelchair_place_are_called_what_they_are() -> None:
    sheet = a_sheet(row_term="Loge", row="4", seat_term="Rolstoelplaats", seat="2")
    assert sheet.place_facts == (("Zone", "Parterre"), ("Loge", "4"), ("Rolstoelplaats", "2"))
