"""DynamoDB, one call at a time. A transaction that fails puts the whole table back as it was before: whatever another
call wrote in the meantime would be lost.

For that each part of a transaction copies the whole table, which takes the longer the more items there are. Here a copy
shares the table's items, and an update makes a new item instead of changing the shared one.
"""

import copy
import threading
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any

CALLS = ("delete_item", "get_item", "put_item", "query", "scan", "transact_write_items", "update_item")


def attach() -> None:
    from moto.dynamodb.models import DynamoDBBackend
    from moto.dynamodb.models.table import Table

    Table.__deepcopy__ = lambda table, _memo: sharing_items(table)
    DynamoDBBackend.update_item = updating_a_new_item(DynamoDBBackend.update_item)
    # A transaction calls the others, hence reentrant.
    lock = threading.RLock()
    for name in CALLS:
        setattr(DynamoDBBackend, name, one_at_a_time(getattr(DynamoDBBackend, name), lock))


def sharing_items(table: Any) -> Any:
    copied = copy.copy(table)
    copied.items = defaultdict(
        dict, {key: dict(item) if table.has_range_key else item for key, item in table.items.items()}
    )
    return copied


def updating_a_new_item(update: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(update)
    def updated(self: Any, table_name: str, key: dict[str, Any], *arguments: Any, **options: Any) -> Any:
        item = self.get_item(table_name, key)
        if item is not None:
            table = self.get_table(table_name)
            items = table.items[item.hash_key] if table.has_range_key else table.items
            items[item.range_key if table.has_range_key else item.hash_key] = copy.deepcopy(item)
        return update(self, table_name, key, *arguments, **options)

    return updated


def one_at_a_time(call: Callable[..., Any], lock: Any) -> Callable[..., Any]:
    @wraps(call)
    def guarded(*arguments: Any, **options: Any) -> Any:
        with lock:
            return call(*arguments, **options)

    return guarded
