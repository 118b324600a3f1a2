"""The made-up enterprises: in the register, with whoever writes for them."""

import secrets
from datetime import timedelta

from bot.domain.enterprise.profile import MILLION, ChangeSource, ProfileField, SurveyConsent, Value
from bot.domain.talk.messages import ChannelName
from bot.services.demo.play import Company, Play
from bot.services.demo.stage import Stage
from bot.services.enterprises.contact_history import ContactDetails
from bot.services.enterprises.profile_contacts import ProfileContactService
from bot.services.enterprises.profiles import ProfileService, WrittenBy
from bot.services.messaging.conversations import ConversationService
from bot.services.upkeep.demo_rows import DemoKind
from bot.storage.models import Conversation, Enterprise

KNOWN_SINCE = timedelta(days=300)

KEY_BYTES = 12
"""Of a chat's key: nobody comes into a made-up chat by guessing."""


def bring_companies(stage: Stage, play: Play) -> None:
    """Each with its profile, its person and a chat; without a tax code, which would be somebody's.

    The chat is of the web page: what is said there is read there and sent to nobody.
    """
    places = stage.library.tables.places
    for number, one in enumerate(play.enterprises):
        enterprise = Enterprise(name=one.name, created_at=stage.now - KNOWN_SINCE)
        stage.session.add(enterprise)
        stage.session.flush()
        stage.enterprises[one.id] = enterprise
        by = WrittenBy(ChangeSource.FORM, stage.people.get(play.survey.by))
        profiles = ProfileService(stage.session, stage.library.tables.sectors)
        profile = profiles.open(enterprise, now=stage.now - KNOWN_SINCE)
        values = _values(one, stage.now.year - 1)
        if places.communes:
            commune = places.communes[number * 7 % len(places.communes)]
            values |= {ProfileField.PROVINCE: places.home_code, ProfileField.COMMUNE: commune.code}
        profiles.write(profile, values, by=by, now=stage.now - KNOWN_SINCE)
        chat = open_chat(stage, one.id, one.owner)
        _introduce(one, chat, enterprise)
        person = ProfileContactService(stage.session).add(
            enterprise.id, _details(one, stage), by=by, now=stage.now - KNOWN_SINCE
        )
        person.contact_id = chat.contact_id
    ids = [one.id for one in stage.enterprises.values()]
    stage.rows.mark(DemoKind.ENTERPRISE, ids, now=stage.now)


def open_chat(stage: Stage, name: str, owner: str) -> Conversation:
    """A chat of its own, marked."""
    key = f"demo-{name}-{secrets.token_hex(KEY_BYTES)}"
    chat = ConversationService(stage.session).open(
        ChannelName.WEB, key, name=owner, now=stage.now - KNOWN_SINCE
    )
    stage.chats[name] = chat
    stage.rows.mark(DemoKind.CONVERSATION, [chat.id], now=stage.now)
    return chat


def _introduce(one: Company, chat: Conversation, enterprise: Enterprise) -> None:
    """As if she had given all that before."""
    contact = chat.contact
    contact.phone, contact.email = one.phone, one.email
    contact.enterprise_id, contact.enterprise_name = enterprise.id, one.name
    contact.enterprise = enterprise


def _details(one: Company, stage: Stage) -> ContactDetails:
    agreed = SurveyConsent.YES if one.surveys else SurveyConsent.NO
    return ContactDetails(
        name=one.owner,
        role=one.role,
        phone=one.phone,
        email=one.email,
        surveys=agreed,
        surveys_at=stage.now - KNOWN_SINCE,
        surveys_how="demo",
    )


def _values(one: Company, year: int) -> dict[ProfileField, Value]:
    return {
        ProfileField.NAME: one.name,
        ProfileField.LEGAL_FORM: one.form,
        ProfileField.OWNERSHIP: "domestic",
        ProfileField.SECTOR: one.sector,
        ProfileField.STAFF: one.staff,
        ProfileField.REVENUE: one.revenue * MILLION,
        ProfileField.CAPITAL: one.capital * MILLION,
        ProfileField.FIGURES_YEAR: year,
        ProfileField.EXPORTS: one.exports,
        ProfileField.MARKETS: one.markets,
        ProfileField.PRODUCTS: one.products,
    }
