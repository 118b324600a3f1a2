"""Matters by name, and which article answers each thing that is asked about them."""
