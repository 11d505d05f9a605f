"""Item definitions: the types of a model, for variables, parameters and `instance of`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.dmn.reading import Reading, plain_name
from engine.dmn.xml import Element
from engine.feel import ANY, CheckedType, ContextType, FeelType, FunctionType, ListType, Run, UnaryTests

SIMPLE = {
    "number": "number",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "dateTime": "date and time",
    "date and time": "date and time",
    "dateAndTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "days and time duration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "years and months duration": "years and months duration",
    "context": "context",
    "list": "list",
    "function": "function",
    # Camunda's modeler offers these for numbers.
    "integer": "number",
    "long": "number",
    "double": "number",
}
MAX_CHAIN = 50


class Types:
    """The types of one model and, under `import name.`, those of the models it imports."""

    def __init__(self, root: Element, imported: Mapping[str, Types]) -> None:
        self.definitions = {plain_name(item.get("name")): item for item in root.all("itemDefinition")}
        self.imported = imported
        self.made: dict[str, FeelType] = {}
        self.making: list[str] = []
        self.reading: Reading | None = None

    def make_all(self, reading: Reading) -> None:
        """Make every type, noting faults (unknown names, types that contain themselves)."""
        self.reading = reading
        for name, definition in self.definitions.items():
            self.resolve(name, definition)

    def everything(self, prefix: str = "") -> Iterator[tuple[str, FeelType]]:
        """All types by the names that `instance of` uses, which asks nothing of allowed values."""
        for name, made in self.made.items():
            yield prefix + name, _unchecked(made)
        for name, types in self.imported.items():
            yield from types.everything(f"{prefix}{name}.")

    def allowed(self, reference: str) -> str:
        """The text of a named type's allowed values; "" when it has none."""
        definition = self.definitions.get(_local(reference, self.definitions))
        return "" if definition is None else _allowed_text(definition)

    def resolve(self, reference: str, element: Element) -> FeelType | None:
        """The type of this name; None when it is Any, or unknown (a fault)."""
        name = _local(reference, self.definitions)
        if name in self.definitions:
            return self._defined(name, element)
        for prefix, types in self.imported.items():
            if name.startswith(f"{prefix}."):
                return types.resolve(name[len(prefix) + 1 :], element)
        simple = SIMPLE.get(name)
        if simple is not None:
            return FeelType(simple)
        if name not in ("Any", "any", "") and self.reading is not None:
            self.reading.fault(element, "dmn-type", f"ไม่รู้จักชนิดข้อมูล {name}", f"there is no type {name}")
        return None

    def _defined(self, name: str, element: Element) -> FeelType | None:
        if name in self.made:
            return self.made[name]
        if name in self.making or len(self.making) > MAX_CHAIN:
            if self.reading is not None:
                self.reading.fault(
                    element, "dmn-type-cycle", f"ชนิดข้อมูล {name} อ้างถึงตัวเอง", f"the type {name} contains itself"
                )
            return None
        self.making.append(name)
        made = self._item(self.definitions[name], name)
        self.making.pop()
        if made is not None:
            self.made[name] = made
        return made

    def _item(self, item: Element, name: str) -> FeelType | None:
        """The type of an item definition or component: its base, its allowed values, its list."""
        made = self._base(item, name)
        made = self._checked(made, item, "allowedValues", name)
        if item.get("isCollection") == "true":
            made = ListType(name, ANY if made is None else made)
        return self._checked(made, item, "typeConstraint", name)

    def _base(self, item: Element, name: str) -> FeelType | None:
        components = list(item.all("itemComponent"))
        if components:
            entries = ((plain_name(part.get("name")), self._item(part, _name(name, part))) for part in components)
            return ContextType(name, tuple((entry, ANY if of is None else of) for entry, of in entries))
        function = item.child("functionItem")
        if function is not None:
            parameters = tuple(self._reference(p, "typeRef") or ANY for p in function.all("parameters"))
            return FunctionType(name, parameters, self._reference(function, "outputTypeRef") or ANY)
        return self._reference(item, "typeRef")

    def _reference(self, element: Element, attribute: str) -> FeelType | None:
        reference = element.get(attribute) or element.text_of(attribute)
        return self.resolve(reference, element) if reference else None

    def _checked(self, base: FeelType | None, item: Element, tag: str, name: str) -> FeelType | None:
        constraint = item.child(tag)
        if constraint is None or self.reading is None:
            return base
        tests = self.reading.tests(constraint.text_of("text"), constraint)
        return base if tests is None else CheckedType(name, ANY if base is None else base, _check(tests))


def _check(tests: UnaryTests) -> Callable[[object, Run], bool]:
    def check(value: object, run: Run) -> bool:
        return tests.passes(value, {}, run) is True

    return check


def _unchecked(made: FeelType) -> FeelType:
    """The type without its allowed values."""
    if isinstance(made, CheckedType):
        return _unchecked(made.base)
    if isinstance(made, ListType):
        return ListType(made.name, _unchecked(made.element))
    if isinstance(made, ContextType):
        return ContextType(made.name, tuple((name, _unchecked(of)) for name, of in made.entries))
    return made


def _name(owner: str, part: Element) -> str:
    return f"{owner}.{plain_name(part.get('name'))}"


def _allowed_text(item: Element) -> str:
    constraint = item.child("allowedValues")
    return "" if constraint is None else constraint.text_of("text")


def _local(reference: str, definitions: Mapping[str, Element]) -> str:
    """The name without the XML prefix that older versions put before it (`feel:number`)."""
    name = plain_name(reference)
    if name in definitions or ":" not in name:
        return name
    return name.split(":", 1)[1]
