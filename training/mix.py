"""Mixes finished checkpoints, and an older master into them, group by group: what a run forgot comes back, what it learned stays.

    python3 mix.py OLD_MASTER [CHECKPOINT ...]

The checkpoints (work/checkpoint.pt where none is named) must come from one master: runs of several seeds, whose mean is better than each. Out:
work/checkpoint.pt.
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
    states = [torch.load(path, weights_only=False) for path in sys.argv[2:] or [export.CHECKPOINT]]
    state = states[0]
    with safe_open(sys.argv[1], "pt") as old:
        for name, first in state["net"].items():
            if first.is_floating_point():
                new = sum(one["net"][name].float() for one in states) / len(states)
                state["net"][name] = (1 - share(name)) * new + share(name) * old.get_tensor(name).float()
    torch.save({**state, "optimizer": None}, export.CHECKPOINT)


if __name__ == "__main__":
    main()
