"""Cabaret and comedy at de Kantelaar and Loods Negen."""

from __future__ import annotations

from demo.content import Production, Text, same
from demo.schedule import weekly

PRODUCTIONS = (
    Production(
        slug="wie-zwijgt",
        house="kantelaar",
        hall="grote-zaal",
        genre="comedy",
        grid="avond",
        title=same("Wie zwijgt"),
        performers=("Stef Hazaert",),
        minutes=90,
        age=14,
        language="nl",
        labels=("tip",),
        teaser=Text(
            "Stef Hazaert beloofde zijn vrouw dat het dit keer niet over haar zou gaan.",
            "Stef Hazaert a promis à sa femme qu’il ne parlerait pas d’elle. En néerlandais.",
            "Stef Hazaert promised his wife it would not be about her this time. In Dutch.",
        ),
        description=Text(
            "Na drie avondvullende monologen probeert Hazaert het met stiltes. Dat lukt een minuut of vier. Daarna "
            "volgt anderhalf uur over buren, vaders, groepschats en de schuur die al elf jaar bijna af is. Scherp "
            "zonder te bijten.",
            "Après trois spectacles bavards, Hazaert essaie le silence. Cela tient quatre minutes. Suit une heure et "
            "demie sur les voisins, les pères, les groupes de discussion et l’abri de jardin presque terminé depuis "
            "onze ans. Vif, jamais méchant.",
            "After three evenings of talking, Hazaert tries silence. It lasts about four minutes. Then comes an hour "
            "and a half on neighbours, fathers, group chats and the shed that has been nearly finished for eleven "
            "years. Sharp, without teeth marks.",
        ),
        nights=weekly(3, "wed thu", fills=(0.9, 0.98)) + weekly(16, "fri sat") + weekly(-7, "wed thu"),
    ),
    Production(
        slug="plan-b",
        house="kantelaar",
        hall="grote-zaal",
        genre="comedy",
        grid="avond",
        title=same("Plan B"),
        performers=("Nora El Mansouri",),
        minutes=85,
        age=12,
        language="nl",
        teaser=Text(
            "Ze wilde chirurg worden. Nu snijdt ze alleen nog onderwerpen aan.",
            "Elle voulait être chirurgienne. Elle n’opère plus qu’en paroles. En néerlandais.",
            "She meant to be a surgeon. Now she only dissects conversation. In Dutch.",
        ),
        description=Text(
            "Nora El Mansouri stopte in het vierde jaar geneeskunde en heeft nog altijd geen goede uitleg voor haar "
            "moeder. Plan B is die uitleg, met liedjes, een skelet op wieltjes en een ode aan de herkansing.",
            "Nora El Mansouri a quitté médecine en quatrième année et cherche toujours comment l’expliquer à sa "
            "mère. Plan B est cette explication, avec des chansons, un squelette à roulettes et un éloge de la "
            "seconde session.",
            "Nora El Mansouri left medical school in her fourth year and still has no good explanation for her "
            "mother. This is it, with songs, a skeleton on wheels and an ode to the resit.",
        ),
        nights=weekly(-3, "wed thu") + weekly(13, "wed thu"),
    ),
    Production(
        slug="het-grote-verslag",
        house="kantelaar",
        hall="grote-zaal",
        genre="comedy",
        grid="groot",
        title=Text("Het grote verslag", "Le Grand Rapport", "The Annual Report"),
        performers=("De Heren Notulisten",),
        minutes=120,
        interval=True,
        age=10,
        language="nl",
        teaser=Text(
            "Het voorbije jaar, genotuleerd door twee mannen die nergens bij waren.",
            "L’année écoulée, consignée par deux messieurs qui n’étaient nulle part. En néerlandais.",
            "The year gone by, minuted by two men who attended none of it. In Dutch.",
        ),
        description=Text(
            "Elk jaar rond de jaarwisseling lezen de Heren Notulisten het verslag voor van alles wat er misging, met "
            "bijlagen, rondvraag en een stemming bij handopsteking. Het publiek krijgt pen en papier. Bezwaren "
            "worden behandeld in de pauze.",
            "Chaque hiver, les Heren Notulisten lisent le procès-verbal de tout ce qui a mal tourné, annexes, divers "
            "et vote à main levée compris. Le public reçoit papier et crayon. Les objections sont traitées à "
            "l’entracte.",
            "Every winter the gentlemen read out the minutes of everything that went wrong, with appendices, any "
            "other business and a show of hands. You will be issued with pen and paper. Objections are heard in the "
            "interval.",
        ),
        nights=weekly(5, "mon tue", fills=(0.5, 0.7)) + weekly(4, "sat", fills=(0.96,)),
    ),
    Production(
        slug="licht-ontvlambaar",
        house="kantelaar",
        hall="grote-zaal",
        genre="comedy",
        grid="avond",
        title=same("Licht ontvlambaar"),
        performers=("Griet Van Overloop",),
        minutes=80,
        age=14,
        language="nl",
        labels=("last-chance",),
        teaser=Text(
            "Ex-brandweervrouw vertelt wat mensen redden als ze maar één ding kunnen dragen.",
            "Une ancienne pompière raconte ce que l’on sauve quand on n’a que deux bras. En néerlandais.",
            "A former firefighter on what people save when they can carry one thing. In Dutch.",
        ),
        description=Text(
            "Twaalf jaar stond Griet Van Overloop op de ladder. Ze haalde katten, testamenten en één keer een "
            "complete modelspoorbaan naar buiten. Met die verhalen vult ze een avond die ontroert waar je het niet "
            "verwacht. Deze reeks is de laatste.",
            "Douze ans durant, Griet Van Overloop a grimpé à l’échelle. Elle en a descendu des chats, des testaments "
            "et, une fois, un train électrique au complet. Elle en tire une soirée qui touche là où on ne l’attend "
            "pas. C’est la dernière série.",
            "Griet Van Overloop spent twelve years up a ladder. She brought down cats, wills and once an entire "
            "model railway. The stories make an evening that moves you where you least expect it. This run is the "
            "last.",
        ),
        nights=weekly(-2, "fri sat") + weekly(1, "sat sun", fills=(0.55, 0.91)),
    ),
    Production(
        slug="goed-volk",
        house="kantelaar",
        hall="grote-zaal",
        genre="comedy",
        grid="avond",
        title=same("Goed volk"),
        performers=("Mats & Mira",),
        minutes=75,
        age=12,
        language="nl",
        teaser=Text(
            "Broer en zus delen één microfoon en alle oude ruzies.",
            "Un frère, une sœur, un micro et toutes les vieilles querelles. En néerlandais.",
            "A brother and a sister share one microphone and every old quarrel. In Dutch.",
        ),
        description=Text(
            "Wie mocht voorin zitten, wie heeft de hamster laten ontsnappen, wie belt mama op zondag. Mats en Mira "
            "maken van hun kindertijd een rechtszaak met het publiek als jury. Elke avond valt het vonnis anders "
            "uit.",
            "Qui montait à l’avant, qui a laissé filer le hamster, qui appelle maman le dimanche. Mats et Mira font "
            "de leur enfance un procès dont vous êtes le jury. Le verdict change chaque soir.",
            "Who sat in front, who let the hamster out, who rings Mum on Sundays. Mats and Mira put their childhood "
            "on trial with you as the jury. The verdict is different every night.",
        ),
        nights=weekly(20, "fri sat") + weekly(-6, "tue wed"),
    ),
    Production(
        slug="open-podium",
        house="loods-negen",
        hall="zwarte-doos",
        genre="comedy",
        grid="club",
        title=Text("Vijf minuten", "Cinq minutes", "Five Minutes"),
        subtitle=Text("open podium", "scène ouverte", "open mic"),
        performers=("Wie durft",),
        minutes=100,
        interval=True,
        age=16,
        language="nl",
        labels=("new-voices",),
        teaser=Text(
            "Tien nieuwe namen, elk vijf minuten. De bel is onverbiddelijk.",
            "Dix nouveaux noms, cinq minutes chacun. La cloche est sans pitié.",
            "Ten new names, five minutes each. The bell shows no mercy.",
        ),
        description=Text(
            "Iedere eerste dinsdag is de vloer van wie nog niemand kent. Soms goud, soms moed, altijd op tijd "
            "gedaan. Zelf op de lijst? Stuur een bericht naar het huis.",
            "Chaque premier mardi, le plateau est à ceux que personne ne connaît encore. Parfois de l’or, parfois du "
            "courage, et l’on finit toujours à l’heure. Envie d’en être ? Écrivez à la maison.",
            "On the first Tuesday the floor belongs to people nobody knows yet. Sometimes gold, sometimes courage, "
            "always finished on time. Want a slot? Write to the house.",
        ),
        nights=weekly(-4, "tue") + weekly(1, "tue", fills=(0.6,)) + weekly(5, "tue") + weekly(9, "tue"),
    ),
)
