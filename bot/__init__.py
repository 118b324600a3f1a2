"""Đồng Hành: the assistant that walks beside the owner of a small enterprise.

Direction of dependence: channels, console and actions → services → domain; storage
beneath services; the domain imports nothing of ours (`tests/test_architecture.py`).
"""
