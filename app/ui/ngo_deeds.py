"""Deeds over НКО: they come with their use cases."""
