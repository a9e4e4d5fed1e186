"""Two made-up mentorships that ship with the coach, as YAML in the format of the evaluation cases."""
