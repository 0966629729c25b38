"""The building: people, academies, the roll and the plugins, on a sealed log. Knows no plugin by name."""
