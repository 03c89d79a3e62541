"""API calls seen at the gateway, turned into CloudTrail records and put on the default bus."""
