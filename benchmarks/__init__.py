"""What we measure: `python -m benchmarks [NAME]`. See README.md in this folder."""
