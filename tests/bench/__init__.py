"""How fast it is: `make bench`. Nothing here is a test, and no test is timed."""
