"""For reviewers: the queue, its items, the pipeline."""
