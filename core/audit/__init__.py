"""The trail: what was recorded, who looked, and whether every notch stands."""
