"""Read BPMN XML into `engine.model.diagram`, noting every fault; nothing is ignored silently."""
