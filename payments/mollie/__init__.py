"""Mollie: hosted checkout for Bancontact, iDEAL | Wero, cards, KBC/CBC and Belfius."""
