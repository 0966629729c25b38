"""The rules pages: every rule, its source, and a form to try it."""
