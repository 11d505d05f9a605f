"""Forms: form-js definitions, and what people submit in them, checked on the server.

`Form.parse` reads a file once; `Form.submit` checks data. See docs/reference/forms.md.
"""

from engine.forms.errors import FieldError, InvalidForm, Submission
from engine.forms.files import FileList, document_id, unknown_file, wrong_file
from engine.forms.form import Field, Form, read_form
from engine.forms.messages import MESSAGES, message
from engine.forms.parts import expand_parts, part_ids
from engine.forms.text import Option, Text

__all__ = [
    "MESSAGES",
    "Field",
    "FieldError",
    "FileList",
    "Form",
    "InvalidForm",
    "Option",
    "Submission",
    "Text",
    "document_id",
    "expand_parts",
    "message",
    "part_ids",
    "read_form",
    "unknown_file",
    "wrong_file",
]
