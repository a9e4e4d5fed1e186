"""Session Coach: what a mentor and a mentee said, kept honest and alive."""
