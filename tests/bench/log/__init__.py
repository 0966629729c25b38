"""How fast the log is, beside a rival and beside the bare database, all in the same rounds.

The rival is `eventsourcing` with its AES cipher, fed with ready events. The floor is the same finished rows with the
same indexes, put in by the raw driver in the same transactions: no log over these tables can be faster.
"""
