"""Ukrainian: questions as people type them, told from Russian ones and answered in Ukrainian."""

import pytest

from assistant import Assistant
from assistant.question import understand
from assistant.question.language import asked_in
from tests.support.pages import opened

_PAGE = {
    "title": "Дерев'яну вежу в Тихолісі закрили для відвідувачів",
    "language": "uk",
    "author": "Оксана Бережна",
    "published_at": "2025-03-14T07:00:00+00:00",
    "paragraphs": [
        "Міська рада Тихоліса закрила дерев'яну вежу на ринковій площі до кінця серпня. Ремонт "
        "коштуватиме 640 тисяч гривень.",
        "«Вежа нахилилася на двадцять сантиметрів, і чекати далі не можна», — сказав інженер "
        "Остап Лемеха.",
        "Директорка музею Ганна Стрільчук не погоджується: за її словами, вежа так стоїть ще з "
        "1931 року. «Нахил тут ні до чого, просто бракує грошей на охорону», — заявила вона.",
        "Мер Тихоліса Роман Гайовий пообіцяв, що влітку екскурсії перенесуть до ратуші, бо "
        "туристи приносять місту чверть доходу.",
    ],
    "comments": [
        {
            "number": "1",
            "author": "Тітка Мотря",
            "score": 12,
            "text": "Мер правильно робить, нарешті хтось подумав про безпеку людей.",
        },
        {
            "number": "1.1",
            "author": "старий_годинникар",
            "score": -3,
            "text": "Неправда, вежа не нахилилася. Я сорок років її міряв.",
        },
        {
            "number": "2",
            "author": "Левко з Подолу",
            "score": 5,
            "text": "640 тисяч — це дуже дорого, за такі гроші можна збудувати нову.",
        },
    ],
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("ukrainian"), _PAGE)


@pytest.mark.parametrize("page_language", ["uk", "ru", "en"])
@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("що каже Лемеха про нахил вежі?", "uk"),
        ("что говорит Лемеха о наклоне башни?", "ru"),
        ("шо кажуть?", "uk"),
        ("скіки коментів", "uk"),
        ("а чому?", "uk"),
        ("почему?", "ru"),
        ("хто це?", "uk"),
        ("кто это?", "ru"),
        ("чого хоче мер?", "uk"),
        ("чего хочет предприятие от людей", "ru"),
        ("хто викрав автобус?", "uk"),
        ("Какая зарплата у смотрительницы?", "ru"),
    ],
)
def test_ukrainian_is_told_from_russian_on_any_page(
    question: str, language: str, page_language: str
) -> None:
    assert asked_in(question, page=page_language) == language


def test_a_name_of_a_neighbour_makes_no_question_one_of_theirs() -> None:
    assert asked_in("хто такий Рыжов?", page="uk") == "uk"
    assert asked_in("кто такой Ігор?", page="ru") == "ru"


def test_what_the_letters_leave_open_is_asked_in_the_language_of_the_page() -> None:
    assert {asked_in("а на мосту?", page=language) for language in ("ru", "uk")} == {"ru", "uk"}


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("хто сказав, що вежа нахилилася?", "who_said"),
        ("чиї це слова?", "who_said"),
        ("що каже Лемеха про нахил?", "said_what"),
        ("Лемеха про нахил?", "said_what"),
        ("доброго дня, підкажіть, будь ласка, шо каже мер", "said_what"),
        ("чи справді Лемеха казав, що вежа впаде?", "did_say"),
        ("порівняй, що кажуть Лемеха і Стрільчук", "compare"),
        ("що тут спірне?", "disputed"),
        ("хто не згоден з Лемехою?", "disputed"),
        ("хто згоден з мером?", "supported"),
        ("хто кого звинувачує?", "accusation"),
        ("чи згодні читачі з мером?", "stance"),
        ("що думають читачі?", "readers_summary"),
        ("шо пишуть у коментах", "readers_summary"),
        ("скіки коментарів?", "comment_count"),
        ("який коментар найкращий?", "comment_best"),
        ("у якого коментаря найнижча оцінка?", "comment_worst"),
        ("чи видалили якісь коментарі?", "comment_deleted"),
        ("хто відповів на коментар 1?", "comment_replies"),
        ("що пише старий_годинникар?", "comment_by"),
        ("покажи коментар 2", "comment_shown"),
        ("коменти без відповіді", "comment_list"),
        ("про що ця стаття?", "summary"),
        ("перекажи коротко", "summary"),
        ("коли опублікували статтю?", "metadata"),
        ("хто автор?", "metadata"),
        ("дай усі цитати", "quotations"),
        ("переклади статтю англійською", "request"),
        ("привіт", "greeting"),
        ("що ти вмієш?", "greeting"),
        ("чому закрили вежу?", "factual"),
    ],
)
def test_the_kind_of_a_ukrainian_question_is_recognised(
    page: Assistant, question: str, intent: str
) -> None:
    asked = understand(question, page.article, page.statements())
    assert asked.language == "uk"
    assert asked.intent == intent


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("коли відкриють вежу?", "time"),
        ("о котрій починається екскурсія?", "time"),
        ("куди перенесуть екскурсії?", "place"),
        ("скільки коштуватиме ремонт?", "number"),
        ("навіщо її закрили?", "reason"),
        ("через що її закрили?", "reason"),
        ("кому належить вежа?", "person"),
    ],
)
def test_what_is_wanted_in_ukrainian_is_recognised(
    page: Assistant, question: str, want: str
) -> None:
    assert understand(question, page.article, ()).want == want


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("хто сказав, що вежа нахилилася?", "Так каже Остап Лемеха"),
        ("шо каже мер", "екскурсії перенесуть до ратуші"),
        ("що каже директорка музею?", "просто бракує грошей на охорону"),
        ("що тут спірне?", "Спірних тверджень: "),
        ("чи згодні читачі з мером?", "Так, ті, хто висловлюється, згодні (1)"),
        ("хто згоден з мером?", "Тітка Мотря"),
        ("скільки коментарів під статтею?", "Коментарів під статтею: 3."),
        ("про що ця стаття?", "Стаття ось про що"),
        ("коли опублікували статтю?", "14 березня 2025 року"),
        ("хто автор статті?", "Оксана Бережна"),
        ("скільки коштуватиме ремонт?", "640 тисяч гривень"),
        ("чому екскурсії перенесуть до ратуші?", "чверть доходу"),
        ("найгірший коментар", "Найнижчу оцінку має коментар 1.1"),
        ("коментарі з негативною оцінкою", "оцінка нижча за нуль"),
        ("що каже Петро Лемеха?", "Петро Лемеха на сторінці не згадується"),
    ],
)
def test_a_ukrainian_question_is_answered_in_ukrainian(
    page: Assistant, question: str, told: str
) -> None:
    assert told in page.ask(question).text


@pytest.mark.parametrize("question", ["який номер телефону ратуші?", "хто співав на відкритті?"])
def test_what_no_ukrainian_page_tells_is_not_answered(page: Assistant, question: str) -> None:
    answer = page.ask(question)
    assert answer.status == "not_in_article"
    assert "На сторінці не знайдено нічого" in answer.text


def test_ukrainian_questions_lean_on_those_before_them(page: Assistant) -> None:
    talk = page.conversation()
    assert "нахилилася" in talk.ask("що каже Лемеха?").text
    assert {citation.speaker for citation in talk.ask("а чому?").citations} == {"Остап Лемеха"}
    asked = talk.ask("а що каже директорка?")
    assert {citation.speaker for citation in asked.citations} == {"Ганна Стрільчук"}
    assert {citation.speaker for citation in talk.ask("а мер?").citations} == {"Роман Гайовий"}
