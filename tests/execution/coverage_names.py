"""The elements of BPMN 2.0.2's schemas (Semantic.xsd) that a file may hold; abstract ones cannot stand in a file."""

from __future__ import annotations

_EXECUTED = """
adHocSubProcess boundaryEvent businessRuleTask callActivity cancelEventDefinition compensateEventDefinition
completionCondition complexGateway condition conditionExpression conditionalEventDefinition endEvent
errorEventDefinition escalationEventDefinition error escalation eventBasedGateway eventDefinitionRef
exclusiveGateway inclusiveGateway intermediateCatchEvent intermediateThrowEvent linkEventDefinition
loopCardinality loopCondition manualTask message messageEventDefinition multiInstanceLoopCharacteristics
parallelGateway process receiveTask scriptTask sendTask sequenceFlow serviceTask signal signalEventDefinition
standardLoopCharacteristics startEvent subProcess task terminateEventDefinition timeCycle timeDate timeDuration
timerEventDefinition transaction userTask activationCondition extensionElements association
assignment dataInput dataInputAssociation dataObject dataObjectReference dataOutput dataOutputAssociation dataStore
dataStoreReference inputSet ioSpecification itemDefinition outputSet property transformation complexBehaviorDefinition
globalBusinessRuleTask globalManualTask globalScriptTask globalTask globalUserTask humanPerformer inputDataItem
loopDataInputRef loopDataOutputRef outputDataItem performer potentialOwner resource resourceAssignmentExpression
""".split()
_OTHERS = """
auditing callChoreography callConversation category categoryValue categoryValueRef childLaneSet choreography
choreographyTask collaboration conversation conversationAssociation conversationLink
correlationKey correlationProperty correlationPropertyBinding correlationPropertyRetrievalExpression
correlationSubscription dataState documentation endPoint extension flowNodeRef
globalChoreographyTask globalConversation group implicitThrowEvent import incoming interface ioBinding
lane laneSet messageFlow messageFlowAssociation
monitoring operation outgoing participant participantAssociation participantMultiplicity
partnerEntity partnerRole relationship rendering resourceParameter resourceParameterBinding
resourceRole script subChoreography subConversation supports text textAnnotation
""".split()
ELEMENTS: dict[str, bool] = dict.fromkeys(_EXECUTED, True) | dict.fromkeys(_OTHERS, False)

ROOTS = set(
    "category choreography collaboration correlationProperty dataStore endPoint extension globalBusinessRuleTask "
    "globalChoreographyTask globalConversation globalManualTask globalScriptTask globalTask globalUserTask import "
    "interface itemDefinition partnerEntity partnerRole relationship resource".split()
)
_POOLS = ("root", '<bpmn:collaboration id="c">', "</bpmn:collaboration>")
_DATA = ("task", "<bpmn:ioSpecification>", "</bpmn:ioSpecification>")
_LANES = ("process", '<bpmn:laneSet id="l">', "</bpmn:laneSet>")
_PART = ("task", "", "")
# where what stands in something else is tried: root, process or task, and the elements around it
INSIDE: dict[str, tuple[str, str, str]] = {
    **dict.fromkeys(
        "conversation callConversation subConversation conversationAssociation conversationLink correlationKey "
        "messageFlow messageFlowAssociation participant participantAssociation".split(), _POOLS,
    ),
    "import": ("root", '<bpmn:import importType="http://www.w3.org/2001/XMLSchema" namespace="urn:x"/><!--', "-->"),
    "resourceParameterBinding": ("task", "<bpmn:potentialOwner>", "</bpmn:potentialOwner>"),
    **dict.fromkeys("dataInput dataOutput inputSet outputSet".split(), _DATA),
    **dict.fromkeys(
        "auditing monitoring resourceRole rendering script categoryValueRef "
        "dataInputAssociation dataOutputAssociation property ioSpecification documentation ioBinding".split(), _PART,
    ),
    "categoryValue": ("root", '<bpmn:category id="c">', "</bpmn:category>"),
    "correlationPropertyRetrievalExpression": ("root", '<bpmn:correlationProperty id="c">', "</bpmn:correlationProperty>"),
    "correlationPropertyBinding": ("process", '<bpmn:correlationSubscription id="c">', "</bpmn:correlationSubscription>"),
    "dataState": ("process", '<bpmn:dataObject id="d">', "</bpmn:dataObject>"),
    "lane": _LANES,
    "childLaneSet": ("process", '<bpmn:laneSet id="l"><bpmn:lane id="n">', "</bpmn:lane></bpmn:laneSet>"),
    "flowNodeRef": ("process", '<bpmn:laneSet id="l"><bpmn:lane id="n"><bpmn:flowNodeRef>s</bpmn:flowNodeRef><!--', "--></bpmn:lane></bpmn:laneSet>"),
    "incoming": ("task", "<bpmn:incoming>f1</bpmn:incoming><!--", "-->"),
    "outgoing": ("task", "<bpmn:outgoing>f2</bpmn:outgoing><!--", "-->"),
    "operation": ("root", '<bpmn:interface id="i">', "</bpmn:interface>"),
    "participantMultiplicity": ("root", '<bpmn:collaboration id="c"><bpmn:participant id="pp">', "</bpmn:participant></bpmn:collaboration>"),
    "resourceParameter": ("root", '<bpmn:resource id="r">', "</bpmn:resource>"),
    "text": ("process", '<bpmn:textAnnotation id="t">', "</bpmn:textAnnotation>"),
}  # fmt: skip
# tests that show an element better than the first one that has it
SHOWN_BY = {
    "activationCondition": "patterns/test_joins.py::test_30_structured_partial_join",
    "assignment": "test_data_associations.py::test_assignments_change_that_part_of_the_target_only",
    "association": "test_compensation.py::test_what_was_done_is_undone_and_then_it_goes_on",
    "condition": "test_event_sub_processes.py::test_a_condition_starts_it_when_it_becomes_true",
    "conditionExpression": "test_gateways.py::test_exclusive_takes_the_first_true_condition_in_document_order",
    "error": "test_event_sub_processes.py::test_an_error_is_caught_inside_before_the_boundary",
    "extensionElements": "test_activities.py::test_user_task_evaluates_who_until_when_and_how_urgent",
    "complexBehaviorDefinition": "test_loop_events.py::test_complex_looks_at_its_conditions_when_an_instance_has_completed",
    "globalBusinessRuleTask": "test_global_tasks.py::test_a_global_business_rule_task_asks_for_its_decision",
    "globalManualTask": "test_global_tasks.py::test_one_without_work_passes_through",
    "globalTask": "test_global_tasks.py::test_one_without_work_passes_through",
    "globalUserTask": "test_global_tasks.py::test_a_global_user_task_waits_for_a_person",
    "inputDataItem": "test_loop_data.py::test_data_of_the_process_is_gone_through_and_takes_the_results",
    "loopDataInputRef": "test_loop_data.py::test_data_of_the_process_is_gone_through_and_takes_the_results",
    "manualTask": "test_activities.py::test_tasks_without_work_pass_through",
    "message": "test_events.py::test_a_receive_task_waits_for_its_message",
    "process": "test_activities.py::test_results_without_output_mappings_go_to_the_process",
    "eventDefinitionRef": "test_more_constructs.py::test_an_event_definition_of_the_file_can_be_referred_to",
    "resource": "test_roles.py::test_a_resource_of_the_file_is_known_by_its_name_else_by_its_id",
    "resourceAssignmentExpression": "test_roles.py::test_potential_owners_are_the_candidate_groups",
    "sequenceFlow": "patterns/test_basic.py::test_01_sequence",
    "signal": "test_events.py::test_signals_are_thrown_with_their_mapped_variables_and_waited_for",
    "startEvent": "test_events.py::test_start_by_message_brings_its_variables",
    "endEvent": "test_activities.py::test_terminate_end_ends_its_scope_only",
    "task": "test_activities.py::test_tasks_without_work_pass_through",
    "dataInput": "test_data_associations.py::test_an_input_is_copied_when_the_activity_begins_and_an_output_when_it_ends",
    "dataInputAssociation": "test_data_associations.py::test_an_input_is_copied_when_the_activity_begins_and_an_output_when_it_ends",
    "dataObject": "test_data.py::test_a_data_object_is_a_variable_of_the_process_from_its_beginning",
    "dataObjectReference": "test_data_associations.py::test_an_input_is_copied_when_the_activity_begins_and_an_output_when_it_ends",
    "dataOutput": "test_data_associations.py::test_an_input_is_copied_when_the_activity_begins_and_an_output_when_it_ends",
    "dataOutputAssociation": "test_data_associations.py::test_an_input_is_copied_when_the_activity_begins_and_an_output_when_it_ends",
    "dataStore": "test_data.py::test_a_data_store_is_one_variable_of_the_process_wherever_it_is_referred_to",
    "dataStoreReference": "test_data.py::test_a_data_store_is_one_variable_of_the_process_wherever_it_is_referred_to",
    "inputSet": "test_data_associations.py::test_the_first_input_set_that_is_available_counts",
    "ioSpecification": "test_data_associations.py::test_an_activity_does_not_begin_without_its_required_input",
    "itemDefinition": "test_data_events.py::test_a_data_output_with_the_item_of_the_message_takes_all_of_it",
    "outputSet": "test_data_associations.py::test_an_input_set_leads_to_its_output_sets",
    "property": "test_data.py::test_a_property_of_an_activity_stays_with_it_unless_an_association_takes_it_out",
    "transformation": "test_data_associations.py::test_a_transformation_of_several_sources",
    "userTask": "test_activities.py::test_user_task_evaluates_who_until_when_and_how_urgent",
    "timeCycle": "test_events.py::test_a_cycle_fires_as_often_as_it_says",
    "timeDate": "test_events.py::test_a_catch_timer_is_due_at_the_moment_it_says",
    "timeDuration": "test_events.py::test_a_catch_timer_is_due_at_the_moment_it_says",
    "timerEventDefinition": "test_events.py::test_a_catch_timer_is_due_at_the_moment_it_says",
}
