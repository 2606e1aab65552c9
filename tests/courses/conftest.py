"""A-kasser, and a way to send the files of one."""

import json

import pytest

from tests.courses.member_files import run
from tests.factories import AKasseFactory, CoverageFactory, MunicipalityFactory


@pytest.fixture
def a_kasser(db):
    """3F and FOA, and a municipality with a jobcentre."""
    CoverageFactory(municipality=MunicipalityFactory(code="101"))
    return [AKasseFactory(slug="3f", name="3F"), AKasseFactory(slug="foa", name="FOA")]


@pytest.fixture
def send(a_kasser, tmp_path, capsys):
    """Sends files, given by name with their text; the report, or the exit status beside it.

    What is said beside the report stands in `send.heard`.
    """

    def sent(a_kasse="3f", *options, expecting=0, **files):
        for old in tmp_path.glob("*.csv"):
            old.unlink()
        for kind, text in files.items():
            (tmp_path / f"{kind}.csv").write_text(text, encoding="utf-8")
        status = run(tmp_path, "--a-kasse", a_kasse, "--json", *options)
        said = capsys.readouterr()
        assert status == expecting, said
        sent.heard = said.err.splitlines()
        return json.loads(said.out) if status in (0, 3) else said

    return sent
