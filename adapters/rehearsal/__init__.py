"""A chat without a platform: plays conversations written down in files."""
