"""The durable shell: takes events in, commits what they cause, sees that messages leave."""
