"""A small glossary over the small knowledge base."""

GLOSSARY = """\
asks_meaning: ["là gì"]
terms:
  - id: ma-vach
    name: "mã số mã vạch"
    meaning: "Dãy số riêng của sản phẩm và dạng vạch để máy đọc."
    synonyms: ["mã vạch", "barcode"]
    article: ma-so-ma-vach-la-gi
    topic: ma_so_ma_vach
    facts: [F6.01]
  - id: nhan-hieu
    name: "nhãn hiệu"
    topic: thuong_hieu_nhan_hieu
    meaning: "Dấu hiệu để phân biệt hàng hóa."
    article: null
    facts: []
  - id: gln
    name: "GLN"
    meaning: "Mã số riêng của một địa điểm."
    synonyms: ["mã địa điểm"]
    topic: ma_so_ma_vach
    article: null
    facts: []
confusions:
  - said: ["thương hiệu"]
    meant: nhan-hieu
    difference: "thứ đăng ký được là nhãn hiệu"
    explained_in: kaizen-la-gi
    articles: [nhan-hieu-chi-phi]
    facts: [F5.17]
old_terms:
  - said: ["nhóm 2"]
    old: "Hàng nhóm 2"
    now: "ba mức rủi ro"
    kind: rule
    document: luat-78-2025-qh15
    topics: [ma_so_ma_vach]
    not_in: [kaizen-la-gi]
    facts: [F2.02]
"""
