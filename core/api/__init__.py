"""The same desk for programs: commands and views of every plugin, in JSON."""
