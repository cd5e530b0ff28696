"""Job Objects: how Windows keeps processes together, through pywin32.

https://learn.microsoft.com/windows/win32/procthread/job-objects
"""

from __future__ import annotations

import subprocess
from typing import Any

from apispec.machine.limits import Limits

_TICKS = 10_000_000
"""Of 100 ns in a second."""


def put_into_a_job(process: subprocess.Popen[bytes], limits: Limits) -> Any:
    """Put a process, and so all that it starts from now on, into a job of its own; None where that cannot be.

    What it has started before is not in the job: it is put there right after it was started.

    Args:
        process: The process.
        limits: Of each process in the job.
    """
    try:
        import win32job  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        return None
    try:
        job = win32job.CreateJobObject(None, "")
        extended = win32job.QueryInformationJobObject(job, win32job.JobObjectExtendedLimitInformation)
        basic = extended["BasicLimitInformation"]
        basic["LimitFlags"] |= win32job.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
        if limits.memory_mib:
            extended["ProcessMemoryLimit"] = limits.memory_mib * 1024 * 1024
            basic["LimitFlags"] |= win32job.JOB_OBJECT_LIMIT_PROCESS_MEMORY
        if limits.cpu_s:
            basic["PerProcessUserTimeLimit"] = limits.cpu_s * _TICKS
            basic["LimitFlags"] |= win32job.JOB_OBJECT_LIMIT_PROCESS_TIME
        win32job.SetInformationJobObject(job, win32job.JobObjectExtendedLimitInformation, extended)
        win32job.AssignProcessToJobObject(job, int(process._handle))  # type: ignore[attr-defined,unused-ignore]
    except Exception:
        return None
    return job


def end(job: Any) -> None:
    """End all that is in a job."""
    import win32job

    win32job.TerminateJobObject(job, 1)
