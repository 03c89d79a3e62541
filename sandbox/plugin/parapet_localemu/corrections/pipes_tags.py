"""Pipes ListTagsForResource, which LocalEmu answers with 501, so that Terraform cannot apply a pipe."""

from typing import Any


def attach() -> None:
    from localemu.services.pipes.provider import PipesProvider

    def list_tags_for_resource(_self: Any, context: Any, resource_arn: str, **_: Any) -> dict[str, Any]:
        from moto.pipes.models import pipes_backends

        pipe = pipes_backends[context.account_id][context.region].pipes[resource_arn.rsplit("/", 1)[1]]
        return {"tags": dict(getattr(pipe, "tags", None) or {})}

    PipesProvider.list_tags_for_resource = list_tags_for_resource
