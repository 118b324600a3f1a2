"""How many characters the columns hold that an owner's words reach, or an editor's ids.

Columns and readers share these numbers: what is longer is asked for again, or cut where a name of
a person or of a file is only shown, and never reaches the database.
"""

PERSON_NAME = 200
"""As a channel gives it: cut."""

ENTERPRISE_NAME = 300

TAX_CODE = 20

TYPED_TAX_CODE = 40
"""One that was not checked: with the spaces and dots as they were typed."""

PHONE = 40

REACH = 200
"""Phone numbers and an e-mail address together, and an e-mail address alone."""

OFFICE_ID = 60
"""Of offices and topics, of assessments and their questions."""

AUTHORITY = 200
"""To whom a matter was passed on: an office's id, or a name as an officer wrote it."""

ARTICLE_ID = 80

FILE_NAME = 255

MEDIA_TYPE = 100

CHAT_KEY = 200

EVENT_ID = 200

PLACE_CODE = 10
"""Of provinces and communes."""

ADDRESS = 300

PROFILE_LINE = 500
"""A line of an enterprise's profile, such as its products; a title of a campaign."""

CONTACT_ROLE = 100

CANNED_TITLE = 120

CANNED_TEXT = 3500
"""Of a kept reply: as much as one reply may hold."""

VIEW_NAME = 60
"""Of filters that a person keeps."""

NOTE = 2000
"""What officers tell each other on a case."""

ANSWER_WORDS = 1000
"""At most of an answer in free words; each question says how many it takes."""

OPINION = 2000
"""What an officer says to the result of a self-assessment."""

SAID_WORD = 40
"""A word of a message as the search keeps it: cut, and what is looked for is cut alike."""
