"""Who may do what with an initiative, an invitation, a token or a session."""

from buurthuis.accounts.models import ApiToken, Initiative, Invitation, Person, SignInSession
from buurthuis.accounts.queries import is_admin_of_all, may_invite, speaks_for
from buurthuis.foundation.access import rule


@rule("initiative.see")
def may_see_initiative(person: Person | None, initiative: Initiative) -> bool:
    """Whoever speaks for it, and an admin over all houses."""
    return speaks_for(person, initiative.id) or is_admin_of_all(person)


@rule("initiative.edit")
def may_edit_initiative(person: Person | None, initiative: Initiative) -> bool:
    """Whoever may see it: a name and its speakers are no business of one house."""
    return may_see_initiative(person, initiative)


@rule("initiative.speak")
def may_speak_for(person: Person | None, initiative: Initiative) -> bool:
    """Only whoever speaks for it may book in its name."""
    return speaks_for(person, initiative.id)


@rule("invitation.withdraw")
def may_withdraw(person: Person | None, invitation: Invitation) -> bool:
    """Whoever could have made it."""
    return may_invite(person, invitation)


@rule("token.revoke")
def may_revoke(person: Person | None, token: ApiToken) -> bool:
    """Everybody ends their own tokens."""
    return person is not None and token.person_id == person.id


@rule("session.end")
def may_end_session(person: Person | None, session: SignInSession) -> bool:
    """Everybody ends their own sessions."""
    return person is not None and session.person_id == person.id
