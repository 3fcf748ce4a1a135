"""The gradebook: a journal of every attempt and every mark that a person gave."""
