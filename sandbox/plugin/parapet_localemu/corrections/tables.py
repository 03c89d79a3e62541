"""DynamoDB, one call at a time. A transaction that fails puts the whole table back as it was before: whatever another
call wrote in the meantime would be lost.
"""

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any

CALLS = ("delete_item", "get_item", "put_item", "query", "scan", "transact_write_items", "update_item")


def attach() -> None:
    from moto.dynamodb.models import DynamoDBBackend

    # A transaction calls the others, hence reentrant.
    lock = threading.RLock()
    for name in CALLS:
        setattr(DynamoDBBackend, name, one_at_a_time(getattr(DynamoDBBackend, name), lock))


def one_at_a_time(call: Callable[..., Any], lock: Any) -> Callable[..., Any]:
    @wraps(call)
    def guarded(*arguments: Any, **options: Any) -> Any:
        with lock:
            return call(*arguments, **options)

    return guarded
