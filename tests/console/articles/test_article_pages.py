"""The articles in the console: found, read as owners read them, reviewed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.approved_layer import ApprovedLayer
from bot.domain.clock import VIETNAM
from bot.domain.review import review_due
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.storage.database import Database
from tests.support.data.small_knowledge import copy_small_knowledge
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]


@pytest.fixture
def house(database: Database, tmp_path: Path, clock: MovableClock, settings: Settings) -> House:
    library = Library(copy_small_knowledge(tmp_path / "kb"), ApprovedLayer(database))
    return House(settings=settings, database=database, library=library, clock=clock)


def found(page: str) -> list[str]:
    """The ids of the articles that a page lists."""
    return [part.partition('"')[0] for part in page.split('href="/console/articles/')[1:]]


def test_articles_are_found_without_accents_and_by_what_they_are(
    lan: OfficerBrowser, house: House
) -> None:
    articles = house.library.current.articles
    assert f"{len(articles)} bài" in lan.get("/articles").text
    marks = found(lan.get("/articles?q=nhan+hieu+chi+phi").text)
    assert "nhan-hieu-chi-phi" in marks
    assert "5s-la-gi" not in marks
    own = found(lan.get("/articles?office=shtt").text)
    assert {house.library.current.looked_after_by(articles[one]) for one in own} == {"shtt"}
    topic = articles["ma-vach-phi"].topic
    assert {articles[one].topic for one in found(lan.get(f"/articles?topic={topic}").text)} == {
        topic
    }
    unsure = found(lan.get("/articles?state=unverified").text)
    today = house.clock().astimezone(VIETNAM).date()
    wanted = {
        one.id for one in articles.values() if house.library.current.is_unverified(one, today)
    }
    assert set(unsure) == wanted
    assert found(lan.get("/articles?state=added").text) == []


@pytest.mark.parametrize("query", ["?state=x&topic=y&page=9", "?q=%00&page=-1", "?office=zz"])
def test_an_odd_address_is_a_page_like_any_other(lan: OfficerBrowser, query: str) -> None:
    assert lan.get(f"/articles{query}").status_code == 200


def test_an_article_is_shown_as_owners_read_it(lan: OfficerBrowser, house: House) -> None:
    page = lan.get("/articles/ma-vach-phi").text
    article = house.library.current.articles["ma-vach-phi"]
    assert article.title in page
    assert "Nút bên dưới" in page
    for source in house.library.current.sources(article, house.clock().date()):
        assert source.document in page
    assert lan.get("/articles/khong-co").status_code == 404


def test_a_review_is_noted_with_its_person_and_moves_the_date(
    sign_in: SignIn, house: House, clock: MovableClock
) -> None:
    clock.move(days=30)  # after the review that the file holds
    lan = sign_in("lan")
    lan.get("/articles/5s-la-gi")
    page = lan.post("/articles/5s-la-gi/review").text
    today = house.clock().astimezone(VIETNAM).date()
    assert "Nguyễn Thị Lan" in page.partition('id="review"')[2]
    assert f"{review_due('5s-la-gi', today):%d/%m/%Y}" in page
    assert house.library.current.articles["5s-la-gi"].reviewed_on == today


def test_another_office_is_told_who_reviews(sign_in: SignIn, lan: OfficerBrowser) -> None:
    tri_tue = sign_in("tri.tue")
    page = tri_tue.get("/articles/5s-la-gi").text
    assert "/articles/5s-la-gi/review" not in page
    lan.get("/articles/5s-la-gi")
    fields = lan.hidden("/articles/5s-la-gi/review")
    token = tri_tue.get("/account").text.partition('name="csrf" value="')[2].partition('"')[0]
    answer = tri_tue.client.post(
        "/console/articles/5s-la-gi/review", data={**fields, "csrf": token}
    )
    assert answer.status_code == 409
    assert "mới rà soát được" in answer.text
