"""A trail's bucket and key in another account, which AWS takes; LocalEmu looks in the caller's own account only."""

from typing import Any


def attach() -> None:
    from localemu.services.cloudtrail import provider
    from localemu.services.s3.models import s3_stores
    from moto.cloudtrail.models import Trail

    validate = provider._validate_kms_key_id

    def in_its_own_account(kms_key_id: str, account_id: str, region: str) -> None:
        validate(kms_key_id, owner_of(kms_key_id, account_id), region)

    check = Trail.check_bucket_exists

    def in_any_account(trail: Any) -> None:
        regions = [store for account in s3_stores.values() for store in account.values()]
        if not any(trail.bucket_name in store.buckets for store in regions):
            check(trail)

    provider._validate_kms_key_id = in_its_own_account
    # LocalEmu puts its own check around this one when the service starts.
    Trail.check_bucket_exists = in_any_account


def owner_of(kms_key_id: str, caller: str) -> str:
    """The account an ARN names; a bare id or alias is the caller's own."""
    parts = kms_key_id.split(":")
    return parts[4] if parts[0] == "arn" and len(parts) > 5 else caller
