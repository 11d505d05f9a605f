"""The doctor: looks at all that makes an installation fail, says what to do, and changes nothing."""
