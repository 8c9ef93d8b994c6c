"""Every shipped letter in every language and state: complete, with its verdict first, and any answer as it is."""

from dataclasses import replace
from itertools import product

import pytest

from pipeline.messages.context import Told, make_context
from pipeline.messages.reading import make_templates
from pipeline.messages.render import render
from pipeline.model.applicant import Applicant, Response, Status
from pipeline.model.errors import TemplateError
from pipeline.model.kinds import KINDS
from pipeline.model.languages import Languages
from pipeline.model.message import Kind
from pipeline.planning.make_plan import make_plan
from pipeline.planning.states import states
from tests.messages.test_render import CALL as HARBOUR_CALL
from tests.messages.test_render import person
from tests.support.build import ANA, BEA, CALL, NEW, NOA, SELECTION, SERVICE, responses, templates
from tests.support.shipped import LANGUAGES, read_shipped, with_occasions
from tests.support.slow_letters import render_slowly

SHIPPED = read_shipped()
HARBOUR = with_occasions(HARBOUR_CALL)
HEADLINES = {
    (Kind.INVITATION, "en"): "You are invited",
    (Kind.INVITATION, "fr"): "Vous êtes invité·e",
    (Kind.INVITATION, "de"): "Sie sind eingeladen",
    (Kind.INVITATION, "es"): "Tiene una plaza",
    (Kind.WAITING_LIST, "en"): "You are on the waiting list",
    (Kind.WAITING_LIST, "fr"): "Vous êtes sur la liste d’attente",
    (Kind.WAITING_LIST, "de"): "Sie stehen auf der Warteliste",
    (Kind.WAITING_LIST, "es"): "Está en la lista de espera",
    (Kind.NOT_SELECTED, "en"): "We cannot offer you a place",
    (Kind.NOT_SELECTED, "fr"): "Nous ne pouvons pas vous proposer de place",
    (Kind.NOT_SELECTED, "de"): "Wir können Ihnen keinen Platz anbieten",
    (Kind.NOT_SELECTED, "es"): "No podemos ofrecerle una plaza",
    (Kind.PLACE_WITHDRAWN, "en"): "We take our invitation back",
    (Kind.PLACE_WITHDRAWN, "fr"): "Nous annulons notre invitation",
    (Kind.PLACE_WITHDRAWN, "de"): "Wir nehmen unsere Einladung zurück",
    (Kind.PLACE_WITHDRAWN, "es"): "Anulamos nuestra invitación",
    (Kind.CANCELLED, "en"): "The meeting is cancelled",
    (Kind.CANCELLED, "fr"): "La rencontre est annulée",
    (Kind.CANCELLED, "de"): "Das Treffen ist abgesagt",
    (Kind.CANCELLED, "es"): "El encuentro se ha cancelado",
    (Kind.CHANGED, "en"): "Please note what has changed",
    (Kind.CHANGED, "fr"): "Merci de noter ce qui a changé",
    (Kind.CHANGED, "de"): "Bitte beachten Sie, was sich geändert hat",
    (Kind.CHANGED, "es"): "Tenga en cuenta lo que ha cambiado",
    (Kind.OFFER_EXPIRED, "en"): "Your place is no longer reserved",
    (Kind.OFFER_EXPIRED, "fr"): "Votre place n’est plus réservée",
    (Kind.OFFER_EXPIRED, "de"): "Ihr Platz ist nicht mehr reserviert",
    (Kind.OFFER_EXPIRED, "es"): "Su plaza ya no está reservada",
    (Kind.REPLY_REMINDER, "en"): "We are waiting for your answer",
    (Kind.REPLY_REMINDER, "fr"): "Nous attendons votre réponse",
    (Kind.REPLY_REMINDER, "de"): "Wir warten auf Ihre Antwort",
    (Kind.REPLY_REMINDER, "es"): "Esperamos su respuesta",
    (Kind.CONFIRMED, "en"): "Your place is confirmed",
    (Kind.CONFIRMED, "fr"): "Votre place est confirmée",
    (Kind.CONFIRMED, "de"): "Ihr Platz ist bestätigt",
    (Kind.CONFIRMED, "es"): "Su plaza está confirmada",
    (Kind.WITHDRAWN, "en"): "We have noted that you are not coming",
    (Kind.WITHDRAWN, "fr"): "Nous avons noté que vous ne venez pas",
    (Kind.WITHDRAWN, "de"): "Wir haben vermerkt, dass Sie nicht kommen",
    (Kind.WITHDRAWN, "es"): "Hemos anotado que no va a venir",
    (Kind.WAITING_LIST_CLOSED, "en"): "No place became free for you",
    (Kind.WAITING_LIST_CLOSED, "fr"): "Aucune place ne s’est libérée pour vous",
    (Kind.WAITING_LIST_CLOSED, "de"): "Für Sie wurde kein Platz frei",
    (Kind.WAITING_LIST_CLOSED, "es"): "No ha quedado ninguna plaza libre para usted",
    (Kind.PRACTICAL_INFORMATION, "en"): "What you need to know before you travel",
    (Kind.PRACTICAL_INFORMATION, "fr"): "Ce qu’il faut savoir avant de partir",
    (Kind.PRACTICAL_INFORMATION, "de"): "Was Sie vor der Reise wissen müssen",
    (Kind.PRACTICAL_INFORMATION, "es"): "Lo que conviene saber antes de viajar",
    (Kind.EVENT_REMINDER, "en"): "See you soon",
    (Kind.EVENT_REMINDER, "fr"): "À bientôt",
    (Kind.EVENT_REMINDER, "de"): "Bis bald",
    (Kind.EVENT_REMINDER, "es"): "Hasta pronto",
    (Kind.THANKS, "en"): "Thank you for coming",
    (Kind.THANKS, "fr"): "Merci d’être venu·e",
    (Kind.THANKS, "de"): "Danke, dass Sie da waren",
    (Kind.THANKS, "es"): "Gracias por venir",
    (Kind.DELAYED, "en"): "Our decision takes a little longer",
    (Kind.DELAYED, "fr"): "Notre décision prend un peu plus de temps",
    (Kind.DELAYED, "de"): "Unsere Entscheidung dauert etwas länger",
    (Kind.DELAYED, "es"): "Nuestra decisión tardará un poco más",
    (Kind.RECEIVED, "en"): "We have your application",
    (Kind.RECEIVED, "fr"): "Nous avons reçu votre candidature",
    (Kind.RECEIVED, "de"): "Ihre Bewerbung ist da",
    (Kind.RECEIVED, "es"): "Hemos recibido su solicitud",
}
FEW_PLACES = {
    "en": "The number of places is limited",
    "fr": "Le nombre de places est limité",
    "de": "Die Zahl der Plätze ist begrenzt",
    "es": "El número de plazas es limitado",
}


@pytest.mark.parametrize(("kind", "code"), list(product(KINDS, LANGUAGES)))
def test_every_shipped_letter_is_whole_in_every_state(kind: Kind, code: str) -> None:
    headline = HEADLINES[kind, code]
    for state in states(HARBOUR, kind, code):
        said = render(SHIPPED, kind, state.context)
        assert said == render_slowly(SHIPPED, kind, state.context)
        assert said.text.startswith(f"{headline}\n{'=' * len(headline)}\n"), state.says
        assert f">{headline}</h1>" in said.html
        assert f'lang="{code}"' in said.html
        for sign in ("  (", " .", " ,\n", "()", "by :", "\n\n\n"):
            assert sign not in said.text.replace("\n  ", "\n"), (state.says, sign)


NO_PLACE_NOW = {
    "en": "We cannot offer you a place now. You are on the waiting list",
    "fr": "Nous ne pouvons pas vous proposer de place pour le moment. Vous êtes sur la liste d’attente",
    "de": "Wir können Ihnen im Moment keinen Platz anbieten. Sie stehen auf der Warteliste",
    "es": "Por ahora no podemos ofrecerle una plaza. Está en la lista de espera",
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_waiting_list_says_nothing_of_places_that_only_a_quota_may_have_filled(code: str) -> None:
    for state in states(HARBOUR, Kind.WAITING_LIST, code):
        text = " ".join(render(SHIPPED, Kind.WAITING_LIST, state.context).text.split())
        assert NO_PLACE_NOW[code] in text, state.says


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_no_gives_the_reason_that_is_true(code: str) -> None:
    def said(told: Told) -> str:
        context = make_context(
            HARBOUR, person(), category="", late=False, held=False, told=told, language=code
        )
        return " ".join(render(SHIPPED, Kind.NOT_SELECTED, context).text.split())

    told = (Told(Status.NOT_SELECTED), Told(Status.INELIGIBLE), Told(Status.NOT_SELECTED, by_word=True))
    assert [FEW_PLACES[code] in said(each) for each in told] == [True, False, False]


TYPED = "{{ 7*7 }} <b>*Ana*</b> =?utf-8?q?=0aBcc:x?="


@pytest.mark.parametrize(("kind", "code"), list(product(KINDS, LANGUAGES)))
def test_what_an_applicant_typed_arrives_as_it_is(kind: Kind, code: str) -> None:
    source = "---\nsubject: News\n---\n{{ applicant.answers.about }}\n"
    made = make_templates({kind: ("a.md", source)}, "<html><body>{{ body }}</body></html>", default=code)
    context = make_context(HARBOUR, person(about=TYPED), category="", late=False, held=False, language=code)
    said = render(made, kind, context)
    assert said.text == f"{TYPED}\n"
    assert "<p>{{ 7*7 }} &lt;b&gt;*Ana*&lt;/b&gt; =?utf-8?q?=0aBcc:x?=</p>" in said.html


@pytest.mark.parametrize(
    ("printed", "kind", "who"),
    [
        ("call.reply_by", Kind.INVITATION, "reply_by has passed"),
        ("offer.reply_by", Kind.INVITATION, "reply_by has passed"),
        ("category", Kind.INVITATION, "by an organiser's word, in no category"),
        ("reason.text", Kind.INVITATION, "by an organiser's word"),
        ("waiting.position", Kind.NOT_SELECTED, "not selected"),
        ("applicant.name", Kind.RECEIVED, "without name and answers"),
        ("applicant.answers.role", Kind.RECEIVED, "without name and answers"),
        ("call.selection", Kind.RECEIVED, "selection has passed"),
    ],
)
def test_what_is_empty_in_some_state_must_be_asked_for(printed: str, kind: Kind, who: str) -> None:
    call = replace(HARBOUR, columns=CALL.columns)
    for source, is_right in (
        (f"By {{{{ {printed} }}}}.", False),
        (f"{{% if {printed} %}}By {{{{ {printed} }}}}.{{% endif %}}", True),
        (f"By {{{{ {printed} or 'and by' }}}}.", True),
        (f"By {{{{ {printed} or '' }}}}.", True),
    ):
        made = make_templates(
            {kind: ("a.md", f"---\nsubject: News\n---\n{source}\n")}, "<html><body>{{ body }}</body></html>"
        )
        failed = []
        for state in states(call, kind, "en"):
            try:
                render(made, kind, state.context)
            except TemplateError as error:
                failed.append((str(error), state.says))
        if is_right:
            assert failed == []
        else:
            said = f"a.md:4: “{printed}” is empty here. Ask first: {{% if {printed} %}} … {{% endif %}}."
            assert {error for error, _ in failed} == {said}
            assert any(who in says for _, says in failed)


def test_a_template_that_fits_nobody_stops_everything() -> None:
    doublings = "{% set x = 'xx' %}" + "{% set x = x ~ x %}" * 30
    with pytest.raises(TemplateError, match="computes without end"):
        make_plan(CALL, SERVICE, templates(doublings), responses(ANA, BEA), NEW, SELECTION)


def test_letters_are_in_the_language_that_the_answer_names() -> None:
    call = replace(
        CALL, languages=Languages("en", ("fr", "de"), "country", {"Spain": "fr", "Österreich": "de"})
    )
    french = ("a.fr.md", "---\nsubject: Nouvelles\n---\nLe {{ call.starts }}\n")
    english = ("a.md", "---\nsubject: News\n---\nOn {{ call.starts }}\n")
    layout = "<html lang='{{ language }}'><body>{{ body }}</body></html>"
    made = make_templates(dict.fromkeys(KINDS, english), layout, {(kind, "fr"): french for kind in KINDS})
    lines = (ANA, f"{BEA} > country=Österreich", f"{NOA} > country=elsewhere")
    found = make_plan(call, SERVICE, made, responses(*lines), NEW, SELECTION).messages
    assert {message.to[:3]: message.content.text for message in found} == {
        "ana": "Le mardi 12 septembre 2023\n",
        "bea": "On Tuesday 12 September 2023\n",  # nothing is there in German: the default, with its dates
        "noa": "On Tuesday 12 September 2023\n",
    }


def test_somebody_who_waits_is_told_the_place_that_the_sheet_shows() -> None:
    source = "{% if waiting.position %}No. {{ waiting.position | number }}.{% endif %} "
    lines = (ANA, BEA, "07-15 09:00 | x@example.org | Xia Li | Manager | Yes",
             "07-16 09:00 | y@example.org | Yan Li | Manager | Yes")  # fmt: skip
    made = make_plan(CALL, SERVICE, templates(source), responses(*lines), NEW, SELECTION)
    told = {message.to[:1]: message.content.text.split()[1] for message in made.messages}
    shown = {change.after.reference: change.after.waiting_list for change in made.changes}
    assert told == {"a": "Ana", "b": "Bea", "x": "1.", "y": "2."}
    waiting = [message.reference for message in made.messages if message.kind == Kind.WAITING_LIST]
    assert [shown[reference] for reference in waiting] == ["1", "2"]


def test_a_person_is_greeted_by_no_name_where_there_is_none() -> None:
    nameless = Applicant("P-ANA222", Response("k", "a@example.org", SELECTION, {}))
    for code in LANGUAGES:
        context = make_context(HARBOUR, nameless, category="", late=False, held=False, language=code)
        greeting = render(SHIPPED, Kind.RECEIVED, context).text.splitlines()[3]
        assert greeting in ("Dear applicant,", "Bonjour,", "Guten Tag!", "Buenos días:")
