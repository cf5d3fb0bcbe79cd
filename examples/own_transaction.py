"""One transaction for the shop's own order row and for what follows from it.

Run it: python examples/own_transaction.py
"""

import tempfile
from pathlib import Path

import pendulum
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from privlib import ConsoleChannel, Order, PrivateDomain, SqlStorage, default_program, yuan
from privlib.adapters.sql import create_tables


def order_paid(session, order_id, amount, paid_at):
    session.execute(text("INSERT INTO my_orders VALUES (:id)"), {"id": order_id})
    domain = PrivateDomain(default_program(), plugins=[SqlStorage(session), ConsoleChannel()])
    domain.record_order(
        Order(id=order_id, customer="wei", paid=yuan(amount), paid_at=paid_at), at=paid_at
    )
    session.commit()
    return domain.deliver(at=paid_at.add(seconds=1))


def main():
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'shop.db'}")
        with engine.begin() as connection:
            create_tables(connection)
            connection.exec_driver_sql("CREATE TABLE my_orders (id TEXT PRIMARY KEY)")
        with Session(engine) as session:
            noon = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
            report = order_paid(session, "A-1001", 5_200, noon)
        assert report.accepted == 2, report
        engine.dispose()


if __name__ == "__main__":
    main()
