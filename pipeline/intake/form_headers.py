"""The headers that Google Forms itself gives to columns, in the languages of forms: when an answer came, from whom.

A call may name such a column in one language and the sheet in another: the form's language is its owner's. Gathered
of public code that reads such sheets, and from memory; in a language that is not here, a column is guessed.
"""

from collections.abc import Sequence

from pipeline.model.text import fold


def _words(listed: str) -> frozenset[str]:
    return frozenset(fold(word) for word in listed.split(";"))


TIMES = _words(
    """
    Timestamp; Horodateur; Zeitstempel; Marca temporal; Informazioni cronologiche; Carimbo de data/hora;
    Tijdstempel; Sygnatura czasowa; Отметка времени; Позначка часу; タイムスタンプ; 타임스탬프; 时间戳记;
    时间戳; 時間戳記; 時間戳; Zaman damgası; Tidsstempel; Tidstämpel; Tidsstämpel; Aikaleima; Časová značka;
    Časová pečiatka; Časové razítko; Időbélyeg; Marcaj de timp; Marcă temporală; Клеймо за време; Времеви печат;
    Χρονική σήμανση; Χρονική σφραγίδα; Dấu thời gian; Cap waktu; Stempel waktu; Cap masa; ประทับเวลา; חותמת זמן;
    طابع زمني; الطابع الزمني; Vremenska oznaka; Временска ознака; Časovni žig; Laiko žyma; Laiko žymė;
    Laika zīmogs; Laikspiedols; Ajatempel; Marca de temps; Marca horària; Denbora-zigilua; Marca de tempo;
    टाइमस्टैम्प; समय-चिह्न; Tímastimpill; برچسب زمان; مُهر زمان
    """
)
"""What the column with the time of a response is headed."""

ADDRESSES = _words(
    """
    Email Address; Username; Adresse e-mail; Adresse électronique; Nom d'utilisateur; E-Mail-Adresse;
    Nutzername; Benutzername; Dirección de correo electrónico; Nombre de usuario; Indirizzo email;
    Indirizzo e-mail; Nome utente; Endereço de e-mail; Endereço de email; Nome de usuário; Nome de utilizador;
    E-mailadres; Gebruikersnaam; Adres e-mail; Nazwa użytkownika; Адрес электронной почты; Имя пользователя;
    Електронна адреса; Адреса електронної пошти; Ім'я користувача; メールアドレス; ユーザー名; 이메일 주소;
    사용자 이름; 电子邮件地址; 用户名; 電子郵件地址; 使用者名稱; E-posta Adresi; Kullanıcı adı; Mailadresse;
    E-mailadresse; Brugernavn; E-postadress; Användarnamn; E-postadresse; Brukernavn; Sähköpostiosoite;
    Käyttäjänimi; E-mailová adresa; Uživatelské jméno; Používateľské meno; E-mail-cím; E-mail cím;
    Felhasználónév; Adresă de e-mail; Adresa de e-mail; Nume de utilizator; Имейл адрес; Потребителско име;
    Διεύθυνση email; Διεύθυνση ηλεκτρονικού ταχυδρομείου; Όνομα χρήστη; Địa chỉ email; Tên người dùng;
    Alamat Email; Nama pengguna; Alamat e-mel; ที่อยู่อีเมล; ชื่อผู้ใช้; כתובת אימייל; כתובת דוא"ל; שם משתמש;
    عنوان البريد الإلكتروني; البريد الإلكتروني; اسم المستخدم; Adresa e-pošte; Korisničko ime; Имејл адреса;
    Корисничко име; E-poštni naslov; Uporabniško ime; El. pašto adresas; Vartotojo vardas; E-pasta adrese;
    Lietotājvārds; E-posti aadress; Kasutajanimi; Adreça electrònica; Adreça de correu electrònic; Nom d'usuari;
    Helbide elektronikoa; Enderezo de correo electrónico; ईमेल पता; उपयोगकर्ता नाम; Netfang; آدرس ایمیل
    """
)
"""What the column with the address is headed, where the form collects it (as a user name, in old forms)."""


def columns_headed(header: str, headers: Sequence[str]) -> tuple[int, ...]:
    """Return the columns that bear a header or, where none does, those that bear it in another of these languages."""
    there, wanted = [fold(text) for text in headers], fold(header)
    exact = tuple(at for at, text in enumerate(there) if text == wanted)
    same = next((words for words in (TIMES, ADDRESSES) if wanted in words), frozenset())
    return exact or tuple(at for at, text in enumerate(there) if text in same)
