"""Stories of a year: told with consent, shown or kept inside, and taken away with every word."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from buurthuis.evidence.year import telling
from buurthuis.evidence.year.queries import told_in
from buurthuis.evidence.year.told_models import Story
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.rows import row_of
from buurthuis.pages.year.blueprint import (
    Answer,
    blueprint,
    leaves,
    venues_seen,
    year_asked,
    year_page,
)
from buurthuis.pages.year.told_forms import StoryForm
from buurthuis.pages.year.words import reading_hints
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.spans import year_span
from buurthuis.statistics.words import label
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug


def story_by_id(story_id: int) -> Story:
    """A story.

    Raises:
        NotFound
    """
    return row_of(Story, story_id)


@blueprint.get("/stories")
@needs("year.see")
def stories() -> Answer:
    """The stories of a year, by house."""
    year = year_asked()
    venues = venues_seen()
    told = told_in({each.id for each in venues}, year_span(year))
    return year_page(
        "stories",
        year=year,
        today=day_of(clock.now()),
        houses=[
            (
                each,
                [story for story in told if story.venue_id == each.id],
                may(visitor(), "year.words", each),
            )
            for each in venues
        ],
        label=label,
        reading_hints=reading_hints,
        years=leaves(year, "year.stories"),
    )


@blueprint.get("/stories/<slug>/new")
@needs("year.words", venue_by_slug)
def new_story(venue: Venue) -> Answer:
    """The form for a story."""
    return _page(venue, StoryForm(formdata=None))


@blueprint.post("/stories/<slug>/new")
@needs("year.words", venue_by_slug)
def tell_story(venue: Venue) -> Answer:
    """Write a story down."""
    form = StoryForm()
    if not form.validate():
        return _page(venue, form), 422
    story = telling.tell_story(venue, form.telling, by=visitor())
    flash(_("The story is kept."), "ok")
    return _back(story)


@blueprint.post("/stories/<int:story_id>/show")
@needs("story.pass_on", story_by_id)
def show_story(story: Story) -> Answer:
    """Let everybody read it."""
    telling.show_to_everybody(story, by=visitor())
    flash(_("Everybody may read it now."), "ok")
    return _back(story)


@blueprint.post("/stories/<int:story_id>/keep-inside")
@needs("story.pass_on", story_by_id)
def keep_story_inside(story: Story) -> Answer:
    """Take it off the page for everybody."""
    telling.keep_inside(story, by=visitor())
    flash(_("It is off the public page."), "ok")
    return _back(story)


@blueprint.post("/stories/<int:story_id>/withdraw")
@needs("story.pass_on", story_by_id)
def withdraw_story(story: Story) -> Answer:
    """Take it away from everywhere."""
    telling.withdraw_story(story, by=visitor())
    flash(_("The story is gone from everywhere, with every word."), "ok")
    return _back(story)


def _back(story: Story) -> Answer:
    return redirect(url_for("year.stories", year=story.told_on.year), 303)


def _page(venue: Venue, form: StoryForm) -> str:
    return year_page("story", venue=venue, form=form)
