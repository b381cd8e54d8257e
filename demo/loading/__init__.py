"""Brings the demo's content into an installation, part by part, through the operations people use."""
