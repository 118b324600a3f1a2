"""The files made of the forms: what owners download."""
