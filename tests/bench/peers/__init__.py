"""What others build on, each doing the same work in the way its own documentation shows."""
