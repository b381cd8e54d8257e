"""Dance and circus at de Kantelaar and Loods Negen."""

from __future__ import annotations

from demo.content import Production, Text, same
from demo.schedule import daily, weekly

PRODUCTIONS = (
    Production(
        slug="nachtvlucht",
        house="kantelaar",
        hall="grote-zaal",
        genre="dance",
        grid="avond",
        title=same("Nachtvlucht"),
        performers=("Compagnie Zilvervos",),
        minutes=75,
        age=12,
        labels=("wordless", "tip"),
        teaser=Text(
            "Zeven dansers, één zwerm. Een voorstelling over vertrekken in het donker en landen bij elkaar.",
            "Sept danseurs, une seule nuée. Partir dans le noir, atterrir ensemble.",
            "Seven dancers, one flock. On leaving in the dark and landing together.",
        ),
        description=Text(
            "Choreografe Lot Verhasselt keek een winter lang naar spreeuwen boven de haven. Wat ze zag, zette ze op "
            "zeven lichamen: niemand leidt, niemand volgt, en toch keert alles tegelijk. Op een partituur voor "
            "contrabas en adem, met licht dat van binnenuit lijkt te komen.",
            "Tout un hiver, la chorégraphe Lot Verhasselt a regardé les étourneaux au-dessus du port. Elle a confié "
            "ce qu’elle a vu à sept corps : personne ne mène, personne ne suit, et pourtant tout vire d’un coup. Sur "
            "une partition pour contrebasse et souffle, dans une lumière qui semble venir de l’intérieur.",
            "For a whole winter choreographer Lot Verhasselt watched starlings over the harbour. She gave what she "
            "saw to seven bodies: nobody leads, nobody follows, and yet everything turns at once. To a score for "
            "double bass and breath, in light that seems to come from inside.",
        ),
        nights=daily(0, 5, fills=(0.72, 0.58, 0.81, 0.97, 0.992)),
        credits=(("choreography", "Lot Verhasselt"), ("light", "Bram Coppieters"), ("double bass", "Anouk Delmotte")),
    ),
    Production(
        slug="bosgrond",
        house="kantelaar",
        hall="grote-zaal",
        genre="dance",
        grid="avond",
        title=Text("Bosgrond", "Sous-bois", "Forest Floor"),
        performers=("Dansmakerij Oever",),
        minutes=70,
        age=10,
        labels=("wordless", "introduction"),
        teaser=Text(
            "Op een vloer van echte aarde danst een gezelschap zich langzaam vuil.",
            "Sur un sol de vraie terre, une compagnie se salit lentement, magnifiquement.",
            "On a floor of real earth a company slowly, gloriously gets dirty.",
        ),
        description=Text(
            "Vier ton bosgrond gaat elke avond het podium op en er ’s nachts weer af. Tien dansers zakken erin weg, "
            "graven, groeien. Het ruikt naar oktober. Dansmakerij Oever maakt trage, zintuiglijke stukken waar je na "
            "een kwartier anders bij ademt.",
            "Chaque soir, quatre tonnes d’humus montent sur le plateau et en redescendent dans la nuit. Dix danseurs "
            "s’y enfoncent, creusent, poussent. Cela sent octobre. Dansmakerij Oever signe des pièces lentes et "
            "charnelles ; au bout d’un quart d’heure, on respire autrement.",
            "Every evening four tonnes of forest soil go on stage and every night they come off again. Ten dancers "
            "sink, dig, grow. It smells of October. Dansmakerij Oever makes slow, sensuous work; after a quarter of "
            "an hour you breathe differently.",
        ),
        nights=weekly(10, "fri sat") + weekly(-8, "fri sat"),
    ),
    Production(
        slug="zeven-kamers",
        house="kantelaar",
        hall="grote-zaal",
        genre="dance",
        grid="groot",
        title=Text("Zeven kamers", "Sept chambres", "Seven Rooms"),
        performers=("Ballet van Montsaulx", "Sinfonia Havermonde"),
        minutes=110,
        interval=True,
        age=8,
        labels=("tip",),
        teaser=Text(
            "Tweeëntwintig dansers, een orkest in de bak en een huis dat blijft draaien.",
            "Vingt-deux danseurs, un orchestre dans la fosse et une maison qui tourne.",
            "Twenty-two dancers, an orchestra in the pit and a house that keeps turning.",
        ),
        description=Text(
            "Een familie, drie generaties, zeven kamers. Terwijl het decor ronddraait, schuiven de jaren. Het Ballet "
            "van Montsaulx danst op spitzen en op sokken; het orkest speelt een nieuwe suite van Emile Dauw. Groot, "
            "klassiek gemaakt, en toch gaat het over de strijk.",
            "Une famille, trois générations, sept chambres. Le décor tourne, les années glissent. Le Ballet de "
            "Montsaulx danse sur pointes et en chaussettes ; l’orchestre joue une suite nouvelle d’Emile Dauw. Une "
            "grande forme, de facture classique, où il est aussi question de repassage.",
            "A family, three generations, seven rooms. The set revolves and the years slide past. The Ballet of "
            "Montsaulx dances on pointe and in socks; the orchestra plays a new suite by Emile Dauw. Large, "
            "classically made, and somehow about the ironing.",
        ),
        nights=weekly(6, "thu fri sat", fills=(0.6, 0.78, 0.94)) + weekly(6, "sun", "15:00", fills=(0.88,)),
    ),
    Production(
        slug="zwaartelijn",
        house="kantelaar",
        hall="grote-zaal",
        genre="dance",
        grid="avond",
        title=Text("Zwaartelijn", "Aplomb", "Plumb Line"),
        performers=("Kaat Roelandts & Malik Sow",),
        minutes=55,
        age=12,
        labels=("wordless", "aftertalk"),
        teaser=Text(
            "Twee lichamen, één touw, geen uitleg.",
            "Deux corps, une corde, aucune explication.",
            "Two bodies, one rope, no explanation.",
        ),
        description=Text(
            "Zij weegt 58 kilo, hij 91. Daar komt alles uit voort: wie trekt, wie hangt, wie loslaat. Een duet van "
            "vijfenvijftig minuten dat begint als natuurkunde en eindigt als een huwelijk.",
            "Elle pèse 58 kilos, lui 91. Tout part de là : qui tire, qui pend, qui lâche. Un duo de cinquante-cinq "
            "minutes qui commence comme une leçon de physique et finit comme un mariage.",
            "She weighs 58 kilos, he weighs 91. Everything follows: who pulls, who hangs, who lets go. A "
            "fifty-five-minute duet that starts as physics and ends as a marriage.",
        ),
        nights=weekly(-3, "fri sat") + weekly(14, "tue wed"),
    ),
    Production(
        slug="vloed",
        house="kantelaar",
        hall="grote-zaal",
        genre="dance",
        grid="groot",
        title=Text("Vloed", "Marée haute", "High Water"),
        performers=("Compagnie Zilvervos", "Chœur Saint-Elme"),
        minutes=85,
        age=12,
        surtitles=("nl", "fr", "en"),
        labels=("introduction",),
        teaser=Text(
            "Veertig zangers en twaalf dansers in een decimeter water.",
            "Quarante chanteurs et douze danseurs dans dix centimètres d’eau.",
            "Forty singers and twelve dancers in ten centimetres of water.",
        ),
        description=Text(
            "Het water staat op het podium en het stijgt. Lot Verhasselt brengt haar dansers samen met het Chœur "
            "Saint-Elme voor een avond over alles wat je meeneemt als je moet vertrekken. De eerste drie rijen "
            "krijgen een handdoek.",
            "L’eau est sur le plateau, et elle monte. Lot Verhasselt réunit ses danseurs et le Chœur Saint-Elme pour "
            "une soirée sur ce qu’on emporte quand il faut partir. Une serviette attend les trois premiers rangs.",
            "The water is on stage and it is rising. Lot Verhasselt brings her dancers together with the Chœur "
            "Saint-Elme for an evening about what you take when you have to go. The first three rows get a towel.",
        ),
        nights=weekly(21, "thu fri sat", closed="announced"),
    ),
    Production(
        slug="solo-voor-een-stoel",
        house="loods-negen",
        hall="zwarte-doos",
        genre="dance",
        grid="tribune",
        title=Text("Solo voor een stoel", "Solo pour une chaise", "Solo for a Chair"),
        performers=("Yuna Kessels",),
        minutes=45,
        age=8,
        labels=("wordless", "new-voices"),
        teaser=Text(
            "Een danseres, een keukenstoel en alles wat daartussen kan misgaan.",
            "Une danseuse, une chaise de cuisine et tout ce qui peut mal tourner.",
            "A dancer, a kitchen chair and everything that can go wrong between them.",
        ),
        description=Text(
            "Yuna Kessels vond de stoel bij het grof vuil en nam hem mee naar de studio. Drie maanden later kon hij "
            "dansen. Grappig, koppig en technisch om stil van te worden.",
            "Yuna Kessels a trouvé la chaise sur un trottoir et l’a emportée au studio. Trois mois plus tard, la "
            "chaise dansait. Drôle, têtu, et d’une technique qui laisse sans voix.",
            "Yuna Kessels found the chair on a pavement and took it to the studio. Three months later it could "
            "dance. Funny, stubborn and technically breathtaking.",
        ),
        nights=weekly(2, "wed thu") + weekly(-5, "fri sat"),
    ),
    Production(
        slug="hartslag-honderdtwintig",
        house="loods-negen",
        hall="zwarte-doos",
        genre="dance",
        grid="tribune",
        title=Text("Honderdtwintig", "Cent vingt", "One Hundred and Twenty"),
        performers=("Dansmakerij Oever", "DJ Marée"),
        minutes=60,
        age=14,
        labels=("wordless",),
        teaser=Text(
            "Zes dansers houden een uur lang hetzelfde tempo aan. Je hart doet mee.",
            "Six danseurs tiennent le même tempo une heure durant. Votre cœur suit.",
            "Six dancers keep one tempo for an hour. Your heart joins in.",
        ),
        description=Text(
            "Honderdtwintig slagen per minuut: het tempo van house, van een stevige wandeling, van verliefd zijn. "
            "Geen verhaal, wel een opbouw die je niet loslaat. Na afloop blijft de bar open en draait DJ Marée "
            "gewoon door.",
            "Cent vingt battements par minute : le tempo de la house, d’une marche décidée, d’un coup de foudre. Pas "
            "d’histoire, mais une montée qui ne vous lâche pas. Ensuite le bar reste ouvert et DJ Marée continue.",
            "A hundred and twenty beats a minute: the tempo of house, of a brisk walk, of falling in love. No story, "
            "but a build that will not let go. Afterwards the bar stays open and DJ Marée simply carries on.",
        ),
        nights=weekly(7, "thu fri sat", fills=(0.3, 0.6, 0.9)),
    ),
    Production(
        slug="grensgeval",
        house="loods-negen",
        hall="zwarte-doos",
        genre="dance",
        grid="tribune",
        title=Text("Grensgeval", "Cas limite", "Borderline Case"),
        performers=("Compagnie Tangent",),
        minutes=65,
        age=12,
        labels=("aftertalk",),
        teaser=Text(
            "Een lijn van krijt, vijf dansers, en wie erover mag.",
            "Une ligne de craie, cinq danseurs, et la question de qui la franchit.",
            "A chalk line, five dancers, and the question of who may cross.",
        ),
        description=Text(
            "Wat met krijt getekend is, veeg je uit. Toch houdt iedereen zich eraan. Tangent speelt een kinderspel "
            "met de inzet van volwassenen, en laat de regels onderweg veranderen zonder het te zeggen.",
            "Ce qui est tracé à la craie s’efface. Pourtant tout le monde s’y tient. Tangent joue un jeu d’enfant "
            "avec des enjeux d’adultes, et change les règles en route sans prévenir.",
            "What is drawn in chalk rubs out, yet everyone keeps to it. Tangent plays a children’s game for adult "
            "stakes and changes the rules along the way without saying so.",
        ),
        nights=weekly(12, "thu fri") + daily(-12, 2),
    ),
    Production(
        slug="wiebel",
        house="loods-negen",
        hall="zwarte-doos",
        genre="circus",
        grid="tribune",
        title=Text("Wiebel", "Bascule", "Wobble"),
        performers=("Circus Plank",),
        minutes=55,
        age=6,
        labels=("wordless", "school"),
        teaser=Text(
            "Vier acrobaten en een plank die nooit ligt zoals gisteren.",
            "Quatre acrobates et une planche qui ne tient jamais comme la veille.",
            "Four acrobats and a plank that never lies the way it did yesterday.",
        ),
        description=Text(
            "Evenwicht is een groepsbeslissing. Circus Plank stapelt, leunt, valt en lacht erom, op enkele "
            "centimeters van de eerste rij. Voor iedereen die ooit op een wip heeft gezeten.",
            "L’équilibre se décide à plusieurs. Circus Plank empile, penche, tombe et en rit, à quelques centimètres "
            "du premier rang. Pour tous ceux qui sont un jour montés sur une balançoire.",
            "Balance is a group decision. Circus Plank stacks, leans, falls and laughs about it, inches from the "
            "front row. For anyone who has ever sat on a seesaw.",
        ),
        nights=weekly(1, "sun", "15:00", fills=(0.82,)) + weekly(5, "sat", "19:00") + weekly(5, "sun", "15:00"),
    ),
    Production(
        slug="hoogtevrees",
        house="kantelaar",
        hall="grote-zaal",
        genre="circus",
        grid="groot",
        title=Text("Hoogtevrees", "Le Vertige", "Fear of Heights"),
        performers=("Cirque Cardinal",),
        minutes=90,
        age=7,
        labels=("wordless", "tip"),
        teaser=Text(
            "Nieuw circus op negen meter, zonder leeuwen en zonder net onder de grap.",
            "Du cirque d’aujourd’hui à neuf mètres de haut, sans lions et sans filet sous la blague.",
            "New circus nine metres up, with no lions and no net beneath the joke.",
        ),
        description=Text(
            "Cirque Cardinal gebruikt de volle hoogte van de schouwburg: van de kelder tot onder de zwaluwen op het "
            "plafond. Koorddanser, Russische plank, een vliegende piano. Vanaf het tweede balkon zit je op "
            "ooghoogte, en dat is geen nadeel.",
            "Le Cirque Cardinal occupe toute la hauteur du théâtre, de la cave aux hirondelles du plafond. Fil, "
            "planche coréenne, piano volant. Au deuxième balcon, on est à hauteur d’yeux ; c’est la place à prendre.",
            "Cirque Cardinal uses the full height of the house, from the cellar to the swallows on the ceiling. "
            "Tightwire, teeterboard, a flying piano. In the second balcony you are at eye level, which is the place "
            "to be.",
        ),
        nights=weekly(8, "fri sat", "19:30", fills=(0.7, 0.96)) + weekly(8, "sun", "15:00", fills=(0.9,)),
    ),
)
