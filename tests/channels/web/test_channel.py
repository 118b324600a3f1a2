"""The web chat's API: whom it lets in, what it refuses, and its stream."""

import asyncio
import re
import uuid
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from bot.channels.web.channel import WebChannel
from bot.channels.web.pages import FOLDER
from bot.channels.web.visitor import COOKIE
from bot.charts import Bar, bar_chart, dark_chart
from bot.domain.input.file_kind import SUFFIXES
from bot.domain.talk.messages import Attachment, Choice, OutgoingMessage
from bot.house import House
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.files import FileService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.models import Conversation, InboxEvent, Officer, StoredFile
from tests.support.data.files import PNG, PROGRAM
from tests.support.data.said import say
from tests.support.stands.web_chat import OURS, Stream, post, upload


def count(house: House) -> int:
    with house.database.transaction() as session:
        return session.scalar(select(func.count(InboxEvent.id))) or 0


def conversation_id(house: House) -> str:
    with house.database.transaction() as session:
        return session.scalars(select(Conversation.id)).one()


async def test_a_first_visit_gets_a_cookie_that_scripts_cannot_read(address: str) -> None:
    async with httpx.AsyncClient(base_url=address) as client:
        cookie = (await client.get("/")).headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert len(cookie.partition(";")[0]) == len(COOKIE) + 1 + 43


async def test_a_second_visit_keeps_the_chat(visitor: httpx.AsyncClient) -> None:
    before = visitor.cookies[COOKIE]
    await visitor.get("/")
    assert visitor.cookies[COOKIE] == before


async def test_the_page_runs_no_inline_script(visitor: httpx.AsyncClient) -> None:
    page = await visitor.get("/")
    policy = page.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert " style=" not in page.text
    assert " onclick=" not in page.text
    assert page.text.count("<script") == 1


async def static_of(visitor: httpx.AsyncClient) -> str:
    """The folder of the page's files, as the page names it."""
    found = re.search(r'href="(/chat/static/[0-9a-f]+)/chat\.css"', (await visitor.get("/")).text)
    assert found
    return found[1]


@pytest.mark.parametrize("name", ["chat.js", "chat.css", "icon.svg"])
async def test_the_page_s_files_are_served_and_kept(visitor: httpx.AsyncClient, name: str) -> None:
    file = await visitor.get(f"{await static_of(visitor)}/{name}")
    assert file.status_code == 200
    assert "immutable" in file.headers["cache-control"]

    again = await visitor.get(str(file.url), headers={"If-None-Match": file.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_page_of_another_release_gets_todays_file_and_does_not_keep_it(
    visitor: httpx.AsyncClient,
) -> None:
    today = await visitor.get(f"{await static_of(visitor)}/chat.js")
    old = await visitor.get("/chat/static/0123456789ab/chat.js")
    assert old.content == today.content
    assert old.headers["cache-control"] == "no-cache"


async def test_whoever_takes_no_packed_file_gets_it_as_it_is(visitor: httpx.AsyncClient) -> None:
    address = f"{await static_of(visitor)}/chat.css"
    packed = await visitor.get(address, headers={"Accept-Encoding": "gzip"})
    bare = await visitor.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in bare.headers
    assert packed.content == bare.content
    assert bare.content == (FOLDER / "static" / "chat.css").read_bytes()


async def test_the_whole_page_weighs_less_than_60_kilobytes(visitor: httpx.AsyncClient) -> None:
    folder = await static_of(visitor)
    files = [f"{folder}/{file.name}" for file in (FOLDER / "static").iterdir()]
    weights = [await weight(visitor, address) for address in ["/", *files]]
    assert sum(weights) < 60_000


async def weight(visitor: httpx.AsyncClient, address: str) -> int:
    """The bytes of a file on its way."""
    async with visitor.stream("GET", address) as answer:
        return sum([len(piece) async for piece in answer.aiter_raw()])


async def test_every_part_of_the_script_is_asked_for_early_and_served(
    visitor: httpx.AsyncClient,
) -> None:
    page = (await visitor.get("/")).text
    static = await static_of(visitor)
    early = set(re.findall(rf'rel="modulepreload" href="{static}/([a-z_]+\.js)"', page))
    parts = {file.name for file in (FOLDER / "static").glob("*.js")}
    assert early == parts

    for name in parts:
        script = await visitor.get(f"{static}/{name}")
        assert script.headers["content-type"].startswith("text/javascript")
        assert set(re.findall(r'from "\./(.+)";', script.text)) <= parts


async def test_every_sentence_that_the_script_shows_stands_on_the_page(
    visitor: httpx.AsyncClient,
) -> None:
    page = (await visitor.get("/")).text
    given = set(re.findall(r'data-([a-z-]+)="', page.partition('id="sentences"')[2]))
    said = {
        re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
        for file in (FOLDER / "static").glob("*.js")
        for name in re.findall(r"\bsay\.([a-zA-Z]+)", file.read_text("utf-8"))
    }
    assert given == said


@pytest.mark.parametrize("name", ["web.py", "..%2fchat.html", "%2e%2e/web.py"])
async def test_no_other_file_is_served(visitor: httpx.AsyncClient, name: str) -> None:
    assert (await visitor.get(f"{await static_of(visitor)}/{name}")).status_code == 404


async def test_the_database_does_not_hold_the_cookie(
    visitor: httpx.AsyncClient, house: House
) -> None:
    await post(visitor)
    with house.database.transaction() as session:
        key = session.scalars(select(Conversation.chat_key)).one()
    assert key not in visitor.cookies[COOKIE]
    assert visitor.cookies[COOKIE] not in key


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_foreign_page_is_refused(
    visitor: httpx.AsyncClient, house: House, headers: dict[str, str]
) -> None:
    assert (await post(visitor, headers=headers)).status_code == 403
    assert count(house) == 0


async def test_a_plain_form_is_refused(visitor: httpx.AsyncClient, house: House) -> None:
    body = {"id": str(uuid.uuid4()), "text": "x"}
    assert (await visitor.post("/chat/messages", data=body, headers=OURS)).status_code == 403
    assert (await visitor.post("/chat/messages", json=body)).status_code == 403
    files = {"files": ("a.pdf", b"x")}
    assert (await visitor.post("/chat/files", data=body, files=files)).status_code == 403
    assert count(house) == 0


@pytest.mark.parametrize("encoding", ["undefined", "punycode", "unicode_escape", "latin-1"])
async def test_a_form_in_another_encoding_than_ours_is_refused_in_words(
    visitor: httpx.AsyncClient, house: House, encoding: str
) -> None:
    body = b'--bb\r\nContent-Disposition: form-data; name="text"\r\n\r\nx\r\n--bb--\r\n'
    kind = f"multipart/form-data; boundary=bb; charset={encoding}"

    answer = await visitor.post("/chat/files", content=body, headers={**OURS, "Content-Type": kind})

    assert answer.status_code == 422
    assert answer.json()["error"] == house.texts.say("channels.not_allowed")
    assert count(house) == 0


async def test_our_own_origin_is_let_in(visitor: httpx.AsyncClient, address: str) -> None:
    headers = {"Origin": address, "Sec-Fetch-Site": "same-origin"}
    assert (await post(visitor, headers=headers)).status_code == 202


async def test_without_a_cookie_nothing_is_taken(address: str, house: House) -> None:
    async with httpx.AsyncClient(base_url=address, cookies={COOKIE: "x' OR 1=1"}) as client:
        assert (await post(client)).status_code == 401
        assert (await client.get("/chat/events")).status_code == 401
        assert (await client.get("/chat/files/x")).status_code == 404
    assert count(house) == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": "   "}, 422),
        ({"text": "x" * 4001}, 413),
        ({"choice": "b:x:1"}, 422),
        ({"choice": "/admin"}, 422),
        ({"id": "short"}, 422),
        ({"id": "../../etc/passwd"}, 422),
        ({"who": "me"}, 422),
    ],
)
async def test_a_message_that_makes_no_sense_is_refused_in_words(
    visitor: httpx.AsyncClient, house: House, body: dict[str, str], status: int
) -> None:
    answer = await post(visitor, **body)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert count(house) == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff"])
async def test_broken_json_is_refused(visitor: httpx.AsyncClient, body: bytes) -> None:
    headers = {**OURS, "Content-Type": "application/json"}
    answer = await visitor.post("/chat/messages", content=body, headers=headers)
    assert answer.status_code == 422


async def test_a_huge_body_is_refused(visitor: httpx.AsyncClient) -> None:
    assert (await post(visitor, "x" * 300_000)).status_code == 413


async def test_the_same_id_is_stored_once_and_is_welcome_again(
    visitor: httpx.AsyncClient, house: House
) -> None:
    same = str(uuid.uuid4())
    answers = [(await post(visitor, id=same)) for _ in range(3)]
    assert [a.status_code for a in answers] == [202, 202, 202]
    assert [a.json()["new"] for a in answers] == [True, False, False]
    assert count(house) == 1


async def test_two_chats_may_use_the_same_id(
    visitor: httpx.AsyncClient, stranger: httpx.AsyncClient, house: House
) -> None:
    same = str(uuid.uuid4())
    await post(visitor, id=same)
    assert (await post(stranger, id=same)).json()["new"]
    assert count(house) == 2


async def test_the_page_offers_the_files_that_are_taken(visitor: httpx.AsyncClient) -> None:
    page = (await visitor.get("/")).text

    (offered,) = re.findall(r'accept="([^"]*)"', page)
    assert offered.split(",") == list(SUFFIXES)


async def test_a_file_comes_back_only_to_its_own_chat(
    visitor: httpx.AsyncClient, stranger: httpx.AsyncClient, house: House
) -> None:
    answer = await upload(visitor, ("hoá đơn.pdf", b"%PDF"), ("ảnh.png", PNG), text="đây ạ")
    assert answer.status_code == 202
    async with Stream(visitor) as stream:
        message = (await stream.until_ready())[0]
    assert message["html"] == "<p>đây ạ</p>"
    paper, picture = message["files"]
    assert [paper["image"], picture["image"]] == [False, True]
    got = await visitor.get(paper["url"])
    assert got.content == b"%PDF"
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"
    shown = await visitor.get(picture["url"])
    assert shown.headers["content-disposition"].startswith("inline")
    assert (await stranger.get(paper["url"])).status_code == 404
    await post(stranger)
    assert (await stranger.get(paper["url"])).status_code == 404


async def test_a_drawn_picture_comes_light_and_dark_and_others_as_they_are(
    visitor: httpx.AsyncClient, stranger: httpx.AsyncClient, house: House
) -> None:
    await upload(visitor, ("ảnh.png", PNG), text="đây ạ")
    light = bar_chart("5S: 42%", [Bar("Sàng lọc", 42)])
    say_with(house, light, PNG)
    async with Stream(visitor) as stream:
        own, drawn, plain = [one["files"][0] for one in await stream.until_ready() if one["files"]]
    assert "dark" not in own
    assert (await visitor.get(f"{own['url']}/dark")).content == PNG
    assert (await visitor.get(drawn["url"])).content == light
    dark = await visitor.get(drawn["dark"])
    assert dark.content == dark_chart(light)
    assert dark.headers["content-type"] == "image/png"
    assert (await visitor.get(plain["dark"])).content == PNG
    assert (await stranger.get(drawn["dark"])).status_code == 404
    assert (await visitor.get("/chat/files/x/dark")).status_code == 404


def say_with(house: House, *pictures: bytes) -> None:
    """The assistant says a picture a message in the only conversation."""
    with house.database.transaction() as session:
        conversation = session.query(Conversation).one()
        for number, picture in enumerate(pictures):
            file = FileService(session, house.settings.files_dir).keep(
                picture,
                name="ket-qua.png",
                conversation_id=conversation.id,
                limit=100_000,
                now=house.clock(),
                trusted=True,
            )
            TranscriptService(session).say(
                conversation,
                OutgoingMessage(text="", attachments=[file]),
                author=Author.BOT,
                cause=f"picture:{number}",
                now=house.clock(),
            )


async def test_a_file_that_was_never_sent_to_the_chat_stays_closed(
    visitor: httpx.AsyncClient, house: House
) -> None:
    await post(visitor)
    with house.database.transaction() as session:
        draft = FileService(session, house.settings.files_dir).keep(
            b"%PDF",
            name="a.pdf",
            conversation_id=None,
            limit=10,
            now=house.clock(),
        )
    assert (await visitor.get(f"/chat/files/{draft.file_id}")).status_code == 404
    assert (await visitor.get("/chat/files/..%2f..%2ftest.sqlite3")).status_code == 404


@pytest.mark.parametrize(
    ("files", "status", "word"),
    [
        ([("a.exe", b"MZ")], 422, "a.exe"),
        ([("a.html", b"<script>")], 422, "a.html"),
        ([("a.pdf", PROGRAM)], 422, "a.pdf"),
        ([("b.png", b"<script>")], 422, "b.png"),
        ([("a.pdf", b"")], 422, "không có nội dung"),
        ([("a.pdf", b"x" * (10 * 1024 * 1024 + 1))], 413, "10 MB"),
        ([("a.pdf", b"%PDF")] * 6, 413, "5"),
        ([("a.pdf", b"x" * (52 * 1024 * 1024))], 413, "50 MB"),
    ],
)
async def test_a_file_that_is_not_taken_says_why(
    visitor: httpx.AsyncClient,
    house: House,
    files: list[tuple[str, bytes]],
    status: int,
    word: str,
) -> None:
    answer = await upload(visitor, *files)
    assert answer.status_code == status
    assert word in answer.json()["error"]
    assert count(house) == 0
    with house.database.transaction() as session:
        assert session.scalar(select(StoredFile)) is None


async def test_the_stream_gives_history_then_each_new_message_once(
    visitor: httpx.AsyncClient, house: House
) -> None:
    await post(visitor, "một")
    async with Stream(visitor) as stream:
        assert [m["html"] for m in await stream.until_ready()] == ["<p>một</p>"]
        for number in range(40):
            say(house, conversation_id(house), OutgoingMessage(text=f"số {number}"), f"t{number}")
        await WebChannel(house).typing("nobody")
        house.signals.notify(f"conversation:{conversation_id(house)}")
        seen = [(await stream.next())[1]["html"] for _ in range(40)]
    assert seen == [f"<p>số {number}</p>" for number in range(40)]


async def test_a_stream_wakes_for_the_very_first_message(visitor: httpx.AsyncClient) -> None:
    async with Stream(visitor) as stream:
        assert await stream.until_ready() == []
        same = str(uuid.uuid4())
        await post(visitor, "chào", id=same)
        kind, data = await stream.next()
    assert (kind, data["html"], data["client_id"]) == ("message", "<p>chào</p>", same)


@pytest.mark.parametrize("by", ["header", "query"])
async def test_a_stream_goes_on_where_it_was_torn(
    visitor: httpx.AsyncClient, house: House, by: str
) -> None:
    for text in ("một", "hai", "ba"):
        await post(visitor, text)
    async with Stream(visitor) as stream:
        ids = [m["id"] for m in await stream.until_ready()]
    again = Stream(visitor, last=str(ids[0])) if by == "header" else Stream(visitor, after=ids[0])
    async with again as stream:
        assert [m["id"] for m in await stream.until_ready()] == ids[1:]


async def test_typing_shows_and_an_answer_hides_it(
    visitor: httpx.AsyncClient, house: House
) -> None:
    await post(visitor)
    with house.database.transaction() as session:
        key = session.scalars(select(Conversation.chat_key)).one()
    async with Stream(visitor) as stream:
        await stream.until_ready()
        await WebChannel(house).typing(key)
        assert await stream.next() == ("typing", {"on": True})
        say(house, conversation_id(house), OutgoingMessage(text="đây ạ"), "t")
        house.signals.notify(f"conversation:{conversation_id(house)}")
        assert (await stream.next())[0] == "message"
        assert await stream.next() == ("typing", {"on": False})


async def test_no_chat_hears_another(
    visitor: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    await post(visitor, "riêng của tôi")
    await post(stranger, "của người khác")
    async with Stream(visitor) as stream:
        assert [m["html"] for m in await stream.until_ready()] == ["<p>riêng của tôi</p>"]


async def test_an_officer_is_shown_by_name_and_buttons_by_token(
    visitor: httpx.AsyncClient, house: House, tmp_path: Path
) -> None:
    await post(visitor)
    now = house.clock()
    with house.database.transaction() as session:
        officer = Officer(
            username="binh",
            full_name="Trần Bình",
            role="officer",
            office="tdc",
            password_hash="x",
            created_at=now,
        )
        session.add(officer)
        session.flush()
        row = TranscriptService(session).say(
            ConversationService(session).get(session.scalars(select(Conversation.id)).one()),
            OutgoingMessage(
                text="Chào **anh**",
                choices=[Choice(title="Cảm ơn", payload="/thank")],
                attachments=[Attachment(file_id="f", name="a.pdf", media_type="application/pdf")],
            ),
            author=Author.OFFICER,
            cause="reply:1",
            now=now,
            officer_id=officer.id,
        )
        token = f"b:{row.id}:0"
    async with Stream(visitor) as stream:
        message = (await stream.until_ready())[-1]
    assert message["officer"] == "Trần Bình"
    assert message["author"] == "officer"
    assert message["choices"] == [{"title": "Cảm ơn", "token": token, "thumb": False}]
    assert message["html"] == "<p>Chào <strong>anh</strong></p>"
    assert message["time"] == "10:00"
    assert message["day"] == "24/11/2026"


async def test_many_pages_of_one_chat_all_hear(visitor: httpx.AsyncClient) -> None:
    async with Stream(visitor) as one, Stream(visitor) as two:
        await asyncio.gather(one.until_ready(), two.until_ready())
        await post(visitor, "chào")
        first, second = await asyncio.gather(one.next(), two.next())
    assert first == second
