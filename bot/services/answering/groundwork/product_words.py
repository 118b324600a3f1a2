"""What must be done for a product of the lists, in words; for the chat and the command line."""

from bot.knowledge.products.product import Product, Risk
from bot.knowledge.served import Knowledge
from bot.texts import Texts


def product_words(product: Product, knowledge: Knowledge, texts: Texts) -> str:
    """The duties of one product, in their order; elsewhere, whose matter it is."""
    if product.risk is Risk.ELSEWHERE:
        office = knowledge.office(product.office or "").title
        return texts.say("product.elsewhere", name=product.name, office=office, note=product.note)
    inspector = knowledge.office(product.inspected_by).short if product.inspected_by else ""
    document = knowledge.documents.get(product.document or "")
    duties = texts.say(
        f"product.{product.risk}",
        name=product.name,
        place=product.place,
        receiver=_receiver(product, knowledge),
        document=document.short if document else "",
        starts=product.starts,
        regulations=product.regulations,
        methods=product.methods,
        self_assessed=product.self_assessed,
        inspector=inspector,
    )
    if not product.note:
        return duties
    return f"{duties}\n\n{texts.say('product.note', note=product.note)}"


def receiver_words(product: Product, knowledge: Knowledge, texts: Texts) -> str:
    """Whose list a product is on and who in the province takes in its declaration, or nothing."""
    receiver, document = (
        _receiver(product, knowledge),
        knowledge.documents.get(product.document or ""),
    )
    receiving = knowledge.products.receiving
    if not receiver or document is None or receiving is None:
        return ""
    return texts.say(
        "product.where",
        name=product.name,
        issuer=document.issuer,
        portal=receiving.portal,
        receiver=receiver,
    )


def _receiver(product: Product, knowledge: Knowledge) -> str:
    office = knowledge.products.receiver(product)
    return knowledge.office(office).short if office else ""
