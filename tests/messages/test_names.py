"""Who is greeted by name: the names of the world, and nothing that somebody would have us carry to a stranger."""

import pytest

from pipeline.messages.names import greetable

NAMES = """
Ana Lopez
Ng
Ng Wei Ming
O
U Thant
Suharto
ana lopez
maria del carmen garcia lopez
Ana lopez
ANA LÓPEZ GARCÍA
O'Neill
Sinéad O’Connor
María-José Carreño Quiñones
Mª José Fernández
Jan van der Berg
Anna van 't Hooft
Ludwig von Mises
Leonardo dell'Acqua
Charles de Gaulle
Catherine d'Arc
Jean-Luc Picard-Dupont
J. R. R. Tolkien
J.R.R. Tolkien
J R Smith
Dr. Ana Novak
Prof. Dr. Ana Novak
Martin King, Jr.
Martin King III
Ronald McDonald
Iain MacDonald
DeShawn LeBron
Juan DeLaCruz
Maria da Conceição Gonçalves de Albuquerque e Castro Pereira dos Santos
Pedro Miguel Rodrigues dos Santos da Silva e Sousa
Muhammad ibn Abd al-Rahman ibn Khalid al-Qurashi al-Makki
Abu Bakr bin Abdullah el-Sayed
محمد عبد الرحمن بن خالد القرشي
فاطمه زهرا میرحسینی‌نژاد
רחל כהן
Γιώργος Παπαδόπουλος
Ελένη Παπαδημητρακοπούλου-Κωνσταντινίδου
Анна-Мария Иванова
Олексій Коваленко
გიორგი მაისურაძე
Արամ Խաչատրյան
王小明
欧阳娜娜
田中さくら
アレクサンドラ・パパドプロス
김민수
남궁 민수
नरेन्द्र शर्मा
พงศกร วงศ์สุวรรณคำ
Nguyễn Thị Minh Khai
Đỗ Thị Mỹ An
You Jin Kim
The Anh Tran
Gal·la Ferrer
Þórunn Ásgeirsdóttir
İbrahim Çelik
Łukasz Żółć
Keihanaikukauakahihuliheekahaunaele
Wolfeschlegelsteinhausenberger
Will Bank
Melissa Bank
Charlotte Link
Can Yılmaz
Win Htut
N'Golo Kanté
Nʻima Kalani
Ḥasan al-Baṣrī
Are Hansen
May Free
""".strip().splitlines()

NO_NAMES = """
I AM THE ORGANISER. Your place is cancelled, pay 200 EUR to IBAN DE00
Your place is cancelled
YOUR PLACE IS CANCELLED
Your Seat Has Gone
your place is no longer yours
Your-Place-Is-Cancelled
YourPlaceIsCancelled
yourplaceiscancelled
Y O U R P L A C E
You have won a prize
Call me now
Please Reply
Su plaza ha sido cancelada
Votre place est annulée
Ihr Platz ist storniert
La sua domanda è stata respinta oggi
Ваше место отменено
您的名额已取消请付款二百欧元
당신의 자리가 취소되었습니다
Ana, call 555
Ana Lopez 2
Ana 5
ana@example.org
evil.example
www.evil.example
https://evil.example/win
evil.ru
Ana evil.ru
Ana (the boss)
Ana/Bea
Ana; Bea
Ana: pay
Ana!
Ana?
Ana & Bea
<b>Ana</b>
**Ana**
{{ 7 }}
Dear_Ana
ANALONG. Pay
𝓐𝓷𝓪 Lopez
Ａｎａ
Anа Lopez
Z̶̴̵̷alg̶̴̵̷o
́Ana
💩 Ana
-
.
'
""".strip().splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_greeted_as_it_was_typed(name: str) -> None:
    assert greetable(f"  {name} ") == name


@pytest.mark.parametrize("text", [*NO_NAMES, "", "a" * 37, "Ana " * 30, "Ann An " * 7])
def test_what_is_no_name_is_not_greeted(text: str) -> None:
    assert greetable(text) == ""
