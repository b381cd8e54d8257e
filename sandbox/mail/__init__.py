"""Catches the mail of the installation and shows it, instead of sending it into the world."""
