"""Which language a text is in. All texts are our own."""

import pytest

from incidents.ingestion.languages import detect_language, is_english

ENGLISH = "The army said that three soldiers were killed by a roadside bomb near the town on Monday."
GERMAN = "Bei einem Angriff auf die Stadt wurden am Montag drei Menschen getötet, teilte der Gouverneur mit."
ARABIC = "قال الجيش إن ثلاثة جنود قتلوا بانفجار عبوة ناسفة قرب المدينة يوم الاثنين وأصيب خمسة آخرون."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (ENGLISH.upper(), "en"),
        (GERMAN, "de"),
        (GERMAN.upper(), "de"),
        (ARABIC, "ar"),
        ("Tres personas murieron el martes en una explosión cerca del mercado de la ciudad, dijo la policía.", "es"),
        ("Três pessoas morreram na terça-feira após uma explosão perto do mercado, disse a polícia.", "pt"),
        ("Trois personnes sont mortes mardi dans une explosion près du marché, a indiqué la police.", "fr"),
        ("Bij een aanval op de stad zijn drie mensen gedood, zei de burgemeester op maandag.", "nl"),
        ("Ved et angreb på byen blev tre mennesker dræbt, og politiet oplyser at det var en bombe.", "da"),
        ("Mlipuko wa bomu umeua watu watatu mjini siku ya Jumatatu, polisi walisema kwa waandishi.", "sw"),
        ("Pazartesi günü şehir merkezinde düzenlenen saldırıda üç asker hayatını kaybetti.", "tr"),  # noqa: RUF001
        ("В результате обстрела города погибли три человека, сообщил губернатор.", "ru"),  # noqa: RUF001
        ("Взрыв в Киеве", "ru"),
        ("하마스 공격", "ko"),
        ("爆炸 上海", "und"),
    ],
)
def test_the_language_of_a_text_is_told(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mopti, Gao",
        "12.03.2024 14:05 1234567890 1234567890 1234567890",
        "Al-Shabaab, Ansar Allah, Hayat Tahrir al-Sham, Kata'ib Hezbollah, Harakat al-Nujaba clash",
        "Müller, Orbán, Erdoğan, Lukašenka, Đukanović, Håkansson meet in Székesfehérvár",
        "Bombs kill 12 in Ciudad Juárez, Nuevo Laredo, Reynosa",
        "Bomb kills three in São Paulo favela of Paraisópolis, polícia militar says",
        "N'Djamena, Ouagadougou, Bobo-Dioulasso: Boko Haram, JNIM raids kill 30",
        "Phan Thiết, Tuy Hòa and Phú Bài bases shelled, U.S. says",
        "IED BLAST KILLS 3 IN DERA ISMAIL KHAN, KHYBER PAKHTUNKHWA",
        "Eldkvarn, Fjällräv, Ångström and Östersund hit by ransomware",
    ],
)
def test_names_and_short_headlines_are_never_another_language(text):
    assert is_english(detect_language(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"{ENGLISH} {ENGLISH}\n\n{ENGLISH}\n\n{ARABIC}", "en"),
        (f"{ENGLISH}\n\n{ARABIC} {ARABIC}\n\n{ARABIC}", "ar"),
        (f"{ENGLISH} {GERMAN} {GERMAN} {GERMAN}", "de"),
        (f"{ENGLISH} {ENGLISH} {ENGLISH} {GERMAN}", "en"),
        (f"{ENGLISH} “{GERMAN}” {ENGLISH}", "en"),
        (f"{ENGLISH}\n" * 3_000 + f"{GERMAN}\n" * 1_000, "en"),
        (f"{ENGLISH}\n" * 1_000 + f"{GERMAN}\n" * 3_000, "de"),
    ],
)
def test_a_mixed_text_is_in_the_language_of_most_of_it(text, language):
    assert detect_language(text) == language


def test_only_english_and_what_may_be_english_is_read():
    assert [code for code in ("en", "en-GB", "EN", "", "de", "und", "eng") if is_english(code)] == [
        *("en", "en-GB", "EN", "")
    ]


@pytest.mark.parametrize(
    "text", ["\ud800" * 50, "\u0300" * 100, "\u202e" * 100, "🙂" * 100, "\x00" * 100, "ß" * 100_000]
)
def test_any_text_gets_some_answer(text):
    assert isinstance(detect_language(text), str)
