"""Plain-text accounting, the second opinion: a book written for beancount and hledger, and their journals read as opening books."""
