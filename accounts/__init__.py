"""People: who they are, what tier they read at, and what each may still open. Knows no other part of the house."""
