"""A cluster of four invented houses with a season that feels real; nothing in production imports it."""
