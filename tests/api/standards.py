"""The rules of two standards for event logs, in our own words: the grammar of XES (IEEE 1849-2016, annex A: which
elements stand in which, in what order, with which attributes) and the shape of OCEL 2.0 as JSON."""

from __future__ import annotations

from typing import Any

from lxml import etree

_NAMED = "".join(
    f'<xs:element name="{name}"><xs:complexType><xs:group ref="values" minOccurs="0" maxOccurs="unbounded"/>'
    f'<xs:attribute name="key" type="xs:Name" use="required"/>'
    f'<xs:attribute name="value" type="xs:{kind}" use="required"/></xs:complexType></xs:element>'
    for name, kind in (
        ("string", "string"), ("date", "dateTime"), ("int", "long"), ("float", "double"), ("boolean", "boolean"),
        ("id", "string"),
    )
)  # fmt: skip
_HOLDER = '<xs:complexType><xs:sequence><xs:group ref="values" minOccurs="0" maxOccurs="unbounded"/>'
_SCHEMA = f"""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.xes-standard.org/"
  targetNamespace="http://www.xes-standard.org/" elementFormDefault="qualified">
<xs:group name="values"><xs:choice>{_NAMED}</xs:choice></xs:group>
<xs:element name="log"><xs:complexType><xs:sequence>
<xs:element name="extension" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
<xs:attribute name="name" type="xs:NCName" use="required"/><xs:attribute name="prefix" type="xs:NCName" use="required"/>
<xs:attribute name="uri" type="xs:anyURI" use="required"/></xs:complexType></xs:element>
<xs:element name="global" minOccurs="0" maxOccurs="2">{_HOLDER}</xs:sequence>
<xs:attribute name="scope" use="required"><xs:simpleType><xs:restriction base="xs:NCName">
<xs:enumeration value="trace"/><xs:enumeration value="event"/></xs:restriction></xs:simpleType></xs:attribute>
</xs:complexType></xs:element>
<xs:element name="classifier" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
<xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="scope" type="xs:NCName"/>
<xs:attribute name="keys" type="xs:token" use="required"/></xs:complexType></xs:element>
<xs:group ref="values" minOccurs="0" maxOccurs="unbounded"/>
<xs:element name="trace" minOccurs="0" maxOccurs="unbounded">{_HOLDER}
<xs:element name="event" minOccurs="0" maxOccurs="unbounded">{_HOLDER}</xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>
</xs:sequence><xs:attribute name="xes.version" type="xs:decimal" use="required"/>
<xs:attribute name="xes.features" type="xs:token"/></xs:complexType></xs:element>
</xs:schema>
"""
XES = etree.XMLSchema(etree.fromstring(_SCHEMA.strip()))


def _list(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "array",
        "items": {
            "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
        },
    }  # fmt: skip


_TEXT = {"type": "string", "minLength": 1}
_VALUE = {"type": ["string", "number", "boolean"]}
_RELATED = _list({"objectId": _TEXT, "qualifier": _TEXT})
_TYPES = {"enum": ["string", "time", "integer", "float", "boolean"]}
_OF_TYPE = _list({"name": _TEXT, "attributes": _list({"name": _TEXT, "type": _TYPES})})
_EVENT = {"id": _TEXT, "type": _TEXT, "time": _TEXT, "attributes": _list({"name": _TEXT, "value": _VALUE})}
_OBJECT = {"id": _TEXT, "type": _TEXT, "attributes": _list({"name": _TEXT, "value": _VALUE, "time": _TEXT})}
OCEL: dict[str, Any] = {
    "type": "object",
    "properties": {
        "eventTypes": _OF_TYPE, "objectTypes": _OF_TYPE,
        "events": _list({**_EVENT, "relationships": _RELATED}),
        "objects": _list({**_OBJECT, "relationships": _RELATED}),
    },
    "required": ["eventTypes", "objectTypes", "events", "objects"],
    "additionalProperties": False,
}  # fmt: skip
