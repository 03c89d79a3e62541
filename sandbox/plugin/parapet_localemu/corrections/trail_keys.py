"""A trail's key in another account: AWS takes its ARN or its alias's, LocalEmu looks in the caller's own account only."""


def attach() -> None:
    from localemu.services.cloudtrail import provider

    validate = provider._validate_kms_key_id

    def in_its_own_account(kms_key_id: str, account_id: str, region: str) -> None:
        validate(kms_key_id, owner_of(kms_key_id, account_id), region)

    provider._validate_kms_key_id = in_its_own_account


def owner_of(kms_key_id: str, caller: str) -> str:
    """The account an ARN names; a bare id or alias is the caller's own."""
    parts = kms_key_id.split(":")
    return parts[4] if parts[0] == "arn" and len(parts) > 5 else caller
