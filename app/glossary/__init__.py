"""Words explained in plain language, and the official addresses."""
