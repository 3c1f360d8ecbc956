"""What the region does with the returns it has taken in: journals, completeness, consolidation, coverage; pure."""
