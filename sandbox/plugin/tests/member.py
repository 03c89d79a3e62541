"""A running emulator with an organization of two, a session in the member account and its watched buses."""

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.config import Config
from emulator import running

MANAGEMENT = "111111111111"
REGION = "eu-central-1"
GLOBAL = "us-east-1"
PROMPT_SECONDS = 2

Keys = dict[str, str]
Client = Callable[..., Any]


@dataclass
class Bus:
    """A default bus, seen through a queue that one of its rules feeds."""

    sqs: Any
    queue: str
    seen: list[dict[str, Any]] = field(default_factory=list)

    def event(self, name: str, **detail: Any) -> dict[str, Any]:
        """The first event of that name. Raises AssertionError when none comes in time."""
        until = time.monotonic() + PROMPT_SECONDS
        while True:
            for event in self.seen:
                found = event["detail"]
                if found["eventName"] == name and all(
                    found.get(key) == value for key, value in detail.items()
                ):
                    return event
            assert time.monotonic() < until, (
                f"no {name} in {[event['detail']['eventName'] for event in self.seen]}"
            )
            self.receive()

    def receive(self) -> None:
        answer = self.sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10, WaitTimeSeconds=1)
        for message in answer.get("Messages", []):
            self.seen.append(json.loads(message["Body"]))
            self.sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])

    def names(self) -> set[str]:
        self.receive()
        return {event["detail"]["eventName"] for event in self.seen}


@dataclass
class Member:
    account: str
    client: Client
    operator: Keys
    buses: dict[str, Bus]
    everything: Bus

    def as_operator(self, service: str, region: str = REGION) -> Any:
        return self.client(service, region, **self.operator)


@contextlib.contextmanager
def running_member() -> Iterator[Member]:
    """Strict identity, an organization of two, and a session with source identity in the member."""
    with running(IAM_ENFORCEMENT="1") as endpoint:

        def client(service: str, region: str = REGION, **keys: str) -> Any:
            keys = keys or {"aws_access_key_id": MANAGEMENT, "aws_secret_access_key": "any"}
            settings = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 0})
            return boto3.client(service, endpoint_url=endpoint, region_name=region, config=settings, **keys)

        organizations = client("organizations")
        organization = organizations.create_organization(FeatureSet="ALL")["Organization"]["Id"]
        created = organizations.create_account(Email="member@example.com", AccountName="member")
        account = created["CreateAccountStatus"]["AccountId"]
        administrator = session(client("sts"), account, "OrganizationAccountAccessRole")
        make_role(client("iam", **administrator), "Operator", trust_of_organization(organization), "*")
        operator = session(client("sts"), account, "Operator", SourceIdentity="alice")
        buses = {
            region: watched(client, operator, region, "changes", "ENABLED") for region in (REGION, GLOBAL)
        }
        everything = watched(
            client, operator, REGION, "everything", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
        )
        yield Member(account, client, operator, buses, everything)


def session(sts: Any, account: str, role: str, **options: str) -> Keys:
    arn = f"arn:aws:iam::{account}:role/{role}"
    credentials = sts.assume_role(RoleArn=arn, RoleSessionName="tester", **options)["Credentials"]
    return {
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
        "aws_session_token": credentials["SessionToken"],
    }


def trust_of_organization(organization: str) -> dict[str, Any]:
    return {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{MANAGEMENT}:root"},
        "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"],
        "Condition": {
            "ArnEquals": {"aws:PrincipalArn": f"arn:aws:iam::{MANAGEMENT}:root"},
            "StringEquals": {"aws:PrincipalOrgID": organization},
            "StringLike": {"sts:SourceIdentity": "*"},
        },
    }


def make_role(iam: Any, name: str, trust: dict[str, Any], action: str) -> str:
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
    allowed = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]}
    iam.put_role_policy(RoleName=name, PolicyName="work", PolicyDocument=json.dumps(allowed))
    return arn


def watched(client: Client, keys: Keys, region: str, name: str, state: str) -> Bus:
    sqs, events = client("sqs", region, **keys), client("events", region, **keys)
    queue = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name=name, EventPattern=json.dumps({"source": [{"prefix": "aws."}]}), State=state)
    events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": arn}])
    return Bus(sqs, queue)
