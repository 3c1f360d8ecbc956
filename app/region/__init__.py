"""What the region does with accepted returns: consolidation, checks, coverage.  Snapshots only, no files or tables."""
