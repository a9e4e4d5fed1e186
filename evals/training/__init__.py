"""How the embedded reader is taught: labelled notes, a small model, its export, and what it is compared with."""
