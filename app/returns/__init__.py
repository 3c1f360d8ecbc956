"""The quarterly return, pure: form, snapshot, checks, codec, life cycle."""
