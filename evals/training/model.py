"""The reader in training: a MiniLM encoder over several sentences, and a linear layer for each."""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from coach.engines.embedded.reader import HEADS

# The shape of all-MiniLM-L6-v2.
WIDTH, LAYERS, HEADS_OF_ATTENTION, INNER = 384, 6, 12, 1536


class _Layer(nn.Module):
    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.out_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        rows, length, _ = hidden.shape

        def split(states: Tensor) -> Tensor:
            return states.view(rows, length, HEADS_OF_ATTENTION, -1).transpose(1, 2)

        query, key, value = (split(part(hidden)) for part in (self.query, self.key, self.value))
        scores = query @ key.transpose(2, 3) / (WIDTH // HEADS_OF_ATTENTION) ** 0.5 + bias
        mixed = torch.softmax(scores, dim=-1) @ value
        mixed = mixed.transpose(1, 2).reshape(rows, length, WIDTH)
        hidden = self.out_norm(hidden + self.dropout(self.out(mixed)))
        inner = functional.gelu(self.inner(hidden))
        norm: Tensor = self.outer_norm(hidden + self.dropout(self.outer(inner)))
        return norm


class ReaderModel(nn.Module):
    """Maps token ids to one row of scores for each judged sentence, in the order of `HEADS`."""

    def __init__(self, *, words: int, positions: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(words, WIDTH)
        self.positions = nn.Embedding(positions, WIDTH)
        self.types = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(_Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.judge = nn.Linear(2 * WIDTH, sum(HEADS.values()))

    def forward(self, ids: Tensor, there: Tensor, pooling: Tensor) -> Tensor:
        """Return the scores of the judged sentences."""
        scores: Tensor = self.judge(self.dropout(pooled(self.hidden(ids, there), pooling)))
        return scores

    def hidden(self, ids: Tensor, there: Tensor, marked: Tensor | None = None) -> Tensor:
        """Return the encoder's output for each token; those marked 1 get the second token type."""
        places = torch.arange(ids.shape[1], device=ids.device)
        types = self.types.weight[0] if marked is None else self.types(marked)
        hidden: Tensor = self.words(ids) + self.positions(places) + types
        hidden = self.dropout(self.norm(hidden))
        bias = (there[:, None, None, :] - 1.0) * 10_000.0
        for layer in self.layers:
            hidden = layer(hidden, bias)
        return hidden


def pooled(hidden: Tensor, pooling: Tensor) -> Tensor:
    """Return a judged sentence's first token beside the mean of its tokens."""
    mean = pooling @ hidden
    first = pooling.argmax(dim=2)
    opening = torch.gather(hidden, 1, first[:, :, None].expand(-1, -1, WIDTH))
    return torch.cat([opening, mean], dim=2)


_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "out_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


def from_minilm(weights: Path, *, dropout: float) -> ReaderModel:
    """Return a reader with pretrained weights that has not learned from notes yet."""
    given = load_file(weights)
    words = given["embeddings.word_embeddings.weight"]
    positions = given["embeddings.position_embeddings.weight"]
    model = ReaderModel(words=len(words), positions=len(positions), dropout=dropout)
    state: dict[str, Tensor] = {
        "words.weight": words,
        "positions.weight": positions,
        "types.weight": given["embeddings.token_type_embeddings.weight"],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
        **_layers(given),
    }
    wrong = model.load_state_dict(state, strict=False)
    if wrong.unexpected_keys or set(wrong.missing_keys) != {"judge.weight", "judge.bias"}:
        raise ValueError(f"these are not the weights of MiniLM: {wrong}")
    nn.init.normal_(model.judge.weight, std=0.02)
    nn.init.zeros_(model.judge.bias)
    return model


def _layers(given: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {
        f"layers.{number}.{ours}.{part}": given[f"encoder.layer.{number}.{theirs}.{part}"]
        for number in range(LAYERS)
        for ours, theirs in _NAMES.items()
        for part in ("weight", "bias")
    }
