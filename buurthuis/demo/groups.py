"""The groups of the demo, all made up: what they are called, what they do, and what they say."""

from dataclasses import dataclass, replace

from buurthuis.rules.standing import Kind, Purpose
from buurthuis.venues.models import Feature

R, C, S = Kind.RESIDENT_INITIATIVE, Kind.COMMUNITY_ORGANISATION, Kind.SOCIAL_ENTERPRISE
P, F = Kind.PRIVATE, Kind.COMMERCIAL


@dataclass(frozen=True, slots=True)
class Group:
    """An initiative of the demo: what it comes for, with how many, and what stands on the door."""

    name: str
    kind: Kind
    purpose: Purpose
    people: int
    title: str
    is_public: bool = False


FIRST = (
    Group("Taalcafé De Brug", R, Purpose.COURSE, 14, "Taalcafé", is_public=True),
    Group("Naaikring De Klos", R, Purpose.WORK, 10, "Naaikring"),
    Group("Eettafel Samen Aan", R, Purpose.FOOD, 24, "Eten met de buurt", is_public=True),
    Group("Wandelclub Stap voor Stap", R, Purpose.SPORT, 12, "Koffie na het wandelen"),
    Group("Koor Ongestemd", R, Purpose.CULTURE, 30, "Repetitie van het koor"),
    Group("Leesclub Ezelsoor", R, Purpose.CULTURE, 9, "Leesclub"),
    Group("Buurtpreventie Zonnehof", R, Purpose.MEETING, 8, "Overleg buurtpreventie"),
    Group("Moestuin De Regenworm", R, Purpose.MEETING, 11, "Tuinvergadering"),
    Group("Speelgoedbank De Tol", R, Purpose.CARE, 6, "Speelgoed uitzoeken"),
    Group("Schaakclub Het Paard", R, Purpose.SPORT, 16, "Schaakavond", is_public=True),
    Group("Vrouwengroep Maandag", R, Purpose.CARE, 15, "Vrouwengroep"),
    Group("Mannen aan de Pan", R, Purpose.FOOD, 10, "Koken voor de buurt"),
    Group("Kleinkunst Uit de Straat", R, Purpose.CULTURE, 22, "Open podium", is_public=True),
    Group("Bewoners Blok Acht", R, Purpose.MEETING, 18, "Bewonersoverleg"),
    Group("Stichting Huiswerkhoek", C, Purpose.COURSE, 16, "Huiswerkbegeleiding"),
    Group("Stichting Vraagbaak", C, Purpose.CARE, 6, "Spreekuur formulieren", is_public=True),
    Group("Vereniging Goede Buren", C, Purpose.MEETING, 20, "Ledenvergadering"),
    Group("Stichting Fietsles", C, Purpose.COURSE, 12, "Fietsles, eerst de regels"),
    Group("Ouderenbond De Avondzon", C, Purpose.CARE, 26, "Koffieochtend", is_public=True),
    Group("Muziekvereniging Tweede Stem", C, Purpose.CULTURE, 25, "Repetitie"),
    Group("Stichting Geldwijzer", C, Purpose.CARE, 8, "Spreekuur geld", is_public=True),
    Group("Sportvereniging Zaal Drie", C, Purpose.SPORT, 18, "Zaalvoetbal"),
    Group(
        "Stichting Jonge Makers", C, Purpose.WORK, 12, "Maakplaats voor jongeren", is_public=True
    ),
    Group("Vereniging Oud Papier", C, Purpose.CULTURE, 14, "Buurtarchief", is_public=True),
    Group("Stichting Open Deur", C, Purpose.MEETING, 9, "Teamoverleg"),
    Group("Kookschool De Pollepel", S, Purpose.FOOD, 12, "Kookles", is_public=True),
    Group("Naaiatelier Draadkracht", S, Purpose.WORK, 10, "Werkplek naaiatelier"),
    Group("Klusbedrijf Handig Hier", S, Purpose.WORK, 8, "Leerwerkplek klussen"),
    Group("Computerles Knop Om", S, Purpose.COURSE, 10, "Computerles", is_public=True),
    Group("Dansschool Twee Linkervoeten", S, Purpose.SPORT, 20, "Dansles", is_public=True),
    Group("Catering De Grote Lepel", S, Purpose.FOOD, 8, "Koken op bestelling"),
    Group("Fietsmaker Ketting", S, Purpose.WORK, 6, "Fietsen maken"),
    Group("Theatergroep Coulisse", S, Purpose.CULTURE, 28, "Repetitie theater"),
    Group("Bewoner 01 (verzonnen)", P, Purpose.PARTY, 40, "Verjaardag"),
    Group("Bewoner 02 (verzonnen)", P, Purpose.PARTY, 30, "Feest"),
    Group("Bewoner 03 (verzonnen)", P, Purpose.MEETING, 8, "Vergadering van eigenaren"),
    Group("Bewoner 04 (verzonnen)", P, Purpose.CULTURE, 4, "Oefenen met de band"),
    Group("Adviesbureau Rekenraam", F, Purpose.MEETING, 12, "Overleg met klanten"),
    Group("Trainersbureau Volgende Stap", F, Purpose.COURSE, 16, "Training"),
    Group("Yogastudio Zonnegroet", F, Purpose.SPORT, 14, "Yogales", is_public=True),
)

PLACES = (
    *("De Linde", "Het Kompas", "Zonnehof", "De Vuurtoren", "Achterom", "De Zwaan", "Het Anker"),
    *("De Kastanje", "Oosterhoek", "De Molen", "Het Baken", "De Wilg", "Noordkade", "De Uil"),
)

OCCASIONS: dict[Purpose, tuple[str, ...]] = {
    Purpose.MEETING: ("Bestuursvergadering", "Kennismaking", "Jaarvergadering", "Werkgroep"),
    Purpose.COURSE: ("Workshop", "Proefles", "Eindpresentatie", "Informatieavond"),
    Purpose.CULTURE: ("Filmavond", "Concert in de buurt", "Tentoonstelling", "Verhalenavond"),
    Purpose.SPORT: ("Toernooi", "Open les", "Extra training"),
    Purpose.CARE: ("Themaochtend", "Mantelzorgcafé", "Spreekuur", "Lotgenotengroep"),
    Purpose.FOOD: ("Buurtmaaltijd", "Soepdag", "Proeverij", "Samen koken"),
    Purpose.WORK: ("Klusdag", "Open werkplaats", "Ruilbeurs"),
    Purpose.PARTY: ("Verjaardag", "Jubileum", "Feest", "Afscheid"),
    Purpose.OTHER: ("Bijeenkomst",),
}

REFUSALS = (
    "Op deze avond heeft het huis zelf een activiteit.",
    "De zaal is te klein voor deze groep. Kies een grotere zaal.",
    "Er is dan geen sleuteldrager. Kies een andere dag.",
    "Versterkte muziek kan hier niet na tien uur.",
    "Wij geven voorrang aan een groep uit de buurt.",
)

REMARKS = (
    *("", "", "", "", "", "", "Wij zetten de stoelen zelf klaar.", "Graag de beamer erbij."),
    *("Er komt iemand met een rolstoel.", "Wij nemen zelf koffie en thee mee."),
)

FITTING: dict[Purpose, frozenset[Feature]] = {
    Purpose.COURSE: frozenset({Feature.WHITEBOARD, Feature.COMPUTERS}),
    Purpose.CULTURE: frozenset({Feature.STAGE, Feature.PIANO}),
    Purpose.SPORT: frozenset({Feature.SPORTS_FLOOR}),
    Purpose.FOOD: frozenset({Feature.KITCHEN}),
    Purpose.PARTY: frozenset({Feature.KITCHEN, Feature.SOUND}),
}
"""What a room had better have for a purpose."""

PUBLIC = frozenset({Purpose.COURSE, Purpose.CULTURE, Purpose.FOOD, Purpose.CARE, Purpose.WORK})
"""What a group may open to everybody now and then."""


def groups(count: int) -> list[Group]:
    """So many groups: first those with a name of their own, then more of their kind elsewhere."""
    own = [group for group in FIRST if group.kind is not P]
    found = list(FIRST[:count])
    for number in range(count - len(found)):
        group, place = own[number % len(own)], PLACES[number // len(own) % len(PLACES)]
        turn = number // (len(own) * len(PLACES))
        ordinal = f" {turn + 1}" if turn else ""
        found.append(replace(group, name=f"{group.title} {place}{ordinal}"))
    return found
