"""A form is an attachment that is stored nowhere; a stored file is never taken for one."""

import pytest

from bot.console.frame.pages import _environment
from bot.domain.forms.form_file import form_address, form_attachment, form_file_of, is_form
from bot.domain.talk.messages import Attachment

STORED = Attachment(file_id="0" * 32, name="form:tccs.docx", media_type="text/plain", size=3)


def test_a_form_is_known_by_its_id_and_has_an_address() -> None:
    form = form_attachment("tccs.docx", "Khung TCCS")
    assert is_form(form.file_id)
    assert form_file_of(form) == "tccs.docx"
    assert form_address(form.file_id) == "/bieu-mau/tccs.docx"
    assert form.media_type.endswith("wordprocessingml.document")
    assert not form.is_image


def test_a_stored_file_is_none_whatever_it_is_called() -> None:
    assert not is_form(STORED.file_id)
    assert form_file_of(STORED) == ""
    assert form_address(STORED.file_id) == ""


def test_a_form_is_of_one_of_two_sorts() -> None:
    with pytest.raises(KeyError):
        form_attachment("tccs.pdf", "Khung TCCS")


def test_an_officer_s_page_links_to_the_form_and_to_stored_files_by_the_case() -> None:
    files = [form_attachment("tccs.docx", "Khung TCCS").model_dump(), STORED.model_dump()]
    page = _environment().get_template("_files.html")
    shown = page.render(
        files=files, request_id=5, path=lambda name, **parts: f"/console/{name}/{parts['file_id']}"
    )
    assert '<a href="/bieu-mau/tccs.docx">Khung TCCS</a>' in shown
    assert f'href="/console/download_file/{"0" * 32}"' in shown
    assert shown.count("<li>") == 2
