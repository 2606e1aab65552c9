"""Every sentence has a template that can be translated, and every rule a text."""

import ast
import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import law
from law.acts import ACTS, FIRST_DAY, PROVISIONS, RULES, act_for
from law.document import FILE, document
from law.sentences import ABSENCES, RUN, TEMPLATES
from law.timeline import answer
from law.uncertain import REGISTER, Parameters
from law.words import Sentence, Word, english, render
from tests.law.courses import seeded

SOURCES = sorted(Path(law.__file__).parent.rglob("*.py"))


def texts_of(sentence) -> set[str]:
    found = {sentence.text}
    for value in sentence.values.values():
        if isinstance(value, Sentence):
            found |= texts_of(value)
        elif isinstance(value, Word):
            found.add(value.text)
        elif isinstance(value, tuple):
            found |= {text for part in value for text in texts_of(part)}
    return found


def written() -> Iterator[str]:
    """What is said of the law beside the answers: names of acts, their texts, the open questions."""
    yield from (act.name for act in ACTS)
    yield from (one.text for one in (*RULES.values(), *PROVISIONS.values()))
    yield from (text for one in REGISTER for text in (one.text, one.default))


def test_every_marked_literal_is_a_template_or_a_text_of_the_law_and_none_else():
    marked = {
        node.args[0].value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "gettext_noop"
    }
    assert marked == set(TEMPLATES) | set(written())
    assert len(set(TEMPLATES)) == len(TEMPLATES)


def test_answers_speak_in_templates_only():
    for facts in seeded(300, 7):
        for duty in answer(facts).duties:
            for sentence in (duty.because, *duty.notes):
                assert texts_of(sentence) <= set(TEMPLATES)


def test_a_sentence_is_rendered_in_the_language_of_the_translation():
    danish = {RUN: "%(kind)s %(first)s-%(last)s (da)", "job": "arbejde"}
    values = {"kind": ABSENCES["job"], "first": date(2016, 8, 22), "last": date(2016, 9, 9)}
    sentence = Sentence("moved 1 day: %(reasons)s", {"reasons": (Sentence(RUN, values),) * 2})
    assert english(sentence) == "moved 1 day: job 22.8.-9.9., job 22.8.-9.9."
    said = render(sentence, lambda text: danish.get(text, text))
    assert said == "moved 1 day: arbejde 22.8.-9.9. (da), arbejde 22.8.-9.9. (da)"


def test_a_percent_sign_is_safe_in_a_sentence_without_values():
    assert english(Sentence("75 % of them")) == "75 % of them"


def test_every_rule_has_an_id_a_title_a_text_a_reason_and_a_source():
    for rule in RULES.values():
        assert rule.title
        assert rule.text
        assert rule.because
        assert rule.source
        assert rule.due
    assert all(one.text and one.source for one in PROVISIONS.values())
    assert len(RULES) == sum(len(act.rules) for act in ACTS)
    assert not set(RULES) & set(PROVISIONS)


def test_rules_that_are_not_certain_name_a_question_of_the_register():
    known = {one.id for one in REGISTER}
    for one in (*RULES.values(), *PROVISIONS.values()):
        assert set(one.questions) <= known
        assert one.certain is not bool(one.questions)


def test_questions_asked_of_a_duty_are_in_the_register_or_conventions():
    known = {one.id for one in REGISTER}
    for facts in seeded(300, 8):
        for duty in answer(facts).duties:
            for note in duty.notes:
                if note.text.startswith("needs legal confirmation"):
                    for question in str(note.values["questions"]).split(", "):
                        assert question in known or PROVISIONS[question].questions == ("C",)


def test_the_register_holds_its_questions_and_names_real_parameters():
    assert [one.id for one in REGISTER if one.id.startswith("Q")] == [f"Q{n}" for n in range(1, 20)]
    named = [name for one in REGISTER for name in one.parameters]
    assert set(named) == set(Parameters.__slots__) - {"dated_on"}
    assert all(one.dated_on == Parameters().dated_on for one in REGISTER)


def test_the_acts_leave_no_day_uncovered_and_overlap_nowhere():
    for act, following in itertools.pairwise(ACTS):
        assert act.in_force.ends_on == following.in_force.starts_on
    assert ACTS[-1].in_force.ends_on is None
    assert act_for(FIRST_DAY) is ACTS[0]


def test_the_law_imports_the_standard_library_only_and_asks_no_clock():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module.split(".")[0] in STANDARD, (path.name, node.module)
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("today", "now", "utcnow"), path.name


STANDARD = {
    *("law", "bisect", "calendar", "collections", "dataclasses", "datetime", "decimal", "enum"),
    *("functools", "itertools", "pathlib", "re", "types", "typing"),
}


def test_the_document_is_up_to_date():
    assert FILE.read_text(encoding="utf-8") == document()
