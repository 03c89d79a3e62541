"""ListRegions, a page at a time."""

from parapet_localemu.corrections.account_regions import page_of_regions


def test_the_default_regions_are_enabled_and_the_others_disabled() -> None:
    regions = {item["RegionName"]: item["RegionOptStatus"] for item in page_of_regions({})["Regions"]}

    assert list(regions.values()).count("ENABLED_BY_DEFAULT") == 17
    assert regions["eu-central-1"] == "ENABLED_BY_DEFAULT"
    assert regions["me-south-1"] == "DISABLED"


def test_a_page_has_the_size_asked_for_and_the_token_continues_it() -> None:
    wanted = {"RegionOptStatusContains": ["ENABLED", "ENABLED_BY_DEFAULT"], "MaxResults": 10}

    first = page_of_regions(wanted)
    second = page_of_regions({**wanted, "NextToken": first["NextToken"]})

    assert (len(first["Regions"]), len(second["Regions"])) == (10, 7)
    assert "NextToken" not in second
