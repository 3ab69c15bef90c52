"""A double-entry journal of many books. It has never heard of a loan."""
