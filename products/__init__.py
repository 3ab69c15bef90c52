"""The four contracts, the events of their life, and what each event writes."""
