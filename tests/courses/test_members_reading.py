"""How the files themselves are read: separators, dates, decimals, headers, zips."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from courses.members.columns import MEMBERS
from courses.members.fields import BadField, a_date, a_month, hours_up_to, shown
from courses.members.sources import MOST_ENTRIES, Unreadable, files_at, files_in_zip
from courses.members.tables import Table

HEADER = "cpr,first_name,last_name,municipality,registered_on"
ROW = "610185-1000,Anna,Åkær,101,2026-07-06"


def table(text, encoding="utf-8"):
    return Table(MEMBERS, io.BytesIO(text.encode(encoding)))


def cells(text, encoding="utf-8"):
    return [line.cells for line in table(text, encoding)]


@pytest.mark.parametrize("written", ["2026-07-06", "06-07-2026", "6.7.2026", "06.07.2026"])
def test_a_date_is_read_in_each_of_its_forms(written):
    assert a_date(written) == date(2026, 7, 6)


@pytest.mark.parametrize(
    "written", ["2026-13-01", "31-02-2026", "6/7/2026", "6.7-2026", "26-07-06", "0206-07-06", "x"]
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(BadField):
        a_date(written)


@pytest.mark.parametrize(
    ("written", "hours"), [("133.20", "133.20"), ("133,2", "133.2"), ("0", "0"), ("1,005", "1.01")]
)
def test_decimals_have_a_point_or_a_comma_and_two_places(written, hours):
    assert hours_up_to(250)(written) == Decimal(hours)


@pytest.mark.parametrize("written", ["1.133,20", "NaN", "1e2", "١٢", ""])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(BadField):
        hours_up_to(250)(written)


def test_a_month_is_a_year_and_a_month():
    assert a_month("2026-07") == date(2026, 7, 1)
    for wrong in ("2026-13", "2026-7", "07-2026", "2026-07-01"):
        with pytest.raises(BadField):
            a_month(wrong)


def test_what_may_be_a_cpr_number_is_not_repeated():
    assert shown("2026-13-01") == "2026-13-01"
    for number in ("610185-1000", "6101851000", "61 01 85 10 00", "x610185100"):
        assert shown(number) == "•••"


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_separator_byte_order_mark_and_line_ending_do_not_matter(separator, encoding, ending):
    text = ending.join([HEADER, ROW, ""]).replace(",", separator)

    assert cells(text, encoding) == [ROW.split(",")]


def test_columns_stand_in_any_order_and_quoted():
    text = (
        '"registered_on";"cpr";"last_name";"first_name";"municipality"\n"6.7.2026";x;"Å; B";C;101'
    )

    read = table(text)

    assert [column.name for column in read.columns][:2] == ["registered_on", "cpr"]
    assert [line.cells for line in read] == [["6.7.2026", "x", "Å; B", "C", "101"]]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (f"{HEADER},shoe_size,hat", "members.csv: unknown column: shoe_size, hat"),
        (f"{HEADER},cpr", "members.csv: column stands twice: cpr"),
        ("cpr,first_name,last_name", "members.csv: column is missing: municipality, registered_on"),
        (f"{HEADER},", "members.csv: unknown column: ''"),
        (ROW, "members.csv: unknown column: •••, anna, åkær, 101, 2026-07-06"),
        ("", "members.csv: column is missing: " + HEADER.replace(",", ", ")),
    ],
)
def test_a_wrong_header_is_refused_by_the_names_of_its_columns(header, said, settings):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(Unreadable) as refusal:
        table(f"{header}\n{ROW}")

    assert str(refusal.value) == said


def test_a_file_in_another_encoding_is_refused_as_a_whole():
    with pytest.raises(Unreadable, match="UTF-8"):
        cells(f"{HEADER}\n{ROW}", "latin-1")


def test_empty_lines_are_skipped_and_lines_keep_their_numbers():
    lines = list(table(f"{HEADER}\n\n{ROW}\n,,,,\n{ROW}\n"))

    assert [line.number for line in lines] == [3, 5]


def test_a_row_with_more_or_fewer_cells_is_at_fault_and_the_next_is_not():
    lines = list(table(f"{HEADER}\n{ROW},more\n610185-1000\n{ROW}"))

    assert [bool(line.fault) for line in lines] == [True, True, False]


def test_a_missing_quotation_mark_does_not_swallow_rows_in_silence():
    lines = list(
        table(
            f'{HEADER}\n610185-1000,"Anna,Åkær,101,2026-07-06\n{ROW}\n{ROW.replace("Anna", chr(34))}'
        )
    )

    assert lines[0].number == 2
    assert lines[0].fault
    assert not any(line.fault == "" and line.number == 2 for line in lines)


def test_text_after_a_closing_quotation_mark_faults_that_row_alone():
    lines = list(table(f'{HEADER}\n610185-1000,"Anna"x,Åkær,101,2026-07-06\n{ROW}'))

    assert [bool(line.fault) for line in lines] == [True, False]


# Zips


def zipped(entries, **options):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as packed:
        for name, content in entries:
            packed.writestr(name, content)
    stream.seek(0)
    return stream


def refused(stream):
    with pytest.raises(Unreadable) as refusal, files_in_zip(stream):
        pass
    return refusal.value.text


MEMBERS_CSV = ("members.csv", HEADER)


def test_a_folder_inside_the_zip_and_the_rubbish_of_a_mac_do_not_matter():
    stream = zipped(
        [("july/Members.CSV", HEADER), ("__MACOSX/july/._members.csv", "x"), ("july/notes.csv", "")]
    )

    with files_in_zip(stream) as files:
        assert list(files.openers) == [MEMBERS]
        assert files.others == ("notes.csv",)


@pytest.mark.parametrize(
    "name", ["../members.csv", "/etc/members.csv", "a/../../members.csv", "c:\\members.csv"]
)
def test_a_name_that_leads_out_of_the_zip_is_refused(name):
    assert "leads out" in refused(zipped([MEMBERS_CSV, (name, HEADER)]))


def test_a_file_that_is_there_twice_is_refused():
    assert "twice" in refused(zipped([MEMBERS_CSV, ("b/members.csv", HEADER)]))


def test_a_zip_without_members_is_refused():
    assert "missing" in refused(zipped([("hours.csv", "cpr,month,hours")]))


def test_a_zip_made_to_fill_the_memory_is_refused():
    assert "too large" in refused(zipped([MEMBERS_CSV, ("hours.csv", "0" * (50 * 2**20))]))


def test_a_zip_of_very_many_files_is_refused():
    rest = [(f"{place}.txt", "") for place in range(MOST_ENTRIES)]

    assert "too many" in refused(zipped([MEMBERS_CSV, *rest]))


def test_a_zip_with_a_password_is_refused():
    stream = zipped([MEMBERS_CSV])
    content = bytearray(stream.getvalue())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1  # the flag in the directory

    assert "password" in refused(io.BytesIO(bytes(content)))


def test_a_broken_zip_is_refused(tmp_path):
    (tmp_path / "half.zip").write_bytes(zipped([MEMBERS_CSV]).getvalue()[:40])

    with pytest.raises(Unreadable), files_at(tmp_path / "half.zip"):
        pass


def test_a_zip_that_is_damaged_inside_is_refused_while_it_is_read():
    stream = zipped([("members.csv", f"{HEADER}\n" + ROW * 100)])
    content = bytearray(stream.getvalue())
    content[60] ^= 0xFF

    with pytest.raises(Unreadable), files_in_zip(io.BytesIO(bytes(content))) as files:
        files.openers[MEMBERS]().read()


def test_a_misspelt_file_in_a_folder_is_named(tmp_path):
    (tmp_path / "members.csv").write_text(HEADER)
    (tmp_path / "absence.csv").write_text("")
    (tmp_path / "readme.txt").write_text("")

    with files_at(tmp_path) as files:
        assert files.others == ("absence.csv",)
