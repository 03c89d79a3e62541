"""Pipes ask their enrichment, which LocalEmu leaves out: a Lambda function gets the batch and answers with another."""

import json
from typing import Any


def attach() -> None:
    from localemu.services.pipes import pipe_worker_factory, provider
    from localemu.services.pipes.event_processor import PipeEventProcessor
    from localemu.services.pipes.transform import apply_input_template

    build_worker = pipe_worker_factory.build_worker
    process = PipeEventProcessor.process_events_batch

    def build_enriching_worker(pipe: Any, account_id: str, region: str, desired_running: bool) -> Any:
        worker = build_worker(pipe, account_id, region, desired_running)
        worker.poller.processor.enrichment = getattr(pipe, "enrichment", None)
        worker.poller.processor.enrichment_role = getattr(pipe, "role_arn", None)
        return worker

    def process_enriched(self: Any, input_events: list[Any]) -> None:
        if not getattr(self, "enrichment", None):
            process(self, input_events)
            return
        template = self.enrichment_input_template
        handed = [apply_input_template(template, event) for event in input_events] if template else list(input_events)
        events = _answer_of(self, handed)
        if not events:
            return
        self.enrichment_input_template = None
        try:
            process(self, events)
        finally:
            self.enrichment_input_template = template

    pipe_worker_factory.build_worker = build_enriching_worker
    provider.build_worker = build_enriching_worker
    PipeEventProcessor.process_events_batch = process_enriched


def _answer_of(processor: Any, events: list[Any]) -> list[Any]:
    """What the function answers, as the pipe's role: an array, or one event, or nothing."""
    from localemu.services.lambda_.event_source_mapping.pipe_utils import get_internal_client

    client = get_internal_client(
        arn=processor.enrichment,
        role_arn=processor.enrichment_role,
        service_principal="pipes",
        source_arn=processor.pipe_arn,
        service="lambda",
    )
    answer = client.invoke(FunctionName=processor.enrichment, Payload=json.dumps(events, default=str).encode())
    payload = answer["Payload"].read()
    if answer.get("FunctionError"):
        raise RuntimeError(f"the enrichment of {processor.pipe_name} failed: {payload[:500]!r}")
    enriched = json.loads(payload or b"null")
    if enriched is None:
        return []
    return enriched if isinstance(enriched, list) else [enriched]
