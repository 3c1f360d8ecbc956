"""Pages that the generic record page does not cover."""
