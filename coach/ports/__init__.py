"""What the use cases need of the world. Every implementation keeps what the docstrings promise."""

from coach.ports.accounts import AccountStore, StoredInvite, StoredSignIn
from coach.ports.answers import Answer, AnswerStore, Claim
from coach.ports.clock import Clock
from coach.ports.corrections import CorrectionStore
from coach.ports.engines import Barred, ClauseEngine, ClausePair, Engine, ReadingContext
from coach.ports.erasures import Erasure, ErasureStore
from coach.ports.index import Index, IndexState
from coach.ports.mentorships import MentorshipChange, MentorshipStore, StoredKey
from coach.ports.models import ClauseModel, Model
from coach.ports.readings import ReadingStore, UnreadClauses, UnreadNote
from coach.ports.sessions import PostedNote, SessionChange, SessionStore
from coach.ports.store import Store

__all__ = [
    "AccountStore",
    "Answer",
    "AnswerStore",
    "Barred",
    "Claim",
    "ClauseEngine",
    "ClauseModel",
    "ClausePair",
    "Clock",
    "CorrectionStore",
    "Engine",
    "Erasure",
    "ErasureStore",
    "Index",
    "IndexState",
    "MentorshipChange",
    "MentorshipStore",
    "Model",
    "PostedNote",
    "ReadingContext",
    "ReadingStore",
    "SessionChange",
    "SessionStore",
    "Store",
    "StoredInvite",
    "StoredKey",
    "StoredSignIn",
    "UnreadClauses",
    "UnreadNote",
]
