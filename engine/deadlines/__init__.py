"""Clocks of the law and of the manual: when they end, whether they were kept, who is told before and after."""
