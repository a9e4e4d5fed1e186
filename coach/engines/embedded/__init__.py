"""The embedded engine: structure, cues, dates and owners; no key, no network, no download."""
