"""Kinesis CreateStream tags the stream; LocalEmu leaves the tags out, so that Terraform would add them at every plan."""

from typing import Any


def attach() -> None:
    from moto.kinesis.responses import KinesisResponse

    create = KinesisResponse.create_stream

    def create_tagged(self: Any) -> str:
        answer = create(self)
        tags = self._get_param("Tags")
        if tags:
            self.kinesis_backend.add_tags_to_stream(None, self._get_param("StreamName"), tags)
        return answer

    KinesisResponse.create_stream = create_tagged
