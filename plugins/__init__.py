"""The five plugins of the house; each is declared as an entry point, like a stranger's."""
