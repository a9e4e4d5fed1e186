"""The parts that drift-injection series are made of: base series, drifts and decoys, all invented."""
