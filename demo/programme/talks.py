"""Talks and readings in the foyers, free seating."""

from __future__ import annotations

from demo.content import Production, Text
from demo.schedule import weekly

PRODUCTIONS = (
    Production(
        slug="het-gesprek-na-tienen",
        house="kantelaar",
        hall="spiegelfoyer",
        genre="talk",
        grid="gesprek",
        title=Text("Na tienen", "Après vingt-deux heures", "After Ten"),
        performers=("Noor Vandewiele", "Lot Verhasselt"),
        minutes=60,
        language="nl",
        labels=("aftertalk",),
        teaser=Text(
            "Een regisseur en een choreografe drinken een glas en vergeten dat je meeluistert.",
            "Une metteuse en scène et une chorégraphe prennent un verre et oublient que vous écoutez.",
            "A director and a choreographer have a drink and forget you are listening.",
        ),
        description=Text(
            "In de Spiegelfoyer, zonder micro, zonder slides. Over mislukken, over licht, over wat je doet in het "
            "uur voor de première. Honderdtwintig plaatsen en één bar die openblijft.",
            "Au Foyer des Miroirs, sans micro ni diapositives. De l’échec, de la lumière, de l’heure qui précède une "
            "première. Cent vingt places et un bar qui reste ouvert.",
            "In the Mirror Foyer, no microphone, no slides. On failing, on light, on what you do in the hour before "
            "a first night. A hundred and twenty places and a bar that stays open.",
        ),
        nights=weekly(1, "wed", "22:00", fills=(0.95,)) + weekly(7, "wed", "22:00"),
    ),
    Production(
        slug="lezen-in-bed",
        house="kantelaar",
        hall="spiegelfoyer",
        genre="talk",
        grid="gesprek",
        title=Text("Voorlezen voor volwassenen", "Lectures pour grandes personnes", "Bedtime Stories for Grown-ups"),
        performers=("Ilias Benhaddou",),
        minutes=50,
        language="nl",
        labels=("tip",),
        teaser=Text(
            "Tapijten op de grond, een deken, één verhaal. In slaap vallen is toegestaan.",
            "Des tapis par terre, une couverture, une histoire. On a le droit de s’endormir.",
            "Rugs on the floor, a blanket, one story. Falling asleep is permitted.",
        ),
        description=Text(
            "Ilias Benhaddou leest voor uit een boek dat hij niet op voorhand noemt. Breng sokken mee. Er is warme "
            "melk, en iets sterkers voor wie nog moet rijden met de tram.",
            "Ilias Benhaddou lit un livre dont il tait le titre. Apportez des chaussettes. Il y a du lait chaud, et "
            "plus fort pour ceux qui rentrent en tram.",
            "Ilias Benhaddou reads from a book he does not name in advance. Bring socks. There is warm milk, and "
            "something stronger for those going home by tram.",
        ),
        nights=weekly(3, "tue", "21:00", fills=(0.7,)) + weekly(11, "tue", "21:00") + weekly(-3, "tue", "21:00"),
    ),
    Production(
        slug="hoe-klinkt-een-zaal",
        house="quatre-vents",
        hall="chapelle",
        genre="talk",
        grid="gesprek",
        title=Text("Hoe klinkt een zaal?", "Comment sonne une salle ?", "What Does a Hall Sound Like?"),
        performers=("Judith Claes", "Ir. Roel Maes"),
        minutes=75,
        language="nl / fr",
        teaser=Text(
            "Een dirigente en een akoesticus klappen in hun handen en leggen uit waarom.",
            "Une cheffe et un acousticien tapent dans leurs mains et expliquent pourquoi.",
            "A conductor and an acoustician clap their hands and explain why.",
        ),
        description=Text(
            "Waarom zit je op rij elf beter dan op rij drie? Wat doet een jas met een violist? Een uur en een "
            "kwartier luisteren, gevolgd door een wandeling door het plafond voor wie geen hoogtevrees heeft.",
            "Pourquoi entend-on mieux au onzième rang qu’au troisième ? Que fait un manteau à un violon ? Une heure "
            "et quart d’écoute, puis une promenade dans le plafond pour qui n’a pas le vertige.",
            "Why is row eleven better than row three? What does an overcoat do to a violin? Seventy-five minutes of "
            "listening, then a walk through the ceiling for those with a head for heights.",
        ),
        nights=weekly(4, "mon", "19:30") + weekly(-4, "mon", "19:30"),
    ),
)
