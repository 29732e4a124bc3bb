"""Logs: the cells of purchases as they were typed, and the columns by which a policy reads them."""
