"""In: a reader weights file and the built `encoder_speed` example. Out: pieces a second, ours and onnxruntime's.

The same encoder is built in torch from the dequantised weights, exported to ONNX, quantised by onnxruntime's
`quantize_dynamic` (int8, per channel), and run on batches of 8 sequences of 128 pieces in one thread. The two programs
take turns, one batch each, in one run, so that a busy machine slows both; the medians count. Neither runs a head.

    cargo build --release -p rapporteur-model --example encoder_speed
    python training/compare_onnxruntime.py WEIGHTS target/release/examples/encoder_speed

**Invariant:** what is compared computes the same: the ONNX model before quantisation must agree with torch.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors import safe_open

WINDOWS, PIECES = 8, 128


class Layer(torch.nn.Module):
    def __init__(self, tensor, number, hidden, heads):
        super().__init__()
        self.heads = heads

        def linear(name):
            weight = tensor(f"layer.{number}.{name}.weight").float() * tensor(f"layer.{number}.{name}.scale")[:, None]
            layer = torch.nn.Linear(weight.shape[1], weight.shape[0])
            layer.weight.data, layer.bias.data = weight, tensor(f"layer.{number}.{name}.bias")
            return layer

        def norm(name):
            layer = torch.nn.LayerNorm(hidden, eps=1e-12)
            layer.weight.data = tensor(f"layer.{number}.{name}.weight")
            layer.bias.data = tensor(f"layer.{number}.{name}.bias")
            return layer

        self.mixed, self.out = linear("attention.qkv"), linear("attention.out")
        self.up, self.down = linear("up"), linear("down")
        self.attention_norm, self.norm = norm("attention.norm"), norm("norm")

    def forward(self, rows):
        batch, length, hidden = rows.shape
        width = hidden // self.heads
        query, key, value = (
            part.reshape(batch, length, self.heads, width).transpose(1, 2) for part in self.mixed(rows).chunk(3, dim=-1)
        )
        shares = torch.softmax(query @ key.transpose(-1, -2) / width**0.5, dim=-1)
        attended = (shares @ value).transpose(1, 2).reshape(batch, length, hidden)
        rows = self.attention_norm(rows + self.out(attended))
        return self.norm(rows + self.down(torch.nn.functional.gelu(self.up(rows))))


class Encoder(torch.nn.Module):
    def __init__(self, path):
        super().__init__()
        with safe_open(path, "pt") as file:
            description = json.loads(file.metadata()["reader"])
            tensor = file.get_tensor
            self.words = torch.nn.Parameter(
                tensor("embedding.word").float() * tensor("embedding.word.scale")[:, None], requires_grad=False
            )
            self.positions = torch.nn.Parameter(tensor("embedding.position"), requires_grad=False)
            self.shapes = torch.nn.Parameter(tensor("embedding.shape"), requires_grad=False)
            hidden, heads = description["hidden"], description["attention_heads"]
            self.norm = torch.nn.LayerNorm(hidden, eps=1e-12)
            self.norm.weight.data, self.norm.bias.data = tensor("embedding.norm.weight"), tensor("embedding.norm.bias")
            self.layers = torch.nn.ModuleList(
                Layer(tensor, number, hidden, heads) for number in range(description["layers"])
            )

    def forward(self, pieces, shapes):
        rows = self.words[pieces] + self.positions[: pieces.shape[1]] + self.shapes[shapes]
        rows = self.norm(rows)
        for layer in self.layers:
            rows = layer(rows)
        return rows


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def cosine(a, b):
    return ((a * b).sum(-1) / numpy.linalg.norm(a, axis=-1) / numpy.linalg.norm(b, axis=-1)).mean()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("encoder_speed", type=Path, help="the built example")
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()

    encoder = Encoder(arguments.weights).eval()
    generator = torch.Generator().manual_seed(0)
    pieces = torch.randint(0, len(encoder.words), (WINDOWS, PIECES), generator=generator)
    shapes = torch.randint(0, len(encoder.shapes), (WINDOWS, PIECES), generator=generator)
    inputs = {"pieces": pieces.numpy(), "shapes": shapes.numpy()}
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        floats, integers = Path(folder, "floats.onnx"), Path(folder, "integers.onnx")
        torch.onnx.export(
            encoder, (pieces, shapes), str(floats), input_names=list(inputs), output_names=["rows"], external_data=False
        )
        expected = encoder(pieces, shapes).numpy()
        exported = session(floats).run(None, inputs)[0]
        if numpy.abs(exported - expected).max() > 1e-2:
            raise SystemExit("the exported model does not compute what torch computes")
        quantize_dynamic(floats, integers, per_channel=True, weight_type=QuantType.QInt8)
        theirs = session(integers)
        print(f"onnxruntime {onnxruntime.__version__}: cosine to floats {cosine(theirs.run(None, inputs)[0], expected):.4f}")

    command = [arguments.encoder_speed, arguments.weights, "--serve"]
    seconds = {"ours": [], "onnxruntime": []}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as ours:
        for _ in range(arguments.rounds + 1):
            ours.stdin.write("\n")
            ours.stdin.flush()
            seconds["ours"].append(float(ours.stdout.readline()))
            start = time.perf_counter()
            theirs.run(None, inputs)
            seconds["onnxruntime"].append(time.perf_counter() - start)
        ours.stdin.close()
    # The first round warms both.
    rates = {name: WINDOWS * PIECES / statistics.median(values[1:]) for name, values in seconds.items()}
    for name, rate in rates.items():
        print(f"{name:12} {rate:8,.0f} pieces/s, one thread, batch {WINDOWS} x {PIECES}, median of {arguments.rounds}")
    print(f"ratio        {rates['ours'] / rates['onnxruntime']:8.2f}")


if __name__ == "__main__":
    main()
