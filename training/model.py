"""The reader: MiniLM with several heads, as the Rust crate `rapporteur-model` computes it.

One pass of the encoder gives a vector for every word (mean of its pieces) in each head group, a learned mix of the last four layers.
Taggers read one word, the parser reads word pairs within a sentence, role heads read a predicate word against every word.
"""

import json
import math
import unicodedata

import torch
import torch.nn.functional as F
from torch import nn

import data as D

BIO = lambda labels: ["O"] + [p + l for l in labels for p in ("B-", "I-")]
GROUPS = ["syntax", "names", "statement", "event", "coreference"]


def bucket(distance):
    """Index of the distance class of a word from its predicate (21 classes)."""
    m = distance.abs()
    c = torch.where(m <= 4, m, torch.where(m <= 6, 5, torch.where(m <= 9, 6, torch.where(m <= 14, 7, torch.where(m <= 24, 8, torch.where(m <= 49, 9, 10))))))
    return 10 + torch.sign(distance) * c


class WordPiece:
    """Greedy longest-match WordPiece over a lower-cased vocabulary, word by word."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.ids = {p: i for i, p in enumerate(vocabulary)}
        self.cache = {}
        self.unknown, self.first, self.last = self.ids["[UNK]"], self.ids["[CLS]"], self.ids["[SEP]"]
        self.hidden = self.ids["[MASK]"]

    def basic(self, word):
        word = unicodedata.normalize("NFD", word.lower())
        out, cur = [], ""
        for c in word:
            cat = unicodedata.category(c)
            if cat == "Mn" or c in "\u0000\ufffd" or (cat.startswith("C") and c not in "\t\n\r"):
                continue
            cp = ord(c)
            mark = 33 <= cp <= 47 or 58 <= cp <= 64 or 91 <= cp <= 96 or 123 <= cp <= 126 or cat.startswith("P") or 0x4E00 <= cp <= 0x9FFF or 0x3400 <= cp <= 0x4DBF
            if c.isspace():
                out.append(cur); cur = ""
            elif mark:
                out.append(cur); out.append(c); cur = ""
            else:
                cur += c
        out.append(cur)
        return [p for p in out if p]

    def __call__(self, word):
        got = self.cache.get(word)
        if got is None:
            got = []
            for part in self.basic(word):
                got += self.greedy(part)
            self.cache[word] = got = got or [self.unknown]
        return got

    def greedy(self, part):
        if len(part) > 100:
            return [self.unknown]
        out, s = [], 0
        while s < len(part):
            e = len(part)
            while e > s:
                piece = ("##" if s else "") + part[s:e]
                if piece in self.ids:
                    out.append(self.ids[piece])
                    break
                e -= 1
            else:
                return [self.unknown]
            s = e
        return out


class Layer(nn.Module):
    def __init__(self, h=384, m=1536, heads=12, drop=0.1):
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(h, 3 * h), nn.Linear(h, h)
        self.norm1, self.norm2 = nn.LayerNorm(h, eps=1e-12), nn.LayerNorm(h, eps=1e-12)
        self.up, self.down = nn.Linear(h, m), nn.Linear(m, h)
        self.drop = nn.Dropout(drop)

    def forward(self, x, mask):
        b, n, h = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        a = torch.softmax((q * (h // self.heads) ** -0.5) @ k.transpose(-1, -2) + mask, -1) @ v
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, n, h))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Tagger(nn.Module):
    def __init__(self, labels, h=384, hidden=128):
        super().__init__()
        self.labels = labels
        self.hidden, self.out = nn.Linear(h, hidden), nn.Linear(hidden, len(labels))
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        return self.out(self.drop(F.relu(self.hidden(x))))


class Parser(nn.Module):
    def __init__(self, labels, h=384, arc=256, relation=64):
        super().__init__()
        self.labels, self.arc, self.relation = labels, arc, relation
        self.mlp = nn.Linear(h, 2 * arc + 2 * relation)
        self.root_arc, self.root_relation = nn.Parameter(torch.randn(arc) * 0.1), nn.Parameter(torch.randn(relation) * 0.1)
        self.w, self.b = nn.Parameter(torch.zeros(arc, arc)), nn.Parameter(torch.zeros(arc))
        nn.init.orthogonal_(self.w, 0.5)
        self.r = nn.Parameter(torch.randn(len(labels), relation + 1, relation + 1) * 0.02)
        self.drop = nn.Dropout(0.33)

    def forward(self, x):
        y = self.drop(F.relu(self.mlp(x)))
        da, ha, dr, hr = y.split([self.arc, self.arc, self.relation, self.relation], -1)
        b = x.shape[0]
        ha = torch.cat([self.root_arc.expand(b, 1, -1), ha], 1)
        hr = torch.cat([self.root_relation.expand(b, 1, -1), hr], 1)
        arcs = (da @ self.w) @ ha.transpose(1, 2) + (ha @ self.b)[:, None, :]
        return arcs, dr, hr

    def relations(self, dependent, head):
        one = lambda v: torch.cat([v, torch.ones_like(v[..., :1])], -1)
        return torch.einsum("ni,rij,nj->nr", one(dependent), self.r, one(head))


class Role(nn.Module):
    def __init__(self, labels, h=384, hidden=128):
        super().__init__()
        self.labels, self.hidden = labels, hidden
        self.project = nn.Linear(h, 4 * hidden)
        self.distance = nn.Parameter(torch.randn(21, hidden) * 0.05)
        self.out = nn.Linear(hidden, len(labels))
        self.drop = nn.Dropout(0.2)

    def forward(self, x, rows, predicates):
        """x [B, W, h]; predicate n is word predicates[n] of row rows[n] -> [N, W, labels]"""
        p_add, w_add, p_times, w_times = self.project(x).chunk(4, -1)
        d = bucket(torch.arange(x.shape[1])[None, :] - predicates[:, None])
        hid = p_add[rows, predicates][:, None] + w_add[rows] + self.distance[d] + p_times[rows, predicates][:, None] * w_times[rows]
        return self.out(self.drop(F.relu(hid)))


class Reader(nn.Module):
    def __init__(self, vocabulary, labels, layers=6, h=384, shapes=16):
        super().__init__()
        self.vocabulary = vocabulary
        self.word, self.position, self.shape = nn.Embedding(len(vocabulary), h), nn.Embedding(512, h), nn.Embedding(shapes, h)
        self.norm, self.drop = nn.LayerNorm(h, eps=1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.mix = nn.ParameterDict({g: nn.Parameter(torch.tensor([0.0, 0.0, 0.0, 0.5])) for g in GROUPS})
        self.scale = nn.ParameterDict({g: nn.Parameter(torch.ones(1)) for g in GROUPS})
        self.group = {"upos": "syntax", "xpos": "syntax", "boundary": "syntax", "names": "names", "cue": "statement", "act": "statement", "manner": "statement",
                      "trigger": "event", "status": "event", "mode": "event"}
        self.taggers = nn.ModuleDict({n: Tagger(labels[n]) for n in self.group})
        self.parser = Parser(labels["relations"])
        self.roles = nn.ModuleDict({"statement": Role(BIO(D.STATEMENT_ROLES)), "event": Role(BIO(D.EVENT_ROLES)), "coreference": Role(["antecedent"])})
        self.word_drop = nn.Dropout(0.25)

    def mixes(self):
        return {g: torch.softmax(self.mix[g], 0) * self.scale[g] for g in GROUPS}

    def encode(self, ids, shapes, length, word_of, words):
        """ids [B, L]; word_of [B, L]: index of the piece's word, or `words` for [CLS], [SEP] and padding -> word vectors by group [B, words, h]"""
        b, n = ids.shape
        x = self.drop(self.norm(self.word(ids) + self.position(torch.arange(n)) + self.shape(shapes)))
        mask = torch.zeros(b, n).masked_fill_(torch.arange(n)[None, :] >= length[:, None], -1e4)[:, None, None, :]
        last = []
        for i, layer in enumerate(self.layers):
            x = layer(x, mask.to(x.dtype))
            if i >= len(self.layers) - 4:
                last.append(x)
        # mean of each word's pieces, as one product: pool [B, words, L]
        pool = torch.zeros(b, words + 1, n).scatter_(1, word_of[:, None, :], 1.0)[:, :words]
        pool = pool / pool.sum(-1, keepdim=True).clamp_(min=1)
        mean = torch.einsum("bwn,bnx->bwx", pool, torch.cat(last, -1)).view(b, words, len(last), -1)
        drop = self.word_drop(torch.ones(b, words, mean.shape[-1]))
        return {g: torch.einsum("l,bwlh->bwh", m, mean.float()) * drop for g, m in self.mixes().items()}


def load_base(reader, path, original):
    """Copies MiniLM into the reader; `original`: old vocabulary, to find the rows that were kept."""
    from safetensors.torch import load_file
    t = load_file(path)
    t = {k.removeprefix("bert."): v for k, v in t.items()}
    old = {p: i for i, p in enumerate(original)}
    with torch.no_grad():
        reader.word.weight.copy_(t["embeddings.word_embeddings.weight"][[old[p] for p in reader.vocabulary]])
        reader.position.weight.copy_(t["embeddings.position_embeddings.weight"])
        reader.shape.weight.copy_(t["embeddings.token_type_embeddings.weight"][0].expand_as(reader.shape.weight))
        reader.norm.weight.copy_(t["embeddings.LayerNorm.weight"]); reader.norm.bias.copy_(t["embeddings.LayerNorm.bias"])
        for i, l in enumerate(reader.layers):
            p = f"encoder.layer.{i}."
            g = lambda n: t[p + n]
            l.qkv.weight.copy_(torch.cat([g(f"attention.self.{k}.weight") for k in ("query", "key", "value")]))
            l.qkv.bias.copy_(torch.cat([g(f"attention.self.{k}.bias") for k in ("query", "key", "value")]))
            for mine, theirs in ((l.out, "attention.output.dense"), (l.norm1, "attention.output.LayerNorm"), (l.up, "intermediate.dense"), (l.down, "output.dense"), (l.norm2, "output.LayerNorm")):
                mine.weight.copy_(g(theirs + ".weight")); mine.bias.copy_(g(theirs + ".bias"))
