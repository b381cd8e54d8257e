"""Four invented houses in two invented cities, each with a voice, rules and halls of its own."""

from __future__ import annotations

from demo.content import Hall, House, Text, same

CLUSTER_NAME = Text("Vier Huizen", "Quatre Maisons", "Four Houses")

HAVERMONDE = same("Havermonde")
MONTSAULX = same("Montsaulx")

KANTELAAR = House(
    slug="kantelaar",
    name="de Kantelaar",
    order_prefix="K",
    kind=Text("Schouwburg", "Théâtre", "Theatre"),
    city=HAVERMONDE,
    street="Kantelaarplein 1",
    postcode="9870",
    accent="#8A1538",
    display_font="Gloock",
    languages=("nl", "fr", "en"),
    email="tickets@kantelaar.example",
    phone="+32 9 000 01 10",
    company_number="0400.000.184",
    tagline=Text(
        "Theater, dans en muziek aan de fluwelen kant van de stad.",
        "Du théâtre, de la danse et de la musique, côté velours.",
        "Theatre, dance and music, on the velvet side of town.",
    ),
    about=Text(
        "Een schouwburg uit 1911 met twee balkons, een plafond vol zwaluwen en 976 stoelen die allemaal net iets "
        "anders kraken. Hier speelt het groot: toneel, dans, opera en het betere lachen.",
        "Un théâtre à l’italienne de 1911, deux balcons, un plafond couvert d’hirondelles et 976 fauteuils qui "
        "grincent chacun à leur façon. La maison des grandes formes : théâtre, danse, opéra et humour bien tenu.",
        "A 1911 playhouse with two balconies, a ceiling full of swallows and 976 seats that each creak in their own "
        "key. Built for the large scale: drama, dance, opera and comedy that keeps its posture.",
    ),
    terms=Text(
        "Je ticket geldt voor de datum en de plaats die erop staan. De prijs is de eindprijs, alle kosten "
        "inbegrepen. Wie met een voordeeltarief koopt, toont het bewijs aan de deur. Doorverkopen boven de prijs op "
        "het ticket mag niet. Gaat een voorstelling niet door, dan krijg je de volledige prijs terug op de rekening "
        "waarmee je betaalde.",
        "Le billet est valable pour la date et la place indiquées. Le prix affiché est le prix définitif, tous frais "
        "compris. Un justificatif est demandé à l’entrée pour les tarifs réduits. La revente au-dessus du prix du "
        "billet est interdite. En cas d’annulation, le montant total est remboursé sur le compte utilisé pour le "
        "paiement.",
        "Your ticket is valid for the date and seat printed on it. The price is the final price, all charges "
        "included. Reduced rates are checked at the door. Resale above the printed price is not allowed. If we "
        "cancel, you get the full amount back on the account you paid with.",
    ),
    cancel_rule=Text(
        "Annuleren kan tot 48 uur vooraf via je bestelpagina. Je krijgt het bedrag terug op je rekening.",
        "Annulation possible jusqu’à 48 heures avant la représentation, depuis la page de votre commande. Le montant "
        "est remboursé sur votre compte.",
        "Cancel up to 48 hours ahead on your order page. We refund the account you paid with.",
    ),
    cancel_until_hours=48,
    access=Text(
        "Vier rolstoelplaatsen achteraan in de parterre, elk met een plaats voor een begeleider ernaast. Lift naar "
        "het eerste balkon, ringleiding in de hele zaal. Zeg het ons bij je bestelling en er wacht iemand aan de "
        "zij-ingang.",
        "Quatre emplacements pour fauteuil roulant au fond du parterre, chacun avec une place d’accompagnant. "
        "Ascenseur jusqu’au premier balcon, boucle magnétique dans toute la salle. Prévenez-nous et quelqu’un vous "
        "attend à l’entrée latérale.",
        "Four wheelchair bays at the back of the stalls, each with a companion seat beside it. Lift to the first "
        "balcony, hearing loop throughout. Tell us when you book and someone will meet you at the side entrance.",
    ),
    doors=Text(
        "De deuren gaan 45 minuten vooraf open. Laatkomers wachten op een teken van de zaalwacht.",
        "Ouverture des portes 45 minutes avant le lever de rideau. Les retardataires attendent le signe de l’ouvreuse.",
        "Doors open 45 minutes before curtain-up. Latecomers are let in when the usher nods.",
    ),
    doors_minutes=45,
    transport=Text(
        "Tram 4 stopt voor de deur. Van het station is het acht minuten stappen, langs het water.",
        "Le tram 4 s’arrête devant la porte. Huit minutes à pied depuis la gare, le long de l’eau.",
        "Tram 4 stops outside. Eight minutes on foot from the station, along the water.",
    ),
    halls=(
        Hall("grote-zaal", Text("Grote Zaal", "Grande Salle", "Main House"), "schouwburg", 976),
        Hall("spiegelfoyer", Text("Spiegelfoyer", "Foyer des Miroirs", "Mirror Foyer"), "", 120),
    ),
)

LOODS_NEGEN = House(
    slug="loods-negen",
    name="Loods Negen",
    order_prefix="L",
    kind=Text("Zwarte doos", "Boîte noire", "Black box"),
    city=HAVERMONDE,
    street="Houtkaai 9",
    postcode="9872",
    accent="#1F5B6A",
    display_font="Gloock",
    languages=("nl", "fr", "en"),
    email="hallo@loodsnegen.example",
    phone="+32 9 000 09 90",
    company_number="0400.000.283",
    tagline=Text(
        "Vier zwarte muren en niets dat vaststaat.",
        "Quatre murs noirs, et rien de figé.",
        "Four black walls and nothing nailed down.",
    ),
    about=Text(
        "In deze loods lag ooit Scandinavisch hout. Nu ligt er een dansvloer, hangt er veel te veel licht en staat "
        "de tribune elke week ergens anders. Nieuw werk, kleine bezetting, grote boxen.",
        "On y stockait du bois de Scandinavie. On y trouve maintenant un plancher de danse, beaucoup trop de "
        "projecteurs et un gradin qui change de place chaque semaine. Créations, petites équipes, grosses enceintes.",
        "Scandinavian timber used to sleep here. Now there is a sprung floor, far too much light and a seating bank "
        "that moves every week. New work, small casts, large speakers.",
    ),
    terms=Text(
        "Vrije plaatskeuze, tenzij er een nummer op je ticket staat. Na de aanvang gaan de deuren dicht en soms niet "
        "meer open: dan is het een stuk waarbij dat niet kan. Bij staande concerten is een tas tot A4 welkom.",
        "Placement libre, sauf si un numéro figure sur votre billet. Une fois le spectacle commencé, les portes se "
        "ferment et ne se rouvrent pas toujours. Aux concerts debout, sacs de format A4 au maximum.",
        "Sit where you like, unless your ticket carries a number. Once we have started the doors close, and for some "
        "pieces they stay closed. At standing concerts, bags up to A4 please.",
    ),
    cancel_rule=Text(
        "Annuleren kan tot 24 uur vooraf. Daarna mag je je ticket doorgeven aan wie je wil.",
        "Annulation possible jusqu’à 24 heures avant. Ensuite, vous pouvez céder votre billet à qui vous voulez.",
        "Cancel up to 24 hours ahead. After that, pass your ticket on to anyone you like.",
    ),
    cancel_until_hours=24,
    access=Text(
        "Alles is gelijkvloers en drempelvrij. Bij staande concerten is er een podium voor rolstoelgebruikers, met "
        "zicht over de zaal. Oordopjes liggen gratis aan de bar, hoofdtelefoons voor kinderen ook.",
        "Tout est de plain-pied, sans seuil. Aux concerts debout, une plateforme surélevée est réservée aux "
        "personnes en fauteuil. Bouchons d’oreilles et casques pour enfants gratuits au bar.",
        "Everything is on one level, no thresholds. At standing concerts a raised platform gives wheelchair users a "
        "clear view. Free earplugs at the bar, and ear defenders for children.",
    ),
    doors=Text(
        "De bar gaat een uur vooraf open, de zaal een half uur.",
        "Le bar ouvre une heure avant, la salle une demi-heure avant.",
        "The bar opens an hour before, the room half an hour.",
    ),
    doors_minutes=30,
    transport=Text(
        "Bus 12 tot Houtkaai. De fietsenstalling is overdekt en verlicht, de parking van de kade betaal je met de app.",
        "Bus 12, arrêt Houtkaai. Parking à vélos couvert et éclairé ; le parking du quai est payant par application.",
        "Bus 12 to Houtkaai. The bike shed is covered and lit; quayside parking is paid by app.",
    ),
    halls=(
        Hall("zwarte-doos", Text("Zwarte Doos", "Boîte noire", "Black Box"), "zwarte-doos", 180),
        Hall("vloer", Text("De Vloer", "Le Plancher", "The Floor"), "", 500),
    ),
)

PAVANE = House(
    slug="cinema-pavane",
    name="Cinéma Pavane",
    order_prefix="C",
    kind=Text("Cinema", "Cinéma", "Cinema"),
    city=MONTSAULX,
    street="Rue des Lanternes 22",
    postcode="6980",
    accent="#8A5F0F",
    display_font="Gloock",
    languages=("fr", "nl", "en"),
    email="bonsoir@cinemapavane.example",
    phone="+32 61 00 02 20",
    company_number="0400.000.382",
    tagline=Text(
        "Eén doek, één bar, en tijd om na te praten.",
        "Un écran, un bar, et le temps d’en parler.",
        "One screen, one bar, and time to talk about it.",
    ),
    about=Text(
        "Een buurtbioscoop die nooit is dichtgegaan. Versleten tapijt, nieuwe projector, elke zondag een film voor "
        "wie nog niet kan lezen en elke dinsdag één die iedereen vergeten was.",
        "Un cinéma de quartier qui n’a jamais fermé. Le tapis est usé, le projecteur est neuf. Le dimanche, un film "
        "pour ceux qui ne lisent pas encore ; le mardi, un film que tout le monde avait oublié.",
        "A neighbourhood cinema that never closed. Worn carpet, new projector. Sundays are for those who cannot read "
        "yet, Tuesdays for the films everyone forgot.",
    ),
    terms=Text(
        "De hoofdfilm begint tien minuten na het aangekondigde uur. Je stoel is genummerd en blijft van jou.",
        "Le film commence dix minutes après l’heure annoncée. Les places sont numérotées et restent à vous.",
        "The feature starts ten minutes after the advertised time. Seats are numbered and stay yours.",
    ),
    cancel_rule=Text(
        "Annuleren kan tot 2 uur voor de film.",
        "Annulation possible jusqu’à 2 heures avant la séance.",
        "Cancel up to 2 hours before the screening.",
    ),
    cancel_until_hours=2,
    access=Text(
        "Twee rolstoelplaatsen op rij A, gelijkvloers bereikbaar via de binnenplaats. Audiodescriptie en ondertitels "
        "op je eigen telefoon bij films met het label.",
        "Deux emplacements pour fauteuil roulant au rang A, accès de plain-pied par la cour. Audiodescription et "
        "sous-titres sur votre téléphone pour les séances signalées.",
        "Two wheelchair bays in row A, step-free through the courtyard. Audio description and captions on your own "
        "phone at screenings with the label.",
    ),
    doors=Text(
        "De foyer is open vanaf een half uur voor de eerste film.",
        "Le foyer ouvre une demi-heure avant la première séance.",
        "The foyer opens half an hour before the first screening.",
    ),
    doors_minutes=20,
    transport=Text(
        "Twee straten van het station van Montsaulx. Laatste trein naar Havermonde om 23.52 uur.",
        "À deux rues de la gare de Montsaulx. Dernier train pour Havermonde à 23 h 52.",
        "Two streets from Montsaulx station. Last train to Havermonde at 23:52.",
    ),
    halls=(Hall("salle-1", Text("Zaal 1", "Salle 1", "Screen 1"), "cinema", 164),),
)

QUATRE_VENTS = House(
    slug="quatre-vents",
    name="Quatre-Vents",
    order_prefix="V",
    kind=Text("Concertgebouw", "Maison de musique", "Concert house"),
    city=MONTSAULX,
    street="Place des Quatre-Vents 4",
    postcode="6980",
    accent="#3A478F",
    display_font="Gloock",
    languages=("fr", "nl", "en"),
    email="billetterie@quatrevents.example",
    phone="+32 61 00 04 40",
    company_number="0400.000.481",
    tagline=Text(
        "Een huis dat luistert.",
        "Une maison qui écoute.",
        "A house that listens.",
    ),
    about=Text(
        "De oude paardenmarkt van Montsaulx werd een zaal van eik en linnen. Van renaissance tot vibrafoon, van "
        "kwartet tot fanfare: wat hier klinkt, klinkt zonder versterking als het even kan.",
        "L’ancien marché aux chevaux de Montsaulx est devenu une salle de chêne et de lin. De la Renaissance au "
        "vibraphone, du quatuor à la fanfare : ici, on joue sans amplification chaque fois que c’est possible.",
        "The old horse market of Montsaulx became a room of oak and linen. From Renaissance to vibraphone, from "
        "quartet to brass band: here we play unamplified whenever we can.",
    ),
    terms=Text(
        "Tussen de delen wordt niet geapplaudisseerd, al mag het. Te laat is te laat tot het eerste applaus. Je "
        "ticket is ook een treinkaartje: het geeft 40 % korting op de dag zelf.",
        "On n’applaudit pas entre les mouvements, mais personne ne vous en voudra. Les retardataires entrent au "
        "premier applaudissement. Votre billet donne droit à 40 % de réduction sur le train, le jour même.",
        "We do not clap between movements, though nobody minds. Latecomers wait for the first applause. Your ticket "
        "takes 40 % off the train on the day.",
    ),
    cancel_rule=Text(
        "Annuleren kan tot 7 dagen vooraf. Later ruilen we je ticket voor een cadeaubon van dezelfde waarde.",
        "Annulation possible jusqu’à 7 jours avant. Passé ce délai, nous échangeons le billet contre un "
        "chèque-cadeau de même valeur.",
        "Cancel up to 7 days ahead. After that we exchange your ticket for a gift card of the same value.",
    ),
    cancel_until_hours=168,
    access=Text(
        "Twee rolstoelplaatsen achteraan in de parterre, ringleiding, blindengeleidehonden welkom. Programmaboekjes "
        "in grote letter aan de balie.",
        "Deux emplacements pour fauteuil roulant au fond du parterre, boucle magnétique, chiens guides bienvenus. "
        "Programmes en grands caractères à l’accueil.",
        "Two wheelchair bays at the back of the stalls, hearing loop, guide dogs welcome. Large-print programmes at "
        "the desk.",
    ),
    doors=Text(
        "De deuren gaan een uur vooraf open. De inleiding begint 40 minuten voor het concert, in de kapel.",
        "Ouverture des portes une heure avant. L’introduction commence 40 minutes avant le concert, dans la chapelle.",
        "Doors open an hour before. The introduction starts 40 minutes before the concert, in the chapel.",
    ),
    doors_minutes=60,
    transport=Text(
        "Vijf minuten van het station, altijd rechtdoor. Parking Halles, avondtarief € 3.",
        "À cinq minutes de la gare, toujours tout droit. Parking Halles, forfait soirée à 3 €.",
        "Five minutes from the station, straight ahead. Parking Halles, evening rate € 3.",
    ),
    halls=(
        Hall("grande-salle", Text("Grote Zaal", "Grande Salle", "Great Hall"), "concertzaal", 412),
        Hall("chapelle", Text("Kapel", "Chapelle", "Chapel"), "", 90),
    ),
)

HOUSES = (KANTELAAR, LOODS_NEGEN, PAVANE, QUATRE_VENTS)
BY_SLUG = {house.slug: house for house in HOUSES}

PRIVACY = Text(
    "Wij bewaren je naam en e-mailadres om je tickets te bezorgen en je te verwittigen als er iets verandert. Meer "
    "doen we er niet mee, tenzij je dat zelf aanvinkt. In je account zie je wat we van je weten en kun je het laten "
    "wissen.",
    "Nous gardons votre nom et votre adresse pour vous envoyer vos billets et vous prévenir en cas de changement. "
    "Rien d’autre, sauf si vous le demandez. Votre compte montre ce que nous savons de vous et permet de l’effacer.",
    "We keep your name and e-mail address to send your tickets and to tell you when something changes. Nothing else, "
    "unless you tick a box. Your account shows what we know about you and lets you erase it.",
)

GENRES = {
    "theatre": Text("Theater", "Théâtre", "Theatre"),
    "dance": Text("Dans", "Danse", "Dance"),
    "opera": Text("Opera en muziektheater", "Opéra et théâtre musical", "Opera and music theatre"),
    "classical": Text("Klassiek", "Classique", "Classical"),
    "jazz": Text("Jazz en wereld", "Jazz et musiques du monde", "Jazz and world"),
    "pop": Text("Concert", "Concert", "Gig"),
    "club": Text("Club", "Club", "Club night"),
    "comedy": Text("Cabaret", "Humour", "Comedy"),
    "family": Text("Familie", "Jeune public", "Family"),
    "circus": Text("Circus", "Cirque", "Circus"),
    "film": Text("Film", "Film", "Film"),
    "talk": Text("Gesprek", "Rencontre", "Talk"),
}

LABELS = {
    "premiere": Text("Première", "Création", "Premiere"),
    "introduction": Text("Met inleiding", "Avec introduction", "With introduction"),
    "aftertalk": Text("Nagesprek", "Bord de scène", "Post-show talk"),
    "relaxed": Text("Prikkelarm", "Séance Relax", "Relaxed performance"),
    "audio-description": Text("Audiodescriptie", "Audiodescription", "Audio described"),
    "sign-language": Text("Met tolk Vlaamse Gebarentaal", "Interprété en langue des signes", "Sign-interpreted"),
    "wordless": Text("Zonder woorden", "Sans paroles", "Wordless"),
    "last-chance": Text("Laatste keer", "Dernières dates", "Last chance"),
    "tip": Text("Tip van het huis", "Coup de cœur", "House favourite"),
    "standing": Text("Staand", "Debout", "Standing"),
    "school": Text("Ook voor scholen", "Aussi en scolaire", "Schools welcome"),
    "new-voices": Text("Nieuwe makers", "Nouvelles voix", "New voices"),
    "original-version": Text("Originele versie", "Version originale", "Original version"),
}
