"""What each operating system has its own words for: processes in groups, limits, folders that change places, sockets.

Linux, macOS and Windows have an implementation each where they differ; what a system lacks is done as well as it can
be (`limits.unlimited` says what is not). Nothing outside of this package asks which system it runs on to do one of
these. The standard library alone is needed, but for Job Objects on Windows (pywin32).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.machine.encoding import begin_in_utf8 as begin_in_utf8
    from apispec.machine.folders import exchange as exchange
    from apispec.machine.folders import locked as locked
    from apispec.machine.forks import Forked as Forked
    from apispec.machine.forks import begin_others as begin_others
    from apispec.machine.forks import can_begin as can_begin
    from apispec.machine.groups import Group as Group
    from apispec.machine.limits import Limits as Limits
    from apispec.machine.limits import cpu_signal as cpu_signal
    from apispec.machine.limits import limit_this_process as limit_this_process
    from apispec.machine.limits import peak_mib as peak_mib
    from apispec.machine.limits import unlimited as unlimited
    from apispec.machine.signals import ask_to_end as ask_to_end
    from apispec.machine.signals import askable as askable
    from apispec.machine.signals import at_stop as at_stop
    from apispec.machine.signals import name_of as name_of
    from apispec.machine.signals import on_interrupt as on_interrupt
    from apispec.machine.sockets import handed_over as handed_over
    from apispec.machine.sockets import takes_over as takes_over
    from apispec.machine.sockets import to_hand_over as to_hand_over
    from apispec.machine.strays import end_strays as end_strays
    from apispec.machine.supervising import end_with as end_with
    from apispec.machine.supervising import supervised as supervised
else:
    __all__, __getattr__ = exports(
        __name__,
        encoding="begin_in_utf8",
        folders="exchange locked",
        forks="Forked begin_others can_begin",
        groups="Group",
        limits="Limits cpu_signal limit_this_process peak_mib unlimited",
        signals="ask_to_end askable at_stop name_of on_interrupt",
        sockets="handed_over takes_over to_hand_over",
        strays="end_strays",
        supervising="end_with supervised",
    )
