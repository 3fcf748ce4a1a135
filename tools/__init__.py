"""Scripts of the house, and the kind of import contract that its wings need."""
