"""`get` and `post` as every page uses them: plain functions, run in worker threads."""

from __future__ import annotations

from functools import partial

import litestar

get = partial(litestar.get, sync_to_thread=True)
post = partial(litestar.post, sync_to_thread=True, status_code=200)
