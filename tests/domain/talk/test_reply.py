"""Several replies as one message."""

from bot.domain.talk.messages import Attachment, Choice, OutgoingMessage
from bot.domain.talk.reply import Reply, each_once, joined
from bot.domain.talk.understanding import GivenArticle, Outcome, Understanding

CANCEL = Choice(title="Hủy", payload="/cancel")


def reply(text: str, outcome: Outcome, *choices: Choice, files: int = 0) -> Reply:
    attachments = [
        Attachment(file_id=f"{text}{n}", name="a", media_type="image/png") for n in range(files)
    ]
    message = OutgoingMessage(text=text, choices=list(choices), attachments=attachments)
    return Reply(message=message, understanding=Understanding(outcome=outcome))


def test_words_buttons_and_files_are_put_together_in_their_order() -> None:
    more = Choice(title="Chi tiết", payload="/show_detail")

    whole = joined(
        [
            reply("Video: chưa xem được.", Outcome.CHITCHAT),
            reply("HACCP là…", Outcome.ANSWER, more, CANCEL, files=1),
            reply("Đã nhận 5 file.", Outcome.REQUEST, CANCEL, files=1),
        ]
    )

    assert whole.message.text == "Video: chưa xem được.\n\nHACCP là…\n\nĐã nhận 5 file."
    assert whole.message.choices == [more, CANCEL]
    assert len(whole.message.attachments) == 2
    assert whole.understanding.outcome is Outcome.ANSWER


def test_of_one_message_all_articles_are_given_that_its_replies_tell() -> None:
    first, second = (GivenArticle(article=name, mark="0" * 8) for name in ("haccp", "iso"))
    told = Understanding(outcome=Outcome.ANSWER, article="haccp", given=[first])
    also = Understanding(outcome=Outcome.ANSWER, article="iso", given=[first, second])

    whole = joined(
        [
            reply("Dạ.", Outcome.CHITCHAT),
            *(
                Reply(message=OutgoingMessage(text=one.article or ""), understanding=one)
                for one in (told, also)
            ),
        ]
    )

    assert whole.understanding.article == "haccp"
    assert whole.understanding.given == [first, second]


def test_words_by_the_way_alone_stay_what_they_are() -> None:
    whole = joined([reply("Dạ.", Outcome.CHITCHAT)])

    assert (whole.message.text, whole.understanding.outcome) == ("Dạ.", Outcome.CHITCHAT)


def test_the_same_message_is_said_once_whatever_was_understood() -> None:
    brought = reply("Đã chuyển 1 file.", Outcome.REQUEST)
    again = reply("Đã chuyển 1 file.", Outcome.CHITCHAT)
    other = reply("Đã chuyển 1 file.", Outcome.REQUEST, CANCEL)
    assert each_once([brought, other, again, brought]) == [brought, other]
