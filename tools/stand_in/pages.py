"""The page on which a person in the demo pays, and the desk on which its bad days are chosen."""

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request

from tools.stand_in.modes import Mode, News, Refunds
from tools.stand_in.till import Refusal, Thing, Till

blueprint = Blueprint("pages", __name__)

WORDS = {
    "nl": {
        "title": "Proefbetalen",
        "made_up": "Dit is een oefenpagina. Er gaat geen echt geld om.",
        "to_pay": "Te betalen",
        "pay": "Betalen",
        "later": "Betalen, het geld komt later",
        "fail": "Laat de betaling mislukken",
        "leave": "Terug zonder te betalen",
        "refused": "De betaling is geweigerd. Probeer het nog eens, of ga terug.",
        "on_its_way": "Het geld is onderweg.",
        "arrive": "Laat het geld aankomen",
        "lose": "Laat het geld niet aankomen",
        "paid": "Betaald.",
        "expired": "Deze pagina is verlopen. Er is niets betaald.",
        "failed": "Het geld is niet aangekomen.",
        "back": "Terug naar het huis",
    },
    "en": {
        "title": "Practice payment",
        "made_up": "This is a page to practise. No real money moves.",
        "to_pay": "To pay",
        "pay": "Pay",
        "later": "Pay, the money arrives later",
        "fail": "Let the payment fail",
        "leave": "Go back without paying",
        "refused": "The payment was refused. Try again, or go back.",
        "on_its_way": "The money is on its way.",
        "arrive": "Let the money arrive",
        "lose": "Let the money not arrive",
        "paid": "Paid.",
        "expired": "This page has expired. Nothing was paid.",
        "failed": "The money did not arrive.",
        "back": "Back to the house",
    },
}


def _till() -> Till:
    found: Till = current_app.config["TILL"]
    return found


def _session(id: str) -> Thing:
    _till().close_in_time()
    session = _till().sessions.get(id)
    if session is None:
        abort(404)
    return session


def _language(session: Thing) -> str:
    if session["locale"] in WORDS:
        return str(session["locale"])
    return request.accept_languages.best_match(list(WORDS)) or "en"


def _state(session: Thing) -> str:
    if session["status"] != "complete":
        return str(session["status"])
    if session["payment_status"] == "paid":
        return "paid"
    intent = _till().intents[session["payment_intent"]]
    return "on_its_way" if intent["status"] == "processing" else "failed"


def _euros(cents: int, language: str) -> str:
    text = f"{cents / 100:,.2f}"
    return f"€ {text.translate(str.maketrans(',.', '.,'))}" if language == "nl" else f"€ {text}"


@blueprint.get("/pay/<id>")
def show(id: str) -> str:
    session = _session(id)
    language = _language(session)
    return render_template(
        "pay.html",
        words=WORDS[language],
        language=language,
        session=session,
        state=_state(session),
        amount=_euros(session["amount_total"], language),
        back=_back(session),
        is_refused="refused" in request.args,
    )


@blueprint.post("/pay/<id>")
def press(id: str) -> Response:
    session = _session(id)
    deed = request.form.get("deed")
    try:
        if deed in {"pay", "later"}:
            _till().pay(id, arrives_later=deed == "later")
            return _to(_back(session))
        if deed == "fail":
            _till().fail(id)
            return _to(f"/pay/{id}?refused=1")
        if deed == "arrive":
            _till().arrive(id)
        elif deed == "lose":
            _till().fail(id)
    except Refusal:
        pass  # It is over already; the page says how it ended.
    return _to(f"/pay/{id}")


@blueprint.get("/")
def desk() -> str:
    _till().close_in_time()
    sessions = [
        (each, _state(each), _euros(each["amount_total"], "en"))
        for each in reversed(_till().sessions.values())
    ]
    return render_template(
        "desk.html", sessions=sessions[:50], mood=_till().mood, choices=(Mode, News, Refunds)
    )


@blueprint.post("/mood")
def change_mood() -> Response:
    """Choose how it behaves from now on; for so many questions, if that is said."""
    mood, said = _till().mood, request.form
    try:
        mood.mode = Mode(said.get("mode", mood.mode))
        mood.news = News(said.get("news", mood.news))
        mood.refunds = Refunds(said.get("refunds", mood.refunds))
        mood.seconds = float(said.get("seconds") or mood.seconds)
        mood.calls_left = int(said["calls"]) if said.get("calls") else None
    except ValueError:
        abort(400)
    if mood.news is not News.WITHHELD:
        current_app.config["POSTMAN"].release()
    return _to("/")


def _back(session: Thing) -> str:
    name = "success_url" if session["status"] != "expired" else "cancel_url"
    return str(session[name]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _to(address: str) -> Response:
    answer: Response = redirect(address, 303)  # type: ignore[assignment]
    return answer
