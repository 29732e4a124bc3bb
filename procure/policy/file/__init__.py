"""A policy as a file that a person can read, write and check."""
