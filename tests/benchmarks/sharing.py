"""Sharing: the floor of allocating, on plain integers."""

__all__ = ["largest_remainder"]


def largest_remainder(amount, weights):
    """Each share rounded down, the rest to the largest remainders."""
    whole = sum(weights)
    shares = [amount * weight // whole for weight in weights]
    remainders = [amount * weight % whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)
    for index in by_remainder[: amount - sum(shares)]:
        shares[index] += 1
    return shares
