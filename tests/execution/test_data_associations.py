"""What moves between data (BPMN 2.0.2, section 10.4.2): copies, transformations, assignments, input and output sets."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from tests.execution.bench import diagram, flows, node, user
from tests.execution.data_bench import START, data_object, fill, give, interface, local, prop

ORDER = data_object("order")


def line(*tasks: str, head: str = ORDER, roots: str = "") -> bytes:
    """These tasks (a, b ...) one after another, then a user task u."""
    names = ["s", *"abc"[: len(tasks)], "u"]
    pairs = [f"{one} {next}" for one, next in pairwise(names)]
    return diagram(head + START + "".join(tasks) + user("u") + flows(*pairs), roots)


def test_an_input_is_copied_when_the_activity_begins_and_an_output_when_it_ends(run) -> None:
    body = interface("what", "done") + fill("r_order -> i_what") + give("o_done -> r_order")
    case = run(line(user("a", body=body))).start(order={"no": 1})
    assert local(case, "a") == {"what": {"no": Decimal(1)}, "done": None}
    assert case.set(order="changed meanwhile").variables == {"order": "changed meanwhile"}
    assert local(case, "a")["what"] == {"no": Decimal(1)}
    assert case.complete("a", done="yes").variables == {"order": "yes"}


def test_results_that_are_no_output_go_their_usual_way(run) -> None:
    body = interface(outputs="done?") + give("o_done -> r_order")
    assert run(line(user("a", body=body))).start().complete("a", other=1).variables == {"order": None, "other": Decimal(1)}


def test_a_transformation_of_several_sources(run) -> None:
    head = data_object("price") + data_object("count")
    body = interface("total") + fill("r_price r_count -> i_total", "=price * count")
    assert local(run(line(user("a", body=body), head=head)).start(price=3, count=4), "a") == {"total": Decimal(12)}


def test_a_transformation_reads_the_source_even_where_its_name_is_hidden(run) -> None:
    body = interface("order") + fill("r_order -> i_order", "=order + 1")
    mapping = '<zeebe:ioMapping><zeebe:output source="=order" target="order"/></zeebe:ioMapping>'
    case = run(line(user("a", mapping, body))).start(order=1)
    assert local(case, "a") == {"order": Decimal(2)}
    assert case.complete("a").variables == {"order": Decimal(2)}


def test_a_transformation_alone_puts_a_value_into_a_data_object(run) -> None:
    assert run(line(user("a", body=give("-> r_order", "=n * 2")))).start(n=4).complete("a").variables["order"] == Decimal(8)


def test_assignments_change_that_part_of_the_target_only(run) -> None:
    body = interface(outputs="name")
    body += give("o_name -> r_order", order__who__name="=name", order__who__asked="=true")
    case = run(line(user("a", body=body))).start(order={"no": 7, "who": {"name": "x", "age": 5}}).complete("a", name="ann")
    assert case.variables["order"] == {"no": Decimal(7), "who": {"name": "ann", "age": Decimal(5), "asked": True}}


def test_a_transformation_comes_before_the_assignments(run) -> None:
    body = interface(outputs="made") + give("o_made -> r_order", "={no: made}", order__state="=&quot;new&quot;")
    assert run(line(user("a", body=body))).start().complete("a", made=3).variables["order"] == {"no": Decimal(3), "state": "new"}


def test_an_assignment_may_write_the_path_as_feel_does(run) -> None:
    body = interface(outputs="made") + give("o_made -> r_order", **{"=order__no": "=made"})
    assert run(line(user("a", body=body))).start().complete("a", made=3).variables["order"] == {"no": Decimal(3)}


def test_two_associations_to_one_target_build_it_together(run) -> None:
    head = data_object("price") + data_object("count")
    body = interface("bill") + fill("r_price -> i_bill", bill__price="=price") + fill("r_count -> i_bill", bill__count="=count")
    case = run(line(user("a", body=body), head=head)).start(price=3, count=4)
    assert local(case, "a") == {"bill": {"price": Decimal(3), "count": Decimal(4)}}
    out = interface(outputs="x y") + give("o_x -> r_order", order__x="=x") + give("o_y -> r_order", order__y="=y")
    assert run(line(user("a", body=out))).start().complete("a", x=1, y=2).variables["order"] == {"x": 1, "y": 2}


def test_associations_come_before_the_mappings_of_the_dialect(run) -> None:
    mapping = (
        '<zeebe:ioMapping><zeebe:input source="=what + 1" target="more"/>'
        '<zeebe:output source="=order + 100" target="order"/></zeebe:ioMapping>'
    )
    body = interface("what", "done") + fill("r_order -> i_what") + give("o_done -> r_order")
    case = run(line(user("a", mapping, body))).start(order=1)
    assert local(case, "a") == {"what": Decimal(1), "more": Decimal(2), "done": None}
    # both were evaluated before either was written, and the mapping was the later one
    assert case.complete("a", done=5).variables == {"order": Decimal(101)}


def test_an_activity_does_not_begin_without_its_required_input(run) -> None:
    case = run(line(user("a", body=interface("what more?") + fill("r_order -> i_what") + fill("r_order -> i_more")))).start()
    (incident,) = case.incidents.values()
    assert case.waiting == [] and incident.error_type == "IO_MAPPING_ERROR"
    assert incident.message == "no input set of a is available: what missing"
    assert case.resolve().waiting == [] and len(case.incidents) == 1
    assert case.set(order=1).resolve().waiting == ["a"]
    assert local(case, "a") == {"what": Decimal(1), "more": Decimal(1)}


def test_an_optional_input_may_be_missing(run) -> None:
    case = run(line(user("a", body=interface("what?") + fill("r_order -> i_what", "=order.no")))).start()
    assert (case.waiting, local(case, "a")) == (["a"], {"what": None})


SETS = (
    "<bpmn:inputSet id='s1'><bpmn:dataInputRefs>i_form</bpmn:dataInputRefs><bpmn:outputSetRefs>t1</bpmn:outputSetRefs></bpmn:inputSet>"
    "<bpmn:inputSet id='s2'><bpmn:dataInputRefs>i_letter</bpmn:dataInputRefs></bpmn:inputSet>"
    "<bpmn:outputSet id='t1'><bpmn:dataOutputRefs>o_answer</bpmn:dataOutputRefs></bpmn:outputSet>"
    "<bpmn:outputSet id='t2'><bpmn:dataOutputRefs>o_note</bpmn:dataOutputRefs><bpmn:inputSetRefs>s2</bpmn:inputSetRefs></bpmn:outputSet>"
)


def either() -> bytes:
    """A task that takes a form or a letter, and gives an answer for the one or a note for the other."""
    head = data_object("form") + data_object("letter") + data_object("answer") + data_object("note")
    body = interface("form letter", "answer note", SETS) + fill("r_form -> i_form") + fill("r_letter -> i_letter")
    return line(user("a", body=body + give("o_answer -> r_answer") + give("o_note -> r_note")), head=head)


def test_the_first_input_set_that_is_available_counts(run) -> None:
    assert local(run(either()).start(form=1, letter=2), "a") == {"form": 1, "letter": None, "answer": None, "note": None}
    assert local(run(either()).start(letter=2), "a") == {"form": None, "letter": 2, "answer": None, "note": None}
    (incident,) = run(either()).start().incidents.values()
    assert incident.message == "no input set of a is available: form missing; or letter missing"


def test_an_input_set_leads_to_its_output_sets(run) -> None:
    case = run(either()).start(letter=2).complete("a", answer="yes")
    (incident,) = case.incidents.values()
    assert incident.message == "no output set of a is available: note missing"
    case.case.set_variables(incident.task_key, {"note": "seen"}, local=True)
    assert case._settle().resolve().waiting == ["u"]
    assert case.variables["note"] == "seen" and case.variables["answer"] == "yes"
    assert run(either()).start(form=1).complete("a", answer="yes").waiting == ["u"]


def test_what_is_repaired_after_the_outputs_does_not_move_them_twice(run) -> None:
    body = interface(outputs="n") + give("o_n -> r_order", "=order + n")
    gateway = node("exclusiveGateway", "g")
    task = user("a", body=body)
    xml = diagram(ORDER + START + task + gateway + user("u") + flows("s a", "a u: =go"))
    case = run(xml.replace(b'<bpmn:exclusiveGateway id="g" ></bpmn:exclusiveGateway>', b"")).start(order=1).complete("a", n=5)
    assert len(case.incidents) == 1
    assert case.set(go=True).resolve().variables["order"] == Decimal(6)


def test_a_failing_mapping_moves_nothing(run) -> None:
    # the output has no value within its budget: the association before it is not carried out either
    mapping = '<zeebe:ioMapping><zeebe:output source="=for i in 1..n, j in 1..n return i" target="x"/></zeebe:ioMapping>'
    case = run(line(user("a", mapping, interface(outputs="done") + give("o_done -> r_order")))).start(order=1, n=100000)
    assert case.complete("a", done=2).variables["order"] == Decimal(1) and len(case.incidents) == 1
    assert case.set(n=1).resolve().variables["order"] == Decimal(2)


def test_a_collection_takes_lists_only(run) -> None:
    files = data_object("files", ' isCollection="true"')
    body = interface(outputs="found") + give("o_found -> r_files", "=found")
    case = run(line(user("a", body=body), head=files)).start().complete("a", found=5)
    (incident,) = case.incidents.values()
    assert incident.message == "data files: 'files' must give a list, but gave 5" and case.variables == {"files": []}


def test_an_output_that_should_be_a_list_is_repaired_like_any_other(run) -> None:
    files = data_object("files", ' isCollection="true"')
    body = interface(outputs="found", more=' isCollection="true"') + give("o_found -> r_files")
    case = run(line(user("a", body=body), head=files)).start().complete("a", found=5)
    (incident,) = case.incidents.values()
    assert incident.message == "data found: 'found' must give a list, but gave 5"
    case.case.set_variables(incident.task_key, {"found": [Decimal(5)]}, local=True)
    assert case._settle().resolve().variables == {"files": [Decimal(5)]}


def test_the_inputs_of_a_multi_instance_task_are_there_for_its_collection(run) -> None:
    loop = (
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=papers" '
        'inputElement="paper"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>'
    )
    files = data_object("files", ' isCollection="true"') + data_object("seen", ' isCollection="true"')
    body = interface("papers", "mark").replace('name="papers"', 'name="papers" isCollection="true"')
    body += fill("r_files -> i_papers") + give("o_mark -> r_seen", "=append(seen, mark)") + loop
    case = run(line(user("a", body=body), head=files)).start(files=["x", "y"])
    assert case.waiting == ["a", "a"] and local(case, "a")["paper"] == "x"
    assert case.complete("a", mark=1).complete("a", mark=2).variables["seen"] == [Decimal(1), Decimal(2)]


def test_a_standard_loop_moves_its_data_each_round(run) -> None:
    body = interface("n", "m") + fill("r_order -> i_n") + give("o_m -> r_order")
    body += '<bpmn:standardLoopCharacteristics loopMaximum="2"/>'
    case = run(line(user("a", body=body))).start(order=1).complete("a", m=5)
    assert local(case, "a")["n"] == Decimal(5)
    assert case.complete("a", m=6).variables == {"order": Decimal(6)}


def test_the_mappings_of_a_standard_loop_belong_to_its_rounds(run) -> None:
    mapping = '<zeebe:ioMapping><zeebe:output source="=n" target="last"/></zeebe:ioMapping>'
    case = run(line(user("a", mapping, '<bpmn:standardLoopCharacteristics loopMaximum="2"/>'), head="")).start()
    assert case.complete("a", n=1).complete("a", n=2).variables == {"last": Decimal(2)}


def test_a_worker_sees_the_inputs_and_fills_the_outputs(run) -> None:
    task = node("serviceTask", "a", '<zeebe:taskDefinition type="t"/>', interface("x", "y") + fill("r_order -> i_x") + give("o_y -> r_order"))
    case = run(line(task)).start(order=1)
    assert local(case, "a") == {"x": Decimal(1), "y": None}
    assert case.complete("a", y=2).variables == {"order": Decimal(2)}


def test_a_script_and_a_decision_give_their_result_to_an_output(run) -> None:
    body = interface(outputs="y") + give("o_y -> r_order")
    made = '<zeebe:script expression="=6 * 7" resultVariable="y"/>'
    assert run(line(node("scriptTask", "a", made, body))).start().variables == {"order": Decimal(42)}
    called = '<zeebe:calledDecision decisionId="d" resultVariable="y"/>'
    assert run(line(node("businessRuleTask", "a", called, body)), decisions={"d": 5}).start().variables == {"order": Decimal(5)}


def test_a_call_gives_its_inputs_and_takes_its_outputs_by_name(run) -> None:
    called = '<zeebe:calledElement processId="q" propagateAllParentVariables="false" propagateAllChildVariables="false"/>'
    body = interface("x", "y") + prop("own") + fill("r_order -> i_x") + give("o_y -> r_order")
    case = run(line(node("callActivity", "a", called, body))).start(order=1, secret=2)
    (call,) = case.calls.values()
    assert call.variables == {"x": Decimal(1)}
    case.case.complete_call(call.task_key, {"y": Decimal(9), "z": Decimal(8)})
    assert case._settle().variables == {"order": Decimal(9), "secret": Decimal(2)}


PROCESS = interface("order", "answer")


def test_a_process_does_not_begin_without_its_required_input(run) -> None:
    case = run(line(user("a"), head=PROCESS)).start()
    (incident,) = case.incidents.values()
    assert (incident.node.id, incident.message) == ("s", "no input set of p is available: order missing")
    assert case.set(order=1).resolve().waiting == ["a"]


def test_a_process_does_not_end_without_its_required_output(run) -> None:
    case = run(diagram(PROCESS + START + user("a") + flows("s a"))).start(order=1).complete("a")
    (incident,) = case.incidents.values()
    assert case.ended is None and incident.message == "no output set of p is available: answer missing"
    case.set(answer=2).resolve()
    assert case.ended is not None and case.ended.variables == {"order": 1, "answer": 2}


def test_a_message_may_fill_the_input_of_the_process(run) -> None:
    start = node("startEvent", "ms", body=give("-> i_order", "=no") + '<bpmn:messageEventDefinition messageRef="M"/>')
    xml = diagram(interface("order") + start + user("a") + flows("ms a"), '<bpmn:message id="M" name="m"/>')
    assert run(xml).start("ms", no=3).variables == {"order": Decimal(3), "no": Decimal(3)}


def test_the_inputs_of_the_process_are_data_for_its_activities(run) -> None:
    task = user("a", body=interface("x", "y") + fill("i_order -> i_x") + give("o_y -> o_answer"))
    case = run(diagram(PROCESS + START + task + flows("s a"))).start(order=1)
    assert local(case, "a")["x"] == Decimal(1)
    assert case.complete("a", y=5).ended.variables == {"order": 1, "answer": 5}
