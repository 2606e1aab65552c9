"""`manage.py timeline`: what it writes where, and how it ends; no database."""

import io
import json

import pytest
from django.core.management import call_command
from django.utils.translation import gettext, override

from law.cases import CASES
from law.contract import as_json, read_course
from law.plain import as_text
from law.timeline import answer

COURSE = dict(CASES[0].course)
BAD = COURSE | {
    "absences": [
        {"kind": "job", "from": "2009-09-07", "to": "2009-10-02"},
        {"kind": "job", "from": "2016-08-22", "to": "2016-08-20"},
    ]
}
REFUSAL = "absences[1].to: 2016-08-20 is before from 2016-08-22"


@pytest.fixture
def timeline(tmp_path, monkeypatch, capfd):
    """Run the command on a text; answers exit status, standard output and standard error."""

    def run(text, name="course.json", *arguments):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        told = name if name == "-" else str(file)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))
        try:
            call_command("timeline", told, "--language=en", *arguments)
            status = 0
        except SystemExit as stop:
            status = stop.code
        return status, *capfd.readouterr()

    return run


@pytest.mark.parametrize("name", ["course.json", "-"])
def test_one_course_in_is_one_json_answer_out(timeline, name):
    status, out, err = timeline(json.dumps(COURSE), name)
    assert json.loads(out) == as_json(answer(read_course(COURSE)))
    assert (status, err) == (0, "")


def test_a_byte_order_mark_is_no_mistake(timeline):
    assert timeline("\ufeff" + json.dumps(COURSE))[0] == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (json.dumps(BAD), REFUSAL),
        (json.dumps(COURSE | {"x": 1}), "x: unknown key"),
        ("{", "input: is no JSON: Expecting property name enclosed in double quotes, line 1 column 2"),
        ("", "input: is no JSON: Expecting value, line 1 column 1"),
        ("[" * 100_000, "input: is no JSON: maximum recursion depth exceeded"),
        (b'"\xff"', "input: is not UTF-8"),
        ("[]", "input: [] is no object"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_on_standard_error_and_nothing_on_standard_output(
    timeline, text, message
):
    status, out, err = timeline(text)
    assert (status, out) == (1, "")
    assert err.startswith(message)
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_is_bad_input(capfd):
    with pytest.raises(SystemExit) as stop:
        call_command("timeline", "no-such-file.json")
    assert stop.value.code == 1
    assert capfd.readouterr() == ("", "no-such-file.json: No such file or directory\n")


def test_many_courses_come_out_a_line_each_in_the_same_order(timeline):
    courses = [dict(case.course) for case in CASES]
    status, out, err = timeline("\n".join(map(json.dumps, courses)), "courses.jsonl")
    assert [json.loads(line) for line in out.splitlines()] == [
        as_json(answer(read_course(course))) for course in courses
    ]
    assert (status, err) == (0, "")


@pytest.mark.parametrize(("name", "flags"), [("courses.jsonl", []), ("-", ["--lines"])])
def test_a_bad_line_is_answered_in_its_place_and_the_exit_status_is_3(timeline, name, flags):
    lines = [json.dumps(COURSE), json.dumps(BAD), "nonsense", json.dumps(COURSE)]
    status, out, err = timeline("\n".join(lines) + "\n", name, *flags)
    answered = [json.loads(line) for line in out.splitlines()]
    assert answered[1] == {"error": REFUSAL}
    assert list(answered[2]) == ["error"]
    assert answered[0] == answered[3]
    assert len(answered) == 4
    assert (status, err) == (3, "")


def test_the_text_has_a_line_for_each_duty_with_its_reason(timeline):
    status, out, err = timeline(json.dumps(COURSE), "course.json", "--text")
    answered = answer(read_course(COURSE))
    assert out == as_text(answered)
    for duty in answered.duties:
        assert any(f"{duty.rule}.{duty.ordinal} " in line for line in out.splitlines())
    assert out.count("Reason: ") == len(answered.duties)
    assert (status, err) == (0, "")


def test_the_language_is_the_projects_unless_another_is_asked_for(tmp_path, capfd):
    file = tmp_path / "course.json"
    file.write_text(json.dumps(COURSE))
    call_command("timeline", str(file))
    danish = json.loads(capfd.readouterr().out)
    call_command("timeline", str(file), "--language=en")
    english = json.loads(capfd.readouterr().out)
    assert [one["due_on"] for one in danish["duties"]] == [
        one["due_on"] for one in english["duties"]
    ]
    for one, other in zip(danish["duties"], english["duties"], strict=True):
        with override("da"):
            assert one["because"] == gettext(other["because"])
