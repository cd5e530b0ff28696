"""The thread pool's accounts: every place that is taken comes back exactly once."""

from __future__ import annotations

import asyncio
import random
import time

import pytest

from apispec.runtime.pool import Pool
from apispec.runtime.problems import Problem


def test_a_call_that_ends_while_it_is_given_up_frees_its_place_once() -> None:
    async def run() -> None:
        pool = Pool(1, 10)
        task = asyncio.create_task(pool.run(lambda: time.sleep(0.02)))
        await asyncio.sleep(0)
        time.sleep(0.1)  # the thread is done and its message waits for this loop
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert (pool.running, pool.abandoned) == (0, 0)

    asyncio.run(run())


def test_places_are_kept_count_of_whatever_happens() -> None:
    async def run() -> None:
        pool = Pool(3, 50)
        chance = random.Random(1)

        async def call() -> None:
            task = asyncio.create_task(pool.run(lambda: time.sleep(chance.random() / 200)))
            if chance.random() < 0.5:
                await asyncio.sleep(chance.random() / 100)
                task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert 0 <= pool.running <= pool.size and 0 <= pool.abandoned <= pool.size

        for _ in range(20):
            await asyncio.gather(*(call() for _ in range(20)))
        while pool.abandoned:
            await asyncio.sleep(0.01)
        assert (pool.running, len(pool._waiters)) == (0, 0)
        pool.close()

    asyncio.run(run())


def test_what_is_raised_comes_back() -> None:
    async def run() -> None:
        pool = Pool(1, 0)
        for error in (ValueError("x"), SystemExit(3), KeyboardInterrupt()):

            def fail(error: BaseException = error) -> None:
                raise error

            try:
                await pool.run(fail)
            except BaseException as raised:
                assert raised is error
        with pytest.raises(RuntimeError, match="StopIteration"):
            await pool.run(lambda: next(iter(())))
        waiting = asyncio.create_task(pool.run(lambda: time.sleep(0.1)))
        await asyncio.sleep(0)
        with pytest.raises(Problem, match="workers are taken"):
            await pool.run(lambda: None)
        await pool.run(lambda: None, patient=True)
        await waiting

    asyncio.run(run())
