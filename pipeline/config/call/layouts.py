"""What the exports of well-known form tools look like: defaults for a call that names one as its `layout`.

Each is made from the exporter's own source or from a public export; tests/config/test_layouts.py lists them, with what
was read in each. What is written in the call counts for more.
"""

from collections.abc import Mapping
from dataclasses import field

from pipeline.audience.conditions import Empty, HeaderLine
from pipeline.config.reading.file import ConfigFile
from pipeline.model.fields import Line
from pipeline.model.frozen import dataclass
from pipeline.model.question import Question
from pipeline.model.rules import Condition
from pipeline.model.suggest import did_you_mean
from pipeline.model.text import quote


@dataclass(frozen=True, slots=True)
class Layout:
    """The export of one tool. `timestamp` and `email` are headers parted by `|`, in every language that is known.

    Without `email` the tool has no column for addresses of its own. `clock` is that of its stamps (empty: another for
    every installation), `formats` those of stamps that are text. `own_columns` are as in the call: some exports have a
    column that is headed as one of Convene's. `choices_below`: the headers of choices are blank (see `Columns`).
    """

    timestamp: str = ""
    email: str = ""
    formats: tuple[str, ...] = ()
    clock: str = ""
    header_row: int = 1
    no_response: Condition | None = None
    own_columns: Mapping[str, str] = field(default_factory=dict)
    choices_below: bool = False

    @property
    def questions(self) -> Mapping[str, Question]:
        """The columns that need not be written, by their key."""
        found = {}
        for key, headers in (("timestamp", self.timestamp), ("email", self.email)):
            if headers:
                first, *more = headers.split("|")
                found[key] = Question(first, or_headed=tuple(more))
        return found


NO_LAYOUT = Layout()
_STATUS_OF_ITS_OWN = {"Status": "Convene status"}
_LINE_BELOW = HeaderLine("timestamp", "email")

LAYOUTS: Mapping[str, Layout] = {
    "google_forms": Layout(
        timestamp="Timestamp",  # Google's two headers are known in all its languages (intake.form_headers)
        email="Email Address",
        formats=("%Y/%m/%d %I:%M:%S %p",),  # the form's own download; in the sheet they are dates
    ),
    "microsoft_forms": Layout(
        timestamp="Completion time|Tijd van voltooien",
        email="Email|E-mail",
        formats=("%m/%d/%y %H:%M:%S",),  # where the format of the date cells was made a text
    ),
    "eusurvey": Layout(
        timestamp="Creation date|Дата на създаване|Den vytvoření|Oprettelsesdato|Erstellungsdatum"
        "|Ημερομηνία δημιουργίας|Fecha de creación|Loomise kuupäev|Luontipäivä|Date de création|Dáta a chruthaithe"
        "|Datum stvaranja|Létrehozás dátuma|Data di creazione|Sukūrimo datas|Izveides datums|Data meta nħoloq"
        "|Aanmaakdatum|Data utworzenia|Data de criação|Data creării|Dátum vytvorenia|Datum priprave|Skapad den",
        email="User name|Потребителско име|Uživatelské jméno|Brugernavn|Nutzername|Όνομα χρήστη|Nombre de usuario"
        "|Kasutajanimi|Käyttäjätunnus|Nom d'utilisateur|An t-ainm úsáideora|Ime korisnika|Felhasználó neve|Nome utente"
        "|Naudotojo vardas|Lietotājvārds|Isem l-utent|Gebruikersnaam|Nazwa użytkownika|Nome de utilizador"
        "|Nume de utilizator|Používateľské meno|Uporabniško ime|Användarnamn",
        header_row=4,
    ),
    "limesurvey": Layout(
        timestamp="Date submitted|submitdate|Datum ingedien|سلم بتاريخ|Дата адпраўкі|Дата на подаване"
        "|Data d'enviament|Datum odeslání|Dyddiad cyflwyno|Dato for indsendelse|Datum Abgeschickt"
        "|Ημερομηνία καταχώρισης|Fecha de envío|Fecha en que se envió|Kinnitamise kuupäev|Bidalketa-data"
        "|تاریخ ارسال|Lähetys päivämäärä|Date de soumission|Enviada o|તારીખ: અહેવાલ શાળાના કુલ|תאריך שליחה"
        "|तिथि प्रस्तुत|Datum podnašanja|Küldés dátuma|Ներկայացման ամսաթիվը|Tanggal pengiriman"
        "|Dagsetning sendingar|Data invio|投稿日時|제출 날짜|Тапшырылган датасы|Išsiuntimo data|Nosūtīšanas datums"
        "|Поднесено на|Илгээсэн огноо|सबमिट केलेली तारीख|Id-Data ta' meta ntbagħat|Dato for besvarelse"
        "|Datum verzonden|Innsendingsdato|Data de somission|ਤਾਰੀਖ ਡਾਲੀ|Fecha ku a manda|Data wysłania"
        "|Data de envio|Data de submissão|Dată trimisă|Дата записи|Dátum odoslania|Datum oddaje ankete"
        "|Datum prosleđivanja|Датум прослеђивања|Datum inskickad|วันที่ส่ง|Gönderildiği tarih|Дата подання"
        "|پیش تاریخ|Ngày gửi|提交的日期|送出的日期",
        email="Email address|email|E-posadres|البريد الالكتروني|Адрас электроннай пошты|Адрес за е-поща"
        "|Email adresa|Adreça de correu electrònic|ناونیشانی ئیمێل|E-mailová adresa|Cyfeiriad e-bost"
        "|E-mail adresse|E-Mail-Adresse|Ηλεκτρονική διεύθυνση|Correo electrónico"
        "|Dirección de correo electrónico|E-posti aadress|Helbide elektronikoa|آدرس ایمیل|Sähköpostiosoite"
        '|Adresse de courriel|Enderezo de correo|ઇમેઇલ સરનામું|כתובת דוא"ל|ईमेल पता|E-mail adresa|E-mail cím'
        "|Էլ. փոստի հասցե|Alamat surel|Netfang|Indirizzo e-mail|メールアドレス|이메일 주소|Электрондук почтанын дареги"
        "|El. pašto adresas|E-pasta adrese|Е-пошта|Е-мэйл хаяг|ईमेल पत्ता|Alamat e-mel|L-indirizz tal-Email"
        "|E-postadresse|E-mailadres|Adreça de corrièr electronic|ਈਮੇਲ ਪਤਾ|E-mail adrès|Adres e-mail|E-mail"
        "|Endereço de email|Adresa de email|Адрес E-mail|ඉ-තැපැල් ලිපිනය|Emailová adresa|Elektronski naslov"
        "|Adresa Email|Имејл адреса|E-postadress|ที่อยู่อีเมล์|E-posta adresi|Email адреса|ای میل ایڈریس"
        "|Địa chỉ Email|邮件地址|郵寄地址|郵件地址|Ikheli le-imeyili",
        no_response=Empty("timestamp"),  # a response that was not finished
    ),
    "kobo": Layout(timestamp="_submission_time", clock="UTC", own_columns=_STATUS_OF_ITS_OWN),
    "typeform": Layout(timestamp="Submit Date (UTC)", clock="UTC"),
    "surveymonkey": Layout(
        timestamp="End Date",
        email="Email Address",
        formats=("%m/%d/%Y %I:%M:%S %p",),
        no_response=_LINE_BELOW,
        choices_below=True,
    ),
    "qualtrics": Layout(
        timestamp="RecordedDate",
        email="RecipientEmail",
        no_response=_LINE_BELOW,
        own_columns=_STATUS_OF_ITS_OWN,
    ),
    "nextcloud_forms": Layout(
        timestamp="Timestamp|الطابع الزمني|Marca de tiempu|Времево клеймо|Marca de temps|Časové razítko"
        "|Tidsstempel|Zeitstempel|Χρονοσφραγίδα|Marca de tiempo|Ajatempel|Denbora-marka|زمان|Aikaleima"
        "|Horodatage|Stampa ama|Marca de tempo|Vremenska oznaka|Időbélyeg|Marca temporale|タイムスタンプ|타임스탬프"
        "|ເວລາ|Laiko žyma|Цагийн тэмдэг|Tijdstempel|Znacznik czasu|Marca temporal|Indicador de dia e hora"
        "|Marcaj de timp|Метка времени|Časová značka|Časovni žig|Временска ознака|Tidsstämpel|Muhuri wa muda"
        "|ประทับเวลา|Zaman damgası|ۋاقىت تامغىسى|Мітка часу|时间戳|時間戳",
    ),
}
"""By the name that is written in the call."""


def read_layout(file: ConfigFile) -> Layout:
    """Return the layout that a call names; what changes nothing where it names none, or one that there is not."""
    name = file.read("layout", Line, usual="")
    if name and name not in LAYOUTS:
        file.add(("layout",), f"there is no layout {quote(name)}", did_you_mean(name, LAYOUTS))
    return LAYOUTS.get(name, NO_LAYOUT)
