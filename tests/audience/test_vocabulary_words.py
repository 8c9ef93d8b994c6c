"""The shipped vocabularies: what each must find in every language, and what it must not.

A table of people, a line a language: the same eight as they would call themselves. Each is found by the words of
that language alone, and by no vocabulary of another group. Then texts that look alike and mean something else.
"""

from pathlib import Path

import pytest

from pipeline.audience.vocabulary import Vocabulary
from pipeline.config.call.vocabularies import read_shelf
from pipeline.model.text import fold
from tests.support.yaml_texts import read_yaml

ROOT = Path(__file__).parent.parent.parent
FILES = {
    file.stem: read_yaml(file.read_text(encoding="utf-8"))
    for file in sorted((ROOT / "config/vocabulary").glob("*.yaml"))
}
SHELF = read_shelf(ROOT)
GROUPS = (
    "prison_management", "prison_administration", "mental_health", "exit_work", "local_administration",
    "law_enforcement",
)  # fmt: skip
AGAINST = ("not_in_post", "other_professions")
LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl",
    "pl", "pt", "ro", "sk", "sl", "sv", "ca", "no", "uk", "tr",
)  # fmt: skip

# management | administration | mental health | exit work | local administration | police | not in post | other
PEOPLE = """
bg: Директор на затвора в Враца | секретар на директора на затвора | Клиничен психолог | Дерадикализация в затвора | Общинска администрация | Полицейски инспектор | Пенсионер | Социален работник
cs: ředitelka věznice | sekretářka ředitele věznice | Klinická psycholožka | deradikalizační pracovnice | Městský úřad Brno | policistka | důchodce | vychovatelka
da: Fængselsinspektør | fængselsinspektørens sekretær | autoriseret psykolog | Exit-mentor | Københavns Kommune | politiassistent | pensionist | fængselsbetjent
de: Gefängnisdirektorin | Verwaltungsangestellte in der JVA | Gefängnispsychologin | Ausstiegsbegleiter | Landratsamt | Kriminalhauptkommissar | im Ruhestand | Seelsorger
el: Διευθύντρια φυλακών | Γραμματέας του διευθυντή της φυλακής | Ψυχολόγος | Σύμβουλος αποριζοσπαστικοποίησης | Υπάλληλος του δήμου | Αστυνομικός | Συνταξιούχος | Κοινωνικός λειτουργός
en: Governor of HMP Northmoor | Secretary to the prison director | forensic psychologist | exit worker | city council | detective sergeant | PhD student | chaplain
es: Subdirectora de centro penitenciario | Administración penitenciaria | psicóloga | técnica de desradicalización | Ayuntamiento | Guardia Civil | jubilada | abogado
et: Vangla direktor | vangla administratsioon | kliiniline psühholoog | exit-nõustaja | linnavalitsus | politseinik | üliõpilane | kaplan
fi: Vankilanjohtaja | vankilanjohtajan sihteeri | vankilapsykologi | exit-ohjaaja | kaupungin työntekijä | rikospoliisi | eläkkeellä | vartija
fr: directeur·rice de prison | secrétaire du directeur de la prison | psychologue clinicienne | intervenante en désengagement | Mairie de Lille | policière | retraitée | aumônier
ga: Gobharnóir príosúin | riarachán príosúin | síceolaí | oibrí exit | comhairle contae | Garda Síochána | mac léinn | séiplíneach
hr: upraviteljica zatvora | tajnica upravitelja zatvora | psihologinja | deradikalizacija | gradska uprava | policijski službenik | umirovljenica | odvjetnik
hu: börtönparancsnok | a börtön adminisztrációja | börtönpszichológus | deradikalizációs munkatárs | polgármesteri hivatal | rendőrtiszt | nyugdíjas | börtönlelkész
it: direttrice del carcere | segretaria del direttore del carcere | psicologo clinico | operatrice di deradicalizzazione | servizi sociali del comune | carabiniere | in pensione | cappellano
lt: kalėjimo direktorė | kalėjimo direktoriaus sekretorė | psichologė | deradikalizacijos specialistė | savivaldybė | policijos pareigūnas | studentas | kapelionas
lv: cietuma priekšniece | cietuma priekšnieka sekretāre | psiholoģe | deradikalizācijas speciālists | pašvaldība | policists | pensionāre | kapelāns
mt: direttur tal-ħabs | segretarja tad-direttur tal-ħabs | psikologa | deradikalizzazzjoni | kunsill lokali | pulizija | studenta | kappillan
nl: plaatsvervangend vestigingsdirecteur | secretaresse van de gevangenisdirecteur | gevangenispsycholoog | exitbegeleider | gemeente Utrecht | politieagent | gepensioneerd | geestelijk verzorger
pl: zastępca dyrektora zakładu karnego | sekretarka dyrektora zakładu karnego | psycholożka | deradykalizacja | urząd miasta | policjantka | emeryt | kapelan
pt: diretora do estabelecimento prisional | secretária do diretor da prisão | psicóloga | técnico de desradicalização | Câmara Municipal | agente da PSP | aposentada | assistente social
ro: directoarea penitenciarului | administrația penitenciarului | psihologă | deradicalizare | primăria | polițist | pensionară | preot
sk: riaditeľka väznice | sekretárka riaditeľa väznice | psychologička | deradikalizácia | mestský úrad | policajtka | na dôchodku | kňaz
sl: direktorica zapora | tajnica direktorja zapora | psihologinja | deradikalizacija | občinska uprava | policistka | upokojenka | socialna delavka
sv: Anstaltschef | anstaltschefens sekreterare | leg. psykolog | avhopparhandläggare | Malmö kommun | polisinspektör | pensionär | fängelsepastor
ca: directora del centre penitenciari | secretària del director del centre penitenciari | psicòloga | desradicalització | ajuntament | mossa d’esquadra | jubilada | educadora social
no: fengselsleder | fengselslederens sekretær | psykologspesialist | exit-veileder | Bergen kommune | politibetjent | pensjonist | fengselsprest
uk: начальниця в'язниці | секретарка начальника в’язниці | психологиня | дерадикалізація | міська рада | поліцейська | студентка | капелан
tr: cezaevi müdürü | cezaevi müdürünün sekreteri | psikolog | exit çalışanı | belediye | polis memuru | emekli | cezaevi imamı
"""  # noqa: E501 - a table of words
# former (put before the psychologist above) | student | journalist | trainee, all of whom are not in post.
NOT_IN_POST = """
bg: Бивш | студент по психология | журналистка | стажант-психолог
cs: bývalá | studentka psychologie | novinářka | stážistka
da: tidligere | psykologistuderende, studerende | journalist | praktikant
de: ehemalige | Psychologiestudentin | Journalistin | Praktikantin
el: πρώην | φοιτήτρια ψυχολογίας | δημοσιογράφος | ασκούμενη
en: former | psychology student | journalist | trainee psychologist
es: antigua | estudiante de psicología | periodista | psicóloga en prácticas
et: endine | psühholoogiatudeng | ajakirjanik | praktikant
fi: entinen | psykologian opiskelija | toimittaja | harjoittelija
fr: ancienne | étudiante en psychologie | journaliste | stagiaire
ga: iar- | mac léinn síceolaíochta | iriseoir | printíseach
hr: bivša | studentica psihologije | novinarka | pripravnica
hu: volt | pszichológia szakos hallgató | újságírónő | gyakornok
it: ex | studentessa di psicologia | giornalista | tirocinante
lt: buvusi | psichologijos studentė | žurnalistė | praktikantė
lv: bijusī | psiholoģijas studente | žurnāliste | praktikante
mt: eks | studenta tal-psikoloġija | ġurnalist | apprendista
nl: voormalig | studente psychologie | journaliste | stagiaire
pl: była | studentka psychologii | dziennikarka | stażystka
pt: antiga | estudante de psicologia | jornalista | estagiária
ro: fosta | studentă la psihologie | ziaristă | stagiară
sk: bývalá | študentka psychológie | novinárka | stážistka
sl: nekdanja | študentka psihologije | novinarka | pripravnica
sv: f.d. | psykologstudent | journalist | praktikant
ca: antiga | estudiant de psicologia | periodista | becària
no: tidligere | psykologistudent, masterstudent | journalist | praktikant
uk: колишня | студентка-психологиня | журналістка | стажерка
tr: eski | psikoloji öğrencisi | gazeteci | stajyer
"""
# Directors of a museum, a bank and a police school, and a prison museum's: nobody of them is management.
NOT_MANAGEMENT = """
bg: директор на музей; директор на банка; директор на затворническата болница
cs: ředitel muzea; ředitelka banky; sekretářka ředitele věznice
da: museumsdirektør; bankdirektør; fængselsinspektørens sekretær
de: Museumsdirektor; Bankdirektorin; Leiter der Polizeischule; Fahrer des Gefängnisdirektors; Gefängnispsychologin
el: διευθυντής μουσείου; διευθύντρια τράπεζας; γραμματέας του διευθυντή των φυλακών
es: director de museo; directora de la ONG; secretaria del director de la prisión; psicóloga de prisión
et: muuseumi direktor; panga direktor; vangla direktori sekretär
fi: museonjohtaja; pankinjohtaja; vankilanjohtajan sihteeri; vankilapsykologi
fr: directeur de musée; directrice d’association; chef de service; psychologue en prison
ga: stiúrthóir músaeim; gobharnóir bainc
hr: ravnatelj muzeja; direktor banke; tajnica upravitelja zatvora
hu: múzeumigazgató; bankigazgató; börtönparancsnok titkára; börtönpszichológus
it: direttore del museo; direttrice della banca; segretaria del direttore del carcere; psicologo in carcere
lt: muziejaus direktorius; banko direktorė; kalėjimo direktoriaus sekretorė
lv: muzeja direktors; bankas vadītāja; cietuma priekšnieka sekretāre
mt: direttur tal-mużew; direttur tal-bank; segretarju tad-direttur tal-ħabs
nl: museumdirecteur; bankdirecteur; chauffeur van de gevangenisdirecteur; gevangenispsycholoog
pl: dyrektor muzeum; dyrektorka szkoły policji; sekretarka dyrektora więzienia; psycholog więzienny
pt: diretor do museu; diretora da escola de polícia; secretária do diretor da prisão
ro: director de muzeu; director de bancă; secretara directorului penitenciarului
sk: riaditeľ múzea; riaditeľka banky; sekretárka riaditeľa väznice
sl: direktor muzeja; direktorica banke; tajnica direktorja zapora
sv: museichef; bankdirektör; anstaltschefens sekreterare
ca: director de museu; directora del banc; secretària del director de la presó
no: museumsdirektør; banksjef; fengselslederens sekretær
uk: директор музею; директорка банку; секретар начальника колонії
tr: müze müdürü; banka müdürü; cezaevi müdürünün sekreteri; emniyet müdürü
en: museum director; bank director; director of a police school; director of an NGO; prison psychologist; prison officer; Prison Director’s secretary; driver of the prison director; head of prison chaplaincy; head of a prison library; director of the prison museum; head of a prison NGO; director of prison reform; I run a prison theatre; trainer of prison managers; governor of the central bank; head of prison health services; case manager in a prison
"""  # noqa: E501 - a table of words
# What looks like a word of the concept, in this or in another language.
FALSE_FRIENDS = """
law_enforcement: prison policies; policy officer; Policy adviser; director of a police academy; agente di Polizia Penitenziaria; pravosudni policajac; pravosudna policija; pravosodni policist; polițist de penitenciare; garda príosúin; comandant de gardă; policía penitenciaria; Politieacademie; prison police; metropolis; politician; polyclinic
mental_health: asistență psihologică; en examen i psykologi; physiotherapist; psychology student; Psychologie; parapsychology; physicist; psychosocial
exit_work: exit interview; the fire exit; research on deradicalisation; Brexit; existing work; a thesis on deradicalisation
local_administration: prevención primaria; scuola primaria; community chaplain; directeur de la prison de la ville de Lyon; carcere nel comune di Opera; commune life; communal kitchen; administration of medicines; prison in the municipality of Ost
prison_administration: study of prison administration; business administration; psychologue de l’administration pénitentiaire; hospital administration
not_in_post: f.eks. i fengsel; t.ex. på anstalt; voluntarily; international officer; internal auditor; student counsellor; explain; executive; formation; Früherkennung von Radikalisierung; psychiatre au centre hospitalier universitaire; consultant psychiatrist; psikolojik danışman; ex-prisoners; audit intern; policía científica; SSP-konsulent
other_professions: priestor; ima iskustva; un’altra sede; apology; chef d’un centre; chef på anstalten; Head of education; Éducation nationale; Magistrat der Stadt Graz; judgement; guardian angel; psychotherapist; mental health nurse; doctor of psychology; bachelor of arts; vedoucí právního oddělení
unclear: psykolog, arbetar nu på anstalt; ben nu psycholoog; psicóloga no estabelecimento prisional; Psychologin nach Ausbildung; northern; notary; non-governmental organisation; iffy
"""  # noqa: E501 - a table of words
# Two groups in one text are two groups: a person looks.
BOTH: tuple[tuple[str, set[str]], ...] = (
    ("police psychologist", {"law_enforcement", "mental_health"}),
    ("exit worker and psychologist", {"exit_work", "mental_health"}),
    ("former prison director", set()),
    ("Exit worker (former prison director)", {"exit_work"}),
    ("Früher Polizist, jetzt Psychologe", {"mental_health"}),
    ("retired psychologist", {"mental_health", "not_in_post"}),
    ("police officer at the town hall", {"law_enforcement", "local_administration"}),
    ("psychologist and head of a prison", {"mental_health", "prison_management"}),
    ("Gefängnis-Psychologin", {"mental_health"}),
    ("prison psychologist", {"mental_health"}),
    ("student counsellor", set()),
    ("prison chaplain", {"other_professions"}),
    ("Agente di Polizia Penitenziaria", {"other_professions"}),
)


def _table(text: str, between: str) -> dict[str, tuple[str, ...]]:
    lines = (line.split(":", 1) for line in text.strip().splitlines())
    return {head: tuple(cell.strip() for cell in cells.split(between)) for head, cells in lines}


PEOPLE_BY_LANGUAGE = _table(PEOPLE, "|")
ALIKE = [(name, text) for name, texts in _table(FALSE_FRIENDS, ";").items() for text in texts]
DIRECTORS = [text for texts in _table(NOT_MANAGEMENT, ";").values() for text in texts]


def _in(language: str, concept: str) -> Vocabulary:
    file = FILES[concept]
    return Vocabulary(tuple(file["words"][language]), tuple(file.get("unless", {}).get(language, ())))


def _named(text: str, concepts: tuple[str, ...] = (*GROUPS, *AGAINST)) -> set[str]:
    return {concept for concept in concepts if SHELF.vocabularies[concept].find(text)}


def test_shipped_vocabularies_have_no_problems() -> None:
    assert SHELF.problems == ()
    assert {*GROUPS, *AGAINST} <= SHELF.vocabularies.keys()


@pytest.mark.parametrize("concept", FILES)
def test_every_concept_has_words_in_every_language(concept: str) -> None:
    sections = [FILES[concept].get(section, {}) for section in ("words", "near", "possible")]
    # A language may have a second list, such as negations that need nouns: “no” is a preposition in Portuguese.
    assert set(LANGUAGES) in [{key.partition("_")[0] for key in section} for section in sections]
    assert all(phrases for section in sections for phrases in section.values())


@pytest.mark.parametrize("concept", FILES)
@pytest.mark.parametrize("section", ["words", "unless"])
def test_no_phrase_is_written_twice(concept: str, section: str) -> None:
    for language, phrases in FILES[concept].get(section, {}).items():
        written = [" ".join(phrase.split()).lower() for phrase in phrases]
        assert [phrase for phrase in set(written) if written.count(phrase) > 1] == [], language


@pytest.mark.parametrize("concept", [*GROUPS, *AGAINST])
def test_stems_that_stand_alone_have_five_letters(concept: str) -> None:
    phrases = [phrase for language in FILES[concept]["words"].values() for phrase in language]
    alone = [fold(phrase.strip("*")) for phrase in phrases if "*" in phrase and " " not in phrase]
    assert [stem for stem in alone if len(stem) < 5] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("at", "concept"), [*enumerate((*GROUPS, *AGAINST))])
def test_people_are_found_in_every_language(language: str, at: int, concept: str) -> None:
    text = PEOPLE_BY_LANGUAGE[language][at]
    assert _in(language, concept).find(text), text
    assert concept in _named(text), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("at", "concept"), [*enumerate(GROUPS)])
def test_people_are_in_no_other_group(language: str, at: int, concept: str) -> None:
    text = PEOPLE_BY_LANGUAGE[language][at]
    assert _named(text) == {concept}, text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", [6, 7])
def test_people_who_speak_against_are_in_no_group(language: str, at: int) -> None:
    assert _named(PEOPLE_BY_LANGUAGE[language][at], GROUPS) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", range(4))
def test_who_is_not_in_post_is_told_in_every_language(language: str, at: int) -> None:
    text = _table(NOT_IN_POST, "|")[language][at]
    if at == 0:
        text += f" {PEOPLE_BY_LANGUAGE[language][2]}"
    concept = "not_in_post" if at else "formerly"
    assert _in(language, concept).find(text), text
    assert concept in _named(text, (concept,)), text
    assert at or _named(text, GROUPS) == set(), text


def test_every_language_says_who_is_not_management() -> None:
    assert set(_table(NOT_MANAGEMENT, ";")) == set(LANGUAGES)


@pytest.mark.parametrize("text", DIRECTORS)
def test_other_directors_are_not_prison_management(text: str) -> None:
    assert SHELF.vocabularies["prison_management"].find(text) == ""


@pytest.mark.parametrize(("concept", "text"), ALIKE)
def test_words_that_look_alike_are_not_meant(concept: str, text: str) -> None:
    assert SHELF.vocabularies[concept].find(text) == ""


@pytest.mark.parametrize(("text", "concepts"), BOTH)
def test_a_text_names_all_that_it_says(text: str, concepts: set[str]) -> None:
    assert _named(text) == concepts


@pytest.mark.parametrize("concept", GROUPS)
def test_no_phrase_of_a_group_is_found_by_another_group(concept: str) -> None:
    phrases = {phrase for words in FILES[concept]["words"].values() for phrase in words}
    found = {phrase: _named(phrase.replace("*", ""), GROUPS) - {concept} for phrase in phrases}
    assert {phrase: others for phrase, others in found.items() if others} == {}
