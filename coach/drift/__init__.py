"""Warnings where the sessions depart from what the two people agreed."""
