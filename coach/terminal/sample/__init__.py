"""Two invented mentorships that ship with the coach, as YAML in the format of the eval cases."""
