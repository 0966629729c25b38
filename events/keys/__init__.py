"""Keys: master, then one academy key for each log, then one data key for each subject and record class."""

from events.keys.entry_keys import EntryKey
from events.keys.log_keys import LogKeys
from events.keys.store import NO_LOG, KeyStore
from events.keys.wrapping import parent_of

__all__ = ["NO_LOG", "EntryKey", "KeyStore", "LogKeys", "parent_of"]
