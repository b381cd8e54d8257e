"""Theatre at de Kantelaar and Loods Negen."""

from __future__ import annotations

from demo.content import Production, Text, same
from demo.schedule import daily, weekly

PRODUCTIONS = (
    Production(
        slug="stof-en-ster",
        house="kantelaar",
        hall="grote-zaal",
        genre="theatre",
        grid="avond",
        title=same("Stof & Ster"),
        performers=("Toneelhuis Marelle",),
        minutes=105,
        age=14,
        language="nl",
        surtitles=("fr", "en"),
        labels=("introduction", "tip"),
        teaser=Text(
            "Een weduwe bouwt in haar garage een sterrenwacht. De buren komen kijken, en blijven.",
            "Une veuve construit un observatoire dans son garage. Les voisins viennent voir, et ne repartent plus.",
            "A widow builds an observatory in her garage. The neighbours come to look, and stay.",
        ),
        description=Text(
            "Wat doe je met een telescoop als de man die ernaar verlangde er niet meer is? Maria Delvoye kijkt "
            "erdoor. Toneelhuis Marelle maakt van één koude winter in een doodlopende straat een stuk over rouw dat "
            "verrassend vaak grappig is. Met een decor van karton en een hemel die klopt.",
            "Que faire d’un télescope quand celui qui en rêvait n’est plus là ? Maria Delvoye y colle son œil. D’un "
            "hiver au fond d’une impasse, Toneelhuis Marelle tire une pièce sur le deuil où l’on rit plus souvent "
            "qu’on ne l’avoue. Le décor est en carton, le ciel est exact.",
            "What do you do with a telescope when the man who longed for it has gone? Maria Delvoye looks through "
            "it. Toneelhuis Marelle turns one cold winter in a dead-end street into a play about grief that is funny "
            "more often than it admits. The set is cardboard; the sky is accurate.",
        ),
        nights=weekly(2, "tue wed thu", fills=(0.35, 0.5, 0.62)) + weekly(9, "wed thu"),
    ),
    Production(
        slug="de-laatste-huurder",
        house="kantelaar",
        hall="grote-zaal",
        genre="theatre",
        grid="avond",
        title=same("De laatste huurder"),
        performers=("Het Vrije Bedrijf",),
        minutes=120,
        interval=True,
        age=12,
        language="nl",
        surtitles=("fr",),
        labels=("aftertalk",),
        teaser=Text(
            "Het blok gaat plat, iedereen is weg. Behalve Gerda, en Gerda heeft tijd.",
            "L’immeuble sera rasé, tout le monde est parti. Sauf Gerda, et Gerda a tout son temps.",
            "The block is coming down and everyone has left. Except Gerda, and Gerda has time.",
        ),
        description=Text(
            "Een projectontwikkelaar, een schepen en een stagiaire beklimmen om beurten de trap naar de elfde "
            "verdieping. Boven wachten koffie, een kat en een huurcontract uit 1974. Een komedie met een ondertoon, "
            "gespeeld door zes acteurs die allemaal ook de lift zijn.",
            "Un promoteur, un échevin et une stagiaire gravissent tour à tour onze étages. En haut les attendent du "
            "café, un chat et un bail de 1974. Une comédie qui gratte un peu, jouée par six acteurs qui font aussi "
            "l’ascenseur.",
            "A developer, an alderman and an intern take turns climbing to the eleventh floor. Upstairs: coffee, a "
            "cat and a lease from 1974. A comedy with an undertow, played by six actors who also play the lift.",
        ),
        nights=weekly(-9, "thu fri sat") + weekly(-4, "fri sat") + weekly(12, "fri sat"),
    ),
    Production(
        slug="antigone-aan-zee",
        house="kantelaar",
        hall="grote-zaal",
        genre="theatre",
        grid="groot",
        title=Text("Antigone aan zee", "Antigone face à la mer", "Antigone by the Sea"),
        subtitle=Text("naar Sophocles", "d’après Sophocle", "after Sophocles"),
        performers=("Ensemble Brandaris", "Noor Vandewiele (regie)"),
        minutes=135,
        age=15,
        language="nl",
        surtitles=("fr", "en"),
        labels=("premiere", "introduction"),
        teaser=Text(
            "Er spoelt iemand aan. De wet zegt: laten liggen. Zijn zus zegt: niet mijn broer.",
            "La mer rend un corps. La loi dit : n’y touchez pas. Sa sœur dit : c’est mon frère.",
            "The tide brings someone in. The law says leave him. His sister says he is hers.",
        ),
        description=Text(
            "Noor Vandewiele verplaatst de oudste ongehoorzaamheid van het theater naar een badstad buiten het "
            "seizoen. Creon is burgemeester, het koor verkoopt wafels. De taal blijft van Sophocles: helder, kort en "
            "zonder genade. Twee uur en een kwartier, zonder pauze, want zo’n beslissing schort je niet op.",
            "Noor Vandewiele transporte la plus ancienne désobéissance du théâtre dans une station balnéaire hors "
            "saison. Créon est bourgmestre, le chœur vend des gaufres. La langue reste celle de Sophocle : nette, "
            "brève, sans pitié. Deux heures quinze d’un seul souffle, car une telle décision ne se suspend pas.",
            "Noor Vandewiele moves the oldest act of disobedience in theatre to a seaside town out of season. Creon "
            "is mayor, the chorus sells waffles. The language stays with Sophocles: clear, short, merciless. Two and "
            "a quarter hours without an interval, because a decision like this cannot be put on hold.",
        ),
        nights=weekly(5, "wed thu fri sat", fills=(0.86, 0.5, 0.66, 0.93)),
    ),
    Production(
        slug="het-diner",
        house="kantelaar",
        hall="grote-zaal",
        genre="theatre",
        grid="avond",
        title=Text("Gang acht", "Huitième service", "Eighth Course"),
        performers=("Collectief Nulpunt",),
        minutes=90,
        age=14,
        language="nl",
        surtitles=("en",),
        teaser=Text(
            "Acht gangen, vier koppels, één geheim dat niemand op tafel durft te zetten.",
            "Huit services, quatre couples, un secret que personne n’ose mettre sur la table.",
            "Eight courses, four couples, one secret nobody will put on the table.",
        ),
        description=Text(
            "Er wordt echt gekookt, het ruikt tot in het tweede balkon. Terwijl de sauzen inkoken, doen de "
            "vriendschappen dat ook. Collectief Nulpunt schreef het stuk aan één lange tafel en speelt het ook zo.",
            "On cuisine pour de vrai, et cela sent jusqu’au deuxième balcon. Les sauces réduisent, les amitiés "
            "aussi. Collectief Nulpunt a écrit la pièce autour d’une longue table et la joue de même.",
            "They really cook; you can smell it from the second balcony. As the sauces reduce, so do the "
            "friendships. Collectief Nulpunt wrote the play around one long table and performs it the same way.",
        ),
        nights=weekly(-5, "wed thu") + weekly(7, "tue wed"),
    ),
    Production(
        slug="brieven-aan-niemand",
        house="kantelaar",
        hall="grote-zaal",
        genre="theatre",
        grid="avond",
        title=Text("Brieven aan niemand", "Lettres à personne", "Letters to No One"),
        performers=("Ilias Benhaddou",),
        minutes=80,
        age=12,
        language="nl",
        surtitles=("fr",),
        labels=("sign-language",),
        teaser=Text(
            "Een postbode leest twintig jaar lang wat niet besteld kon worden.",
            "Pendant vingt ans, un facteur lit ce qui n’a pu être remis.",
            "For twenty years a postman reads what could not be delivered.",
        ),
        description=Text(
            "Ilias Benhaddou staat alleen op een podium vol zakken. Uit elke zak komt een stem: een moeder, een "
            "soldaat, een jongen die een fiets wil. Een solo over adressen die niet meer bestaan en woorden die toch "
            "aankomen. Op vrijdag staat er een tolk Vlaamse Gebarentaal mee op de scène.",
            "Ilias Benhaddou est seul sur un plateau couvert de sacs. De chaque sac sort une voix : une mère, un "
            "soldat, un garçon qui voudrait un vélo. Un solo sur les adresses disparues et les mots qui arrivent "
            "quand même. Le vendredi, une interprète en langue des signes partage la scène.",
            "Ilias Benhaddou stands alone on a stage full of sacks. From each comes a voice: a mother, a soldier, a "
            "boy who wants a bicycle. A solo about addresses that no longer exist and words that arrive all the "
            "same. On Friday a sign-language interpreter shares the stage.",
        ),
        nights=weekly(-1, "thu fri") + weekly(11, "thu fri"),
    ),
    Production(
        slug="le-bruit-des-autres",
        house="kantelaar",
        hall="grote-zaal",
        genre="theatre",
        grid="avond",
        title=same("Le Bruit des autres"),
        subtitle=Text("in het Frans, boventiteld", "en français", "in French, surtitled"),
        performers=("Théâtre du Fil Bleu",),
        minutes=100,
        age=12,
        language="fr",
        surtitles=("nl", "en"),
        teaser=Text(
            "Dunne muren, vijf appartementen en een piano die niemand zegt te hebben.",
            "Des murs minces, cinq appartements et un piano que personne n’avoue posséder.",
            "Thin walls, five flats and a piano nobody admits to owning.",
        ),
        description=Text(
            "Iedereen kent zijn buren van het geluid. Le Bruit des autres laat ze eindelijk binnen. Het Théâtre du "
            "Fil Bleu speelt een heel flatgebouw op twaalf vierkante meter, met een precisie die aan een uurwerk "
            "doet denken en een hart dat dat niet doet.",
            "On connaît ses voisins par le bruit qu’ils font. Ici, on leur ouvre enfin la porte. Le Théâtre du Fil "
            "Bleu joue tout un immeuble sur douze mètres carrés, avec une précision d’horloger et une tendresse qui, "
            "elle, déborde.",
            "We know our neighbours by their noise. This play lets them in at last. Théâtre du Fil Bleu performs an "
            "entire apartment block on twelve square metres, with the precision of a watch and a heart that is "
            "anything but.",
        ),
        nights=weekly(15, "thu fri"),
    ),
    Production(
        slug="koning-van-karton",
        house="kantelaar",
        hall="grote-zaal",
        genre="theatre",
        grid="groot",
        title=Text("Koning van karton", "Roi de carton", "Cardboard King"),
        subtitle=Text("Shakespeares Richard II", "Richard II de Shakespeare", "Shakespeare’s Richard II"),
        performers=("Ensemble Brandaris",),
        minutes=165,
        interval=True,
        age=15,
        language="nl",
        surtitles=("en",),
        labels=("introduction",),
        teaser=Text(
            "Hij kan alles, behalve koning zijn. Hij is alles, behalve iets anders.",
            "Il sait tout faire, sauf régner. Il n’a jamais appris autre chose.",
            "He can do anything but rule, and knows how to do nothing else.",
        ),
        description=Text(
            "Veertien acteurs, een strijkkwartet en een kroon uit een verhuisdoos. Brandaris speelt Shakespeares "
            "mooiste verliezer in een nieuwe vertaling die lekker bekt. Wie de kroon doorgeeft, scheurt er een stuk "
            "af; aan het einde is er niets meer om door te geven.",
            "Quatorze acteurs, un quatuor à cordes et une couronne découpée dans un carton de déménagement. "
            "Brandaris joue le plus beau perdant de Shakespeare dans une traduction neuve, faite pour la bouche. "
            "Chacun qui passe la couronne en déchire un morceau ; à la fin, il n’y a plus rien à passer.",
            "Fourteen actors, a string quartet and a crown cut from a removal box. Brandaris plays Shakespeare’s "
            "loveliest loser. Whoever hands on the crown tears off a piece; by the end there is nothing left to hand "
            "on.",
        ),
        nights=weekly(18, "wed thu fri sat") + weekly(19, "sun", "15:00"),
    ),
    Production(
        slug="wachtkamer-blues",
        house="kantelaar",
        hall="grote-zaal",
        genre="theatre",
        grid="avond",
        title=same("Wachtkamerblues"),
        performers=("De Zachte Landing", "Orkest Optimist"),
        minutes=95,
        age=10,
        language="nl",
        labels=("relaxed",),
        teaser=Text(
            "Nummer 84 is al een uur aan de beurt. Muziektheater met nietmachine.",
            "Le numéro 84 est attendu depuis une heure. Théâtre musical pour agrafeuse.",
            "Number 84 has been next for an hour. Music theatre for stapler and choir.",
        ),
        description=Text(
            "In de wachtkamer van een loket dat nooit opengaat, begint iemand te neuriën. Anderhalf uur later staat "
            "er een blues voor elf stemmen, twee bureaustoelen en een koffieautomaat. De zondagmatinee is "
            "prikkelarm: zachter licht, open deuren, wie wil mag rondlopen.",
            "Dans la salle d’attente d’un guichet qui n’ouvre jamais, quelqu’un se met à fredonner. Une heure et "
            "demie plus tard, c’est un blues pour onze voix, deux chaises de bureau et un distributeur de café. La "
            "matinée du dimanche est une séance Relax : lumière douce, portes ouvertes, on circule si l’on veut.",
            "In the waiting room of a counter that never opens, someone starts to hum. Ninety minutes later it is a "
            "blues for eleven voices, two office chairs and a coffee machine. The Sunday matinee is relaxed: softer "
            "light, open doors, wander if you wish.",
        ),
        nights=weekly(3, "sat", fills=(0.7,)) + weekly(3, "sun", "15:00", fills=(0.45,)) + weekly(-7, "fri sat"),
    ),
    Production(
        slug="naglans",
        house="loods-negen",
        hall="zwarte-doos",
        genre="theatre",
        grid="tribune",
        title=Text("Naglans", "Rémanence", "Afterglow"),
        performers=("Fien Oosterlinck",),
        minutes=60,
        age=16,
        language="nl",
        surtitles=("en",),
        labels=("new-voices", "aftertalk"),
        teaser=Text(
            "Een lichtontwerper wordt langzaam blind en maakt haar laatste voorstelling.",
            "Une éclairagiste perd la vue et signe son dernier spectacle.",
            "A lighting designer is going blind and makes her last show.",
        ),
        description=Text(
            "Fien Oosterlinck studeerde vorig jaar af en schrijft alsof ze al dertig jaar bezig is. Naglans wordt "
            "minuut na minuut donkerder, tot er alleen nog een stem is en wat je zelf onthouden hebt.",
            "Diplômée l’an dernier, Fien Oosterlinck écrit comme si elle faisait cela depuis trente ans. Minute "
            "après minute, la lumière baisse, jusqu’à ne laisser qu’une voix et ce que vous avez retenu.",
            "Fien Oosterlinck graduated last year and writes as if she had been at it for thirty. Minute by minute "
            "the light goes down, until there is a voice left and whatever you remembered.",
        ),
        nights=weekly(1, "thu fri sat", fills=(0.4, 0.7, 0.95)),
    ),
    Production(
        slug="handleiding-voor-een-afscheid",
        house="loods-negen",
        hall="zwarte-doos",
        genre="theatre",
        grid="tribune",
        title=Text("Handleiding voor een afscheid", "Mode d’emploi pour un départ", "Instructions for Leaving"),
        performers=("Collectief Nulpunt",),
        minutes=75,
        age=14,
        language="nl",
        surtitles=("fr", "en"),
        teaser=Text(
            "Twaalf manieren om weg te gaan, gedemonstreerd door vier mensen die blijven.",
            "Douze façons de partir, démontrées par quatre personnes qui restent.",
            "Twelve ways to leave, demonstrated by four people who stay.",
        ),
        description=Text(
            "Zwaaien, sluipen, een brief, een trein, een ruzie die over iets anders gaat. Collectief Nulpunt "
            "verzamelde afscheidsscènes uit honderd families en monteerde ze tot een strakke, warme avond. Je gaat "
            "naar buiten met zin om iemand te bellen.",
            "Un signe de la main, une lettre, un train, une dispute qui parle d’autre chose. Collectief Nulpunt a "
            "recueilli des scènes d’adieu dans cent familles et les a montées au cordeau. On sort avec l’envie "
            "d’appeler quelqu’un.",
            "A wave, a letter, a train, a quarrel about something else. Collectief Nulpunt gathered farewells from a "
            "hundred families and cut them into one taut, warm evening. You leave wanting to ring somebody.",
        ),
        nights=weekly(-6, "thu fri sat") + weekly(6, "wed thu"),
    ),
    Production(
        slug="de-vertaler",
        house="loods-negen",
        hall="zwarte-doos",
        genre="theatre",
        grid="tribune",
        title=Text("De vertaler", "L’Interprète", "The Interpreter"),
        performers=("Samira Achour", "Joachim Lenaerts"),
        minutes=85,
        age=15,
        language="nl",
        surtitles=("fr", "en"),
        labels=("tip",),
        teaser=Text(
            "Alles wat zij zegt, zegt hij ook. Tot hij één zin verzwijgt.",
            "Tout ce qu’elle dit, il le redit. Jusqu’à la phrase qu’il garde pour lui.",
            "Everything she says, he says too. Until he leaves out one sentence.",
        ),
        description=Text(
            "Een verhoorkamer, twee stoelen, drie talen. Samira Achour en Joachim Lenaerts speelden deze tweestrijd "
            "in zeven landen en kennen intussen elkaars adem. Spannend als een rechtbankdrama, met een einde dat je "
            "thuis pas begrijpt.",
            "Une salle d’interrogatoire, deux chaises, trois langues. Samira Achour et Joachim Lenaerts ont joué ce "
            "duel dans sept pays et connaissent désormais la respiration l’un de l’autre. Tendu comme un procès, "
            "avec une fin qu’on ne comprend qu’une fois rentré.",
            "An interview room, two chairs, three languages. Samira Achour and Joachim Lenaerts have played this "
            "duel in seven countries and know each other’s breath by now. Tense as a trial, with an ending you "
            "understand on the way home.",
        ),
        nights=weekly(4, "thu fri sat", fills=(0.5, 0.62, 0.97)) + weekly(13, "fri sat"),
    ),
    Production(
        slug="ruis",
        house="loods-negen",
        hall="zwarte-doos",
        genre="theatre",
        grid="tribune",
        title=Text("Ruis", "Parasites", "Static"),
        performers=("Radio Kermis",),
        minutes=70,
        age=12,
        language="nl",
        labels=("audio-description", "new-voices"),
        teaser=Text(
            "Hoorspel met alle lichten aan: kijk hoe een storm gemaakt wordt.",
            "Une fiction radio toutes lumières allumées : regardez naître une tempête.",
            "A radio play with the lights on: watch how a storm is made.",
        ),
        description=Text(
            "Vier bruiteurs, een opnamekamer uit 1962 en een scenario over een vuurtoren die antwoord krijgt. Met "
            "sla, kiezels en een kapotte paraplu maakt Radio Kermis een oceaan. Ogen dicht mag, open is beter.",
            "Quatre bruiteurs, un studio de 1962 et l’histoire d’un phare qui reçoit une réponse. Avec de la salade, "
            "des galets et un parapluie cassé, Radio Kermis fabrique un océan. On peut fermer les yeux ; on aurait "
            "tort.",
            "Four foley artists, a studio from 1962 and the story of a lighthouse that gets an answer. With lettuce, "
            "pebbles and a broken umbrella Radio Kermis makes an ocean. You may close your eyes; you would miss "
            "half of it.",
        ),
        nights=weekly(-2, "fri sat") + weekly(10, "fri sat"),
    ),
    Production(
        slug="onder-de-tafel",
        house="loods-negen",
        hall="zwarte-doos",
        genre="theatre",
        grid="tribune",
        title=Text("Tussen haakjes", "Entre parenthèses", "In Brackets"),
        performers=("Huis van Morgen",),
        minutes=65,
        age=14,
        language="nl",
        labels=("new-voices",),
        teaser=Text(
            "Drie monologen over wat je er snel nog bij zei.",
            "Trois monologues sur ce qu’on ajoute à voix basse.",
            "Three monologues about what you added under your breath.",
        ),
        description=Text(
            "Drie jonge makers krijgen elk twintig minuten en dezelfde stoel. De ene schrijft over haar vader, de "
            "andere over de rij bij de bakker, de derde over niets, en daar gebeurt het meest. Proeven van wat komt.",
            "Trois jeunes auteurs reçoivent chacun vingt minutes et la même chaise. L’une parle de son père, l’autre "
            "de la file à la boulangerie, le troisième de rien, et c’est là qu’il se passe le plus de choses.",
            "Three young makers get twenty minutes each and the same chair. One writes about her father, one about "
            "the queue at the baker’s, one about nothing, which is where most of it happens.",
        ),
        nights=weekly(8, "tue wed") + daily(-20, 2),
    ),
)
