"""The least a hold can cost on this machine: its SQL alone, and a bare Django view around that SQL."""
