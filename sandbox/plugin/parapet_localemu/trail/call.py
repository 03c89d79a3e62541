"""One API call as it was seen at the gateway: the only input of everything that shapes a record."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from botocore.model import OperationModel


@dataclass(frozen=True)
class Caller:
    """Who called. `kind` is CloudTrail's `userIdentity.type`; absent facts are empty strings."""

    kind: str
    account: str
    arn: str = ""
    principal_id: str = ""
    access_key_id: str = ""
    name: str = ""
    role_arn: str = ""
    session_started: datetime | None = None
    session_with_mfa: bool = False
    source_identity: str = ""


@dataclass(frozen=True)
class Failure:
    """The error the caller received."""

    code: str
    message: str


@dataclass(frozen=True)
class Call:
    """`request` and `response` hold the SDK's member names, as botocore's model declares them."""

    model: OperationModel
    request: dict[str, Any]
    response: dict[str, Any]
    caller: Caller
    account: str
    region: str
    time: datetime
    request_id: str
    event_id: str
    failure: Failure | None = None
    source_address: str = "127.0.0.1"
    user_agent: str = ""
    shared_event_id: str = field(default="")

    @property
    def service(self) -> str:
        return self.model.service_model.service_name

    @property
    def operation(self) -> str:
        return self.model.name

    @property
    def succeeded(self) -> bool:
        return self.failure is None
