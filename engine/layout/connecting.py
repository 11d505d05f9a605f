from engine.layout.model import Diagram
def connect(diagram: Diagram) -> None: pass
