"""Stages that know what kind of answer is wanted: a fine, a programme of support."""
