"""Calls as the gateway would see them, from the SDK's own names."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import botocore.session
from botocore.model import OperationModel, ServiceModel

from parapet_localemu.trail.call import Call, Caller, Failure

ACCOUNT = "222222222222"
NOW = datetime(2026, 3, 2, 21, 18, 24, tzinfo=UTC)
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/operators/Operator"

SESSION = Caller(
    kind="AssumedRole",
    account=ACCOUNT,
    arn=f"arn:aws:sts::{ACCOUNT}:assumed-role/Operator/alice",
    principal_id="AROAEXAMPLEEXAMPLEEXA:alice",
    access_key_id="ASIAEXAMPLEEXAMPLEEX",
    name="Operator",
    role_arn=ROLE_ARN,
    session_started=NOW,
    source_identity="alice@example.com",
)
USER = Caller(
    kind="IAMUser",
    account=ACCOUNT,
    arn=f"arn:aws:iam::{ACCOUNT}:user/bob",
    principal_id="AIDAEXAMPLEEXAMPLEEXA",
    access_key_id="AKIAEXAMPLEEXAMPLEEX",
    name="bob",
)


@cache
def service_model(service: str) -> ServiceModel:
    return botocore.session.get_session().get_service_model(service)


def model_of(service: str, operation: str) -> OperationModel:
    return service_model(service).operation_model(operation)


def call(
    service: str,
    operation: str,
    request: dict[str, Any] | None = None,
    response: dict[str, Any] | None = None,
) -> Call:
    return Call(
        model=model_of(service, operation),
        request=request or {},
        response=response or {},
        caller=SESSION,
        account=ACCOUNT,
        region="eu-central-1",
        time=NOW,
        request_id="6e2f7a2c-3df1-4a50-8d0e-0c2f2d6f6a11",
        event_id="0b4a4f0e-9f2b-4b7a-8d4e-2d5b0c9f7e22",
        user_agent="aws-cli/2",
    )


def failed(made: Call, code: str, message: str = "no") -> Call:
    return replace(made, response={}, failure=Failure(code, message))
