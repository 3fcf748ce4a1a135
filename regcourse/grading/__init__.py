"""Grading untrusted submissions: sandbox, engine, gradebook, pages."""
