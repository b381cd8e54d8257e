"""Opera and music theatre at de Kantelaar."""

from __future__ import annotations

from demo.content import Production, Text, same
from demo.schedule import daily, weekly

PRODUCTIONS = (
    Production(
        slug="dido",
        house="kantelaar",
        hall="grote-zaal",
        genre="opera",
        grid="groot",
        title=same("Dido & Aeneas"),
        subtitle=same("Henry Purcell"),
        performers=("Opera Marais", "Chœur Saint-Elme"),
        minutes=70,
        age=10,
        language="en",
        surtitles=("nl", "fr"),
        labels=("introduction", "tip"),
        teaser=Text(
            "Een uur en tien minuten, één koningin en de mooiste laatste aria die er is.",
            "Une heure dix, une reine, et le plus beau des adieux.",
            "An hour and ten minutes, one queen and the loveliest last aria there is.",
        ),
        description=Text(
            "Purcell schreef zijn opera voor een meisjesschool; Opera Marais laat hem ook zo beginnen, met schriften "
            "en een bel. Dan slaat het om. Gespeeld op darmsnaren en gezongen vanaf beide balkons. Wie nog nooit "
            "naar opera ging, begint hier.",
            "Purcell a écrit son opéra pour un pensionnat ; Opera Marais le fait commencer ainsi, avec des cahiers "
            "et une cloche. Puis tout bascule. Joué sur cordes en boyau, chanté depuis les deux balcons. Une porte "
            "d’entrée idéale pour qui n’a jamais osé l’opéra.",
            "Purcell wrote it for a girls’ school, and that is where Opera Marais begins, with exercise books and a "
            "bell. Then it turns. Played on gut strings, sung from both balconies. If you have never been to an "
            "opera, start here.",
        ),
        nights=weekly(4, "wed thu", fills=(0.7, 0.92)) + weekly(-6, "fri sat"),
    ),
    Production(
        slug="la-derniere-cantine",
        house="kantelaar",
        hall="grote-zaal",
        genre="opera",
        grid="groot",
        title=same("La Dernière Cantine"),
        subtitle=Text("opera in vier gangen", "opéra en quatre services", "an opera in four courses"),
        performers=("Opera Marais", "Emile Dauw (muziek)"),
        minutes=130,
        interval=True,
        age=12,
        language="fr",
        surtitles=("nl", "en"),
        labels=("premiere", "introduction"),
        teaser=Text(
            "De fabriek sluit. De kokkin zingt nog één keer het menu.",
            "L’usine ferme. La cantinière chante une dernière fois le menu.",
            "The factory is closing. The cook sings the menu one last time.",
        ),
        description=Text(
            "Emile Dauw componeerde voor zestien stemmen, orkest en een batterij kookpotten. Een nieuwe opera over "
            "werk en wat ervan overblijft: een vriendschap, een recept, een fluitje van de ploegbaas. Wereldpremière "
            "in dit huis.",
            "Emile Dauw a composé pour seize voix, un orchestre et une batterie de casseroles. Un opéra neuf sur le "
            "travail et ce qu’il en reste : une amitié, une recette, le sifflet du contremaître. Création mondiale "
            "dans cette maison.",
            "Emile Dauw composed for sixteen voices, orchestra and a battery of saucepans. A new opera about work "
            "and what is left of it: a friendship, a recipe, the foreman’s whistle. World premiere in this house.",
        ),
        nights=weekly(17, "thu fri sat"),
    ),
    Production(
        slug="winterreise-te-voet",
        house="kantelaar",
        hall="grote-zaal",
        genre="opera",
        grid="avond",
        title=Text("Winterreise, te voet", "Winterreise, à pied", "Winterreise on Foot"),
        subtitle=same("Franz Schubert"),
        performers=("Pieter Haverbeke (bariton)", "Anouk Delmotte (contrabas)"),
        minutes=85,
        age=12,
        language="de",
        surtitles=("nl", "fr", "en"),
        teaser=Text(
            "Schuberts liederen op een loopband, in echte sneeuw.",
            "Les lieder de Schubert sur un tapis roulant, sous de la vraie neige.",
            "Schubert’s songs on a treadmill, in real snow.",
        ),
        description=Text(
            "Vierentwintig liederen, zes kilometer. Pieter Haverbeke stapt de hele avond door en zingt ondertussen; "
            "alleen een contrabas loopt mee. Kaal, koud en onwaarschijnlijk teder.",
            "Vingt-quatre lieder, six kilomètres. Pieter Haverbeke marche toute la soirée en chantant ; seule une "
            "contrebasse l’accompagne. Nu, glacé, d’une tendresse improbable.",
            "Twenty-four songs, six kilometres. Pieter Haverbeke walks the entire evening, singing; only a double "
            "bass keeps pace. Bare, cold and improbably tender.",
        ),
        nights=weekly(10, "tue") + weekly(10, "wed", closed="cancelled") + daily(-16, 1),
    ),
)
