"""Keys: master, then one academy key for each log, then one data key for each subject and record class."""

from events.keys.log_keys import EntryKey, LogKeys
from events.keys.store import KeyStore
from events.keys.wrapping import parent_of

__all__ = ["EntryKey", "KeyStore", "LogKeys", "parent_of"]
