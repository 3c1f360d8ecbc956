"""What the region sees in the returns of its districts: plain data in, plain data out, neither files nor tables."""
