"""The clause reader in training: a MiniLM encoder over a clause and a passage, and one layer."""

from pathlib import Path

import torch
from torch import Tensor, nn

from coach.engines.embedded.clauses.pairs import HEADS
from evals.training.model import WIDTH, from_minilm


class PairModel(nn.Module):
    """Maps token ids to one row of scores for each pair, in the order of `HEADS`."""

    def __init__(self, weights: Path, *, dropout: float) -> None:
        super().__init__()
        self.encoder = from_minilm(weights, dropout=dropout)
        del self.encoder.judge
        self.dropout = nn.Dropout(dropout)
        self.judge = nn.Linear(2 * WIDTH, sum(HEADS.values()))
        nn.init.normal_(self.judge.weight, std=0.02)
        nn.init.zeros_(self.judge.bias)

    def forward(self, ids: Tensor, there: Tensor, pooling: Tensor) -> Tensor:
        """Return the scores of pairs, from the first token and the mean of the passage's tokens."""
        hidden = self.encoder.hidden(ids, there, (pooling > 0).long())
        mean = (pooling[:, None, :] @ hidden)[:, 0]
        scores: Tensor = self.judge(self.dropout(torch.cat([hidden[:, 0], mean], dim=1)))
        return scores
