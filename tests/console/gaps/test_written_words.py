"""What was written is shown again wherever a form is refused."""

import re
from collections.abc import Callable

import pytest
from httpx2 import Response

from bot.console.frame.pages import TEMPLATES
from bot.console.gaps.written import WRITTEN
from bot.house import House
from bot.services.staff.officers import OfficerService
from tests.support.data.gaps import SOC, gather
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

STEPS = {
    "reply": {"text": "Em đã xem hồ sơ rất kỹ"},
    "close": {"ending": "answered", "last_words": "Lời cuối em viết <b>dài</b>"},
    "transfer": {"office": "cong_nghe_dmst", "reason": "Lý do chuyển em viết"},
}

ARTICLE = {"title": "Bao bì có cần mã vạch?", "answer": "Không bắt buộc.", "phrasings": "một\nhai"}


@pytest.fixture(params=STEPS)
def step(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def form(lan: OfficerBrowser, request_id: int, step: str) -> dict[str, str]:
    """A step's form, filled in, on the page of a case that Lan holds."""
    lan.get(f"/requests/{request_id}")
    lan.post(f"/requests/{request_id}/claim")
    return lan.hidden(f"/requests/{request_id}/{step}") | STEPS[step]


def send(browser: OfficerBrowser, path: str, fields: dict[str, str]) -> Response:
    return browser.client.post(f"/console{path}", data=fields, follow_redirects=True)


def unsent(page: Response) -> list[str]:
    """What the page says was not sent."""
    blocks = re.findall(r'<pre class="unsent">(.*?)</pre>', page.text, re.DOTALL)
    assert bool(blocks) == ("(chưa gửi)" in page.text)
    return blocks


def words_of(step: str) -> list[str]:
    escaped = (text.replace("<", "&lt;").replace(">", "&gt;") for text in STEPS[step].values())
    return [text for text in escaped if text not in {"cong_nghe_dmst", "answered"}]


def test_a_case_that_moved_to_another_office_gives_the_words_back(
    lan: OfficerBrowser, sign_in: SignIn, request_id: int, step: str, form: dict[str, str]
) -> None:
    head = sign_in("lanh.dao")
    head.get(f"/requests/{request_id}")
    head.post(f"/requests/{request_id}/release")
    head.post(f"/requests/{request_id}/transfer", {"office": "shtt", "reason": "nhãn hiệu"})

    answer = send(lan, f"/requests/{request_id}/{step}", form)

    assert answer.status_code == 404
    assert unsent(answer) == words_of(step)
    # Where the browser looks for words that were typed and not sent.
    assert f'/case-{request_id}/"' in answer.text


def test_a_case_that_another_holds_gives_the_words_back(
    lan: OfficerBrowser, sign_in: SignIn, request_id: int, step: str, form: dict[str, str]
) -> None:
    head, minh = sign_in("lanh.dao"), sign_in("minh")
    head.get(f"/requests/{request_id}")
    head.post(f"/requests/{request_id}/release")
    minh.get(f"/requests/{request_id}")
    minh.post(f"/requests/{request_id}/claim")

    answer = send(lan, f"/requests/{request_id}/{step}", form)

    assert answer.status_code == 409
    assert unsent(answer) == words_of(step)


def test_who_lost_her_office_gets_her_words_back(
    lan: OfficerBrowser, staffed: House, request_id: int, step: str, form: dict[str, str]
) -> None:
    with staffed.database.transaction() as session:
        officer = OfficerService(session).by_username("lan")
        assert officer is not None
        officer.office = "phong_cu"

    answer = send(lan, f"/requests/{request_id}/{step}", form)

    assert answer.status_code == 403
    assert unsent(answer) == words_of(step)


def test_a_form_of_an_earlier_session_gives_the_words_and_the_way_back(
    lan: OfficerBrowser, request_id: int, step: str, form: dict[str, str]
) -> None:
    lan.post("/sign-out")
    lan.sign_in("lan")

    answer = send(lan, f"/requests/{request_id}/{step}", form)

    assert answer.status_code == 403
    assert unsent(answer) == words_of(step)
    assert f'href="/console/requests/{request_id}"' in answer.text


@pytest.mark.parametrize("number", [6, 7, 40])
def test_too_many_files_are_told_and_keep_the_words(
    lan: OfficerBrowser, request_id: int, number: int
) -> None:
    lan.get(f"/requests/{request_id}")
    lan.post(f"/requests/{request_id}/claim")
    files = [("files", (f"{n}.pdf", b"%PDF-1")) for n in range(number)]
    answer = lan.post(f"/requests/{request_id}/reply", {"text": "giữ lấy lời này"}, files=files)
    assert answer.status_code == 422
    assert "tối đa 5 tệp" in answer.text
    assert ">giữ lấy lời này</textarea>" in answer.text


# — a group of gaps —


@pytest.fixture
def group_id(staffed: House, lan: OfficerBrowser) -> int:
    with staffed.database.transaction() as session:
        group_id = gather(session, staffed.clock(), SOC).group_id
    assert group_id is not None
    lan.get(f"/gaps/{group_id}")
    return group_id


def test_a_gap_form_comes_back_to_its_gap_after_a_sign_in(
    lan: OfficerBrowser, clock: MovableClock, group_id: int
) -> None:
    clock.move(hours=24)
    answer = lan.post(f"/gaps/{group_id}/article", ARTICLE)
    assert answer.url.path == "/console/sign-in"
    assert f"/console/gaps/{group_id}" in answer.text


def test_an_article_of_a_group_that_was_settled_meanwhile_is_given_back(
    lan: OfficerBrowser, sign_in: SignIn, group_id: int
) -> None:
    fields = lan.hidden(f"/gaps/{group_id}/out-of-scope") | {"texts": "câu em đã sửa"}
    minh = sign_in("minh")
    minh.get(f"/gaps/{group_id}")
    minh.post(f"/gaps/{group_id}/out-of-scope", {"texts": SOC})

    answer = send(lan, f"/gaps/{group_id}/out-of-scope", fields)

    assert answer.status_code == 409
    assert unsent(answer) == ["câu em đã sửa"]


def test_an_article_of_an_earlier_session_is_given_back(lan: OfficerBrowser, group_id: int) -> None:
    fields = lan.hidden(f"/gaps/{group_id}/article") | ARTICLE
    lan.post("/sign-out")
    lan.sign_in("lan")
    answer = send(lan, f"/gaps/{group_id}/article", fields)
    assert answer.status_code == 403
    assert unsent(answer) == list(ARTICLE.values())


# — every box —


def test_every_box_for_words_is_kept_by_the_browser_and_given_back_by_the_server() -> None:
    boxes = [
        box
        for template in TEMPLATES.glob("*.html")
        for box in re.findall(r"<textarea.*?>(?=[{<])", template.read_text(encoding="utf-8"))
    ]
    assert len(boxes) == 21
    for box in boxes:
        named = re.search(r'name="(\w+)"', box)
        assert named is not None
        assert named[1] in WRITTEN
        assert "words.keep(" in box


def test_no_password_is_ever_given_back(lan: OfficerBrowser) -> None:
    fields = {"current": "mật khẩu cũ bí mật", "password": "mật khẩu mới bí mật", "csrf": "x"}
    answer = send(lan, "/account", fields)
    assert answer.status_code == 403
    assert "bí mật" not in answer.text
