"""An event as one JSON document: the form in which other systems hand events over."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class EventDocument(BaseModel):
    """Dates are ISO text, amounts are text in major units ("1,000.00"): numbers are refused, a float is no amount."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    id: str = Field(min_length=1, max_length=200)
    kind: str = Field(min_length=1)
    contract: str = Field(min_length=1, max_length=200)
    on: str
    booked: str | None = None
    amounts: dict[str, str] = {}
    facts: dict[str, str] = {}

    def as_row(self) -> dict[str, str]:
        """The same event as the row of a CSV file."""
        head = {"id": self.id, "kind": self.kind, "contract": self.contract, "on": self.on}
        late = {"booked": self.booked} if self.booked else {}
        return {**head, **late, **self.facts, **self.amounts}
