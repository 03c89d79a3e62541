"""AssumeRole: only into roles that exist and trust the caller, with the session AWS would give."""

import json
from typing import Any

from parapet_localemu.corrections.principals import role_arn_of
from parapet_localemu.corrections.trust import Entry, actions_of, lets_in
from parapet_localemu.trail.callers import role_named


def attach() -> None:
    from localemu.services.sts import provider

    assume = provider.StsProvider.assume_role
    trusts = provider._evaluate_trust_policy

    def assume_role(self: Any, context: Any, role_arn: str, role_session_name: str, **options: Any) -> Any:
        if context.is_internal_call:
            return assume(self, context, role_arn, role_session_name, **options)
        caller = _caller(context)
        if caller is None or not _is_trusted(context, caller, role_arn, role_session_name, options):
            raise _refusal(caller.arn if caller else "unknown", role_arn)
        answer = assume(self, context, role_arn, role_session_name, **options)
        _correct_session(caller, role_arn, options, answer)
        return answer

    def trusts_service(
        role: Any, *callers: Any, service_principal: str | None = None, **options: Any
    ) -> bool:
        """Callers other than the emulator's own services have been judged before."""
        if service_principal is None:
            return True
        return trusts(role, *callers, service_principal=service_principal, **options)

    provider.StsProvider.assume_role = assume_role
    provider._evaluate_trust_policy = trusts_service


def _caller(context: Any) -> Any | None:
    from localemu.services.iam_enforcement.identity import resolve_caller
    from localemu.utils.aws.request_context import extract_access_key_id_from_auth_header

    key = extract_access_key_id_from_auth_header(context.request.headers) or ""
    return resolve_caller(key, context.account_id, context.region)


def _is_trusted(context: Any, caller: Any, role_arn: str, session_name: str, options: dict[str, Any]) -> bool:
    from localemu.services.iam_enforcement import condition_evaluator, enforcer

    account = role_arn.split(":")[4] if role_arn.count(":") >= 5 else context.account_id
    role = role_named(account, role_arn.rsplit("/", 1)[-1])
    if role is None or role.arn != role_arn:
        return False
    source_identity = options.get("source_identity") or caller.source_identity
    asked = {
        "sts:RoleSessionName": session_name,
        "sts:ExternalId": options.get("external_id"),
        "sts:SourceIdentity": source_identity,
        "aws:MultiFactorAuthPresent": "true" if options.get("serial_number") else None,
    }
    entry = Entry(
        actions=actions_of(source_identity, options.get("tags")),
        caller_arns=frozenset(arn for arn in (caller.arn, role_arn_of(caller)) if arn),
        caller_account=caller.account_id,
        conditions={**enforcer._build_conditions(context, caller), **caller.tags, **asked},
    )
    return lets_in(role.assume_role_policy_document, entry, condition_evaluator.matches_conditions)


def _correct_session(caller: Any, role_arn: str, options: dict[str, Any], answer: Any) -> None:
    """A source identity outlives every change of role and account; the policies of one session do not."""
    from localemu.services.iam_enforcement.identity import _get_managed_policy_doc
    from localemu.services.sts.models import sts_store_lock, sts_stores
    from moto.iam.models import iam_backends

    account = role_arn.split(":")[4]
    managed = [item["arn"] for item in options.get("policy_arns") or [] if item.get("arn")]
    policies = [_get_managed_policy_doc(iam_backends[account]["global"], arn) for arn in managed]
    if options.get("policy"):
        policies.append(json.loads(options["policy"]))
    with sts_store_lock:
        session = sts_stores[account]["us-east-1"].sessions[answer["Credentials"]["AccessKeyId"]]
        session["session_policies"] = [policy for policy in policies if policy]
        if caller.source_identity:
            session["source_identity"] = caller.source_identity
            answer["SourceIdentity"] = caller.source_identity


def _refusal(caller_arn: str, role_arn: str) -> Exception:
    from localemu.aws.api import CommonServiceException

    message = f"User: {caller_arn} is not authorized to perform: sts:AssumeRole on resource: {role_arn}"
    return CommonServiceException("AccessDenied", message, 403, True)
