"""Long work: done in a thread of its own, watched by a page that asks for itself again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from core.errors import NotFound

Progress = Callable[[int, int], None]
_KEPT = 50


class Job:
    """One piece of work, its owner, how far it is, and what came of it."""

    def __init__(self, owner: UUID, work: Callable[[Progress], Any], job_id: UUID | None = None) -> None:
        self.job_id = job_id or uuid4()
        self.owner = owner
        self.done, self.total = 0, 1
        self._result: Any = None
        self._error: BaseException | None = None
        self._work = work
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def finished(self) -> bool:
        return not self._thread.is_alive()

    @property
    def failed(self) -> bool:
        return self._error is not None

    def wait(self, seconds: float) -> bool:
        """Whether it finished within that time."""
        self._thread.join(seconds)
        return self.finished

    def result(self) -> Any:
        """What came of it; raises what it raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._result

    def _progress(self, done: int, total: int) -> None:
        self.done, self.total = done, max(total, 1)

    def _run(self) -> None:
        try:
            self._result = self._work(self._progress)
        except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
            self._error = error


class Jobs:
    """Work under way or just done in this process; the oldest are forgotten."""

    def __init__(self) -> None:
        self._jobs: dict[UUID, Job] = {}
        self._lock = threading.Lock()

    def start(self, owner: UUID, work: Callable[[Progress], Any], job_id: UUID | None = None) -> Job:
        """Begins a piece of work; with an id that was begun before and did not fail, gives that one back."""
        with self._lock:
            known = self._jobs.get(job_id) if job_id else None
            if known is not None and known.owner == owner and not known.failed:
                return known
            job = Job(owner, work, job_id)
            self._jobs[job.job_id] = job
            for old in list(self._jobs)[:-_KEPT]:
                if self._jobs[old].finished:
                    del self._jobs[old]
        return job

    def find(self, job_id: UUID, owner: UUID) -> Job:
        """This person's job; raises NotFound when it is none, or forgotten."""
        job = self._jobs.get(job_id)
        if job is None or job.owner != owner:
            raise NotFound
        return job
