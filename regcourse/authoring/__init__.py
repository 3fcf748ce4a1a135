"""What an author runs: text to executed lesson, questions to released notebook."""
