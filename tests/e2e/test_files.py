"""An a-kasse sends its members: looked through, confirmed, watched until done, and reported on."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from courses.models import Course, MemberFile
from tests.e2e.steps import MAIN, Place, follow, send

MEMBERS = """cpr,first_name,last_name,municipality,registered_on
620385-0001,Bo,Østberg,101,2026-11-02
620485-0001,Ida,Åkær,101,2026-11-09
620385-0002,Ea,Vestberg,101,2026-13-02
"""


def test_files_are_looked_through_confirmed_and_taken_in_by_the_worker(
    page: Page, place: Place, worker, enter
) -> None:
    before = Course.objects.count()
    enter(place.world.consultant, reverse("portal:today"))
    page.locator(".kf-bar > .kf-sections .kf-more > summary").click()
    follow(page.locator(".kf-bar > .kf-sections"), reverse("courses:files"))
    file = {"name": "members.csv", "mimeType": "text/csv", "buffer": MEMBERS.encode()}
    page.locator("input[type=file]").set_input_files([file])
    send(page)
    expect(page.locator("#upload table tbody td").first).to_have_text("2")
    expect(page.locator("#upload")).to_contain_text("members.csv:4")
    assert Course.objects.count() == before

    page.locator('form[action$="/tag-ind/"] button').click()
    expect(page.locator("#upload .kf-st--held")).to_be_visible(timeout=30_000)
    assert MemberFile.objects.get().state == MemberFile.State.DONE
    assert Course.objects.count() == before + 2
    told = downloaded(page, 'a[href$="bemaerkninger.csv"]')
    assert "2026-13-02" in told
    assert "620385" not in told
    page.locator("#search-text").fill("Åkær")
    page.keyboard.press("Enter")
    expect(page.locator(f"{MAIN} tbody tr", has_text="Åkær")).to_contain_text("Ida")


def downloaded(page: Page, link: str) -> str:
    """What a file holds that a link gives."""
    with page.expect_download() as download:
        page.locator(link).click()
    return download.value.path().read_text(encoding="utf-8-sig")
