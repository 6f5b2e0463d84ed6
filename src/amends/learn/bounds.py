"""How sure a count is: exact binomial tails and the Clopper-Pearson bound.

Source: Clopper & Pearson (1934), The use of confidence or fiducial limits illustrated in
    the case of the binomial. Ours: the bound is found by halving the interval, so that no
    beta quantile is needed.
"""

from math import exp, fsum, lgamma, log, log1p

HALVINGS = 60  # leaves an interval of about 1e-18


def _log_term(k: int, n: int, rate: float) -> float:
    ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return ways + k * log(rate) + (n - k) * log1p(-rate)


def at_most(k: int, n: int, rate: float) -> float:
    """Return the chance of k or fewer hits among n, each with probability `rate`."""
    if k >= n or rate <= 0:
        return 1.0
    if rate >= 1:
        return 0.0
    return min(1.0, fsum(exp(_log_term(i, n, rate)) for i in range(k + 1)))


def binomial_tail(k: int, n: int, rate: float) -> float:
    """Return the chance of k or more hits among n, each with probability `rate`.

    >>> round(binomial_tail(2, 3, 0.5), 6)
    0.5
    """
    return 1.0 if k <= 0 else max(0.0, 1.0 - at_most(k - 1, n, rate))


def upper_bound(k: int, n: int, confidence: float = 0.95) -> float:
    """Return the one-sided upper bound on the rate after k hits among n, in [0, 1].

    With nothing seen, nothing is known, and the bound is 1.

    >>> round(upper_bound(0, 598), 4), round(upper_bound(1, 1000), 4)
    (0.005, 0.0047)
    """
    if n <= 0 or k >= n:
        return 1.0
    low, high = k / n, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if at_most(k, n, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high
