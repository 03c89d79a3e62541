"""Firehose StartDeliveryStreamEncryption and its opposite, which LocalEmu answers with 501: only the state is kept."""

from typing import Any


def attach() -> None:
    from localemu.services.firehose.provider import FirehoseProvider, _get_description_or_raise_not_found

    def start(
        _self: Any,
        context: Any,
        delivery_stream_name: str,
        delivery_stream_encryption_configuration_input: Any = None,
        **_: Any,
    ) -> dict[str, Any]:
        description = _get_description_or_raise_not_found(context, delivery_stream_name)
        wanted = delivery_stream_encryption_configuration_input or {"KeyType": "AWS_OWNED_CMK"}
        description["DeliveryStreamEncryptionConfiguration"] = {**wanted, "Status": "ENABLED"}
        return {}

    def stop(_self: Any, context: Any, delivery_stream_name: str, **_: Any) -> dict[str, Any]:
        description = _get_description_or_raise_not_found(context, delivery_stream_name)
        description["DeliveryStreamEncryptionConfiguration"] = {"Status": "DISABLED"}
        return {}

    FirehoseProvider.start_delivery_stream_encryption = start
    FirehoseProvider.stop_delivery_stream_encryption = stop
