"""transitions, a peer: one machine for all customers, which are written upon."""

from tests.benchmarks.moved.floor import PlainCustomer

__all__ = ["INSTALL", "Customer", "machine", "mover"]

INSTALL = "transitions"


class Customer(PlainCustomer):
    """A customer whom a machine moves; it hangs its triggers on him, so he has room for them."""

    def has_ordered(self):
        return self.orders >= 1

    def note(self):
        self.version += 1


def machine(customers):
    """A machine of the two guarded ways, for all of these customers."""
    from transitions import Machine

    ways = (("advocate", "loyal"), ("loyal", "advocate"))
    return Machine(
        model=customers,
        states=["loyal", "advocate"],
        initial="loyal",
        transitions=[
            {
                "trigger": f"to_become_{to}",
                "source": source,
                "dest": to,
                "conditions": "has_ordered",
                "after": "note",
            }
            for to, source in ways
        ],
        model_attribute="stage",
        auto_transitions=False,
    )


def mover(customer):
    """What moves a customer to a stage."""
    machine([customer])
    return lambda to: getattr(customer, f"to_become_{to}")()
