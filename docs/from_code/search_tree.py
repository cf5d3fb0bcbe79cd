"""The search for the best combination, drawn: what is tried, and where it turns back."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, evolve, field

from from_code.svg import arrow, box, drawing
from from_code.worked_basket import amount, program_on_page, quoted
from privlib import Program
from privlib.program.promotion import Promotion
from privlib.quotes import Quote
from privlib.refusals import AmountNotReached

__all__ = ["Node", "Tree", "search_tree"]

_WIDTH, _STEP, _ROW, _EDGE = 184, 204, 64, 8


def search_tree() -> str:
    """The tree of the worked example, with the figures that the code has now."""
    tree = Tree.of(program_on_page("worked.toml"))
    root = tree.grown()
    size = (_EDGE * 2 + _WIDTH + _STEP * len(tree.order), _EDGE * 2 + _ROW * root.rows)
    return drawing(size, "The search for the best combination", _drawn(root, 0, _EDGE))


@define
class Node:
    """One try: what was decided here, what it comes to, and what was tried after it."""

    title: str
    said: str
    after: list[Node] = field(factory=list)

    @property
    def rows(self) -> int:
        """How many rows it takes."""
        return sum(each.rows for each in self.after) or 1


@define
class Tree:
    """A search through promotions in the order in which they apply, with its two rules.

    What some of them come to together is not reckoned here: each set is quoted.
    """

    program: Program
    order: tuple[Promotion, ...]
    best: int | None = None
    found: Node | None = None

    @classmethod
    def of(cls, program: Program) -> Tree:
        """The tree of a program whose layers take one promotion after the other."""
        layers = [layer.name for layer in program.pricing.layers]
        in_turn = [evolve(layer, choice="in_order") for layer in program.pricing.layers]
        order = sorted(
            program.promotions, key=lambda each: (layers.index(each.layer), -each.priority)
        )
        return cls(evolve(program, pricing=evolve(program.pricing, layers=in_turn)), tuple(order))

    def grown(self) -> Node:
        """All that is tried, from its beginning."""
        payable = self._quoted(()).payable.minor
        root = Node("no promotion", f"{amount(payable)} yuan")
        self._grow(root, (), payable)
        if self.found is not None:
            self.found.said += ": the best"
        return root

    def _grow(self, node: Node, taken: tuple[Promotion, ...], payable: int, place: int = 0) -> bool:
        """Tries what can follow; says whether a threshold failed that could have been reached."""
        if place == len(self.order):
            if self.best is None or payable < self.best:
                self.best, self.found = payable, node
            return False
        promotion = self.order[place]
        quote = self._quoted((*taken, promotion))
        short = _short_of(quote, promotion)
        if short is not None:
            node.after.append(Node(f"no {promotion.name}", short))
            self._grow(node.after[-1], taken, payable, place + 1)
            return True
        less = quote.payable.minor
        node.after.append(Node(f"with {promotion.name}", f"{amount(less)} yuan"))
        failed = self._grow(node.after[-1], (*taken, promotion), less, place + 1)
        node.after.append(Node(f"without {promotion.name}", f"{amount(payable)} yuan"))
        at_best = payable - sum(map(self._alone, self.order[place + 1 :]))
        if not failed:
            node.after[-1].said = "no need: nothing failed"
        elif self.best is not None and at_best > self.best:
            node.after[-1].said = f"at best {amount(at_best)}: turns back"
        else:
            self._grow(node.after[-1], taken, payable, place + 1)
        return failed

    def _alone(self, promotion: Promotion) -> int:
        """What one takes off by itself, which is the most that it can."""
        return self._quoted((promotion,)).discount.minor

    def _quoted(self, promotions: tuple[Promotion, ...]) -> Quote:
        return quoted(evolve(self.program, promotions=promotions))


def _short_of(quote: Quote, promotion: Promotion) -> str | None:
    """How far its threshold is; None where it applies."""
    for left in quote.left_out:
        for reason in left.reasons:
            if left.source == promotion.name and isinstance(reason, AmountNotReached):
                return f"{amount(reason.has.minor)} of {amount(reason.needs.minor)}: not reached"
    return None


def _drawn(node: Node, depth: int, top: int) -> Iterator[str]:
    """A node at the upper end of its rows, and what comes after it to the right."""
    left = _EDGE + depth * _STEP
    yield box((left, top), _WIDTH, node.title, [(node.said, "")])
    start = (left + _WIDTH, top + _ROW // 2 - 6)
    for each in node.after:
        bend = left + _WIDTH + (_STEP - _WIDTH) // 2
        end = (left + _STEP, top + _ROW // 2 - 6)
        yield arrow(start, (bend, start[1]), (bend, end[1]), end)
        yield from _drawn(each, depth + 1, top)
        top += _ROW * each.rows
