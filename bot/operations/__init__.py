"""What the person who runs this sees: settings, and a log without words or people."""
