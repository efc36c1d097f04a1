"""From YAML files to `Knowledge`: what a pack may contain, how it is read and checked, and how a mistake is named."""
