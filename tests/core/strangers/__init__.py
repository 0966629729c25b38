"""Plugins that are not ours, for the tests of the door they come through."""
