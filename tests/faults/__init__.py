"""What goes wrong with machines, done on purpose to a real server under load, and counted: `make faults`."""
