"""DMN files that import others: deployed together or one after the other, and read again after a restart."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from engine.adapters.keys import CountingKeys
from engine.bus import Bus
from engine.commands.checking import Known, Resource, check_resources
from engine.commands.definitions import Definitions
from engine.commands.evaluate_decision import EvaluateDecision
from engine.commands.transaction import Services
from engine.errors import DeploymentRefused
from engine.model.work import Called
from engine.store.tables import decision_import, decision_requirements
from tests.dmn.support import decision, literal
from tests.dsl import OWNER, Office, PlainHasher

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def file(id_: str, *parts: str, namespace: str = "") -> bytes:
    """A DMN file; its namespace is urn:<id> unless another is named."""
    space = namespace or f"urn:{id_}"
    head = f'<definitions xmlns="{DMN}" id="{id_}" name="{id_}" namespace="{space}">'
    return f"{head}{''.join(parts)}</definitions>".encode()


def importing(namespace: str, name: str, location: str = "") -> str:
    place = f' locationURI="{location}"' if location else ""
    return f'<import namespace="{namespace}" name="{name}" importType="{DMN}"{place}/>'


def using(name: str, logic: str, href: str) -> str:
    needs = f'<informationRequirement><requiredDecision href="{href}"/></informationRequirement>'
    return f'<decision id="{name}" name="{name}"><variable name="{name}"/>{needs}{literal(logic)}</decision>'


def tax(rate: str) -> bytes:
    return file("tax", decision("rate", literal(rate)))


PRICE = file("price", importing("urn:tax", "กฎภาษี"), using("total", "amount * (1 + กฎภาษี.rate)", "urn:tax#rate"))


def total(office: Office, amount: int = 100) -> Any:
    return office.run(EvaluateDecision("total", variables={"amount": amount}), OWNER)


def restarted(office: Office) -> Office:
    """The same database, nothing in memory."""
    keys = CountingKeys(1_000_000)
    office.bus = Bus(office.database, office.clock, Services(keys, Definitions(), PlainHasher()))
    return office


def test_files_deployed_together_whatever_their_order(office: Office) -> None:
    answer = office.deploy(("a-price.dmn", PRICE), ("b-tax.dmn", tax("0.07")))
    assert total(office)["output"] == "107"
    names = [d["decisionRequirements"]["decisionRequirementsId"] for d in answer["deployments"] if d["decisionRequirements"]]
    assert sorted(names) == ["price", "tax"]
    assert total(restarted(office))["output"] == "107"


def test_a_model_that_was_deployed_earlier(office: Office) -> None:
    office.deploy(("tax.dmn", tax("0.07")))
    office.deploy(("price.dmn", PRICE))
    assert total(office)["output"] == "107"
    assert total(restarted(office))["output"] == "107"


def test_an_evaluation_tells_the_imported_decision_with_its_own_key_and_version(small_office: Office) -> None:
    small_office.deploy(("tax.dmn", tax("0.1")))
    deployed = small_office.deploy(("tax.dmn", tax("0.07")), ("price.dmn", PRICE))["deployments"]
    keys = {
        d["decisionDefinition"]["decisionDefinitionId"]: d["decisionDefinition"]["decisionDefinitionKey"]
        for d in deployed
        if d["decisionDefinition"]
    }
    shown = [
        (e["decisionDefinitionId"], e["decisionDefinitionKey"], e["decisionDefinitionVersion"])
        for e in total(small_office)["evaluatedDecisions"]
    ]
    assert shown == [("rate", keys["rate"], 2), ("total", keys["total"], 1)]


def test_a_version_means_the_same_for_ever(small_office: Office) -> None:
    """A newer imported model changes nothing until the importing one is deployed again: then it has a new version."""
    office = small_office
    office.deploy(("tax.dmn", tax("0.07")), ("price.dmn", PRICE))
    office.deploy(("tax.dmn", tax("0.10")))
    assert total(office)["output"] == "107"
    assert total(restarted(office))["output"] == "107"
    again = office.deploy(("price.dmn", PRICE))["deployments"]
    assert [d["decisionRequirements"]["version"] for d in again if d["decisionRequirements"]] == [2]
    assert total(office)["output"] == "110"
    same = office.deploy(("tax.dmn", tax("0.10")), ("price.dmn", PRICE))["deployments"]
    assert {d["decisionRequirements"]["version"] for d in same if d["decisionRequirements"]} == {2}


def test_a_chain_of_imports_is_read_again_in_its_order(small_office: Office) -> None:
    files = [("m0.dmn", file("m0", decision("d0", literal("1"))))]
    for n in range(1, 30):
        before = n - 1
        links = importing(f"urn:m{before}", "m")
        files.append((f"m{n}.dmn", file(f"m{n}", links, using(f"d{n}", f"m.d{before} + 1", f"urn:m{before}#d{before}"))))
    small_office.deploy(*reversed(files))
    asked = EvaluateDecision("d29")
    assert restarted(small_office).run(asked, OWNER)["output"] == "30"
    with small_office.database.read() as db:
        c = decision_import.c
        assert len(db.execute(select(c.importing_key)).all()) == 29
        assert "urn:m7" in db.execute(select(decision_requirements.c.namespace)).scalars().all()


def refused(*files: tuple[str, bytes], known: Known | None = None) -> list[tuple[str, str, str]]:
    faults = check_resources([Resource(*f) for f in files], known or Known()).faults
    assert all(fault.th and fault.en for fault in faults)
    return [(fault.file, fault.rule, fault.en) for fault in faults]


def test_an_import_of_nothing_is_refused(small_office: Office) -> None:
    with pytest.raises(DeploymentRefused) as caught:
        small_office.deploy(("price.dmn", PRICE))
    assert {fault.rule for fault in caught.value.faults} == {"dmn-import", "dmn-requirement"}


def test_files_that_import_each_other_are_refused() -> None:
    one = file("one", importing("urn:two", "two"), decision("a", literal("1")))
    two = file("two", importing("urn:one", "one"), decision("b", literal("1")))
    [(_, rule, said)] = refused(("one.dmn", one), ("two.dmn", two))
    assert rule == "dmn-import" and "one.dmn" in said and "two.dmn" in said
    itself = file("one", importing("urn:one", "one"), decision("a", literal("1")))
    [(_, rule, said)] = refused(("one.dmn", itself))
    assert rule == "dmn-import" and "its own namespace" in said


def test_two_files_with_the_imported_namespace_are_told_apart_by_the_location_only() -> None:
    rates = [file(f"r{n}", decision(f"rate{n}", literal("1")), namespace="urn:tax") for n in (1, 2)]
    both = (("rates/r1.dmn", rates[0]), ("rates/r2.dmn", rates[1]))

    def price(location: str) -> tuple[str, bytes]:
        links = importing("urn:tax", "t", location)
        return "price.dmn", file("price", links, using("total", "t.rate2", "urn:tax#rate2"))

    [(_, rule, said)] = refused(*both, price(""))
    assert rule == "dmn-import" and "r1.dmn" in said and "r2.dmn" in said
    assert refused(*both, price("./r2.dmn")) == []


def test_the_fault_of_an_imported_file_is_told_once() -> None:
    broken = file("tax", decision("rate", literal("0.07 +")))
    assert [(name, rule) for name, rule, _ in refused(("tax.dmn", broken), ("price.dmn", PRICE))] == [
        ("tax.dmn", "dmn-feel")
    ]


def test_models_need_an_id_of_their_own_and_files_a_name() -> None:
    twice = (("a.dmn", file("tax", decision("a", literal("1")))), ("b.dmn", file("tax", decision("b", literal("1")))))
    assert [rule for _, rule, _ in refused(*twice)] == ["id-repeated"]
    nameless = file("", decision("a", literal("1")), namespace="urn:a")
    assert [rule for _, rule, _ in refused(("a.dmn", nameless))] == ["id-missing"]
    assert "file-name" in [rule for _, rule, _ in refused(("a.dmn", PRICE), ("a.dmn", tax("1")))]


def test_a_decision_is_found_by_its_version_tag(small_office: Office) -> None:
    tag = '<z:versionTag xmlns:z="http://camunda.org/schema/zeebe/1.0" value="{}"/>'
    for value, said in (("v1", "1"), ("v2", "2")):
        extension = f"<extensionElements>{tag.format(value)}</extensionElements>"
        small_office.deploy(("d.dmn", file("m", decision("d", extension + literal(said)))))
    with small_office.database.read() as db:
        found = small_office.bus.services.definitions.find_decision(db, "d", Called("d", "versionTag", "v1"))
    assert found is not None and found.version == 1
