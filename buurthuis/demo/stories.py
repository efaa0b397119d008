"""What the public activities of the demo say of themselves, by what stands on the door; all made up."""

from typing import Final

from buurthuis.activities.actions import Story
from buurthuis.activities.models import ForWhom, Spoken

STORIES: Final = {
    "Taalcafé": Story(
        "Taalcafé: oefen Nederlands bij de koffie",
        "Je praat een uur met mensen uit de buurt. Fouten maken mag. Er is koffie en thee.",
        languages=(Spoken.NL, Spoken.AR, Spoken.TR),
        is_free=True,
        seats=14,
    ),
    "Eten met de buurt": Story(
        "Eettafel: schuif aan voor een warme maaltijd",
        "Wij koken soep en een hoofdgerecht, ook zonder vlees. Reserveer een plek. Kom op tijd.",
        languages=(Spoken.NL,),
        price="5 euro",
        seats=24,
    ),
    "Schaakavond": Story(
        "Schaken voor iedereen",
        "Er staan twaalf borden klaar. Beginners krijgen uitleg.",
        languages=(Spoken.NL, Spoken.EN),
        is_free=True,
    ),
    "Open podium": Story(
        "Open podium: zing, speel of vertel",
        "Elke buurtbewoner krijgt tien minuten. Kijken mag ook. Meld je aan bij de deur.",
        for_whom=ForWhom.FAMILIES,
        languages=(Spoken.NL, Spoken.EN, Spoken.SRN),
        is_free=True,
        seats=40,
    ),
    "Spreekuur formulieren": Story(
        "Hulp bij brieven en formulieren",
        "Neem je brief mee. Wij lezen hem samen en vullen in wat nodig is. Je naam blijft hier.",
        languages=(Spoken.NL, Spoken.EN, Spoken.AR, Spoken.TR),
        is_free=True,
    ),
    "Koffieochtend": Story(
        "Koffieochtend voor oudere buren",
        "Koffie, een koekje en een praatje. De lift werkt. Je mag iemand meenemen.",
        for_whom=ForWhom.OLDER,
        languages=(Spoken.NL,),
        price="1 euro",
    ),
    "Spreekuur geld": Story(
        "Vragen over geld? Loop binnen",
        "Wij kijken mee naar je rekeningen. Het is gratis en wij vertellen niets door.",
        languages=(Spoken.NL, Spoken.EN),
        is_free=True,
    ),
    "Maakplaats voor jongeren": Story(
        "Maakplaats: bouw je eigen lamp",
        "Wij zagen, solderen en verven. Trek oude kleren aan. Gereedschap is er.",
        for_whom=ForWhom.YOUNG,
        languages=(Spoken.NL,),
        is_free=True,
        seats=12,
    ),
    "Buurtarchief": Story(
        "Breng je oude foto's van de buurt mee",
        "Wij kijken samen en schrijven op wie en waar het was. Je neemt je foto's weer mee naar huis.",
        languages=(Spoken.NL,),
        is_free=True,
    ),
    "Kookles": Story(
        "Kookles: drie gerechten uit drie landen",
        "Je kookt zelf en eet daarna mee. Schorten zijn er. Zeg het als je iets niet mag eten.",
        languages=(Spoken.NL, Spoken.EN),
        price="7,50 euro",
        seats=12,
    ),
    "Computerles": Story(
        "Computerles voor beginners",
        "Je leert mailen en veilig inloggen. Er staat een computer voor je klaar.",
        for_whom=ForWhom.OLDER,
        languages=(Spoken.NL,),
        is_free=True,
        seats=10,
    ),
    "Dansles": Story(
        "Dansles zonder spiegels",
        "Je hoeft niets te kunnen. Trek schoenen aan waarop je draait. Water is er.",
        for_whom=ForWhom.WOMEN,
        languages=(Spoken.NL, Spoken.ES),
        price="3 euro",
        seats=20,
    ),
}
