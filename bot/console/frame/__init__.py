"""What stands around every page: addresses, gate, headers, templates, forms, streams."""
