"""How much one address of the net may ask for: enough for a household, too little for a machine."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

from accounts.requests import sender_of

A_MINUTE = 60  # seconds
POINTS_A_MINUTE = 600  # a page costs one: a library has many behind one address
WRONG_LINK = 30  # twenty of them are enough


def is_over(request: HttpRequest, *, cost: int = 1) -> bool:
    """Whether an address has used up its minute, this request included.

    Where no address is known nobody is held back: a link cannot be guessed in any case.
    """
    sender = sender_of(request)
    if not sender:
        return False
    key = f"selfservice:{hashlib.sha256(sender.encode()).hexdigest()}"
    if cache.add(key, cost, timeout=A_MINUTE):
        return cost > POINTS_A_MINUTE
    try:
        return cache.incr(key, cost) > POINTS_A_MINUTE
    except ValueError:  # its minute ended just now
        return False
