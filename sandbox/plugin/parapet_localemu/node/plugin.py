"""Makes the executor known to LocalEmu as `LAMBDA_RUNTIME_EXECUTOR=process`."""

from plux import Plugin


class NodeProcessPlugin(Plugin):
    namespace = "localemu.lambda.runtime_executor"
    name = "process"

    def load(self, *_args: object, **_options: object) -> type:
        from parapet_localemu.node.executor import NodeProcessExecutor

        return NodeProcessExecutor
