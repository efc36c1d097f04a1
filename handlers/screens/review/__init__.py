"""What a reviewer sees, and what an applicant is told."""
