"""What people read: feedback, the class, and tables of marks."""
