"""The core alone in an async host: its own storage, its own loop, privlib's rules.

Run it: python examples/async_host.py
"""

import asyncio

import pendulum

from privlib import (
    Entity,
    EntityRef,
    Order,
    Refund,
    State,
    decide,
    default_program,
    explain,
    needs,
    yuan,
)


class MyDatabase:
    """Stands for the host's own async database: entities by reference, requests in a queue."""

    def __init__(self) -> None:
        self.entities: dict[EntityRef, Entity] = {}
        self.queue: asyncio.Queue = asyncio.Queue()

    async def load(self, refs):
        await asyncio.sleep(0)
        return [self.entities[ref] for ref in refs if ref in self.entities]

    async def save(self, decision):
        await asyncio.sleep(0)
        for entity in decision.changed:
            self.entities[entity.ref] = entity
        for request in decision.requests:
            await self.queue.put(request)


async def handle(database, command, at):
    state = State(*await database.load(needs(command).entities))
    if more := needs(command, state).entities:
        state = state.with_more(*await database.load(more))
    decision = decide(state, command, default_program(), at=at)
    await database.save(decision)
    for thing in (*decision.events, *decision.refusals):
        print(explain(thing))
    return decision


async def send_all(database):
    while not database.queue.empty():
        print("->", explain(await database.queue.get()))


async def main():
    database = MyDatabase()
    noon = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
    await handle(database, Order(id="A-1001", customer="wei", paid=yuan(10_400)), noon)
    refund = Refund(id="R-1", order="A-1001", customer="wei", amount=yuan(800))
    decision = await handle(database, refund, noon.add(days=2))
    assert decision.after.member("wei").tier == "silver"
    await send_all(database)


if __name__ == "__main__":
    asyncio.run(main())
