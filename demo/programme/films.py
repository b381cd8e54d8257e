"""Films at Cinéma Pavane: all of them invented, as are their makers."""

from __future__ import annotations

from demo.content import Production, Text, same
from demo.schedule import daily, weekly

PRODUCTIONS = (
    Production(
        slug="het-zoutmeer",
        house="cinema-pavane",
        hall="salle-1",
        genre="film",
        grid="film",
        title=Text("Het zoutmeer", "Le Lac salé", "The Salt Lake"),
        subtitle=same("Inés Montoro"),
        performers=("Inés Montoro",),
        minutes=112,
        age=12,
        language="es",
        surtitles=("nl", "fr"),
        labels=("original-version", "tip"),
        teaser=Text(
            "Twee landmeters verdelen een meer dat elk jaar kleiner wordt.",
            "Deux géomètres partagent un lac qui rétrécit chaque année.",
            "Two surveyors divide a lake that shrinks every year.",
        ),
        description=Text(
            "Wit tot aan de horizon, en daarin een man en een vrouw die elkaar niet mogen. Inés Montoro filmt traag "
            "en met humor hoe een grens zich verplaatst. Van het soort waar je na afloop een uur over doorpraat.",
            "Du blanc jusqu’à l’horizon, et dedans un homme et une femme qui ne s’aiment guère. Inés Montoro filme "
            "avec lenteur et malice une frontière qui se déplace. De ceux dont on parle encore une heure après.",
            "White to the horizon, and in it a man and a woman who do not get on. Inés Montoro films, slowly and "
            "drily, how a border moves. The kind you go on talking about for an hour.",
        ),
        nights=daily(-1, 6, "20:00", fills=(0.7, 0.66, 0.5, 0.3, 0.2, 0.25)),
    ),
    Production(
        slug="nachtbus-47",
        house="cinema-pavane",
        hall="salle-1",
        genre="film",
        grid="film",
        title=Text("Nachtbus 47", "Bus de nuit 47", "Night Bus 47"),
        subtitle=same("Dries Allaert"),
        performers=("Dries Allaert",),
        minutes=94,
        age=12,
        language="nl",
        surtitles=("fr",),
        labels=("aftertalk",),
        teaser=Text(
            "Eén chauffeur, één nacht, achttien haltes en niemand die echt naar huis wil.",
            "Un chauffeur, une nuit, dix-huit arrêts et personne qui veuille rentrer.",
            "One driver, one night, eighteen stops and nobody who wants to go home.",
        ),
        description=Text(
            "Gedraaid in één echte bus met echte passagiers die niet altijd wisten dat er gefilmd werd. Debuut van "
            "Dries Allaert, die zelf acht jaar achter dat stuur zat. Hij komt erover praten.",
            "Tourné dans un vrai bus, avec de vrais passagers qui ne savaient pas toujours qu’on filmait. Premier "
            "long métrage de Dries Allaert, huit ans de volant. Il vient en parler.",
            "Shot in a real bus with real passengers who did not always know. The debut of Dries Allaert, who spent "
            "eight years behind that wheel. He will be here to talk about it.",
        ),
        nights=daily(0, 4, "22:30", fills=(0.35, 0.6, 0.3, 0.15)) + weekly(2, "thu", "20:15", fills=(0.9,)),
    ),
    Production(
        slug="de-kaartenmaker",
        house="cinema-pavane",
        hall="salle-1",
        genre="film",
        grid="film",
        title=Text("De kaartenmaker", "Le Cartographe", "The Mapmaker"),
        subtitle=same("Agnès Rolland"),
        performers=("Agnès Rolland",),
        minutes=128,
        age=10,
        language="fr",
        surtitles=("nl", "en"),
        labels=("original-version", "audio-description"),
        teaser=Text(
            "Hij tekent een eiland dat niet bestaat. Iemand vertrekt ernaartoe.",
            "Il dessine une île qui n’existe pas. Quelqu’un prend la mer pour la trouver.",
            "He draws an island that does not exist. Someone sets sail for it.",
        ),
        description=Text(
            "Een kostuumdrama zonder pruiken. Agnès Rolland bouwt het Antwerpen van 1570 met inkt, kaarslicht en een "
            "leugentje dat uit de hand loopt. De muziek komt van één gamba en veel wind.",
            "Un film d’époque sans perruques. Agnès Rolland bâtit l’Anvers de 1570 avec de l’encre, des bougies et "
            "un petit mensonge qui prend le large. Pour musique, une viole et beaucoup de vent.",
            "A costume drama without wigs. Agnès Rolland builds the Antwerp of 1570 out of ink, candlelight and a "
            "small lie that gets away. The score is one viol and a good deal of wind.",
        ),
        nights=weekly(1, "mon tue wed thu fri sat", "20:15", fills=(0.2, 0.25, 0.3, 0.35, 0.55, 0.6)),
    ),
    Production(
        slug="kleine-beer",
        house="cinema-pavane",
        hall="salle-1",
        genre="film",
        grid="matinee",
        title=Text("Kleine Beer slaapt niet", "Petit Ours ne dort pas", "Little Bear Is Not Asleep"),
        performers=("Studio Potlood",),
        minutes=48,
        age=3,
        language="nl / fr",
        labels=("relaxed",),
        teaser=Text(
            "Wat gebeurt er in het bos als iedereen winterslaap houdt, behalve één.",
            "Que se passe-t-il en forêt quand tout le monde hiberne, sauf un ?",
            "What goes on in the forest when everyone hibernates except one.",
        ),
        description=Text(
            "Getekend met kleurpotlood, vijfentwintig tekeningen per seconde, vier jaar werk. Licht blijft half aan, "
            "geluid staat zachter, en na de film ligt er papier op de trap.",
            "Dessiné au crayon de couleur, vingt-cinq dessins par seconde, quatre ans de travail. La lumière reste "
            "tamisée, le son plus doux, et du papier vous attend dans l’escalier.",
            "Drawn in coloured pencil, twenty-five drawings a second, four years of work. Lights half up, sound "
            "turned down, and paper waiting on the stairs.",
        ),
        nights=weekly(0, "sat sun", "10:30", fills=(0.5, 0.8)) + weekly(1, "sun", "10:30") + weekly(2, "sun", "10:30"),
    ),
    Production(
        slug="zwijgende-meesters",
        house="cinema-pavane",
        hall="salle-1",
        genre="film",
        grid="film",
        title=Text("De danseres van Palermo", "La Danseuse de Palerme", "The Dancer of Palermo"),
        subtitle=Text("1926, met live piano", "1926, piano en direct", "1926, with live piano"),
        performers=("Tomas Rey (piano)",),
        minutes=88,
        labels=("wordless", "tip"),
        teaser=Text(
            "Een stille film die bijna een eeuw zoek was, nu met een vleugel ernaast.",
            "Un film muet perdu pendant près d’un siècle, avec un piano à ses côtés.",
            "A silent film lost for most of a century, now with a grand piano beside it.",
        ),
        description=Text(
            "De kopie lag in een koekjestrommel op een zolder in Luik. Eén rol ontbreekt nog; Tomas Rey speelt dan "
            "in het donker door. Je zult merken dat je alles begrijpt.",
            "La copie dormait dans une boîte à biscuits, à Liège. Il manque encore une bobine ; Tomas Rey la joue "
            "dans le noir. Vous verrez que l’on comprend tout.",
            "The print lay in a biscuit tin in a Liège attic. One reel is still missing; Tomas Rey plays through it "
            "in the dark. You will find you follow everything.",
        ),
        nights=weekly(3, "tue", "20:15", fills=(0.82,)) + weekly(-3, "tue", "20:15"),
    ),
    Production(
        slug="vergeten-dinsdag",
        house="cinema-pavane",
        hall="salle-1",
        genre="film",
        grid="matinee",
        title=Text("De vergeten dinsdag", "Le Mardi oublié", "Forgotten Tuesday"),
        subtitle=Text("35 mm uit het archief", "35 mm d’archives", "35 mm from the archive"),
        performers=("Cinéma Pavane",),
        minutes=110,
        language="fr",
        labels=("introduction",),
        teaser=Text(
            "Een film die niemand meer draait. We zeggen vooraf alleen het jaar.",
            "Un film que plus personne ne projette. On n’en dit que l’année.",
            "A film nobody shows any more. All we say beforehand is the year.",
        ),
        description=Text(
            "Onze operateur kiest, rijdt naar het archief en vertelt tien minuten waarom. Daarna gaat het zaallicht "
            "uit en tikt de projector. Soms een meesterwerk, soms een raadsel, altijd op pellicule.",
            "Notre projectionniste choisit, va chercher les bobines et explique pourquoi en dix minutes. Puis la "
            "salle s’éteint et le projecteur cliquette. Parfois un chef-d’œuvre, parfois une énigme, toujours sur "
            "pellicule.",
            "Our projectionist chooses, drives to the archive and spends ten minutes saying why. Then the lights go "
            "out and the projector ticks. Sometimes a masterpiece, sometimes a riddle, always on film.",
        ),
        nights=weekly(-2, "tue", "20:15")
        + weekly(2, "tue", "20:15")
        + weekly(4, "tue", "20:15")
        + weekly(6, "tue", "20:15"),
    ),
    Production(
        slug="lange-zomer",
        house="cinema-pavane",
        hall="salle-1",
        genre="film",
        grid="film",
        title=Text("Eén lange zomer", "Un long été", "One Long Summer"),
        subtitle=same("Sunniva Dahl"),
        performers=("Sunniva Dahl",),
        minutes=101,
        age=12,
        language="no",
        surtitles=("nl", "fr"),
        labels=("original-version",),
        teaser=Text(
            "Drie meisjes, een roeiboot en het jaar waarin alles nog kon.",
            "Trois filles, une barque et l’année où tout était encore possible.",
            "Three girls, a rowing boat and the year when everything was still possible.",
        ),
        description=Text(
            "De zon gaat niet onder en niemand slaapt. Sunniva Dahl filmde drie vriendinnen zes weken lang op een "
            "eiland en maakte er een zachte, wijze film van over het moment vlak voor je weggaat.",
            "Le soleil ne se couche pas, personne ne dort. Sunniva Dahl a suivi trois amies pendant six semaines sur "
            "une île. Il en reste un film doux et sage sur l’instant juste avant de partir.",
            "The sun does not set and nobody sleeps. Sunniva Dahl followed three friends for six weeks on an island "
            "and made a gentle, wise film about the moment just before you leave.",
        ),
        nights=weekly(2, "fri sat sun", "20:15") + weekly(3, "wed thu", "20:15"),
    ),
    Production(
        slug="de-getuige-van-gent",
        house="cinema-pavane",
        hall="salle-1",
        genre="film",
        grid="film",
        title=Text("De getuige aan het raam", "Le Témoin à la fenêtre", "The Witness at the Window"),
        subtitle=same("Karel Stroobants"),
        performers=("Karel Stroobants",),
        minutes=98,
        age=16,
        language="nl",
        surtitles=("fr", "en"),
        teaser=Text(
            "Ze zag het gebeuren. Maar ze had haar bril niet op.",
            "Elle a tout vu. Mais elle n’avait pas ses lunettes.",
            "She saw it happen. But she was not wearing her glasses.",
        ),
        description=Text(
            "Een misdaad, drie verklaringen, en een commissaris die van kruiswoordraadsels houdt. Karel Stroobants "
            "maakt ouderwets spannende cinema: regen, een lift, een telefoon die één keer te vaak gaat.",
            "Un crime, trois dépositions et un commissaire cruciverbiste. Karel Stroobants fait du suspense à "
            "l’ancienne : de la pluie, un ascenseur, un téléphone qui sonne une fois de trop.",
            "A crime, three statements and a detective who likes crosswords. Karel Stroobants makes suspense the old "
            "way: rain, a lift, a telephone that rings once too often.",
        ),
        nights=weekly(3, "fri sat sun mon", "20:15") + weekly(-2, "fri sat", "20:15"),
    ),
    Production(
        slug="papieren-vogels",
        house="cinema-pavane",
        hall="salle-1",
        genre="film",
        grid="matinee",
        title=Text("Papieren vogels", "Oiseaux de papier", "Paper Birds"),
        performers=("Atelier Kumo",),
        minutes=86,
        age=8,
        language="ja",
        surtitles=("nl", "fr"),
        labels=("original-version",),
        teaser=Text(
            "Een meisje vouwt haar dorp na, huis voor huis, tot het terugkijkt.",
            "Une fillette plie son village, maison par maison, jusqu’à ce qu’il la regarde.",
            "A girl folds her village, house by house, until it looks back.",
        ),
        description=Text(
            "Animatie uit Kyoto, met papier dat echt kreukt. Voor kinderen die kunnen lezen en volwassenen die dat "
            "graag samen doen. Er wordt nauwelijks gesproken en veel gezegd.",
            "Une animation venue de Kyoto, dont le papier se froisse pour de vrai. Pour les enfants qui savent lire "
            "et les adultes qui aiment le faire ensemble. On y parle peu, on y dit beaucoup.",
            "Animation from Kyoto, with paper that really creases. For children who can read and adults who like to "
            "do it together. Little is spoken and much is said.",
        ),
        nights=weekly(0, "sun", "14:30", fills=(0.6,)) + weekly(1, "sat sun", "14:30") + weekly(4, "sun", "14:30"),
    ),
    Production(
        slug="beton-en-duiven",
        house="cinema-pavane",
        hall="salle-1",
        genre="film",
        grid="film",
        title=Text("Beton en duiven", "Béton et pigeons", "Concrete and Pigeons"),
        subtitle=Text("documentaire", "documentaire", "documentary"),
        performers=("Mehdi Zerouali",),
        minutes=79,
        language="fr",
        surtitles=("nl",),
        labels=("aftertalk",),
        teaser=Text(
            "Duivenmelkers op het dak van een toren van 22 verdiepingen.",
            "Des colombophiles sur le toit d’une tour de vingt-deux étages.",
            "Pigeon fanciers on the roof of a twenty-two-storey tower.",
        ),
        description=Text(
            "Elke zondag gaan de mannen met manden in de lift. Mehdi Zerouali filmde vier seizoenen lang wat boven "
            "wacht: wind, ruzie, geduld en een hok dat eigenlijk niet mag. Nagesprek met twee van hen en één duif.",
            "Le dimanche, les hommes prennent l’ascenseur avec leurs paniers. Quatre saisons durant, Mehdi Zerouali "
            "a filmé là-haut : le vent, les querelles, la patience et un pigeonnier pas vraiment autorisé. Rencontre "
            "avec deux d’entre eux et un pigeon.",
            "On Sundays the men take the lift with their baskets. For four seasons Mehdi Zerouali filmed what waits "
            "up there: wind, quarrels, patience and a loft that is not strictly legal. Talk afterwards with two of "
            "them and one pigeon.",
        ),
        nights=weekly(1, "sun", "20:15", fills=(0.88,)) + weekly(5, "thu", "20:15"),
    ),
    Production(
        slug="maan-boven-montsaulx",
        house="cinema-pavane",
        hall="salle-1",
        genre="film",
        grid="film",
        title=Text("Een kamer met uitzicht op zee, bijna", "Vue sur mer, presque", "Sea View, Almost"),
        subtitle=same("Luca Ferrandi"),
        performers=("Luca Ferrandi",),
        minutes=105,
        age=10,
        language="it",
        surtitles=("nl", "fr", "en"),
        labels=("original-version",),
        teaser=Text(
            "Een hotel, een familie en een zee die zich al twintig jaar terugtrekt.",
            "Un hôtel, une famille et une mer qui recule depuis vingt ans.",
            "A hotel, a family and a sea that has been retreating for twenty years.",
        ),
        description=Text(
            "Luca Ferrandi maakt komedies waar je om glimlacht tot het pijn doet. De brochure is van 1988, de gasten "
            "ook. Eén nieuwe ober zet alles op zijn kop door eerlijk te antwoorden.",
            "Luca Ferrandi signe des comédies où l’on sourit jusqu’à ce que cela pince. La brochure date de 1988, "
            "les clients aussi. Un nouveau serveur bouleverse tout en répondant franchement.",
            "Luca Ferrandi makes comedies that keep you smiling until it hurts. The brochure dates from 1988 and so "
            "do the guests. A new waiter upsets everything by answering honestly.",
        ),
        nights=weekly(4, "thu fri sat", "20:15") + weekly(-1, "thu fri sat", "20:15"),
    ),
)
