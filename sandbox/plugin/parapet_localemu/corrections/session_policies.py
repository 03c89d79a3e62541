"""Session policies: what they deny is denied, and an allowance elsewhere does not go past them."""

from typing import Any


def attach() -> None:
    from localemu.services.iam_enforcement import evaluator

    decide = evaluator.PolicyEvaluator.evaluate

    def decide_within_session(
        self: Any,
        caller: Any,
        action: str,
        resource: str,
        conditions: dict[str, Any],
        resource_policy: Any = None,
    ) -> Any:
        if caller.principal_type in {"AssumedRole", "FederatedUser"}:
            statements = [
                statement
                for policy in evaluator.get_session_policies(caller)
                for statement in evaluator.iter_policy_statements(policy)
                if statement.get("Effect") == "Deny"
            ]
            if any(
                _applies(evaluator, statement, action, resource, conditions | caller.tags)
                for statement in statements
            ):
                return evaluator.Decision.EXPLICIT_DENY
        return decide(self, caller, action, resource, conditions, resource_policy)

    evaluator.PolicyEvaluator.evaluate = decide_within_session


def _applies(
    evaluator: Any, statement: dict[str, Any], action: str, resource: str, conditions: dict[str, Any]
) -> bool:
    return (
        evaluator.matches_action(statement, action)
        and evaluator.matches_resource(statement, resource, conditions)
        and evaluator.matches_conditions(statement, conditions)
    )
