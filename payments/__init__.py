"""Fills the kernel's socket `PaymentProvider`: each folder below is one provider."""
