"""Mail over a real server: taken, surely not taken, or nobody knows."""

import socket
from collections.abc import Iterator

import pytest

from bot.commands.user import try_mail
from bot.mailer import Mail, Mailer, MaybeSent, NotSent
from bot.settings import Settings
from tests.support.stands.mail_server import MailServer, mail_server

MAIL = Mail(
    "lan@so.example.vn", "Có việc – Đồng Hành", "Chào chị,\n\nmã HT-26-0F3K7", "<1@x.invalid>"
)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


def test_what_is_sent_arrives_as_it_was_written(server: MailServer, settings: Settings) -> None:
    Mailer(server.heard_by(settings)).send(MAIL)
    [got] = server.mails
    assert got["To"] == MAIL.address
    assert got["From"] == "donghanh@so.example.vn"
    assert got["Subject"] == MAIL.subject
    assert got["Message-ID"] == MAIL.message_id
    assert got.get_content().strip().splitlines() == MAIL.text.splitlines()


def test_what_is_refused_has_surely_not_been_taken(server: MailServer, settings: Settings) -> None:
    for answer in ("452 later", "550 never"):
        server.answer = answer
        with pytest.raises(NotSent, match=answer[:3]):
            Mailer(server.heard_by(settings)).send(MAIL)


def test_a_line_that_breaks_behind_the_words_leaves_it_open(
    server: MailServer, settings: Settings
) -> None:
    server.answer = ""
    with pytest.raises(MaybeSent):
        Mailer(server.heard_by(settings)).send(MAIL)


def test_without_a_server_nothing_is_sent(server: MailServer, settings: Settings) -> None:
    assert not Mailer(settings).is_on
    with pytest.raises(NotSent):
        Mailer(settings).send(MAIL)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        shut = {**server.settings, "smtp_port": taken.getsockname()[1]}
        with pytest.raises(NotSent):
            Mailer(settings.model_copy(update=shut)).send(MAIL)
    wanted = server.heard_by(settings).model_copy(update={"smtp_security": "starttls"})
    with pytest.raises(NotSent):
        Mailer(wanted).send(MAIL)
    assert server.mails == []


def test_the_command_sends_a_mail_or_says_why_not(server: MailServer, settings: Settings) -> None:
    heard = server.heard_by(settings)
    assert try_mail(heard, "lan@so.example.vn") == (
        "Đã gửi thư thử tới lan@so.example.vn.",
        True,
    )
    assert len(server.mails) == 1
    server.answer = "550 never"
    said, is_sent = try_mail(heard, "lan@so.example.vn")
    assert "550" in said
    assert not is_sent
    assert try_mail(heard, "lan") == ("Đây chưa phải một địa chỉ thư điện tử.", False)
