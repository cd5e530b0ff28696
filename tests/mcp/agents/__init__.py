"""Real agents with the entries that `apispec mcp install` writes, and a model of ours that has them call a tool."""
