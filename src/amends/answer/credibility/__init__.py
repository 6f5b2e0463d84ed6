"""Is it credible, and is it humane? One rule a file."""
