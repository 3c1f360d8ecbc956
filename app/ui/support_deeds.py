"""Deeds over support, needs and services: they come with their use cases."""
