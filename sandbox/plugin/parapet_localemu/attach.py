"""The one place that ties the plugin to LocalEmu: run once when the emulator starts."""

from localemu.runtime import hooks

# Runs before the services load, so that they are built from the corrected classes.
BEFORE_SERVICES = 100


@hooks.on_infra_start(priority=BEFORE_SERVICES)
def attach() -> None:
    from parapet_localemu.corrections import (
        account_regions,
        assume_role,
        conditions,
        event_patterns,
        firehose_encryption,
        firehose_records,
        firehose_s3,
        kinesis_tags,
        long_polls,
        pipe_enrichment,
        pipes_tags,
        principals,
        request_keys,
        resources,
        root_credentials,
        rule_states,
        rules_apart,
        session_policies,
        sqs_metrics,
        tables,
        trails,
    )
    from parapet_localemu.trail import account_created, recorder

    for correction in (
        root_credentials,
        conditions,
        event_patterns,
        principals,
        request_keys,
        resources,
        session_policies,
        assume_role,
        # The state is asked before the rule's work begins.
        rules_apart,
        rule_states,
        account_regions,
        pipes_tags,
        kinesis_tags,
        tables,
        trails,
        pipe_enrichment,
        firehose_encryption,
        firehose_records,
        firehose_s3,
        long_polls,
        sqs_metrics,
        recorder,
        account_created,
    ):
        correction.attach()
