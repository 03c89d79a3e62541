"""An account's bare id, used as access key, is its root user - for every account, without listing them."""

import re
from collections.abc import Callable

BARE_ACCOUNT = re.compile(r"^\d{12}$")


class RootKeys(set[str]):
    """LocalEmu asks only whether a key is in the set."""

    def __contains__(self, key: object) -> bool:
        return (isinstance(key, str) and BARE_ACCOUNT.match(key) is not None) or super().__contains__(key)


def attach() -> None:
    from localemu.services.iam_enforcement import identity
    from localemu.services.sts import provider

    for module in (identity, provider):
        module._get_root_access_keys = _including_bare_accounts(module._get_root_access_keys)


def _including_bare_accounts(configured: Callable[[], set[str]]) -> Callable[[], set[str]]:
    return lambda: RootKeys(configured())
