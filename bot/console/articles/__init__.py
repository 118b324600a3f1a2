"""The articles as officers look after them."""
