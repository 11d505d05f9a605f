"""Data objects, properties and stores (BPMN 2.0.2, section 10.4.1): variables of the scope that declares them."""

from __future__ import annotations

from decimal import Decimal

from tests.execution.bench import diagram, flows, node, user
from tests.execution.data_bench import END, START, data_object, fill, give, interface, local, prop


def script(id: str, expression: str, result: str, body: str = "") -> str:
    """A script task."""
    return node("scriptTask", id, f'<zeebe:script expression="{expression}" resultVariable="{result}"/>', body)


def test_a_data_object_is_a_variable_of_the_process_from_its_beginning(run) -> None:
    case = run(diagram(data_object("order") + START + user("a") + flows("s a"))).start()
    assert case.variables == {"order": None}
    assert case.complete("a", order={"total": 5}).variables["order"] == {"total": Decimal(5)}


def test_what_the_instance_is_started_with_stays(run) -> None:
    case = run(diagram(data_object("order") + START + user("a") + flows("s a"))).start(order="no 7")
    assert case.variables == {"order": "no 7"}


def test_a_collection_begins_as_an_empty_list(run) -> None:
    items = data_object("files", ' isCollection="true"')
    xml = diagram(items + START + script("a", "=append(files, 1)", "files") + user("u") + flows("s a", "a u"))
    assert run(xml).start().variables == {"files": [Decimal(1)]}


def test_an_item_definition_makes_a_collection(run) -> None:
    roots = '<bpmn:itemDefinition id="many" isCollection="true"/><bpmn:itemDefinition id="one"/>'
    items = data_object("files", ' itemSubjectRef="many"') + data_object("file", ' itemSubjectRef="one"')
    assert run(diagram(items + START + user("u") + flows("s u"), roots)).start().variables == {"files": [], "file": None}


def test_a_data_object_without_a_name_is_called_by_its_id(run) -> None:
    item = '<bpmn:dataObject id="Data_1"/><bpmn:dataObjectReference id="r" dataObjectRef="Data_1"/>'
    task = user("a", body=interface(outputs="x") + give("o_x -> r"))
    xml = diagram(item + START + task + user("u") + flows("s a", "a u"))
    assert run(xml).start().complete("a", x=1).variables == {"Data_1": Decimal(1)}


def test_what_is_only_drawn_is_no_variable_and_moves_nothing(run) -> None:
    # as modelers draw it: no names, associations with one end, or to a hidden property
    item = '<bpmn:dataObject id="Data_1"/><bpmn:dataObjectReference id="r" name="คำขอ" dataObjectRef="Data_1"/>'
    item += '<bpmn:dataStoreReference id="ds" name="ทะเบียน"/>'
    hidden = '<bpmn:property id="ph" name="__targetRef_placeholder"/>'
    task = user("a", body=hidden + fill("r -> ph") + fill("ds -> ph") + give("-> r") + give("-> ds"))
    start, end = node("startEvent", "s", body=give("-> r")), node("endEvent", "e", body=hidden.replace("ph", "pe") + fill("r -> pe"))
    case = run(diagram(item + start + task + end + flows("s a", "a e"))).start(x=1)
    assert (case.waiting, case.variables) == (["a"], {"x": Decimal(1)})
    assert case.complete("a", y=2).variables == {"x": Decimal(1), "y": Decimal(2)}


def sub(inner: str, head: str = "", attributes: str = "") -> str:
    """A sub-process `sub` around what follows its start event."""
    return f'<bpmn:subProcess id="sub"{attributes}>{head}{node("startEvent", "is")}{inner}</bpmn:subProcess>'


def inside(*pairs: str) -> str:
    """Flows inside the sub-process."""
    return flows(*pairs).replace('id="f', 'id="i')


def test_a_data_object_of_a_sub_process_lives_as_long_as_it(run) -> None:
    inner = script("a", "=5", "note") + user("b") + data_object("note") + inside("is a", "a b")
    case = run(diagram(START + sub(inner) + user("u") + flows("s sub", "sub u"))).start()
    assert case.variables == {}
    assert case.case.variables.visible(next(iter(case.tasks))) == {"note": Decimal(5)}
    assert case.complete("b").variables == {}


def test_the_inner_of_two_data_objects_of_one_name_is_meant_inside(run) -> None:
    task = user("b", body=interface(outputs="found") + give("o_found -> r_inner"))
    inner = task + data_object("note", id="inner") + inside("is b")
    case = run(diagram(data_object("note") + START + sub(inner) + user("u") + flows("s sub", "sub u"))).start(note="outer")
    assert case.complete("b", found="inner").variables == {"note": "outer"}


def test_an_association_reaches_the_outer_data_object_over_an_inner_one(run) -> None:
    task = user("b", body=interface("seen", "found") + fill("r_note -> i_seen") + give("o_found -> r_note"))
    inner = task + data_object("note", id="inner") + inside("is b")
    case = run(diagram(data_object("note") + START + sub(inner) + user("u") + flows("s sub", "sub u"))).start(note="outer")
    assert local(case, "b")["seen"] == "outer"
    assert case.complete("b", found="new").variables == {"note": "new"}


def test_each_round_of_a_loop_has_its_own_data_objects(run) -> None:
    loop = (
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1,2]" '
        'inputElement="n" outputCollection="all" outputElement="=note"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>'
    )
    inner = script("a", "=n * 10", "note") + user("b") + data_object("note") + inside("is a", "a b")
    case = run(diagram(START + sub(inner, loop) + user("u") + flows("s sub", "sub u"))).start()
    assert case.complete("b").complete("b").variables == {"all": [Decimal(10), Decimal(20)]}


def test_a_property_of_the_process_and_of_a_sub_process(run) -> None:
    inner = script("a", "=count + 1", "count") + script("b", "=5", "step") + user("c") + inside("is a", "a b", "b c")
    case = run(diagram(prop("count") + START + sub(inner, prop("step")) + user("u") + flows("s sub", "sub u"))).start(count=1)
    assert case.complete("c").variables == {"count": Decimal(2)}


def test_a_property_of_an_activity_stays_with_it_unless_an_association_takes_it_out(run) -> None:
    body = prop("draft") + fill("r_order -> p_draft") + give("p_draft -> r_order")
    xml = diagram(data_object("order") + START + user("a", body=prop("draft").replace("p_", "q_")) + user("b", body=body) + user("u") + flows("s a", "a b", "b u"))
    case = run(xml).start(order="x").complete("a", draft="lost")
    assert case.variables == {"order": "x"}
    assert local(case, "b") == {"draft": "x"}
    assert case.complete("b", draft="kept").variables == {"order": "kept"}


def test_a_property_of_an_event_holds_what_it_brings(run) -> None:
    message = '<bpmn:message id="M" name="m"><bpmn:extensionElements><zeebe:subscription correlationKey="=1"/></bpmn:extensionElements></bpmn:message>'
    body = prop("raw") + give("p_raw -> r_order", "=raw * 2") + '<bpmn:messageEventDefinition messageRef="M"/>'
    catch = node("intermediateCatchEvent", "c", body=body)
    case = run(diagram(data_object("order") + START + catch + user("u") + flows("s c", "c u"), message)).start()
    assert case.trigger("c", raw=21).variables == {"order": Decimal(42)}


def test_a_sub_process_fills_its_own_data_and_hands_them_out(run) -> None:
    head = prop("who") + fill("r_order -> do_note", "=order.note") + fill("r_order -> p_who", who__name="=order.name")
    head += give("do_note -> r_order", order__note="=note") + give("p_who -> r_seen", "=who.name")
    inner = user("b") + data_object("note") + inside("is b")
    xml = diagram(data_object("order") + data_object("seen") + START + sub(inner, head) + user("u") + flows("s sub", "sub u"))
    case = run(xml).start(order={"note": "x", "name": "ann"})
    assert case.case.variables.visible(next(iter(case.tasks)))["note"] == "x"
    assert case.complete("b", note="y").variables == {"order": {"note": "y", "name": "ann"}, "seen": "ann"}


def test_an_interrupted_activity_hands_nothing_out(run) -> None:
    border = node("boundaryEvent", "b", body='<bpmn:signalEventDefinition signalRef="S"/>', attributes='attachedToRef="a"')
    task = user("a", body=prop("draft") + give("p_draft -> r_order"))
    xml = diagram(data_object("order") + START + task + border + user("u") + flows("s a", "b u"), '<bpmn:signal id="S" name="s"/>')
    assert run(xml).start(order=1, draft=2).trigger("b").variables == {"order": Decimal(1), "draft": Decimal(2)}


STORE = '<bpmn:dataStore id="ds" name="archive" capacity="10" isUnlimited="false"/>'


def test_a_data_store_is_one_variable_of_the_process_wherever_it_is_referred_to(run) -> None:
    refs = '<bpmn:dataStoreReference id="r1" dataStoreRef="ds"/>', '<bpmn:dataStoreReference id="r2" dataStoreRef="ds"/>'
    write = user("a", body=interface(outputs="found") + give("o_found -> r1", "=append(archive, found)"))
    read = user("b", body=interface("papers") + fill("r2 -> i_papers"))
    xml = diagram(refs[1] + START + sub(write + refs[0] + inside("is a")) + read + flows("s sub", "sub b"), STORE)
    case = run(xml).start(archive=[1])
    assert case.complete("a", found=2).variables == {"archive": [Decimal(1), Decimal(2)]}
    assert local(case, "b") == {"papers": [Decimal(1), Decimal(2)]}


def test_a_reference_without_a_store_is_a_store_of_its_own(run) -> None:
    task = user("a", body=interface(outputs="x") + give("o_x -> r"))
    xml = diagram('<bpmn:dataStoreReference id="r" name="register"/>' + START + task + user("u") + flows("s a", "a u"))
    assert run(xml).start().complete("a", x=1).variables == {"register": Decimal(1)}


def test_an_event_sub_process_has_data_and_input_mappings_too(run) -> None:
    mapping = '<bpmn:extensionElements><zeebe:ioMapping><zeebe:input source="=1" target="x"/></zeebe:ioMapping></bpmn:extensionElements>'
    signal = node("startEvent", "es", body='<bpmn:signalEventDefinition signalRef="S"/>', attributes='isInterrupting="false"')
    inner = signal + user("b") + data_object("note") + inside("es b")
    esp = f'<bpmn:subProcess id="sub" triggeredByEvent="true">{mapping}{prop("p")}{inner}</bpmn:subProcess>'
    case = run(diagram(START + user("u") + esp + flows("s u"), '<bpmn:signal id="S" name="s"/>')).start().trigger("es")
    assert case.case.variables.visible(next(k for k, e in case.tasks.items() if e == "b")) == {"x": Decimal(1), "p": None, "note": None}
    assert case.complete("b", note=3, p=4).variables == {}


def test_the_end_of_the_process_hands_its_data_objects_over(run) -> None:
    case = run(diagram(data_object("order") + START + END + flows("s e"))).start()
    assert case.ended is not None and case.ended.variables == {"order": None}
