"""Values: no identity, no clock, no input or output."""
