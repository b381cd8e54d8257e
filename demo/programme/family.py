"""For children and the people who bring them."""

from __future__ import annotations

from demo.content import Production, Text
from demo.schedule import weekly

PRODUCTIONS = (
    Production(
        slug="het-kleine-oor",
        house="kantelaar",
        hall="grote-zaal",
        genre="family",
        grid="familie",
        title=Text("Het Kleine Oor", "La Petite Oreille", "The Little Ear"),
        performers=("Theater Pinkel", "Sinfonia Havermonde"),
        minutes=55,
        age=6,
        language="nl",
        labels=("school", "tip"),
        teaser=Text(
            "Een muis met één groot oor hoort wat de stad ’s nachts fluistert.",
            "Une souris à une seule grande oreille entend ce que la ville murmure la nuit.",
            "A mouse with one big ear hears what the city whispers at night.",
        ),
        description=Text(
            "Iedereen in de muizenfamilie heeft twee kleine oren, behalve Pip. Wanneer het orkest zijn laagste noot "
            "kwijtraakt, is zij de enige die ze nog hoort. Een concert dat een verhaal werd, met dertig muzikanten "
            "en een contrabas om in te wonen.",
            "Dans la famille souris, tout le monde a deux petites oreilles, sauf Pip. Quand l’orchestre perd sa note "
            "la plus grave, elle seule l’entend encore. Un concert devenu conte, avec trente musiciens et une "
            "contrebasse où l’on peut habiter.",
            "Everyone in the mouse family has two small ears, except Pip. When the orchestra loses its lowest note, "
            "she alone can still hear it. A concert that became a story, with thirty musicians and a double bass big "
            "enough to live in.",
        ),
        nights=weekly(2, "sun", "11:00", fills=(0.75,))
        + weekly(2, "sun", "15:00", fills=(0.95,))
        + weekly(13, "sun", "15:00"),
    ),
    Production(
        slug="meneer-mist",
        house="kantelaar",
        hall="grote-zaal",
        genre="family",
        grid="familie",
        title=Text("Meneer Mist", "Monsieur Brume", "Mister Mist"),
        performers=("Schaduwfabriek",),
        minutes=50,
        age=4,
        language="nl",
        labels=("relaxed",),
        teaser=Text(
            "Schaduwtheater over een man die alles kwijtraakt, behalve de weg naar huis.",
            "Du théâtre d’ombres sur un monsieur qui perd tout, sauf le chemin de la maison.",
            "Shadow play about a man who loses everything except the way home.",
        ),
        description=Text(
            "Eerst zijn hoed, dan zijn paraplu, dan zijn schaduw. Meneer Mist zoekt ze allemaal terug met hulp van "
            "de zaal. Voor wie vier is en de armleuning nog nodig heeft. Wiebelen en hardop denken mag.",
            "D’abord son chapeau, puis son parapluie, puis son ombre. Monsieur Brume les cherche avec l’aide de la "
            "salle. Dès quatre ans, âge où l’accoudoir sert encore. On peut gigoter et penser tout haut.",
            "First his hat, then his umbrella, then his shadow. Mister Mist looks for them all with help from the "
            "audience. For those who are four and still need the armrest. Wriggling and thinking aloud welcome.",
        ),
        nights=weekly(0, "sun", "11:00", fills=(0.66,))
        + weekly(0, "sun", "15:00", fills=(0.8,))
        + weekly(-5, "sun", "15:00"),
    ),
    Production(
        slug="de-walvis-in-bad",
        house="kantelaar",
        hall="grote-zaal",
        genre="family",
        grid="familie",
        title=Text("De walvis in bad", "La Baleine dans la baignoire", "The Whale in the Bath"),
        performers=("Theater Pinkel",),
        minutes=60,
        age=5,
        language="nl",
        labels=("sign-language", "school"),
        teaser=Text(
            "Eén jongen, één badkuip en een gast die steeds iets groter wordt.",
            "Un garçon, une baignoire et une invitée qui grandit, grandit.",
            "One boy, one bathtub and a guest who keeps getting a little larger.",
        ),
        description=Text(
            "Olivier mag eigenlijk geen huisdier. Dus zegt hij niets, en laat hij het water lopen. Een grappig en "
            "nat stuk over geheimen die te groot worden om te bewaren, met poppen van de grootte van een kleine "
            "auto.",
            "Olivier n’a pas le droit d’avoir un animal. Alors il ne dit rien et laisse couler l’eau. Une histoire "
            "drôle et mouillée sur les secrets trop grands pour être gardés, avec des marionnettes grandes comme une "
            "petite voiture.",
            "Olivier is not allowed a pet, so he says nothing and lets the water run. A funny, wet play about "
            "secrets that grow too large to keep, with puppets the size of a small car.",
        ),
        nights=weekly(7, "sun", "11:00") + weekly(7, "sun", "15:00", fills=(0.7,)) + weekly(17, "sun", "15:00"),
    ),
    Production(
        slug="zestien-poten",
        house="loods-negen",
        hall="zwarte-doos",
        genre="family",
        grid="tribune",
        title=Text("Zestien poten", "Seize pattes", "Sixteen Legs"),
        performers=("Schaduwfabriek",),
        minutes=40,
        age=3,
        labels=("wordless", "relaxed"),
        teaser=Text(
            "Twee spinnen breien samen een podium vol.",
            "Deux araignées tricotent une scène entière.",
            "Two spiders knit a whole stage together.",
        ),
        description=Text(
            "Draad na draad vult de loods zich met wol, tot de kinderen op de eerste rij in het web zitten. Zonder "
            "woorden, met klarinet en een hele doos bollen. Na afloop mag iedereen een knoop leggen.",
            "Fil après fil, la salle se remplit de laine, jusqu’à ce que le premier rang soit pris dans la toile. "
            "Sans paroles, avec une clarinette et un carton de pelotes. À la fin, chacun peut faire un nœud.",
            "Thread by thread the room fills with wool until the front row is inside the web. No words, one "
            "clarinet, a whole box of yarn. Afterwards everyone may tie a knot.",
        ),
        nights=weekly(3, "sun", "11:00", fills=(0.93,))
        + weekly(3, "sun", "14:30", fills=(0.55,))
        + weekly(-3, "sun", "11:00"),
    ),
    Production(
        slug="opus-appel",
        house="quatre-vents",
        hall="grande-salle",
        genre="family",
        grid="familie",
        title=Text("Opus Appel", "Opus Pomme", "Opus Apple"),
        performers=("Kwintet Bries",),
        minutes=45,
        age=5,
        labels=("wordless",),
        teaser=Text(
            "Een blaaskwintet eet al spelend een mand fruit leeg.",
            "Un quintette à vent vide une corbeille de fruits sans cesser de jouer.",
            "A wind quintet eats its way through a basket of fruit while playing.",
        ),
        description=Text(
            "Hoe klinkt een peer? Kun je hoorn spelen met je mond vol? Kwintet Bries zoekt het uit met muziek van "
            "Haydn, Ibert en de groenteboer. Neem gerust een appel mee.",
            "Quel son fait une poire ? Peut-on jouer du cor la bouche pleine ? Le Quintette Bries cherche la réponse "
            "chez Haydn, Ibert et le marchand de légumes. Apportez donc une pomme.",
            "What does a pear sound like? Can you play the horn with your mouth full? Kwintet Bries finds out with "
            "Haydn, Ibert and the greengrocer. Bring an apple.",
        ),
        nights=weekly(1, "sun", "11:00", fills=(0.6,)) + weekly(9, "sun", "11:00"),
    ),
)
