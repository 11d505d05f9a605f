"""The values FEEL computes with: numbers are `Decimal`, the rest of JSON is itself, and dates,
times, durations, ranges and functions are the immutable classes of this package."""
