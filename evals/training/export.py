"""From learned weights to what is shipped: an ONNX graph in 8-bit numbers and a tokenizer without what it does not need."""

import json
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from coach.engines.embedded.reader import SHIPPED, Calibration
from evals.training.base import base_folder
from evals.training.model import ReaderModel


class _Alone(nn.Module):
    """A reader for one stretch at a time, where every token is there."""

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
    whole = folder / "reader.fp32.onnx"
    pooling = torch.zeros(2, 9)
    pooling[0, 1:4] = 1 / 3
    pooling[1, 5:8] = 1 / 3
    torch.onnx.export(
        _Alone(reader).eval(),
        (torch.arange(9), pooling),
        str(whole),
        input_names=["ids", "pooling"],
        output_names=["scores"],
        dynamic_axes={"ids": {0: "tokens"}, "pooling": {0: "sentences", 1: "tokens"}},
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(whole))
    quantize_dynamic(
        whole,
        folder / "reader.onnx",
        weight_type=QuantType.QInt8,
        per_channel=True,
    )
    whole.unlink()
    tokenizer = json.loads((base_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer |= {"truncation": None, "padding": None, "post_processor": None}
    (folder / "tokenizer.json").write_text(
        json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


def write_calibration(calibration: Calibration, folder: Path = SHIPPED) -> None:
    """Write what the development split chose."""
    text = json.dumps(calibration.model_dump(), indent=2) + "\n"
    (folder / "calibration.json").write_text(text, encoding="utf-8")
