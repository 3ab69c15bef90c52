"""Who bears a loss: terms, allocation, close, settlement, reconciliation, explanation."""
