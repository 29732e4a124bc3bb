"""The engine: facts, ledger, placement and judgement, row by row and in columns. It knows no policy by name."""
