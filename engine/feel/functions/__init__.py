"""The built-in functions, one group per module; `registry` collects them."""
