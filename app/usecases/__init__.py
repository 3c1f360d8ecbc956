"""What a curator can do and ask: writes are verbs, reads are nouns."""
