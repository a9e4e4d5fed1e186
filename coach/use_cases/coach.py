"""Joins the use cases: who asks, what they may see, and what the domain makes of it."""

from coach.use_cases.accesses import Accesses
from coach.use_cases.keys import Keys
from coach.use_cases.over_time import OverTime
from coach.use_cases.planning import Planning
from coach.use_cases.preparations import Preparations
from coach.use_cases.samples import Samples
from coach.use_cases.upkeep import Upkeep


class Coach(Keys, Samples, Preparations, Planning, OverTime, Accesses, Upkeep):
    """Everything a mentor, a mentee, a tool or an admin may ask for.

    Each method takes the principal first: what it may see is decided before anything is read.
    """
