"""The articles that are told in English too: made from the Vietnamese ones, and leaning on them."""
