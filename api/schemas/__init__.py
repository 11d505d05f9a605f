"""The shapes of bodies and answers, as marshmallow schemas, one file per noun."""
