"""Mixes an older master into the finished checkpoint, group by group: what a run forgot comes back, what it learned stays.

    python3 mix.py OLD_MASTER

Weights 2 were trained from the master of weights 1 on far more events and fewer trees; the mix gave back half of what syntax and cues lost.
"""

import sys

import torch
from safetensors import safe_open

import export

# share of the old weights: heads of events, other heads, the encoder
EVENTS, HEADS, ENCODER = 0.0, 0.25, 0.1


def share(name):
    part = name.split(".")
    if part[0] in ("taggers", "roles", "mix", "scale") and part[1] in ("trigger", "status", "mode", "event"):
        return EVENTS
    if part[0] == "parser" or part[0] in ("taggers", "roles", "mix", "scale") and part[1] != "coreference":
        return HEADS
    return ENCODER


def main():
    state = torch.load(export.CHECKPOINT, weights_only=False)
    with safe_open(sys.argv[1], "pt") as old:
        for name, new in state["net"].items():
            if new.is_floating_point():
                state["net"][name] = (1 - share(name)) * new.float() + share(name) * old.get_tensor(name).float()
    torch.save(state, export.CHECKPOINT)


if __name__ == "__main__":
    main()
