"""May the stage be left? Criteria and evidence in, an answer with its reasons out; and who decided what and why."""
