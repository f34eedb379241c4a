"""What members read: each rule refuses what it is for and lets its near neighbour stand."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.library.files import content_folder, read_files
from bot.library.neutral import NEUTRAL, neutral_findings
from bot.library.utterances import Utterance, gather
from bot.library.wording import check_wording
from bot.library.wordingrules import Rule, Wording, read_wording
from bot.library.words import flow_sentences
from tests.library.garden import few_words, swap

LANGUAGES = ("en", "es")
FLOW, FLUJO = "flows/garden.toml", "es/flows/garden.toml"
GROUPS = {
    "asks for nothing that names a person",
    "every path",
    "lapse language",
    "no counts of failures",
    "no diagnosis, dose or medicine advice",
    "no legal or money advice",
    "no method or amount",
    "no promise",
    "no shame or guilt",
    "not a person",
    "nothing for sale",
    "person-first",
    "plain words",
    "safe messaging",
}

# Written apart from the rules' own examples: group, refused, allowed.
SENTENCES = {
    "en": [
        ("safe messaging", "He commits suicide in the film.", "He dies by suicide in the film."),
        ("safe messaging", "After the third failed attempt", "After she attempted suicide"),
        ("safe messaging", "The suicide rate is high.", "The heart rate is high."),
        ("no method or amount", "Was it ten pills?", "Was it more than usual?"),
        ("no method or amount", "People hang themselves.", "People hang out."),
        ("no promise", "You will be fine.", "Fine, you will be asked once."),
        ("no promise", "It is strictly confidential.", "It is locked with a key."),
        ("not a person", "I am so proud of you.", "You can be proud of that."),
        ("not a person", "We have alerted the crisis team.", "A crisis team is there."),
        ("not a person", "I’m always here for you.", "Help is one tap away."),
        ("no shame or guilt", "You only have yourself to blame.", "No one is to blame."),
        ("no shame or guilt", "You broke your 30-day streak.", "You took a break of 30 days."),
        ("no shame or guilt", "Just calm down.", "Sit down and look around."),
        ("no counts of failures", "You relapsed 3 times.", "You came by 3 times."),
        ("no diagnosis, dose or medicine advice", "You might have PTSD.", "You might have time."),
        ("no diagnosis, dose or medicine advice", "Stop your medication.", "Stop your walk here."),
        ("no diagnosis, dose or medicine advice", "Quit alcohol today.", "Quit the menu today."),
        ("person-first", "Drug users and addicts", "People who use drugs, and addiction"),
        ("person-first", "He has been clean since May.", "He has been at home since May."),
        ("person-first", "He is schizophrenic; a psycho.", "He lives with schizophrenia."),
        ("every path", "You have to go to meetings.", "You could go to a meeting."),
        ("no legal or money advice", "They cannot evict you.", "They cannot hear you."),
        ("asks for nothing that names a person", "Enter your full name.", "Enter your mood."),
        ("nothing for sale", "Subscribe to premium.", "Write to a friend."),
        ("plain words", "Your healing journey", "Your way home"),
        ("lapse language", "Back to square one.", "Back to the question."),
    ],
    "es": [
        ("safe messaging", "Cometió suicidio.", "Murió por suicidio."),
        ("safe messaging", "Un intento de suicidio fallido.", "Un intento de suicidio."),
        ("no method or amount", "¿Eran diez pastillas?", "¿Era más de lo normal?"),
        ("no method or amount", "Escribió una carta de despedida.", "Escribió un mensaje."),
        ("no promise", "Vas a estar bien.", "Vas a estar en casa."),
        ("no promise", "Es totalmente confidencial.", "Está cerrado con llave."),
        ("not a person", "Estoy muy orgullosa de ti.", "Puedes sentir orgullo."),
        ("not a person", "Hemos avisado a la policía.", "La policía queda cerca."),
        ("not a person", "Siempre estaré aquí.", "La ayuda está a un toque."),
        ("no shame or guilt", "Tu familia te necesita.", "Tu familia puede leer esto."),
        ("no shame or guilt", "No te rindas.", "No te levantes aún."),
        ("no counts of failures", "Has recaído 3 veces.", "Has venido 3 veces."),
        ("no diagnosis, dose or medicine advice", "Tienes ansiedad.", "Tienes tiempo."),
        ("no diagnosis, dose or medicine advice", "Deja el alcohol hoy.", "Deja la mesa hoy."),
        ("person-first", "Los drogadictos y usuarios", "La gente que consume"),
        ("person-first", "Lleva un año; estás limpio.", "El cuarto está limpio."),
        ("every path", "Hay que tocar fondo.", "Hay que tocar un botón."),
        ("no legal or money advice", "No te pueden echar.", "No te pueden oír."),
        ("asks for nothing that names a person", "¿Dónde trabajas?", "¿Dónde estabas?"),
        ("nothing for sale", "Consigue puntos.", "Consigue agua."),
        ("plain words", "Empodérate en tu proceso.", "Haz una cosa pequeña."),
        ("plain words", "Bienvenida de nuevo.", "Qué bueno verte."),
        ("lapse language", "Vuelves al día uno.", "Vuelves a la pregunta."),
    ],
}


def rules(language: str) -> list[Rule]:
    wording = read_wording(content_folder(), language)
    assert wording is not None
    assert wording.problems == []
    return wording.rules


def refused(text: str, language: str, *, key: str = "x") -> set[str]:
    """Return the groups whose rules refuse `text`."""
    return {
        rule.group
        for rule in rules(language)
        if rule.covers(key, label=False) and rule.broken_by(text) is not None
    }


def given(folder: Path, lines: str) -> Wording:
    """Return English rules that hold `lines` and nothing else."""
    (folder / "en").mkdir()
    (folder / "en" / "wording.toml").write_text(lines, encoding="utf-8")
    wording = read_wording(folder, "en")
    assert wording is not None
    return wording


def one_rule(folder: Path, never: str, **more: str) -> Rule:
    """Return a rule that refuses `never`; its example of what is wrong must be among `more`."""
    keys = {"name": '"r"', "group": '"g"', "because": '"b"', "instead": '"i"'}
    keys |= {"right": '["zzz"]', "never": never, **more}
    lines = "[[rule]]\n" + "\n".join(f"{key} = {value}" for key, value in keys.items())
    wording = given(folder, f'numbers = ["two", "three"]\n{lines}\n')
    assert wording.problems == []
    return wording.rules[0]


@pytest.mark.parametrize(
    ("language", "group", "wrong", "right"),
    [(language, *one) for language in LANGUAGES for one in SENTENCES[language]],
)
def test_what_is_refused_and_its_neighbour(
    language: str, group: str, wrong: str, right: str
) -> None:
    assert group in refused(wrong, language)
    assert refused(right, language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_is_there_and_tried(language: str) -> None:
    assert {rule.group for rule in rules(language)} == GROUPS
    assert {group for group, _, _ in SENTENCES[language]} == GROUPS


def test_every_english_rule_has_a_spanish_one() -> None:
    assert {r.name for r in rules("en")} <= {r.name for r in rules("es")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_a_lapse_more_is_refused(language: str) -> None:
    for text in {"en": ["Once again.", "Why?"], "es": ["Otra vez.", "¿Por qué?"]}[language]:
        assert refused(text, language, key="flow-lapse-safe") == {"lapse language"}
        assert refused(text, language, key="flow-reachout-how") == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Well done!", "exclamation"),
        ("¡Hola", "exclamation"),
        ("Take 20 mg.", "amount"),
        ("Nimm 3 Tabletten.", "amount"),
        ("Выпей 2 таблетки.", "amount"),
        ("Here 💊", "emoji-means"),
        ("A whole week 🎉", "emoji-cheer"),
        ("🌿", "emoji-only"),
        ("Und " * 26 + "Schluss.", "long-sentence"),
        ("Noch ein Satz. " * 60 + "Ende.", "message-length"),
    ],
)
def test_what_no_language_may_say(text: str, rule: str) -> None:
    assert rule in {one.rule for one in neutral_findings(text, "x", label=False)}


@pytest.mark.parametrize(
    "text",
    [
        "Noch ein Satz. " * 60,
        "Call 112.",
        "In 10 min.",
        "Eine Tablette",
        "🌿 Breathe",
        "4 in, 6 out",
        "24/7",
        "8 gyms",
    ],
)
def test_what_every_language_may_say(text: str) -> None:
    assert list(neutral_findings(text, "x", label=False)) == []


@pytest.mark.parametrize(
    ("page", "rule"),
    [
        ("Sprich mit jemandem.", "crisis-number"),
        ("wort " * 20 + ".\n" + "wort " * 20 + ".\n" + "wort " * 21 + "112.", "crisis-number"),
        ("Ruf 112 an. " + "x" * 900, "message-length"),
    ],
)
def test_a_crisis_page_comes_to_the_number(page: str, rule: str) -> None:
    assert [one.rule for one in neutral_findings(page, "crisis-page", label=False)] == [rule]


def test_everything_there_is_is_in_order() -> None:
    assert check_wording(content_folder()) == []


def test_every_sentence_is_gathered() -> None:
    folder = content_folder()
    files = read_files(folder)
    there = {(one.language, one.key) for one in gather(folder)}
    for language in files.interface:
        assert {(language, key) for key in flow_sentences(files, language)} <= there
    assert ("es", "crisis-page") in there
    assert ("en", "button-forget") in there


def test_every_variant_is_gathered() -> None:
    kept = {one.key: one for one in gather(content_folder()) if one.language == "en"}
    asked = " ".join(kept["flow-checkin-confidence"].readings)
    for words in ("without using", "your own limit", "keeping yourself safe", "looking after"):
        assert words in asked
    assert len(kept["when-asked"].readings) == 7 * 5
    assert any("5 check-ins, 5 other things" in one for one in kept["flow-forget-sure"].readings)


@pytest.mark.parametrize(
    ("edited", "old", "new", "key", "words"),
    [
        (FLOW, "Thank you for looking.", "Fine, addicts.", "flow-garden-closing-done", "addicts"),
        (FLOW, "What did you", "Users: what did you", "flow-garden-tools", "Users"),
        (FLOW, '"Sunshine"', '"Stay clean"', "flow-garden-weather-sun", "Stay clean"),
        (FLOW, '"The garden"', '"My journey"', "button-garden", "journey"),
        (FLOW, "Thank you for looking.", "**Users** look.", "flow-garden-closing-done", "Users"),
        (FLUJO, "Gracias por mirar.", "Un adicto.", "flow-garden-closing-done", "adicto"),
        (FLUJO, '"La pala"', '"Otros usuarios"', "flow-garden-tools-spade", "usuarios"),
        ("en/interface.ftl", "stopped = Stopped.", "stopped = You failed.", "stopped", "You fail"),
        ("es/interface.ftl", "Paramos aquí. No", "Bienvenida. No", "stopped", "Bienvenida"),
        (
            "es/interface.ftl",
            "    [past] tal como fue.",
            "    [past] usted.",
            "when-asked",
            "usted",
        ),
        ("en/crisis.toml", "I'm glad you said so.", "Think of your kids.", "crisis-page", "Think"),
        ("es/more.ftl", "nobody = Nadie.", "nobody = Un adicto.", "nobody", "adicto"),
        (FLOW, 'short = "Height"', 'short = "Addict height"', "flow-garden-height-short", "Addict"),
    ],
)
def test_a_planted_sentence_is_found(
    tmp_path: Path, edited: str, old: str, new: str, key: str, words: str
) -> None:
    folder = few_words(tmp_path / "content")
    (folder / "es" / "more.ftl").write_text("nobody = Nadie.\n", encoding="utf-8")
    swap(folder / edited, old, new)
    (problem,) = {(p.file, p.where): p for p in check_wording(folder)}.values()
    assert problem.file == edited
    assert key in problem.where
    assert f'says "{words}' in problem.what
    assert "(rule " in problem.what
    assert problem.remedy.startswith("Try: ")


def test_a_language_with_a_crisis_page_alone_gets_what_holds_in_all(tmp_path: Path) -> None:
    (tmp_path / "xx").mkdir()
    page = 'page = "Ruf 112 an!"\nsources = ["Wow!"]\n'
    (tmp_path / "xx" / "crisis.toml").write_text(page, encoding="utf-8")
    (problem,) = [p for p in check_wording(tmp_path) if p.file.startswith("xx/")]
    assert (problem.file, problem.where) == ("xx/crisis.toml", "page [crisis-page]")
    assert "(rule exclamation)" in problem.what


def test_a_kind_of_file_nobody_thought_of_is_checked(tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    (tmp_path / "es").mkdir()
    lines = '[[card]]\nid = "addict"\nsay = ["For addicts.", { es = "Para adictos." }]\n'
    (tmp_path / "cards" / "one.toml").write_text(lines, encoding="utf-8")
    for language in LANGUAGES:
        (tmp_path / language).mkdir(exist_ok=True)
        rules_file = (content_folder() / language / "wording.toml").read_text(encoding="utf-8")
        (tmp_path / language / "wording.toml").write_text(rules_file, encoding="utf-8")
    wheres = [p.where for p in check_wording(tmp_path) if p.file == "cards/one.toml"]
    assert wheres == ["card.1.say.1 [one-card-1-say-1]", "card.1.say.2.es [one-card-1-say-2-es]"]


def test_names_of_helplines_are_held_to_what_holds_in_all(tmp_path: Path) -> None:
    lines = '[[helpline]]\nservice = "For addicts"\n[[helpline]]\nservice = "Call now!"\n'
    (tmp_path / "helplines.toml").write_text(lines, encoding="utf-8")
    assert [p.where for p in check_wording(tmp_path)] == [
        "helpline.2.service [helplines-helpline-2-service]"
    ]


ALLOW = 'allow = [{ key = "flow-garden-closing-done", rule = "person-first", because = "chosen" }]'


def test_an_exemption_lets_one_sentence_stand(tmp_path: Path) -> None:
    folder = few_words(tmp_path / "content")
    swap(folder / FLOW, "Thank you for looking.", "Fine, addicts.")
    swap(folder / FLOW, "What did you take along?", "Addicts, what is it?")
    rules_file = folder / "en" / "wording.toml"
    rules_file.write_text(f"{ALLOW}\n{rules_file.read_text(encoding='utf-8')}", encoding="utf-8")
    (problem,) = check_wording(folder)
    assert "[flow-garden-tools]" in problem.where


def test_an_exemption_from_what_holds_in_all(tmp_path: Path) -> None:
    folder = few_words(tmp_path / "content")
    swap(folder / FLOW, "Thank you for looking.", "Thank you!")
    rules_file = folder / "en" / "wording.toml"
    lines = ALLOW.replace("person-first", "exclamation")
    rules_file.write_text(f"{lines}\n{rules_file.read_text(encoding='utf-8')}", encoding="utf-8")
    assert check_wording(folder) == []


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (ALLOW, "which it does not break"),
        (ALLOW.replace("person-first", "persons-first"), "and there is no such rule"),
        (ALLOW.replace(', because = "chosen"', ""), "does not say key, rule and because"),
        (ALLOW.replace('"chosen"', '" "'), "does not say key, rule and because"),
        ("forbid = 3", "unknown key 'forbid'"),
    ],
)
def test_an_exemption_has_a_use_and_a_reason(tmp_path: Path, lines: str, what: str) -> None:
    folder = few_words(tmp_path / "content")
    rules_file = folder / "en" / "wording.toml"
    rules_file.write_text(f"{lines}\n{rules_file.read_text(encoding='utf-8')}", encoding="utf-8")
    (problem,) = check_wording(folder)
    assert problem.file == "en/wording.toml"
    assert what in problem.what


@pytest.mark.parametrize(
    ("never", "refuses", "lets"),
    [
        ('["commit* suicide"]', ["Committed\n**suicide**", "commit suicide"], ["suicide", "omit"]),
        ('["(a|b c) d"]', ["A d", "b, c d"], ["b d", "a dd", "a. d"]),
        ('["[really|so] sad"]', ["so sad", "sad"], ["sadly"]),
        ('["so sad [now|here]"]', ["so sad", "so sad now"], ["so, sadly"]),
        ('["you ... down"]', ["you let us all down", "you down"], ["you let us all go down"]),
        ('["# slips"]', ["two slips", "17 slips"], ["slips", "too slips"]),
        ("[\"(I'm|you 're) it\"]", ["I’m it", "You're it"], ["you it"]),
        ('["señal mañana"]', ["SEÑAL, MAÑANA"], ["senal manana"]),
        ('["accion"]', ["La acción"], ["acciones"]),
    ],
)
def test_how_a_wording_is_written(
    tmp_path: Path, never: str, refuses: list[str], lets: list[str]
) -> None:
    rule = one_rule(tmp_path, never, wrong=json.dumps(refuses[-1:]))
    assert [one for one in refuses if rule.broken_by(one) is None] == []
    assert [one for one in lets if rule.broken_by(one) is not None] == []


def test_our_own_words_are_told_from_the_members(tmp_path: Path) -> None:
    rule = one_rule(tmp_path, '["I feel"]', ours="true", wrong='["I feel it."]')
    assert rule.broken_by('Write *I feel low*, or "I feel low".') is None
    assert rule.broken_by("**I feel** it.") == "I feel"
    assert not rule.covers("x", label=True)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('because = "b"', "", "has no because"),
        ('never = ["bad"]', "", "refuses nothing"),
        ('never = ["bad"]', 'never = ["bad)"]', "a wording under never cannot be read"),
        ('never = ["bad"]', 'never = ["bad?"]', "a wording under never cannot be read"),
        ('wrong = ["bad"]', "", "has no example under wrong"),
        ('wrong = ["bad"]', 'wrong = ["good"]', "does not refuse its own example"),
        ('right = ["good"]', 'right = ["not bad"]', "in its example of what is right"),
        ('group = "g"', 'group = "g"\nonly = 1', "unknown key 'only'"),
    ],
)
def test_a_rule_that_does_not_hold_is_a_problem(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    rule = """[[rule]]
name = "r"
group = "g"
because = "b"
instead = "i"
never = ["bad"]
wrong = ["bad"]
right = ["good"]
"""
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    assert given(before, rule).problems == []
    problems = given(after, rule.replace(old, new)).problems
    assert what in " ".join(one.what for one in problems)
    assert all(one.file == "en/wording.toml" and "rule r" in one.where for one in problems)


def test_rules_that_are_not_toml_are_one_problem(tmp_path: Path) -> None:
    (problem,) = given(tmp_path, "[[rule").problems
    assert "cannot be read" in problem.what


def test_names_are_used_once() -> None:
    for language in LANGUAGES:
        source = (content_folder() / language / "wording.toml").read_text(encoding="utf-8")
        names = [one["name"] for one in tomllib.loads(source)["rule"]]
        assert len({*names, *NEUTRAL}) == len(names) + len(NEUTRAL)


def test_the_start_does_not_load_it() -> None:
    script = (
        "import sys; from bot.library.files import content_folder;"
        "from bot.library.load import load_content;"
        "import bot.cli.chat; load_content(content_folder());"
        "assert 'bot.library.wording' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_a_place_names_the_key_that_an_exemption_needs() -> None:
    one = Utterance("en", "flows/a.toml", "step b, ask", "flow-a-b", ("c",))
    assert one.place == "step b, ask [flow-a-b]"
    assert Utterance("en", "en/interface.ftl", "line 2, menu", "menu", ("c",)).place == (
        "line 2, menu"
    )
