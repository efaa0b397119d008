"""What the boards of the demo say, and what people told them; all of it made up."""

from typing import Final

STOPS: Final = (
    "De deur kan dan niet elke dag open. De inloop op maandag en donderdag stopt. Groepen betalen"
    " meer, en sommige blijven weg.",
    "Dan verhuren we vaker aan bedrijven. De avonden voor bewoners gaan weg. De maaltijd op"
    " dinsdag stopt.",
    "De taalles en het spreekuur hebben dan geen plek. Ook de kinderclub op woensdag stopt.",
    "Dan gaat de verwarming vaker uit. In de winter sluit het huis op drie avonden.",
    "Nieuwe groepen krijgen dan geen korting meer. Ze beginnen niet, want ze hebben geen geld.",
    "De keuken wordt dan niet vervangen. Zonder keuken is er geen buurtmaaltijd.",
)
THANKS: Final = (
    "Alle sleuteldragers: zonder jullie blijft de deur dicht.",
    "De kookgroep, de tuingroep en iedereen die opruimt.",
    "De buren die meedachten over de nieuwe prijzen.",
    "Alle groepen die na afloop de stoelen terugzetten.",
)

Story = tuple[str, str, str]
"""Title, text, and the figure beside which it stands."""

STORIES: Final[tuple[Story, ...]] = (
    (
        "Soep op dinsdag",
        "Ik kwam voor de soep. Nu schil ik zelf de wortels. Elke dinsdag zit ik naast iemand"
        " anders. Thuis eet ik alleen. Hier niet.",
        "BEZOEK",
    ),
    (
        "Mijn eerste groep",
        "We wilden samen zingen, maar een zaal was te duur. Hier konden we het proberen. Na drie"
        " avonden waren we met twaalf.",
        "NIEUW",
    ),
    (
        "De sleutel",
        "Op donderdag doe ik de deur open. Eerst vond ik dat spannend. Nu leer ik het aan een"
        " ander. Ik ken intussen de halve straat.",
        "VRIJ_U",
    ),
    (
        "Weer heel",
        "Mijn lamp was kapot. Een buurman liet zien hoe je hem maakt. De week erna hielp ik een"
        " ander met een fiets.",
        "GROEP",
    ),
    (
        "Net te betalen",
        "Onze club heeft weinig geld. Met korting kunnen we elke week komen. Zonder korting was"
        " het één keer in de maand.",
        "KORT",
    ),
    (
        "Aan één tafel",
        "De taalles is klaar als de schaakclub begint. We drinken samen koffie. Nu schaak ik ook."
        " Zo leer ik de taal het snelst.",
        "ONTM",
    ),
    (
        "Leren achter de bar",
        "Ik wilde weer werken, maar wist niet hoe. Hier schonk ik koffie, met iemand naast me. Nu"
        " sta ik er soms alleen voor.",
        "LEER",
    ),
    (
        "Licht aan",
        "Ik fiets er elke avond langs. Als het licht brandt, weet ik: er is iemand. Soms ga ik"
        " naar binnen, ook als ik niets hoef.",
        "GEB",
    ),
    (
        "De eerste keer",
        "Ik liep drie keer langs de deur. De vierde keer stond er iemand buiten die zwaaide. Nu"
        " zwaai ik zelf.",
        "BEZOEK",
    ),
    (
        "Van vier naar twintig",
        "We begonnen met vier buren en een pan. Nu eten er twintig mee. De keuken is te klein,"
        " maar niemand klaagt.",
        "GROEP",
    ),
    (
        "Mijn vader lacht weer",
        "Mijn vader kwam de deur niet meer uit. Nu zingt hij op vrijdag. Op zaterdag neuriet hij"
        " nog.",
        "BEZOEK",
    ),
    (
        "Papier zonder stress",
        "Ik begreep de brief niet. Op het spreekuur lazen we hem samen. Nu help ik er zelf, op"
        " woensdag.",
        "VRIJ_U",
    ),
)
