"""python-statemachine, a peer: a machine for each customer, kept, or built around his record."""

from functools import cache, partial

from tests.benchmarks.moved.floor import PlainCustomer

__all__ = ["INSTALL", "Customer", "machine", "mover", "rebuilding_mover"]

INSTALL = "python-statemachine"


class Customer(PlainCustomer):
    """A record that a machine is built around."""


def machine(customer):
    """A machine of the two guarded ways around a customer, in the stage in which he is."""
    return _machine_class()(model=customer, state_field="stage")


@cache
def _machine_class():
    from statemachine import State, StateMachine

    class Stages(StateMachine):
        loyal = State(initial=True, value="loyal")
        advocate = State(value="advocate")
        to_become_advocate = loyal.to(advocate, cond="has_ordered", after="note")
        to_become_loyal = advocate.to(loyal, cond="has_ordered", after="note")

        def has_ordered(self):
            return self.model.orders >= 1

        def note(self):
            self.model.version += 1

    return Stages


def mover(customer):
    """What moves a customer, whose machine is kept, to a stage."""
    return partial(_send, machine(customer))


def rebuilding_mover(customer):
    """The same of a customer whose machine is built for every move, as of a loaded record."""
    return lambda to: _send(machine(customer), to)


def _send(machine, to):
    machine.send(f"to_become_{to}")
