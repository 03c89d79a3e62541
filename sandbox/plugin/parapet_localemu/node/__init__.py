"""Lambda functions as child processes of Node, without a container engine."""
