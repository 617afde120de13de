"""A write that is sent twice happens once.

The client makes a key for each thing that the user wants done and sends the same one each time that it tries. The
first to arrive leaves a receipt in the same transaction as what it did: both are there or neither is.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.db.transaction import atomic

from .errors import Conflict
from .http import Answer, Call
from .models import Receipt


def once(call: Call, what: str, do: Callable[[], Answer]) -> Answer:
    """Do it, or answer what the first request with this key was answered.

    Args:
        call: The request; ``key`` in its body is the client's key.
        what: The kind of write, so that one key cannot stand for two kinds.
        do: Writes; runs within a transaction. When it raises, nothing is left, and the key can be used again.

    Raises:
        Conflict: The key was used for something else.
    """
    key = call.body.text("key", most=64, required=True)
    asked = hashlib.sha256(json.dumps([what, call.body.raw()], sort_keys=True, default=str).encode()).hexdigest()
    first = Receipt.objects.filter(user=call.user, key=key).first()
    if first is None:
        try:
            with atomic():
                # Before the work: of two requests at once, the second waits here for the first to commit.
                with atomic():
                    receipt = Receipt.objects.create(user=call.user, key=key, request=asked)
                receipt.answer = do()
                receipt.save(update_fields=["answer"])
                return {**receipt.answer, "repeated": False}
        except IntegrityError:
            first = Receipt.objects.filter(user=call.user, key=key).first()
            if first is None:
                # Not the receipt: something in the work itself, and that is a bug to be seen.
                raise
    if first.request != asked:
        raise Conflict("This key was used for something else.", current=None)
    answer: dict[str, Any] = first.answer
    return {**answer, "repeated": True}
