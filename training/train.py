"""Trains the reader on the packed sets, for as many minutes as it is given; stops and goes on from its checkpoint.

    python3 train.py --minutes 100 [--threads 1] [--fresh] [--from MASTER] [--seed 7] [--rate 1] [--out CHECKPOINT]

The learning rate falls linearly over the minutes, so the time at hand decides the schedule. Writes work/checkpoint.pt (weights, optimizer,
minutes spent) every few minutes, and a line of development scores with each.
"""

import argparse
import collections
import json
import os
import pickle
import random
import time

import torch
import torch.nn.functional as F
from safetensors import safe_open

import data as D
import model as M

WORK = os.path.join(D.HERE, "work")
# how often a document of each set is seen in one round
SHARE = {"ewt": 0.8, "gum": 0.8, "polnear": 0.6, "gold": 3.0, "more": 3.0, "own": 3.0, "types": 0.7, "uner": 4.0, "wikigold": 1.5, "wnut": 0.3, "re3d": 1.0, "meantime": 1.0, "ecb": 0.12, "lgl": 0.06}


def label_lists(train):
    seen = collections.defaultdict(collections.Counter)
    for d in train:
        for k in ("upos", "xpos", "relations"):
            seen[k].update(d[k] or ())
        seen["mode"].update(d["mode"].values())
    lists = {k: sorted(v) for k, v in seen.items()}
    lists.update(boundary=["inside", "begin"], names=M.BIO(["PER", "ORG", "LOC"]), cue=M.BIO(["cue"]), trigger=M.BIO(D.EVENTS + ["again"]), act=D.ACTS, manner=D.MANNERS, status=D.STATUS)
    return lists


def choose_vocabulary(original, data, limit=16000):
    """The pieces that the training sets and plain news use most; single characters and special pieces always stay."""
    wp = M.WordPiece(original)
    count = collections.Counter()
    for d in data["train"]:
        for w in d["words"]:
            count.update({i: 3 for i in wp(w)})
    for w, n in data["bulk"].items():
        for i in wp(w):
            count[i] += n
    keep = {i for i, p in enumerate(original) if p in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]") or (len(p.removeprefix("##")) == 1 and ord(p[-1]) < 0x2100)}
    for i, n in count.most_common():
        if len(keep) >= limit or n < 3:
            break
        keep.add(i)
    # all two- and three-letter beginnings help unknown names
    return [p for i, p in enumerate(original) if i in keep]


def windows(d, wp, limit, rng=None):
    """Runs of whole sentences of at most `limit` pieces -> (first sentence, one past the last)."""
    sizes = [sum(len(wp(w)) for w in d["words"][s:e]) for s, e in d["sentences"]]
    out, first, n = [], 0, 0
    room = limit if rng is None else rng.randint(limit // 3, limit)
    for k, size in enumerate(sizes):
        if n and n + size > room:
            out.append((first, k))
            first, n = k, 0
            room = limit
        n += size
    if first < len(sizes):
        out.append((first, len(sizes)))
    return out


def example(d, window, wp, limit, labels):
    """One window as numbers."""
    sents = d["sentences"][window[0]:window[1]]
    s0, e0 = sents[0][0], sents[-1][1]
    ids, shapes, word_of = [wp.first], [D.MARK], [-1]
    words = 0
    for k in range(s0, e0):
        pieces = wp(d["words"][k])
        if len(ids) + len(pieces) > limit + 60:
            break
        ids += pieces; shapes += [d["shapes"][k]] * len(pieces); word_of += [words] * len(pieces)
        words += 1
    e0 = s0 + words
    ids.append(wp.last); shapes.append(D.MARK); word_of.append(-1)
    x = {"ids": ids, "shapes": shapes, "word_of": word_of, "words": words, "set": d["set"], "tags": {}, "points": {}, "roles": {}}
    tag = lambda name, values: x["tags"].__setitem__(name, [labels[name].get(v if v else "O", -100) if v != -100 else -100 for v in values])
    if d["upos"]:
        tag("upos", d["upos"][s0:e0]); tag("xpos", d["xpos"][s0:e0])
        x["heads"], x["relations"], x["sentence"] = [], [], []
        for n, (s, e) in enumerate(sents):
            for k in range(s, min(e, e0)):
                h = d["heads"][k]
                at = 0 if h == 0 else s + h - 1 - s0 + 1
                x["heads"].append(at if at <= words else -100)
                x["relations"].append(labels["relations"][d["relations"][k]])
                x["sentence"].append(n)
        x["tags"]["boundary"] = d["boundary"][s0:e0]
    for name in ("names", "cue", "trigger"):
        if d[name]:
            tag(name, d[name][s0:e0])
    for name in ("act", "manner", "status", "mode"):
        x["points"][name] = [(k - s0, labels[name][v]) for k, v in d[name].items() if s0 <= k < e0 and v in labels[name]]
    for name in ("statement", "event"):
        if d[name] is not None:
            x["roles"][name] = [((p[0] - s0, min(p[1], e0) - s0), [(r, max(s, s0) - s0, min(e, e0) - s0) for r, s, e in roles if s < e0 and e > s0]) for p, roles in d[name] if s0 <= p[0] < e0]
    for name in ("weak", "closed"):
        x[name] = d.get(name)
    if d["coreference"] is not None:
        x["roles"]["coreference"] = [(p - s0, [a - s0 for a in ants if a >= s0]) for p, ants in d["coreference"] if s0 <= p < e0]
    return x


def masked(x, wp, rng, share=0.06):
    """Hides some words, so that no head leans on single ones: the sets that teach events are small."""
    hidden = {w for w in range(x["words"]) if rng.random() < share}
    return {**x, "ids": [wp.hidden if w in hidden else i for i, w in zip(x["ids"], x["word_of"])]}


def collate(batch):
    L, W = max(len(x["ids"]) for x in batch), max(x["words"] for x in batch)
    t = lambda rows, fill, n: torch.tensor([r + [fill] * (n - len(r)) for r in rows])
    return {"ids": t([x["ids"] for x in batch], 0, L), "shapes": t([x["shapes"] for x in batch], D.MARK, L), "length": torch.tensor([len(x["ids"]) for x in batch]),
            "word_of": t([[W if w < 0 else w for w in x["word_of"]] for x in batch], W, L), "W": W, "batch": batch}


WEIGHT = {"upos": 0.4, "xpos": 0.6, "boundary": 0.3, "names": 2.5, "cue": 2.0, "trigger": 2.0, "act": 0.5, "manner": 0.3, "status": 0.7, "mode": 0.5}


def found(net, x, batch):
    """Of an event known by type and parties only: the word that tells it is the one now thought likeliest, and is taught as such.
    -> (predicates for the role head, loss of the trigger head)"""
    told, loss = [], 0.0
    tagger = net.taggers["trigger"]
    index = {l: k for k, l in enumerate(tagger.labels)}
    for i, b in enumerate(batch):
        if b["weak"] is None:
            continue
        scores = F.log_softmax(tagger(x[i, :b["words"]]).float(), -1)
        taken = set()
        for types, source, target in b["weak"]:
            ids = [index["B-" + t] for t in types]
            free = scores[:, ids].detach().clone()
            for k in {k for span in (source, target) if span for k in range(*span)} | taken:
                free[k] = -1e4
            best = int(free.argmax())
            word, kind = best // len(ids), ids[best % len(ids)]
            loss = loss - scores[word, kind]
            taken.add(word)
            roles = [(r, *s) for r, s in (("actor", source), ("recipient", target)) if s]
            if len(roles) == 2:
                told.append((i, word, roles, b))
        if b["closed"]:
            others = [k for k in range(b["words"]) if k not in taken]
            loss = loss - scores[others, index["O"]].sum()
    return told, WEIGHT["trigger"] * loss / 200


def loss_of(net, c, rng):
    batch, W = c["batch"], c["W"]
    v = net.encode(c["ids"], c["shapes"], c["length"], c["word_of"], W)
    total = 0.0
    for name, tagger in net.taggers.items():
        x = v[net.group[name]]
        if name in ("act", "manner", "status", "mode"):
            pts = [(i, p, y) for i, b in enumerate(batch) for p, y in b["points"].get(name, ())]
            if pts:
                i, p, y = (torch.tensor(z) for z in zip(*pts))
                total = total + WEIGHT[name] * F.cross_entropy(tagger(x[i, p]), y, reduction="sum") / 40
            continue
        rows = [(i, b["tags"][name]) for i, b in enumerate(batch) if name in b["tags"]]
        if rows:
            i = torch.tensor([r for r, y in rows for _ in y]); p = torch.tensor([k for r, y in rows for k in range(len(y))]); y = torch.tensor([k for r, z in rows for k in z])
            keep = y != -100
            if keep.any():
                total = total + WEIGHT[name] * F.cross_entropy(tagger(x[i[keep], p[keep]]), y[keep], reduction="sum") / (200 if name in ("upos", "xpos", "boundary", "cue", "trigger", "names") else 50)
    rows = [i for i, b in enumerate(batch) if "heads" in b]
    if rows:
        x = v["syntax"][rows]
        arcs, dr, hr = net.parser(x)
        sent = torch.tensor([b["sentence"] + [-1] * (W - len(b["sentence"])) for b in (batch[i] for i in rows)])
        allowed = torch.cat([torch.ones(len(rows), W, 1, dtype=torch.bool), sent[:, :, None] == sent[:, None, :]], 2)
        arcs = arcs.masked_fill(~allowed, -1e4)
        heads = torch.tensor([batch[i]["heads"] + [-100] * (W - len(batch[i]["heads"])) for i in rows])
        rels = torch.tensor([batch[i]["relations"] + [-100] * (W - len(batch[i]["relations"])) for i in rows])
        keep = heads != -100
        r, w = keep.nonzero(as_tuple=True)
        total = total + F.cross_entropy(arcs[r, w], heads[r, w], reduction="sum") / 200
        total = total + F.cross_entropy(net.parser.relations(dr[r, w], hr[r, heads[r, w]]), rels[r, w], reduction="sum") / 200
    told, loss = found(net, v["event"], batch)
    total = total + loss
    for name in ("statement", "event"):
        role = net.roles[name]
        preds = [(i, rng.randrange(p[0], max(p[0] + 1, p[1])), roles, b) for i, b in enumerate(batch) for p, roles in b["roles"].get(name, ())]
        if name == "event":
            preds += told
        if not preds:
            continue
        index = {l: k for k, l in enumerate(role.labels)}
        y = torch.full((len(preds), W), -100)
        for n, (i, p, roles, b) in enumerate(preds):
            y[n, :b["words"]] = 0
            for r, s, e in roles:
                y[n, s:e] = index["I-" + r]
                y[n, s] = index["B-" + r]
        out = role(v[net.group["cue"] if name == "statement" else "event"], torch.tensor([z[0] for z in preds]), torch.tensor([z[1] for z in preds]))
        if name == "statement":
            # PolNeAR tells nothing of addressees and channels: there those labels neither win nor lose
            silent = torch.tensor([b["set"] == "polnear" for *_, b in preds])
            hide = torch.tensor([l[2:] in ("addressee", "channel") for l in role.labels])
            out = out.masked_fill(silent[:, None, None] & hide[None, None, :], -1e4)
        ce = F.cross_entropy(out.reshape(-1, out.shape[-1]), y.reshape(-1), reduction="sum", ignore_index=-100)
        total = total + ce / (200 if name == "statement" else 100)
    preds = [(i, p, ants, b) for i, b in enumerate(batch) for p, ants in b["roles"].get("coreference", ())]
    if len(preds) > 120:
        preds = rng.sample(preds, 120)
    if preds:
        out = net.roles["coreference"](v["coreference"], torch.tensor([z[0] for z in preds]), torch.tensor([z[1] for z in preds]))[..., 0]
        good = torch.zeros_like(out, dtype=torch.bool)
        for n, (i, p, ants, b) in enumerate(preds):
            good[n, ants or [p]] = True
        possible = torch.arange(W)[None, :] <= torch.tensor([z[1] for z in preds])[:, None]
        out = out.masked_fill(~possible, -1e4)
        total = total + (torch.logsumexp(out, 1) - torch.logsumexp(out.masked_fill(~good, -1e4), 1)).sum() / 100
    return total


def bio_spans(tags):
    out, s, kind = [], None, None
    for k, t in enumerate(list(tags) + ["O"]):
        if s is not None and (t == "O" or t[0] == "B" or t[2:] != kind):
            out.append((kind, s, k)); s = None
        if t != "O" and s is None:
            s, kind = k, t[2:]
    return set(out)


def f1(tp, s, g):
    return round(200 * tp / max(1, s + g), 1)


@torch.no_grad()
def evaluate(net, examples, size=1500):
    net.eval()
    n = collections.Counter()
    for c in batches(examples, size, None):
        batch, W = c["batch"], c["W"]
        v = net.encode(c["ids"], c["shapes"], c["length"], c["word_of"], W)
        arcs, dr, hr = net.parser(v["syntax"])
        tags = {name: net.taggers[name](v[net.group[name]]).argmax(-1) for name in ("upos", "xpos", "boundary", "names", "cue", "trigger")}
        for i, b in enumerate(batch):
            for name in ("upos", "xpos", "boundary"):
                if name in b["tags"]:
                    y = torch.tensor(b["tags"][name]); keep = y != -100
                    n[name, "ok"] += int((tags[name][i, :len(y)][keep] == y[keep]).sum()); n[name, "n"] += int(keep.sum())
            for name in ("names", "cue", "trigger"):
                if name in b["tags"] and not (name == "names" and b["set"] != "uner") :
                    lab = net.taggers[name].labels
                    y = [lab[k] if k >= 0 else "O" for k in b["tags"][name]]
                    p = [lab[int(k)] if z != -100 else "O" for k, z in zip(tags[name][i], b["tags"][name])]
                    gs, ps = bio_spans(y), bio_spans(p)
                    k = (name + "." + b["set"])
                    n[k, "tp"] += len(gs & ps); n[k, "s"] += len(ps); n[k, "g"] += len(gs)
            if "heads" in b:
                sent = torch.tensor(b["sentence"]); w = len(sent)
                a = arcs[i, :w, :w + 1].masked_fill(~torch.cat([torch.ones(w, 1, dtype=torch.bool), sent[:, None] == sent[None, :]], 1), -1e4)
                h = a.argmax(-1); y = torch.tensor(b["heads"]); r = torch.tensor(b["relations"])
                got = net.parser.relations(dr[i, :w], hr[i, h]).argmax(-1)
                names = net.parser.labels
                same = torch.tensor([names[int(x)].split(":")[0] == names[int(z)].split(":")[0] for x, z in zip(got, r)])
                k = "parse." + b["set"]
                n[k, "uas"] += int((h == y).sum()); n[k, "las"] += int(((h == y) & same).sum()); n[k, "n"] += w
            for name in ("statement", "event"):
                preds = b["roles"].get(name, ())
                if preds:
                    role = net.roles[name]
                    out = role(v[name], torch.full((len(preds),), i), torch.tensor([p[0][0] for p in preds])).argmax(-1)
                    for m, (p, roles) in enumerate(preds):
                        got = bio_spans([role.labels[int(k)] for k in out[m, :b["words"]]])
                        gold = set(roles)
                        for kind in {k for k, _, _ in got | gold}:
                            if b["set"] == "polnear" and kind not in ("source", "content"):
                                continue
                            key = f"{name}.{kind}.{b['set']}"
                            gk, sk = {z for z in gold if z[0] == kind}, {z for z in got if z[0] == kind}
                            n[key, "tp"] += len(gk & sk); n[key, "s"] += len(sk); n[key, "g"] += len(gk)
            for name in ("act", "manner", "status", "mode"):
                for p, y in b["points"].get(name, ()):
                    n[name, "ok"] += int(net.taggers[name](v[net.group[name]][i, p]).argmax()) == y; n[name, "n"] += 1
            for p, ants in b["roles"].get("coreference", ()):
                out = net.roles["coreference"](v["coreference"], torch.tensor([i]), torch.tensor([p]))[0, :p + 1, 0]
                k = "coreference." + b["set"]
                n[k, "ok"] += int(out.argmax()) in (ants or [p]); n[k, "n"] += 1
    net.train()
    out = {}
    for key in sorted({k for k, _ in n}):
        if n[key, "las"]:
            out[key] = f"{100 * n[key, 'uas'] / n[key, 'n']:.1f}/{100 * n[key, 'las'] / n[key, 'n']:.1f}"
        elif n[key, "g"]:
            out[key] = f1(n[key, "tp"], n[key, "s"], n[key, "g"])
        elif n[key, "n"]:
            out[key] = round(100 * n[key, "ok"] / n[key, "n"], 1)
    return out


def batches(examples, size, rng):
    """Examples of like length together, about `size` pieces a batch."""
    order = sorted(examples, key=lambda x: len(x["ids"]) + (rng.random() * 30 if rng else 0))
    groups, cur, longest = [], [], 0
    for x in order:
        longest = max(longest, len(x["ids"]))
        if cur and longest * (len(cur) + 1) > size:
            groups.append(cur)
            cur, longest = [], len(x["ids"])
        cur.append(x)
    groups.append(cur)
    if rng:
        rng.shuffle(groups)
    return (collate(g) for g in groups)


def dev_examples(dev, wp, labels):
    keep = []
    for part, limit in (("ewt", 400), ("gum", 8), ("uner", 200), ("polnear", 25), ("gold", 99)):
        docs = [d for d in dev if d["set"] == part][:limit]
        keep += [example(d, w, wp, 200, labels) for d in docs for w in windows(d, wp, 200)]
    return keep


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--minutes", type=float, default=100)
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--size", type=int, default=1200)
    a.add_argument("--fresh", action="store_true")
    a.add_argument("--from", dest="master", help="a half-precision master to go on from, with a schedule of its own")
    a.add_argument("--base", default=os.path.join(WORK, "minilm"))
    a.add_argument("--bf16", action="store_true")
    a.add_argument("--probe", type=int, default=0, help="stop after N steps and print the speed")
    a.add_argument("--seed", type=int, default=7)
    a.add_argument("--rate", type=float, default=1.0, help="the learning rates, as a share of the usual ones")
    a.add_argument("--out", default=os.path.join(WORK, "checkpoint.pt"), help="the checkpoint to write and to go on from")
    o = a.parse_args()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    with open(os.path.join(WORK, "data.pkl"), "rb") as f:
        data = pickle.load(f)
    path = o.out
    state = torch.load(path, weights_only=False) if os.path.exists(path) and not o.fresh else None
    if o.master and not state:
        with safe_open(o.master, "pt") as f:
            meta = f.metadata()
            state = {"net": {k: f.get_tensor(k).float() for k in f.keys()}, "labels": json.loads(meta["labels"]), "vocabulary": json.loads(meta["vocabulary"]), "optimizer": None, "spent": 0.0, "step": 0, "rounds": 0}
    original = open(os.path.join(o.base, "vocab.txt"), encoding="utf-8").read().split("\n")[:30522]
    lists = state["labels"] if state else label_lists(data["train"])
    vocabulary = state["vocabulary"] if state else choose_vocabulary(original, data)
    labels = {k: {l: i for i, l in enumerate(v)} for k, v in lists.items()}
    wp = M.WordPiece(vocabulary)
    net = M.Reader(vocabulary, lists)
    if state:
        net.load_state_dict(state["net"])
    else:
        M.load_base(net, os.path.join(o.base, "model.safetensors"), original)
    body = [p for n, p in net.named_parameters() if n.split(".")[0] in ("word", "position", "norm", "layers")]
    ids = {id(p) for p in body}
    heads = [p for p in net.parameters() if id(p) not in ids]
    opt = torch.optim.AdamW([{"params": body, "lr": 1.3e-4, "weight_decay": 0.01}, {"params": heads, "lr": 1.2e-3, "weight_decay": 0.0}], betas=(0.9, 0.98), fused=True)
    base_lr = [g["lr"] for g in opt.param_groups]
    spent, step, rounds = 0.0, 0, 0
    if state:
        if state["optimizer"]:
            opt.load_state_dict(state["optimizer"])
        spent, step, rounds = state["spent"], state["step"], state["rounds"]
        rng.seed(o.seed + step)
    print(f"vocabulary {len(vocabulary)}, parameters {sum(p.numel() for p in net.parameters()) / 1e6:.1f} M, spent {spent / 60:.1f} of {o.minutes} min", flush=True)
    dev = dev_examples(data["dev"], wp, labels)
    net.train()
    saved, pieces, began = spent, 0, time.time()
    last = time.time()

    def save(final=False):
        torch.save({"net": net.state_dict(), "optimizer": None if final else opt.state_dict(), "labels": lists, "vocabulary": vocabulary, "spent": spent, "step": step, "rounds": rounds}, path + ".new")
        os.replace(path + ".new", path)

    losses = collections.deque(maxlen=200)
    while spent < o.minutes * 60:
        examples = []
        for d in data["train"]:
            share = SHARE[d["set"]]
            for _ in range(int(share) + (rng.random() < share % 1)):
                limit = rng.choice([110, 160, 200, 240])
                examples += [masked(example(d, w, wp, limit, labels), wp, rng) for w in windows(d, wp, limit, rng)]
        for c in batches(examples, o.size, rng):
            now = spent / (o.minutes * 60)
            factor = o.rate * min(1.0, step / 300) * max(0.01, 1 - now)
            for g, lr in zip(opt.param_groups, base_lr):
                g["lr"] = lr * factor
            with torch.autocast("cpu", torch.bfloat16, enabled=o.bf16):
                loss = loss_of(net, c, rng)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 10.0)
            opt.step()
            losses.append(loss.item())
            pieces += int(c["length"].sum())
            step += 1
            t = time.time(); spent += t - last; last = t
            if step % 100 == 0:
                print(f"step {step} round {rounds} {spent / 60:.1f} min loss {sum(losses) / len(losses):.3f} {pieces / (t - began):.0f} pieces/s", flush=True)
            if o.probe and step >= o.probe:
                return
            if spent - saved > 480:
                saved = spent
                save()
                print({"minutes": round(spent / 60, 1), **evaluate(net, dev)}, flush=True)
                last = time.time()
            if spent > o.minutes * 60:
                break
        rounds += 1
    save(final=True)
    print({"minutes": round(spent / 60, 1), **evaluate(net, dev)}, flush=True)


if __name__ == "__main__":
    main()
