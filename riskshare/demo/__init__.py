"""The demonstration: a province made up from a seed, lived through under three example schemes.

Every name and figure is invented; nothing here is a forecast. The schemes are examples, not agreements.
"""
