"""The use cases: what people may ask for, one module for each noun."""
