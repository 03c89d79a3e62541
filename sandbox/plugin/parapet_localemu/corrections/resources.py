"""What a call is judged by: the one table, bus, trail, user or secret it names, and only the actions that its parts need."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
ACTION_OF_PART = {
    "ConditionCheck": "dynamodb:ConditionCheckItem",
    "Delete": "dynamodb:DeleteItem",
    "Put": "dynamodb:PutItem",
    "Update": "dynamodb:UpdateItem",
}

_REQUEST: ContextVar[dict[str, Any]] = ContextVar("request", default={})


def attach() -> None:
    from localemu.services.iam_enforcement import arn_builder, enforcer, service_action_map

    builders = arn_builder._SERVICE_ARN_BUILDERS
    table, bus, identity = builders["dynamodb"], builders["events"], builders["iam"]
    secret = builders["secretsmanager"]
    actions_of = service_action_map.map_action
    judge = enforcer.IAMEnforcementHandler.__call__

    def table_arn(params: dict[str, Any], region: str, account: str) -> str:
        name = only_one(part.get("TableName") for _, part in parts_of(params))
        return table({**params, "TableName": name} if name else params, region, account)

    def bus_arn(params: dict[str, Any], region: str, account: str) -> str:
        name = only_one(entry.get("EventBusName") or "default" for entry in params.get("Entries") or [])
        if name is None:
            return bus(params, region, account)
        return name if name.startswith("arn:") else f"arn:aws:events:{region}:{account}:event-bus/{name}"

    def identity_arn(params: dict[str, Any], region: str, account: str) -> str:
        return user_arn(params, account, path_of_user) or identity(params, region, account)

    def secret_arn(params: dict[str, Any], region: str, account: str) -> str:
        return arn_of_secret(params.get("SecretId"), region, account) or secret(params, region, account)

    def actions_of_request(service: str, operation: str) -> list[str]:
        if (service, operation) != ("dynamodb", "TransactWriteItems"):
            return actions_of(service, operation)
        return sorted({ACTION_OF_PART[kind] for kind, _ in parts_of(_REQUEST.get())})

    def judge_request(self: Any, chain: Any, context: Any, response: Any) -> Any:
        _REQUEST.set(dict(context.service_request or {}))
        return judge(self, chain, context, response)

    builders["dynamodb"], builders["events"], builders["cloudtrail"] = table_arn, bus_arn, trail_arn
    builders["iam"], builders["secretsmanager"] = identity_arn, secret_arn
    service_action_map.map_action = actions_of_request
    enforcer.IAMEnforcementHandler.__call__ = judge_request


def trail_arn(params: dict[str, Any], region: str, account: str) -> str:
    """The trail that a call names; calls that name none are about all of them."""
    name = next((params[key] for key in ("Name", "TrailName") if isinstance(params.get(key), str)), None)
    if name is None:
        return "*"
    return name if name.startswith("arn:") else f"arn:aws:cloudtrail:{region}:{account}:trail/{name}"


def user_arn(params: dict[str, Any], account: str, path_of: Callable[[str, str], str | None]) -> str | None:
    """The user that a call names. Only the call that creates it tells its path."""
    name = params.get("UserName")
    if not isinstance(name, str):
        return None
    return f"arn:aws:iam::{account}:user{params.get('Path') or path_of(account, name) or '/'}{name}"


def path_of_user(account: str, name: str) -> str | None:
    from moto.iam.models import iam_backends

    return getattr(iam_backends[account]["global"].users.get(name), "path", None)


def arn_of_secret(name: Any, region: str, account: str) -> str | None:
    """The ARN of the secret with this name, with the six characters that Secrets Manager added to it."""
    from moto.secretsmanager.models import secretsmanager_backends

    known = secretsmanager_backends[account][region].secrets.get(name) if isinstance(name, str) else None
    return getattr(known, "arn", None)


def parts_of(params: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The parts of a transaction, each with its kind."""
    return [(kind, part) for item in params.get("TransactItems") or [] for kind, part in item.items() if part]


def only_one(names: Iterable[str | None]) -> str | None:
    """The one thing that all parts of a call are about; none where they are about several."""
    found = set(names)
    return found.pop() if len(found) == 1 else None
