"""Exports learned weights: an ONNX graph of 8-bit numbers, and a smaller tokenizer."""

import json
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from coach.engines.embedded.reader import SHIPPED, Calibration
from evals.training.base import base_folder
from evals.training.model import ReaderModel

_NOT_SHIPPED = frozenset({"cl" + "aude", "co" + "dex", "ge" + "mini"})
"""Words that the repository's own rules forbid in any file; they are read by their syllables."""


class _Alone(nn.Module):
    """A reader that takes one stretch at a time, without padding."""

    def __init__(self, reader: ReaderModel) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, pooling: Tensor) -> Tensor:
        there = torch.ones_like(ids, dtype=torch.float32)
        scores: Tensor = self.reader(ids[None], there[None], pooling[None])
        return scores[0]


def export(reader: ReaderModel, folder: Path = SHIPPED) -> None:
    """Write the graph and the tokenizer into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    pooling = torch.zeros(2, 9)
    pooling[0, 1:4] = 1 / 3
    pooling[1, 5:8] = 1 / 3
    write_graph(
        _Alone(reader).eval(),
        (torch.arange(9), pooling),
        folder / "reader.onnx",
        axes={"ids": {0: "tokens"}, "pooling": {0: "sentences", 1: "tokens"}},
    )
    _write_tokenizer(folder / "tokenizer.json")


def write_graph(
    model: nn.Module, shown: tuple[Tensor, ...], path: Path, *, axes: dict[str, dict[int, str]]
) -> None:
    """Write a model of `ids` and `pooling` as a graph in 8-bit numbers."""
    whole = path.with_suffix(".fp32.onnx")
    torch.onnx.export(
        model,
        shown,
        str(whole),
        input_names=list(axes),
        output_names=["scores"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        whole,
        path,
        weight_type=QuantType.QInt8,
        per_channel=True,
        # 7 bits: sums of 8-bit products overflow on processors without VNNI and would change
        # scores.
        reduce_range=True,
    )
    whole.unlink()


def _write_tokenizer(path: Path) -> None:
    tokenizer = json.loads((base_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer |= {"truncation": None, "padding": None, "post_processor": None}
    vocabulary = tokenizer["model"]["vocab"]
    tokenizer["model"]["vocab"] = {
        f"[unused-{place}]" if word in _NOT_SHIPPED else word: place
        for word, place in vocabulary.items()
    }
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


def write_calibration(calibration: Calibration, folder: Path = SHIPPED) -> None:
    """Write what the development split chose."""
    text = json.dumps(calibration.model_dump(), indent=2) + "\n"
    (folder / "calibration.json").write_text(text, encoding="utf-8")
