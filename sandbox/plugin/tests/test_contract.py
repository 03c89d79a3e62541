"""Every record has the form of the records that AWS wrote for the same operation."""

import re
import warnings
from collections import defaultdict
from typing import Any

import pytest
from allowances import NOT_IN_OURS, NOT_RECORDED
from corpus import Event, is_shared, recorded
from paths import Paths, merged, paths_of
from samples import samples

from parapet_localemu.trail.record import record_of

ELEMENTS = ("requestParameters", "responseElements", "additionalEventData", "resources")
# The same in every record of a service, so that any of its records shows their form.
ALIKE_IN_A_SERVICE = ("additionalEventData", "resources", "responseElements.requestId")

if not is_shared():
    warnings.warn(
        "../shared/cloudtrail is not here: the contract is held against the carried fixtures only",
        stacklevel=1,
    )

RECORDED: dict[tuple[str, str], list[Event]] = defaultdict(list)
RECORDED_OF_SERVICE: dict[str, list[Event]] = defaultdict(list)
for each in recorded():
    RECORDED[each["eventSource"], each["eventName"]].append(each)
    RECORDED_OF_SERVICE[each["eventSource"]].append(each)

OURS = [(record["eventSource"], record["eventName"], record) for record in map(record_of, samples())]
COMPARED = [row for row in OURS if RECORDED[row[0], row[1]]]
NAMES = [f"{source.split('.')[0]}:{name}" for source, name, _ in COMPARED]


def elements(event: Event) -> dict[str, Any]:
    return {key: event[key] for key in ELEMENTS if event.get(key) is not None}


def frame(event: Event) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key not in ELEMENTS}


def succeeded(event: Event) -> bool:
    return not event.get("errorCode") and not event.get("errorMessage")


def is_allowed(allowances: dict[str, str], name: str, path: str) -> bool:
    return any(re.fullmatch(pattern, f"{name} {path}") for pattern in allowances)


FRAMES = merged([paths_of(frame(event)) for events in RECORDED_OF_SERVICE.values() for event in events])


def recorded_paths(source: str, name: str) -> Paths:
    """What AWS recorded for the operation, and for its whole service where that is alike."""
    of_service = merged([paths_of(elements(event)) for event in RECORDED_OF_SERVICE[source]])
    alike = {path: types for path, types in of_service.items() if path.startswith(ALIKE_IN_A_SERVICE)}
    return merged([alike, *(paths_of(elements(event)) for event in RECORDED[source, name])])


@pytest.mark.parametrize(("source", "name", "ours"), COMPARED, ids=NAMES)
def test_every_path_of_ours_was_recorded_with_its_type(source: str, name: str, ours: Event) -> None:
    theirs = recorded_paths(source, name)
    only_failures = not any(succeeded(event) for event in RECORDED[source, name])
    only_denials = all(event.get("requestParameters") is None for event in RECORDED[source, name])
    compared = {
        path: types
        for path, types in paths_of(elements(ours)).items()
        if not (only_failures and path.startswith("responseElements"))
        and not (only_failures and only_denials and path.startswith("requestParameters"))
    }

    foreign = {
        f"{path}: {types} where AWS has {theirs.get(path) or 'nothing'}"
        for path, types in compared.items()
        if not types <= theirs.get(path, set()) and not is_allowed(NOT_RECORDED, name, path)
    }

    assert not foreign


@pytest.mark.parametrize(("source", "name", "ours"), COMPARED, ids=NAMES)
def test_every_path_that_all_recorded_successes_have_is_in_ours(source: str, name: str, ours: Event) -> None:
    successes = [paths_of(elements(event)) for event in RECORDED[source, name] if succeeded(event)]
    first = successes[0] if successes else {}
    common = {path for path in first if all(path in other for other in successes)}

    own = paths_of(elements(ours))
    missing = {path for path in common if path not in own and not is_allowed(NOT_IN_OURS, name, path)}

    assert not missing


@pytest.mark.parametrize(("source", "name", "ours"), COMPARED, ids=NAMES)
def test_the_frame_around_the_elements_is_aws_s(source: str, name: str, ours: Event) -> None:
    # No recorded event carries one; its place is documented in the IAM user guide, "Monitor and control
    # actions taken with assumed roles".
    documented = {"userIdentity.sessionContext.sourceIdentity": {"string"}}

    foreign = {
        path
        for path, types in paths_of(frame(ours)).items()
        if not types <= (FRAMES | documented).get(path, set())
    }

    assert not foreign


def test_the_contract_covers_the_services_whose_shapes_are_their_own() -> None:
    covered = {source.split(".")[0] for source, _, _ in COMPARED}

    assert {"s3", "ec2", "iam", "cloudtrail", "sts"} <= covered
