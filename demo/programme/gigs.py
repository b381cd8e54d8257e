"""Standing concerts and club nights at Loods Negen."""

from __future__ import annotations

from demo.content import Production, Text, same
from demo.schedule import daily, weekly

PRODUCTIONS = (
    Production(
        slug="kade",
        house="loods-negen",
        hall="vloer",
        genre="pop",
        grid="staand",
        title=same("KADE"),
        subtitle=Text("+ Melkweg Zuid", "+ Melkweg Zuid", "+ Melkweg Zuid"),
        performers=("KADE", "Melkweg Zuid"),
        minutes=150,
        labels=("standing", "tip"),
        teaser=Text(
            "Havengitaren uit Havermonde, voor het eerst in eigen stad sinds de plaat.",
            "Des guitares de docks. Premier retour à domicile depuis l’album.",
            "Dockside guitars. First home show since the record.",
        ),
        description=Text(
            "Vier vrienden van de Houtkaai, een tweede plaat vol regen en meezingkoren, en een zanger die liever "
            "fluistert dan roept. Melkweg Zuid opent met synths die klinken als een leeg zwembad.",
            "Quatre amis du quai, un deuxième album plein de pluie et de refrains, un chanteur qui préfère le "
            "murmure au cri. Melkweg Zuid ouvre avec des synthés qui sonnent comme une piscine vide.",
            "Four friends from the quay, a second album full of rain and choruses, and a singer who would rather "
            "whisper than shout. Melkweg Zuid opens with synths that sound like an empty swimming pool.",
        ),
        nights=weekly(1, "fri", fills=(0.93,)) + weekly(1, "sat", fills=(0.97,)),
    ),
    Production(
        slug="marguerite-lune",
        house="loods-negen",
        hall="vloer",
        genre="pop",
        grid="staand",
        title=same("Marguerite Lune"),
        performers=("Marguerite Lune",),
        minutes=120,
        labels=("standing",),
        teaser=Text(
            "Brusselse chanson op een drumcomputer uit de kringwinkel.",
            "De la chanson bruxelloise sur une boîte à rythmes de brocante.",
            "Brussels chanson on a second-hand drum machine.",
        ),
        description=Text(
            "Ze schreef haar debuut op de nachtbus en zo klinkt het: moe, helder, een beetje verliefd op iedereen. "
            "Live met twee blazers en een koor van vier nichtjes.",
            "Elle a écrit son premier disque dans le bus de nuit, et cela s’entend : fatigué, lucide, un peu "
            "amoureux de tout le monde. Sur scène avec deux cuivres et un chœur de quatre cousines.",
            "She wrote her debut on the night bus and it sounds like it: tired, clear-headed, slightly in love with "
            "everyone. Live with two horns and a choir of four cousins.",
        ),
        nights=weekly(3, "thu", fills=(0.45,)),
    ),
    Production(
        slug="de-bende-van-vier",
        house="loods-negen",
        hall="vloer",
        genre="pop",
        grid="staand",
        title=same("De Bende van Vijf"),
        performers=("De Bende van Vijf",),
        minutes=120,
        labels=("standing", "last-chance"),
        teaser=Text(
            "Ze zijn met zes. Afscheidstour, deze keer echt.",
            "Ils sont six. Tournée d’adieu, la vraie cette fois.",
            "There are six of them. Farewell tour, really this time.",
        ),
        description=Text(
            "Dertig jaar ska, drie bassisten en één bestelwagen die het nog net haalt. De Bende zwaait af met alle "
            "nummers die je kent en een paar die ze zelf vergeten waren.",
            "Trente ans de ska, trois bassistes et une camionnette à bout de souffle. La Bende tire sa révérence "
            "avec tous les morceaux connus, et quelques-uns qu’elle avait oubliés.",
            "Thirty years of ska, three bass players and one van that only just makes it. The Bende bows out with "
            "every song you know and a few they had forgotten.",
        ),
        nights=weekly(6, "fri sat", fills=(0.6, 0.92)) + weekly(-3, "sat"),
    ),
    Production(
        slug="ijslicht",
        house="loods-negen",
        hall="vloer",
        genre="pop",
        grid="staand",
        title=Text("IJslicht", "IJslicht", "IJslicht"),
        performers=("IJslicht", "Noorderkoor"),
        minutes=110,
        labels=("standing",),
        teaser=Text(
            "Trage elektronica met een koor van zestig amateurs.",
            "De l’électronique lente avec un chœur de soixante amateurs.",
            "Slow electronics with a choir of sixty amateurs.",
        ),
        description=Text(
            "IJslicht bouwt nummers zoals je een vuur aanlegt: weinig, wachten, dan alles. Voor deze avond "
            "repeteerde het Noorderkoor een winter lang op maandagen. Kom op tijd, het begint stil.",
            "IJslicht monte ses morceaux comme on prépare un feu : peu, attendre, puis tout. Pour ce soir, le "
            "Noorderkoor a répété tous les lundis d’un hiver. Arrivez à l’heure, cela commence tout bas.",
            "IJslicht builds songs the way you lay a fire: a little, wait, then everything. For this night the "
            "Noorderkoor rehearsed every Monday of a winter. Be on time; it starts quietly.",
        ),
        nights=weekly(9, "fri") + weekly(-8, "fri"),
    ),
    Production(
        slug="zand-in-de-motor",
        house="loods-negen",
        hall="vloer",
        genre="pop",
        grid="staand",
        title=same("Zand in de Motor"),
        performers=("Zand in de Motor", "Petra & De Pers"),
        minutes=140,
        labels=("standing",),
        teaser=Text(
            "Twee drumstellen, nul solo’s. Neem de oordopjes aan de bar.",
            "Deux batteries, zéro solo. Prenez les bouchons au bar.",
            "Two drum kits, no solos. Take the earplugs from the bar.",
        ),
        description=Text(
            "Noise uit een boerderij, met titels als ‘Graanzuiger’ en ‘Nog een hek’. Luider dan je denkt en "
            "preciezer dan het klinkt. Petra & De Pers openen met dichte rijm en één akkoord.",
            "Du bruit venu d’une ferme, avec des titres comme « Graanzuiger » et « Nog een hek ». Plus fort qu’on ne "
            "croit, plus précis qu’il n’y paraît. Petra & De Pers ouvrent, un accord et des rimes serrées.",
            "Noise from a farmyard, with titles like ‘Grain Vacuum’ and ‘Another Fence’. Louder than you expect and "
            "more precise than it sounds. Petra & De Pers open with tight rhymes and one chord.",
        ),
        nights=weekly(12, "sat") + daily(-5, 1),
    ),
    Production(
        slug="nachtregister",
        house="loods-negen",
        hall="vloer",
        genre="club",
        grid="club",
        title=same("Nachtregister"),
        performers=("DJ Marée", "Ora B", "Kluis"),
        minutes=330,
        age=18,
        labels=("standing",),
        teaser=Text(
            "Eén zaal, drie dj’s, geen telefoons op de vloer. Tot vier uur.",
            "Une salle, trois DJ, aucun téléphone sur la piste. Jusqu’à quatre heures.",
            "One room, three DJs, no phones on the floor. Until four.",
        ),
        description=Text(
            "Iedere maand, op de laatste zaterdag. Bij het binnenkomen krijg je een sticker voor je lens en een glas "
            "water. De rest volgt vanzelf: dub eerst, house daarna, en om half vier iets van heel lang geleden.",
            "Chaque mois, le dernier samedi. À l’entrée, un autocollant pour l’objectif et un verre d’eau. Le reste "
            "vient tout seul : du dub d’abord, de la house ensuite, et à trois heures et demie quelque chose de très "
            "ancien.",
            "Monthly, on the last Saturday. At the door you get a sticker for your lens and a glass of water. The "
            "rest follows: dub first, house after, and at half past three something from very long ago.",
        ),
        nights=weekly(0, "sat", "22:30", fills=(0.7,))
        + weekly(4, "sat", "22:30")
        + weekly(8, "sat", "22:30")
        + weekly(-4, "sat", "22:30"),
    ),
    Production(
        slug="eerste-dans",
        house="loods-negen",
        hall="vloer",
        genre="club",
        grid="club",
        title=Text("Eerste dans", "Première danse", "First Dance"),
        subtitle=Text("60+ welkom, 20+ ook", "60 ans et plus, 20 ans aussi", "over-60s welcome, over-20s too"),
        performers=("Orkest Optimist",),
        minutes=180,
        labels=("standing", "relaxed"),
        teaser=Text(
            "Zondagmiddagbal met orkest. Wie niet kan dansen, krijgt er iemand bij.",
            "Bal du dimanche avec orchestre. On prête un partenaire à qui ne sait pas danser.",
            "Sunday afternoon ball with a band. If you cannot dance, we lend you someone who can.",
        ),
        description=Text(
            "Chachacha om drie uur, slows om vijf, taart de hele tijd. Orkest Optimist speelt met twaalf en kijkt "
            "naar wie er danst. Er staan stoelen voor wie liever toekijkt en commentaar geeft.",
            "Cha-cha-cha à quinze heures, slows à dix-sept, gâteau tout du long. Orkest Optimist joue à douze en "
            "regardant qui danse. Il y a des chaises pour ceux qui préfèrent commenter.",
            "Cha-cha at three, slow ones at five, cake throughout. Orkest Optimist plays twelve strong and watches "
            "who is dancing. There are chairs for those who would rather look on and comment.",
        ),
        nights=weekly(2, "sun", "14:30", fills=(0.4,)) + weekly(6, "sun", "14:30") + weekly(-2, "sun", "14:30"),
    ),
    Production(
        slug="tussen-de-palen",
        house="loods-negen",
        hall="vloer",
        genre="pop",
        grid="staand",
        title=Text("Vanavond: onaangekondigd", "Ce soir : surprise", "Tonight: Unannounced"),
        performers=("Een band die we nog niet mogen noemen",),
        minutes=120,
        labels=("standing", "new-voices"),
        teaser=Text(
            "Je hoort pas wie het is als het licht uitgaat.",
            "Vous saurez qui joue quand la lumière s’éteindra.",
            "You find out who it is when the lights go down.",
        ),
        description=Text(
            "Acht keer per seizoen speelt er iemand die te groot is voor deze zaal, of er net nog te klein voor. We "
            "zeggen niets, op één ding na: het is geen dichter.",
            "Huit fois par saison, quelqu’un joue ici qui est trop grand pour la salle, ou encore trop petit. Nous "
            "ne dirons rien, sauf ceci : ce n’est pas un poète.",
            "Eight times a season somebody plays who is too big for this room, or still too small. We say nothing, "
            "except that it is not a poet.",
        ),
        nights=daily(0, 1, "20:30", fills=(0.64,)) + weekly(5, "fri"),
    ),
)
