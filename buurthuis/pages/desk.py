"""All pages of a house's desk, gathered on one blueprint."""

from buurthuis.bookings import rights, sentences
from buurthuis.pages import (
    desk_answer_counts,
    desk_answers,
    desk_booking,
    desk_budget,
    desk_bundle,
    desk_changes,
    desk_counts,
    desk_day_visits,
    desk_days,
    desk_discounts,
    desk_figures,
    desk_list,
    desk_logbook,
    desk_many,
    desk_owed,
    desk_paper,
    desk_people,
    desk_people_addresses,
    desk_people_new,
    desk_people_rights,
    desk_phone,
    desk_recognitions,
    desk_requests,
    desk_rights,
    desk_themes,
    desk_waiting,
    desk_work,
)
from buurthuis.pages.desk_door import blueprint
from buurthuis.tariffs import rights as tariff_rights
from buurthuis.tariffs import sentences as tariff_sentences

__all__ = ["blueprint"]

# Each of these hangs its pages, rights or sentences up by being read.
READ = (
    *(desk_people, desk_people_addresses, desk_people_new, desk_people_rights),
    *(desk_list, desk_paper, desk_phone),
    *(desk_budget, desk_discounts),
    *(desk_counts, desk_figures, desk_themes, desk_work),
    *(desk_rights, rights, sentences, tariff_rights, tariff_sentences),
    *(
        desk_answer_counts,
        desk_answers,
        desk_booking,
        desk_bundle,
        desk_changes,
        desk_day_visits,
        desk_days,
        desk_logbook,
    ),
    *(desk_many, desk_owed, desk_recognitions, desk_requests, desk_waiting),
)
