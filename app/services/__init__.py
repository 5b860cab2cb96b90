"""Rules and SQL: plain async functions, one file per noun; the first argument is the `Ctx`."""
