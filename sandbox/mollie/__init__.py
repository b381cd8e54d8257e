"""A stand-in for the payment provider Mollie: its API, its hosted checkout and its webhooks."""
