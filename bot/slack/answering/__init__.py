"""Accepts and refuses requests, explains what is wrong, and answers one person privately."""
