"""English words: those that tell who speaks English, those of the field, those that are borrowed.

A word that is built like a Vietnamese syllable ("can", "the", "in") proves nothing by itself.
"""

TELLING = frozenset(
    {"how", "what", "where", "when", "which", "why", "who", "you", "your", "we", "our", "is", "are"}
    | {"does", "should", "would", "could", "must", "have", "want", "need", "please", "with", "from"}
    | {"this", "speak", "english", "they", "their", "there", "whether", "will", "were", "was"}
    | {"much", "these", "those", "was", "been", "which", "its", "explain", "did", "my", "for"}
)
"""Words of whoever speaks English. The field's nouns tell nothing: "annual fee barcode"."""

SMALL = frozenset(
    {"a", "an", "the", "of", "to", "in", "on", "at", "by", "as", "or", "and", "not", "no", "any"}
    | {"can", "do", "be", "it", "i", "me", "us", "he", "she", "if", "so", "than", "then", "about"}
    | {"after", "before", "between", "into", "under", "per", "each", "every", "all", "more", "most"}
    | {"some", "other", "only", "also", "still", "long", "many", "old", "new", "get", "got", "give"}
    | {"make", "made", "put", "let", "has", "had", "don", "doesn", "isn", "t", "s", "m", "re", "ve"}
    | {"one", "two", "three", "yes", "ok", "up", "out", "may", "might", "shall", "like", "too"}
    | {"which", "such", "same", "again", "ever", "never", "always", "often", "yet", "soon", "now"}
    | {"see", "say", "go", "come", "tell", "know", "use", "find", "take", "pay", "help", "ask"}
)

FIELD = frozenset(
    {"discount", "bottled", "water", "additive", "wastes", "waste", "rules", "rule", "income"}
    | {"corporate", "problem", "household", "personal", "individual", "person", "private", "land"}
    | {"worker", "workers", "workshop", "labour", "labor", "salary", "hours", "sub", "property"}
    | {"intellectual", "project", "kind", "shape", "bottle", "small", "large", "keep", "group"}
    | {"net", "quantity", "tool", "tools", "version", "edition", "age", "limit", "light", "lights"}
    | {"steel", "period", "late", "advantage", "advantages", "status", "exemption", "scheme"}
    | {"refused", "appeal", "joke", "cheap", "buy", "sell", "sold", "open", "change", "allowed"}
    | {"medicine", "cosmetics", "chemicals", "construction", "building", "materials", "children"}
    | {"parent", "country", "countries", "customer", "customers", "supplier", "buyer", "market"}
    | {"without", "because", "why", "am", "im", "interested", "learn", "understand", "question"}
    | {
        "fee",
        "fees",
        "cost",
        "costs",
        "price",
        "prices",
        "certificate",
        "certificates",
        "certified",
    }
    | {"certification", "registration", "register", "registered", "registering", "application"}
    | {"apply", "applying", "applicant", "trademark", "trademarks", "patent", "patents", "utility"}
    | {"model", "design", "industrial", "invention", "barcode", "barcodes", "bar", "code", "codes"}
    | {"number", "numbers", "label", "labels", "labelling", "labeling", "supplementary", "sticker"}
    | {"import", "imports", "imported", "importing", "importer", "export", "exports", "exporting"}
    | {"goods", "product", "products", "declaration", "declare", "conformity", "conform", "mark"}
    | {"standard", "standards", "regulation", "regulations", "technical", "quality", "inspection"}
    | {"verification", "verify", "verified", "calibration", "scale", "scales", "measuring"}
    | {"measurement", "instrument", "instruments", "prepacked", "packed", "packaged", "packaging"}
    | {"technology", "transfer", "contract", "enterprise", "enterprises", "company", "companies"}
    | {"business", "factory", "hi", "high", "tech", "science", "support", "programme", "programmes"}
    | {"program", "programs", "subsidy", "funding", "grant", "grants", "award", "national"}
    | {"traceability", "trace", "origin", "food", "safety", "hygiene", "work", "permit", "permits"}
    | {"visa", "investment", "tax", "invoice", "invoices", "customs", "licence", "license"}
    | {"requirement", "requirements", "required", "require", "mandatory", "compulsory"}
    | {"document", "documents", "papers", "paper", "procedure", "procedures", "process", "steps"}
    | {
        "time",
        "duration",
        "days",
        "months",
        "years",
        "year",
        "annual",
        "yearly",
        "renewal",
        "renew",
    }
    | {"validity", "valid", "expiry", "expired", "status", "request", "officer", "department"}
    | {"authority", "office", "foreign", "foreigner", "foreigners", "overseas", "abroad", "toy"}
    | {"toys", "helmet", "helmets", "electronics", "electronic", "electrical", "machinery"}
    | {"machine", "machines", "used", "second", "hand", "equipment", "management", "system"}
    | {"systems", "audit", "manufacturing", "production", "productivity", "meaning", "definition"}
    | {"difference", "benefit", "benefits", "brand", "logo", "name", "owner", "agent", "protect"}
    | {"protection", "online", "submit", "file", "filing", "form", "forms", "list", "law", "decree"}
    | {"circular", "announcement", "pre", "self", "free", "charge", "small", "medium", "start"}
    | {"startup", "innovation", "energy", "environment", "environmental", "test", "testing"}
    | {"laboratory", "accreditation", "consulting", "training", "phone", "address", "contact"}
    | {"vietnam", "vietnamese", "provincial", "province", "government", "state", "issue", "issued"}
    | {"necessary", "needed", "allowed", "possible", "criteria", "conditions"}
    | {"condition", "incentive", "incentives", "international", "madrid", "manual", "explained"}
)

CODES = frozenset(
    {"iso", "haccp", "gs", "gtin", "gln", "qcvn", "tcvn", "tccs", "ocop", "fsc", "gmp", "ssop"}
    | {"kpi", "kpis", "kaizen", "lean", "sigma", "six", "tpm", "oee", "mfca", "tfp", "s", "cr"}
    | {"wipo", "ip", "qr", "rfid", "hs", "sme", "smes", "ce", "vilas", "iec", "v"}
)
"""What is called the same in both languages."""

BORROWED = frozenset(
    {"marketing", "booking", "training", "meeting", "branding", "packing", "printing", "listing"}
    | {"shopping", "shipping", "planning", "trending", "rating", "networking", "coaching"}
    | {"streaming", "living", "catering", "consulting", "manufacturing", "mapping", "blockchain"}
    | {"buffet", "sell", "sales", "group", "light", "water", "project", "salary", "market"}
    | {"customer", "buyer", "version", "net", "kind", "private"}
    | {"barcode", "barcodes", "code", "logo", "online", "brand", "name", "file", "form", "test"}
    | {"startup", "start", "up", "hi", "tech", "high", "label", "export", "import", "free", "mark"}
    | {"model", "design", "audit", "innovation", "support", "phone", "list"}
    | {"office", "contact", "standard", "quality", "ok", "machine", "see", "manual", "kpis"}
)
"""Words that Vietnamese messages hold too; between others of their kind they prove nothing."""

ENDINGS = (
    *("tion", "tions", "ment", "ments", "ness", "ship", "ance", "ence", "able", "ible", "ously"),
    *("ing", "ings", "ized", "ised", "ated", "ally", "ities", "ality", "ility", "ative", "ular"),
)
"""How English words end, and no others that Vietnamese messages hold, but for the borrowed."""
