"""Queues are asked by long polls, as Lambda and Pipes do: LocalEmu asks each five times a second, which costs more than
all work that comes by, and lets a message wait until it asks again.
"""

from typing import Any

# AWS waits for 20 seconds. A mapping that is deleted ends after its last poll, and Terraform waits for that.
WAIT_SECONDS = 5


def attach() -> None:
    from localemu.services.lambda_.event_source_mapping.pollers import sqs_poller
    from localemu.services.lambda_.event_source_mapping.pollers.poller import EmptyPollResultsException

    create = sqs_poller.SqsPoller.__init__
    poll = sqs_poller.SqsPoller.poll_events

    def create_waiting(self: Any, *arguments: Any, **options: Any) -> None:
        create(self, *arguments, **options)
        self.maximum_batching_window = max(self.maximum_batching_window, WAIT_SECONDS)

    def poll_again_at_once(self: Any) -> None:
        """An empty answer has taken its time already."""
        try:
            poll(self)
        except EmptyPollResultsException:
            pass

    sqs_poller.SqsPoller.__init__ = create_waiting
    sqs_poller.SqsPoller.poll_events = poll_again_at_once
