"""Classical, jazz and world music at Quatre-Vents."""

from __future__ import annotations

from demo.content import Production, Text, same
from demo.schedule import daily, weekly

PRODUCTIONS = (
    Production(
        slug="lys-trio",
        house="quatre-vents",
        hall="grande-salle",
        genre="classical",
        grid="concert",
        title=Text("Lys trio", "Trio Lys", "Lys Trio"),
        subtitle=Text("Ravel, Clara Schumann, Dauw", "Ravel, Clara Schumann, Dauw", "Ravel, Clara Schumann, Dauw"),
        performers=("Lys trio",),
        minutes=95,
        interval=True,
        labels=("introduction", "tip"),
        teaser=Text(
            "Drie zussen, drie instrumenten, één adem. Met de trio’s van Ravel en Clara Schumann.",
            "Trois sœurs, trois instruments, un souffle. Les trios de Ravel et de Clara Schumann.",
            "Three sisters, three instruments, one breath. Trios by Ravel and Clara Schumann.",
        ),
        description=Text(
            "De zussen Lys spelen al samen sinds hun voeten niet bij de grond konden. Dat hoor je: niemand hoeft te "
            "kijken om te weten wanneer. Tussen Schumann en Ravel staat een nieuw stuk van Emile Dauw, zeven minuten "
            "over een gesprek op een overloop.",
            "Les sœurs Lys jouent ensemble depuis l’âge où leurs pieds ne touchaient pas le sol. Cela s’entend : "
            "aucun regard, et tout tombe juste. Entre Schumann et Ravel, une pièce neuve d’Emile Dauw, sept minutes "
            "de conversation sur un palier.",
            "The Lys sisters have played together since before their feet reached the floor, and you can hear it: "
            "nobody needs to look up. Between Schumann and Ravel comes a new piece by Emile Dauw, seven minutes of "
            "conversation on a landing.",
        ),
        nights=weekly(4, "thu", fills=(0.94,)) + weekly(11, "thu"),
    ),
    Production(
        slug="goldberg-bij-dageraad",
        house="quatre-vents",
        hall="grande-salle",
        genre="classical",
        grid="concert",
        title=Text("Goldberg bij dageraad", "Goldberg à l’aube", "Goldberg at Dawn"),
        subtitle=same("J.S. Bach"),
        performers=("Hélène Vasseur (klavecimbel)",),
        minutes=80,
        labels=("tip",),
        teaser=Text(
            "Dertig variaties terwijl het licht opkomt. Koffie en brood na het slotakkoord.",
            "Trente variations pendant que le jour se lève. Café et pain après le dernier accord.",
            "Thirty variations while the light comes up. Coffee and bread after the last chord.",
        ),
        description=Text(
            "Bach schreef ze om een slapeloze graaf de nacht door te helpen. Hélène Vasseur begint om half zeven, in "
            "het donker, en eindigt in de zon. De hoge ramen van de zaal doen de belichting. Daarna schuift "
            "iedereen aan voor het ontbijt.",
            "Bach les aurait écrites pour aider un comte insomniaque à passer la nuit. Hélène Vasseur commence à six "
            "heures et demie, dans le noir, et finit au soleil. Les hautes fenêtres de la salle font la lumière. "
            "Ensuite, petit déjeuner à la longue table.",
            "Bach wrote them to see a sleepless count through the night. Hélène Vasseur starts at half past six in "
            "the dark and ends in sunlight; the tall windows do the lighting. Afterwards everyone sits down to "
            "breakfast.",
        ),
        nights=weekly(5, "sun", "06:30", fills=(0.85,)),
    ),
    Production(
        slug="de-negen",
        house="quatre-vents",
        hall="grande-salle",
        genre="classical",
        grid="concert",
        title=Text("Zeven, en dan één", "Sept, puis une", "Seven, Then One"),
        subtitle=same("Beethoven VII · Farrenc III"),
        performers=("Sinfonia Havermonde", "Judith Claes (dirigent)"),
        minutes=100,
        interval=True,
        labels=("introduction",),
        teaser=Text(
            "De Zevende van Beethoven naast de Derde van Louise Farrenc, die haar niets hoeft te benijden.",
            "La Septième de Beethoven et la Troisième de Louise Farrenc, qui n’a rien à lui envier.",
            "Beethoven’s Seventh beside Louise Farrenc’s Third, which has nothing to envy.",
        ),
        description=Text(
            "Judith Claes dirigeert zonder stok en zonder haast. Veertig muzikanten, rechtstaand, in een zaal die "
            "elk fluisteren draagt. Farrenc werd in haar tijd toegejuicht en daarna vergeten; dit is een goede avond "
            "om dat laatste recht te zetten.",
            "Judith Claes dirige sans baguette et sans hâte. Quarante musiciens, debout, dans une salle qui porte le "
            "moindre murmure. Farrenc fut acclamée de son vivant, puis oubliée ; voilà une bonne soirée pour "
            "réparer.",
            "Judith Claes conducts without baton and without haste. Forty players, standing, in a room that carries "
            "every whisper. Farrenc was cheered in her day and then forgotten; a good evening to put that right.",
        ),
        nights=weekly(2, "fri", fills=(0.6,)) + weekly(2, "sat", fills=(0.88,)),
    ),
    Production(
        slug="stemmen-onder-het-dak",
        house="quatre-vents",
        hall="grande-salle",
        genre="classical",
        grid="concert",
        title=Text("Stemmen onder het dak", "Des voix sous le toit", "Voices under the Roof"),
        performers=("Chœur Saint-Elme",),
        minutes=75,
        labels=("introduction",),
        teaser=Text(
            "Renaissance voor acht koren, rond het publiek opgesteld.",
            "La Renaissance à huit chœurs, disposés autour du public.",
            "Renaissance music for eight choirs, placed all around you.",
        ),
        description=Text(
            "Tallis, Striggio, Gombert: muziek waarin je verdwaalt en dat prettig vindt. Het Chœur Saint-Elme staat "
            "in de gangen, op de galerij en achter je stoel. De beste plaats is overal.",
            "Tallis, Striggio, Gombert : une musique où l’on se perd avec bonheur. Le Chœur Saint-Elme chante dans "
            "les couloirs, sur la galerie et derrière votre siège. La meilleure place est partout.",
            "Tallis, Striggio, Gombert: music to be happily lost in. The Chœur Saint-Elme stands in the aisles, on "
            "the gallery and behind your chair. The best seat is every seat.",
        ),
        nights=weekly(-2, "sat") + weekly(15, "sat"),
    ),
    Production(
        slug="kwartet-aspen",
        house="quatre-vents",
        hall="grande-salle",
        genre="classical",
        grid="concert",
        title=Text("Kwartet Aspen", "Quatuor Aspen", "Aspen Quartet"),
        subtitle=same("Janáček · Haydn · Caroline Mbeki"),
        performers=("Kwartet Aspen",),
        minutes=90,
        interval=True,
        labels=("aftertalk",),
        teaser=Text(
            "Intieme brieven, voorgelezen door vier strijkstokken.",
            "Des lettres intimes, lues par quatre archets.",
            "Intimate letters, read aloud by four bows.",
        ),
        description=Text(
            "Janáček schreef zevenhonderd brieven aan een vrouw die zelden antwoordde, en één strijkkwartet dat "
            "alles zegt. Aspen speelt het na een zonnige Haydn en vóór een stuk dat Caroline Mbeki hun vorige winter "
            "per post stuurde.",
            "Janáček écrivit sept cents lettres à une femme qui répondait peu, et un quatuor qui dit tout. Aspen le "
            "joue après un Haydn ensoleillé et avant une pièce que Caroline Mbeki leur a envoyée l’hiver dernier, "
            "par la poste.",
            "Janáček wrote seven hundred letters to a woman who seldom replied, and one quartet that says "
            "everything. Aspen plays it after a sunny Haydn and before a piece Caroline Mbeki sent them last winter, "
            "by post.",
        ),
        nights=weekly(7, "thu") + weekly(-8, "thu"),
    ),
    Production(
        slug="requiem-voor-een-rivier",
        house="quatre-vents",
        hall="grande-salle",
        genre="classical",
        grid="concert",
        title=Text("Requiem voor een rivier", "Requiem pour une rivière", "Requiem for a River"),
        performers=("Sinfonia Havermonde", "Chœur Saint-Elme", "Emile Dauw (muziek)"),
        minutes=70,
        surtitles=("nl", "fr", "en"),
        labels=("premiere",),
        teaser=Text(
            "Negentig stemmen en strijkers voor het water dat onder de stad verdween.",
            "Quatre-vingt-dix voix et cordes pour l’eau disparue sous la ville.",
            "Ninety voices and strings for the water that vanished beneath the city.",
        ),
        description=Text(
            "In 1957 werd de Saulx overwelfd. Emile Dauw luisterde een jaar lang aan putdeksels en schreef dit "
            "requiem met de namen van bruggen die er niet meer zijn. Creatie in aanwezigheid van de componist, en "
            "van de rivier, veertien meter dieper.",
            "En 1957, la Saulx fut voûtée. Pendant un an, Emile Dauw a écouté aux bouches d’égout, et il a écrit ce "
            "requiem avec les noms des ponts disparus. Création en présence du compositeur et de la rivière, "
            "quatorze mètres plus bas.",
            "In 1957 the Saulx was covered over. Emile Dauw spent a year listening at manholes and wrote this "
            "requiem with the names of bridges that are gone. First performance in the presence of the composer, and "
            "of the river, fourteen metres below.",
        ),
        nights=weekly(20, "sat", fills=(0.4,)),
    ),
    Production(
        slug="nocturnes",
        house="quatre-vents",
        hall="grande-salle",
        genre="classical",
        grid="concert",
        title=same("Nocturnes"),
        performers=("Tomas Rey (piano)",),
        minutes=65,
        teaser=Text(
            "Eén piano, één kaars, geen pauze. Van Field tot Fauré.",
            "Un piano, une bougie, pas d’entracte. De Field à Fauré.",
            "One piano, one candle, no interval. From Field to Fauré.",
        ),
        description=Text(
            "Tomas Rey speelt ’s nachts het liefst. Om half elf gaat het licht uit en blijft er een uur over waarin "
            "niets moet. Kom moe, dat helpt.",
            "Tomas Rey préfère jouer la nuit. À vingt-deux heures trente, la lumière s’éteint ; reste une heure où "
            "rien ne presse. Venez fatigué, c’est mieux.",
            "Tomas Rey prefers to play at night. At half past ten the lights go out and an hour remains in which "
            "nothing is required of you. Come tired; it helps.",
        ),
        nights=weekly(1, "fri", "22:30", fills=(0.5,)) + daily(-9, 1, "22:30"),
    ),
    Production(
        slug="kora-en-clavecimbel",
        house="quatre-vents",
        hall="grande-salle",
        genre="jazz",
        grid="concert",
        title=Text("Kora & klavecimbel", "Kora & clavecin", "Kora & Harpsichord"),
        performers=("Lamine Diatta", "Hélène Vasseur"),
        minutes=80,
        labels=("tip",),
        teaser=Text(
            "Twee getokkelde werelden ontdekken dat ze familie zijn.",
            "Deux mondes à cordes pincées découvrent qu’ils sont cousins.",
            "Two plucked worlds find out they are related.",
        ),
        description=Text(
            "De ene leerde van zijn grootvader in Ziguinchor, de andere uit een leerboek van 1716. Op een festival "
            "kregen ze per ongeluk dezelfde kleedkamer. Dit is het vervolg van dat gesprek: Couperin met kalebas, "
            "griot met trillers.",
            "L’un a appris de son grand-père à Ziguinchor, l’autre dans une méthode de 1716. Un festival leur a "
            "donné, par erreur, la même loge. Voici la suite de cette conversation : Couperin et calebasse, griot et "
            "tremblements.",
            "One learned from his grandfather in Ziguinchor, the other from a manual of 1716. A festival put them in "
            "one dressing room by mistake. This is how the conversation went on: Couperin with calabash, griot with "
            "trills.",
        ),
        nights=weekly(3, "fri", fills=(0.72,)) + weekly(12, "fri"),
    ),
    Production(
        slug="late-trein",
        house="quatre-vents",
        hall="grande-salle",
        genre="jazz",
        grid="concert",
        title=Text("De late trein", "Le Dernier Train", "The Late Train"),
        performers=("Marit Solheim Quintet",),
        minutes=100,
        interval=True,
        teaser=Text(
            "Noordelijke jazz in zacht tempo, op tijd uit voor de trein van 23.52 uur.",
            "Du jazz nordique, tout en douceur, fini à temps pour le train de 23 h 52.",
            "Unhurried northern jazz, over in time for the 23:52.",
        ),
        description=Text(
            "Trompettiste Marit Solheim schrijft melodieën die je meent te kennen. Haar kwintet laat er ruimte "
            "omheen, zoals sneeuw rond een station. Wie de laatste toegift wil horen, neemt een hotel.",
            "La trompettiste Marit Solheim écrit des mélodies que l’on croit connaître. Son quintette laisse du vide "
            "autour, comme la neige autour d’une gare. Pour entendre le dernier bis, prenez un hôtel.",
            "Trumpeter Marit Solheim writes melodies you think you know. Her quintet leaves space around them, like "
            "snow around a station. To hear the last encore, book a hotel.",
        ),
        nights=daily(0, 1, "20:15", fills=(0.78,)) + weekly(18, "fri"),
    ),
    Production(
        slug="fanfare-des-vents",
        house="quatre-vents",
        hall="grande-salle",
        genre="jazz",
        grid="concert",
        title=same("La Grande Fanfare des Petits Vents"),
        performers=("Fanfare Zonder Uniform",),
        minutes=85,
        age=6,
        labels=("tip",),
        teaser=Text(
            "Achtentwintig koperblazers die weigeren stil te zitten.",
            "Vingt-huit cuivres qui refusent de rester assis.",
            "Twenty-eight brass players who refuse to sit still.",
        ),
        description=Text(
            "Ze beginnen op het plein, komen binnen langs de foyer en eindigen waar het uitkomt. Balkanmarsen, "
            "Braziliaanse feesten, één requiem. Neem iemand mee die denkt dat hij niet van fanfares houdt.",
            "Ils commencent sur la place, entrent par le foyer et finissent où cela les mène. Marches des Balkans, "
            "fêtes brésiliennes, un requiem. Emmenez quelqu’un qui croit ne pas aimer les fanfares.",
            "They start on the square, come in through the foyer and end wherever it takes them. Balkan marches, "
            "Brazilian parties, one requiem. Bring someone who thinks they dislike brass bands.",
        ),
        nights=weekly(6, "sat", fills=(0.66,)) + weekly(-6, "sat"),
    ),
    Production(
        slug="oud-en-nieuw",
        house="quatre-vents",
        hall="grande-salle",
        genre="jazz",
        grid="concert",
        title=Text("Oud en nieuw", "Oud et nouveau", "Oud, Old and New"),
        performers=("Ensemble Qamar",),
        minutes=85,
        labels=("introduction",),
        teaser=Text(
            "De luit die uit Bagdad kwam, in gesprek met vier elektrische gitaren.",
            "Le luth venu de Bagdad en conversation avec quatre guitares électriques.",
            "The lute that came from Baghdad, talking to four electric guitars.",
        ),
        description=Text(
            "Ensemble Qamar speelt maqams uit de tiende eeuw alsof ze gisteren in een garage bedacht zijn. Soms is "
            "het andersom. Yousef Haddad zingt; wie de tekst wil volgen, vindt hem in het programmaboekje.",
            "Ensemble Qamar joue des maqâms du Xe siècle comme s’ils étaient nés hier dans un garage. Parfois c’est "
            "l’inverse. Yousef Haddad chante ; les textes sont dans le programme.",
            "Ensemble Qamar plays tenth-century maqams as if they were thought up yesterday in a garage. Sometimes "
            "it is the other way round. Yousef Haddad sings; the words are in the programme.",
        ),
        nights=weekly(8, "sat") + weekly(-4, "fri"),
    ),
    Production(
        slug="adem",
        house="quatre-vents",
        hall="chapelle",
        genre="classical",
        grid="gesprek",
        title=Text("Middagconcert: Adem", "Concert de midi : Souffle", "Lunchtime concert: Breath"),
        performers=("Eva Mertens (traverso)",),
        minutes=40,
        teaser=Text(
            "Veertig minuten fluit, daarna soep in de kapel.",
            "Quarante minutes de flûte, puis une soupe dans la chapelle.",
            "Forty minutes of flute, then soup in the chapel.",
        ),
        description=Text(
            "Elke woensdagmiddag speelt er iemand om half één. Eva Mertens brengt Telemann, Hotteterre en alle "
            "stilte ertussen. Je bent om kwart over één weer aan het werk, of niet.",
            "Chaque mercredi, quelqu’un joue à midi et demi. Eva Mertens apporte Telemann, Hotteterre et tout le "
            "silence entre les deux. À une heure et quart vous êtes de retour au bureau, ou pas.",
            "Someone plays at half past twelve every Wednesday. Eva Mertens brings Telemann, Hotteterre and all the "
            "silence in between. You are back at work by a quarter past one, or not.",
        ),
        nights=weekly(-1, "wed", "12:30")
        + weekly(1, "wed", "12:30")
        + weekly(2, "wed", "12:30")
        + weekly(3, "wed", "12:30"),
    ),
)
