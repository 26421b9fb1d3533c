"""Packs the annotated sets into one training file.

In: the folder of sets (`shared/data`, `shared/gold`) and the engine's own words (`cargo run --example words`), so that training
and reading cut text alike. Out: `work/data.pkl`, a list of documents: words, shapes, sentences, and for each task its labels,
or None where a set says nothing of a task.

A predicate is the word that a role head starts from: a statement's cue, an event's trigger, a later mention of someone.
"""

import collections
import glob
import gzip
import hashlib
import json
import os
import pickle
import re
import subprocess
import sys

import annotate
from annotate import ACTS, EVENTS, MANNERS, STATUS

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SHARED = os.environ.get("RAPPORTEUR_SHARED", os.path.join(os.path.dirname(ROOT), "shared"))
DATA, GOLD = os.path.join(SHARED, "data"), os.path.join(SHARED, "gold")

STATEMENT_ROLES = ["source", "content", "addressee", "channel"]
EVENT_ROLES = ["actor", "recipient", "place", "time"]
LOWER, CAPITALISED, UPPER, MIXED, DIGITS, MARK, SINGLE, DOTTED = range(8)
QUOTED = 8


def shape(word):
    """The engine's `Shape::of`, for sets that bring their own words."""
    letters = [c for c in word if c.isalpha()]
    if any(c.isnumeric() for c in word):
        return DIGITS
    if not letters:
        return MARK
    upper, first = sum(c.isupper() for c in word), word[0].isupper()
    if upper == 0:
        return LOWER
    if word.endswith(".") and first:
        return DOTTED
    if upper == 1 and first and len(letters) == 1:
        return SINGLE
    if upper == len(letters):
        return UPPER
    return CAPITALISED if upper == 1 and first else MIXED


def shapes(words, paragraphs):
    """Shapes with the quotation bit; a quotation ends with its paragraph."""
    out, open_, opened, last = [], False, 0, None
    for i, w in enumerate(words):
        if paragraphs[i] != last:
            open_, last = False, paragraphs[i]
        opens, closes = w in ("“", "„", "«", "``"), w in ("”", "»", "''")
        if w == '"':
            opens, closes = not open_, open_
        if opens:
            open_ = True
        out.append(shape(w) + (QUOTED if open_ or (closes and i and out[-1] >= QUOTED) else 0))
        if closes:
            open_ = False
    return out


def document(source, words, sentences, shape_ids):
    """sentences: list of (start, end) over words."""
    return {"set": source, "words": words, "shapes": shape_ids, "sentences": sentences, "upos": None, "xpos": None, "heads": None, "relations": None,
            "boundary": None, "names": None, "cue": None, "trigger": None, "act": {}, "manner": {}, "status": {}, "mode": {}, "statement": None, "event": None, "coreference": None}


# ---- treebanks -------------------------------------------------------------------------------------------------------------------------

def read_conllu(path):
    docs, doc, par = [], None, 0
    rows = []
    for line in gzip.open(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            doc = []
            docs.append(doc)
        elif line.startswith("# newpar"):
            par += 1
        elif line.startswith("#"):
            continue
        elif not line:
            if rows:
                if doc is None:
                    doc = []
                    docs.append(doc)
                doc.append((par, rows))
            rows = []
        else:
            c = line.split("\t")
            if c[0].isdigit():
                rows.append(c)
    return docs


def gum_mentions(rows_flat):
    """Entity brackets over a document's words -> (start, end, type, is_name, head word, chain id)."""
    stack, out = [], []
    for i, c in enumerate(rows_flat):
        m = re.search(r"(?:^|\|)Entity=([^|]*)", c[9])
        if not m:
            continue
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", m.group(1)):
            if part.startswith("("):
                fields = part.strip("()").split("-")
                if len(fields) < 2:
                    continue
                one = part.endswith(")")
                entry = (fields, i)
                if one:
                    out.append((fields, i, i + 1))
                else:
                    stack.append(entry)
            else:
                eid = part.rstrip(")")
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0][0] == eid:
                        fields, s = stack.pop(k)
                        out.append((fields, s, i + 1))
                        break
    mentions = []
    for fields, s, e in out:
        minspan = fields[5].split(",")[0] if len(fields) > 5 else "1"
        head = s + (int(minspan) - 1 if minspan.isdigit() else 0)
        mentions.append((s, e, fields[1], min(head, e - 1), fields[0]))
    return mentions


def treebank(path, source, coref):
    out = []
    for doc in read_conllu(path):
        words, pars, sents, upos, xpos, heads, rels, flat = [], [], [], [], [], [], [], []
        for par, rows in doc:
            s = len(words)
            for c in rows:
                words.append(c[1]); pars.append(par); upos.append(c[3]); xpos.append(c[4])
                heads.append(int(c[6])); rels.append(c[7].split(":")[0] if c[7] not in ("nsubj:pass", "aux:pass", "obl:agent", "nmod:poss", "acl:relcl", "obl:unmarked", "nmod:unmarked", "compound:prt", "csubj:pass") else c[7])
                flat.append(c)
            sents.append((s, len(words)))
        d = document(source, words, sents, shapes(words, pars))
        d.update(upos=upos, xpos=xpos, heads=heads, relations=rels)
        starts = {s for s, _ in sents}
        # paragraph beginnings are known to the reader; only beginnings inside a paragraph teach
        d["boundary"] = [1 if i in starts else 0 for i in range(len(words))]
        for s, _ in sents:
            if s == 0 or pars[s] != pars[s - 1]:
                d["boundary"][s] = -100
        if coref:
            mentions = gum_mentions(flat)
            names = [0] * len(words)
            kinds = {"person": "PER", "place": "LOC", "organization": "ORG"}
            for s, e, kind, head, _ in sorted(mentions, key=lambda m: m[0] - m[1]):
                if kind in kinds and upos[head] == "PROPN":
                    # the name is the run of proper nouns (with "of", "the", "-" between) around the head
                    a, b = head, head + 1
                    ok = lambda k: upos[k] == "PROPN" or (flat[k][4] in ("NNP", "NNPS")) or words[k] in ("-", "&")
                    while a > s and ok(a - 1):
                        a -= 1
                    while b < e and (ok(b) or (words[b] in ("of", "for") and b + 1 < e and words[b + 1][0].isupper())):
                        b += 1
                    if kind == "person" and words[a] in TITLES and b - a > 1:
                        a += 1
                    for k in range(a, b):
                        names[k] = ("B-" if k == a else "I-") + kinds[kind]
            d["names"] = names
            chains = collections.defaultdict(list)
            for s, e, kind, head, chain in mentions:
                chains[chain].append(head)
            pairs = {}
            for heads_ in chains.values():
                hs = sorted(set(heads_))
                for k in range(1, len(hs)):
                    pairs[hs[k]] = hs[:k]
            # mentions that begin a chain have no antecedent: they teach "none"
            for hs in chains.values():
                pairs.setdefault(min(hs), [])
            d["coreference"] = list(pairs.items())
        out.append(d)
    return out


TITLES = set("Minister Foreign Defence Defense Spokesman Spokesperson Envoy Ambassador Colonel-General Commander Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. President Prime Minister Senator Sen. Rep. Gov. Gen. General King Queen Sir Lord Lady Prof. Professor Secretary Chancellor Judge Pope Saint St. Captain Colonel Col. Lt. Sgt. Pastor Rev.".split())


# ---- names -----------------------------------------------------------------------------------------------------------------------------

def iob(path, source, column, mapping, separator=None):
    op = gzip.open if path.endswith(".gz") else open
    sents, sent = [], []
    for line in op(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# "):
            continue
        if not line.strip():
            if sent:
                sents.append(sent)
            sent = []
            continue
        c = line.split(separator)
        sent.append((c[0] if column != 2 else c[1], c[column]))
    if sent:
        sents.append(sent)
    out = []
    for k in range(0, len(sents), 8):
        words, names, spans, pars = [], [], [], []
        for sent in sents[k:k + 8]:
            s = len(words)
            prev = "O"
            for w, t in sent:
                tag = mapping(t)
                if tag and tag[0] == "I" and (prev == "O" or prev[2:] != tag[2:]):
                    tag = "B" + tag[1:]
                words.append(w); names.append(tag or 0); pars.append(len(spans))
                prev = tag or "O"
            spans.append((s, len(words)))
        d = document(source, words, spans, shapes(words, pars))
        d["names"] = names
        out.append(d)
    return out


# ---- raw text: cut with the engine's words ---------------------------------------------------------------------------------------------------------

def cut(documents):
    """[{id, text}] -> {id: (words, sentences, shapes, starts, ends)} by the engine."""
    feed = "".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in documents)
    binary = os.environ.get("RAPPORTEUR_WORDS")
    command = [binary] if binary else ["cargo", "run", "--release", "-q", "-p", "rapporteur", "--example", "words"]
    run = subprocess.run(command, input=feed.encode(), stdout=subprocess.PIPE, check=True, cwd=ROOT)
    result = {}
    text = {d["id"]: d["text"] for d in documents}
    for line in run.stdout.decode().splitlines():
        r = json.loads(line)
        words, spans, sh, starts, ends = [], [], [], [], []
        for sentence in r["sentences"]:
            s = len(words)
            for a, b, k in sentence:
                words.append(text[r["id"]][a:b]); starts.append(a); ends.append(b); sh.append(k)
            spans.append((s, len(words)))
        result[r["id"]] = (words, spans, sh, starts, ends)
    return result


def over(span, starts, ends):
    """The run of words that a span of the text covers (at least half of the first and last word), or None."""
    a, b = span["at"] if isinstance(span, dict) else span
    inside = [i for i in range(len(starts)) if starts[i] < b and ends[i] > a]
    while inside and (min(ends[inside[0]], b) - max(starts[inside[0]], a)) * 2 < ends[inside[0]] - starts[inside[0]]:
        inside.pop(0)
    while inside and (min(ends[inside[-1]], b) - max(starts[inside[-1]], a)) * 2 < ends[inside[-1]] - starts[inside[-1]]:
        inside.pop()
    return (inside[0], inside[-1] + 1) if inside else None


EDGE = set("\"“”‘’'`,;:–—-") | {"''", "``", "--"}


def trim(span, words, leading_that=True):
    """Content by RECORD.md: no quotation marks, commas or "that" at the edges (a closing full stop stays)."""
    s, e = span
    while s < e and words[s] in EDGE:
        s += 1
    if leading_that and e - s > 1 and words[s].lower() == "that":
        s += 1
        while s < e and words[s] in EDGE:
            s += 1
    while e > s and words[e - 1] in EDGE:
        e -= 1
    return (s, e) if s < e else None


def polnear(path, source="polnear"):
    docs = [json.loads(l) for l in gzip.open(path, "rt", encoding="utf-8")]
    cuts = cut(docs)
    out = []
    for d in docs:
        words, sents, sh, starts, ends = cuts[d["id"]]
        x = document(source, words, sents, sh)
        x["cue"] = [0] * len(words)
        x["statement"] = []
        for a in d["attributions"]:
            cues = [c for c in (over(s, starts, ends) for s in a["cue"]) if c]
            cues = [c for c in cues if any(w[0].isalnum() or w == ":" for w in words[c[0]:c[1]])]
            if not cues:
                continue
            main = max(cues, key=lambda c: c[1] - c[0])
            for s, e in cues:
                for k in range(s, e):
                    x["cue"][k] = "B-cue" if k == s else "I-cue"
            roles = []
            for role in ("source", "content"):
                for span in a[role]:
                    r = over(span, starts, ends)
                    r = r and (trim(r, words) if role == "content" else r)
                    if r:
                        roles.append((role, *r))
            x["statement"].append((main, roles))
        out.append(x)
    return out


STOP = set("the a an of and in for on to at by its his her their our new former president minister prime government forces armed military troops army authorities officials official people state states republic ministry foreign defence defense leader leaders head council spokesperson spokesman spokeswoman group party parties company media general secretary chief administration side sides country countries".split())


def telling(name):
    return {w.lower()[:5] for w in re.findall(r"\w+", name) if len(w) > 2 and w.lower() not in STOP}


PRONOUNS = {"person": {"he", "his", "him", "she", "her", "i", "my", "me"}, "many": {"they", "their", "them", "we", "our", "us", "it", "its"}}


def find_mentions(actor, words, sents, extra):
    """Word spans where an actor is likely mentioned: alias matches (longest first), then spans known from speaker_at."""
    spans = set(extra)
    taken = [False] * len(words)
    lower = [w.lower() for w in words]
    for alias in sorted({actor["name"], *actor["aliases"]}, key=len, reverse=True):
        toks = re.findall(r"\w+|[^\w\s]", alias.lower().replace("’s", " ’s").replace("'s", " 's"))
        if not toks or (len(toks) == 1 and toks[0] in ("he", "she", "they", "it", "we", "i")):
            continue
        n = len(toks)
        # compare by joined letters, since the cutting of hyphens and stops differs
        goal = "".join(toks)
        for i in range(len(words)):
            if not goal.startswith(lower[i].strip(".")[:1]) or taken[i]:
                continue
            s = ""
            for j in range(i, min(len(words), i + 2 * n + 2)):
                s += lower[j]
                if len(s) >= len(goal):
                    break
            if s == goal and not any(taken[i:j + 1]):
                spans.add((i, j + 1))
                for k in range(i, j + 1):
                    taken[k] = True
    return sorted(spans)


def nearest(spans, at, sents, reach):
    """The mention nearest to word `at`: same sentence first, then up to `reach` sentences before."""
    where = lambda i: next((k for k, (s, e) in enumerate(sents) if s <= i < e), 0)
    home = where(at)
    best = None
    for s, e in spans:
        k = where(s)
        if k > home or home - k > reach:
            continue
        cost = (home - k, abs(s - at) + (3 if s > at else 0))
        if best is None or cost < best[0]:
            best = (cost, (s, e))
    return best and best[1]


def gold(folder):
    docs = []
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        g = json.load(open(path, encoding="utf-8"))
        text = open(path[:-5] + ".txt", encoding="utf-8", newline="").read()
        docs.append({"id": g["id"], "text": text, "gold": g})
    return annotated("gold", docs)


def annotations():
    """Our own annotations of further reports: offsets in `annotations.jsonl`, texts in the shared folder."""
    sources, docs = {}, []
    for a in map(json.loads, open(os.path.join(HERE, "annotations.jsonl"))):
        if a["origin"] not in sources:
            rows = (json.loads(line) for line in gzip.open(f"{DATA}/{a['origin']}", "rt"))
            sources[a["origin"]] = {r["id"]: r["text"] for r in rows}
        # some are packs of single sentences
        ids = a["origin_id"] if isinstance(a["origin_id"], list) else [a["origin_id"]]
        text = "\n\n".join(sources[a["origin"]].get(i, "") for i in ids)
        if hashlib.sha256(text.encode()).hexdigest() != a["text_sha256"]:
            raise SystemExit(f"data.py: the text of annotation {a['id']} is not in {a['origin']} as it was annotated")
        docs.append({"id": a["id"], "text": text, "gold": annotate.as_gold(a, text, a["id"], a["published"])})
    return annotated("more", docs)


def own():
    """Reports of our own writing, with the notes of their reader."""
    docs = []
    for path in sorted(glob.glob(os.path.join(HERE, "own", "*.txt"))):
        docs.append({"id": os.path.basename(path)[:-4], "text": open(path, encoding="utf-8", newline="").read(), "notes": path[:-4] + ".notes"})
    for id_, (_, sentences, _, starts, ends) in cut(docs).items():
        d = next(d for d in docs if d["id"] == id_)
        text = annotate.Text(d["text"], [(starts[s], ends[e - 1]) for s, e in sentences])
        a, faults = annotate.annotation(open(d["notes"], encoding="utf-8").read(), text)
        if faults:
            raise SystemExit(f"data.py: {d['notes']}: {faults[0]}")
        d["gold"] = annotate.as_gold(a, d["text"], id_, "2025-06-12")
    return annotated("own", docs)


def annotated(source, docs):
    """Reports with statements, events and actors in gold/1."""
    cuts = cut(docs)
    out = []
    for d in docs:
        g = d["gold"]
        words, sents, sh, starts, ends = cuts[d["id"]]
        end_word = len(words)
        if g.get("scope"):
            end_word = sum(1 for s in starts if s < g["scope"][1])
            sents = [(s, min(e, end_word)) for s, e in sents if s < end_word]
            words, sh, starts, ends = words[:end_word], sh[:end_word], starts[:end_word], ends[:end_word]
        x = document(source, words, sents, sh)
        actors = {a["id"]: a for a in g["actors"]}
        speaker_spans = collections.defaultdict(set)
        for s in g["statements"]:
            if s.get("speaker_at") and s.get("speaker"):
                r = over(s["speaker_at"], starts, ends)
                if r:
                    speaker_spans[s["speaker"]].add(r)
        mentions = {a: find_mentions(actors[a], words, sents, speaker_spans[a]) for a in actors}
        # statements
        x["cue"], x["statement"] = [0] * len(words), []
        for s in g["statements"]:
            c = s.get("cue") and over(s["cue"], starts, ends)
            if not c:
                continue
            free = all(x["cue"][k] == 0 for k in range(*c))
            if free:
                for k in range(*c):
                    x["cue"][k] = ("B-cue" if k == c[0] else "I-cue") if not s.get("optional") else -100
            roles = []
            r = s.get("speaker_at") and over(s["speaker_at"], starts, ends)
            if r:
                roles.append(("source", *r))
            for span in s["content"]:
                r = over(span, starts, ends)
                r = r and trim(r, words)
                if r:
                    roles.append(("content", *r))
            if s.get("channel"):
                r = over(s["channel"], starts, ends)
                if r:
                    roles.append(("channel", *r))
            for a in s.get("addressee") or []:
                m = nearest(mentions.get(a, []), c[0], sents, 0)
                if m and not any(m[0] < e and st < m[1] for _, st, e in roles):
                    roles.append(("addressee", *m))
            x["statement"].append((c, roles))
            for k in range(*c):
                if s.get("act"):
                    x["act"][k] = s["act"]
                x["manner"][k] = s["manner"]
        # events
        x["trigger"], x["event"] = [0] * len(words), []
        for e in g["events"]:
            t = e.get("trigger") and over(e["trigger"], starts, ends)
            for again in e.get("also") or []:
                r = over(again, starts, ends)
                if r and r[1] - r[0] <= 4:
                    for k in range(*r):
                        if x["trigger"][k] == 0:
                            x["trigger"][k] = ("B-" if k == r[0] else "I-") + "again"
            if not t:
                continue
            for k in range(*t):
                if x["trigger"][k] == 0 or str(x["trigger"][k]).endswith("again"):
                    x["trigger"][k] = -100 if e.get("optional") else ("B-" if k == t[0] else "I-") + e["type"]
            roles = []
            for role, key in (("actor", "actors"), ("recipient", "recipients")):
                for n, a in enumerate(e.get(key) or []):
                    actor = actors.get(a)
                    if not actor:
                        continue
                    told = (e.get(key + "_at") or {n: None})[n]
                    m = told and over(told, starts, ends) or nearest(mentions[a], t[0], sents, 0)
                    if not m:
                        # a looser reading in the trigger's own sentence: a telling word (adjective, part of a name), then a pronoun
                        home = next(((s, f) for s, f in sents if s <= t[0] < f), (0, 0))
                        want = set().union(*(telling(n) for n in [actor["name"], *actor["aliases"]])) or set()
                        near = sorted((abs(k - t[0]), k) for k in range(*home) if words[k].lower()[:5] in want and len(words[k]) > 2)
                        pronouns = PRONOUNS["person" if actor["kind"] == "person" else "many"]
                        near = near or sorted((abs(k - t[0]) + (4 if k > t[0] else 0), k) for k in range(*home) if words[k].lower() in pronouns)
                        if near:
                            m = (near[0][1], near[0][1] + 1)
                    m = m or nearest(mentions[a], t[0], sents, 2)
                    if m and not any(m[0] < f and st < m[1] for _, st, f in roles):
                        roles.append((role, *m))
            home = next(((s, f) for s, f in sents if s <= t[0] < f), (0, 0))
            if isinstance(e.get("place"), str):
                m = nearest(find_mentions({"name": e["place"], "aliases": []}, words, sents, ()), t[0], sents, 0)
                if m and not any(m[0] < f and st < m[1] for _, st, f in roles):
                    roles.append(("place", *m))
            m = e.get("time_at") and over(e["time_at"], starts, ends)
            if m and not any(m[0] < f and st < m[1] for _, st, f in roles):
                roles.append(("time", *m))
            value = (e.get("time") or {}).get("value") if isinstance(e.get("time"), dict) else None
            if value:
                spans = [over(z, starts, ends) for z in g["times"] if z["value"] == value]
                spans = [z for z in spans if z and home[0] <= z[0] < home[1]]
                if spans:
                    m = min(spans, key=lambda z: abs(z[0] - t[0]))
                    if not any(m[0] < f and st < m[1] for _, st, f in roles):
                        roles.append(("time", *m))
            x["event"].append((t, roles))
            for k in range(*t):
                x["status"][k] = e["status"]
                x["mode"][k] = e["type"] + "/" + (e.get("mode") or "none")
        # chains of actors, for coreference: last word of each mention stands for it
        pairs = []
        for a in actors:
            if actors[a]["kind"] in ("unnamed",):
                continue
            hs = sorted({e - 1 if words[e - 1] not in ("'s", "’s") else e - 2 for s, e in mentions[a] if e - 1 < len(words)})
            hs = [h for h in hs if h >= 0]
            pairs += [(hs[k], hs[:k]) for k in range(1, len(hs))]
        x["coreference"] = pairs
        # names: capitalised aliases are names of their kind; other capitalised words are not known to be anything
        kinds = {"person": "PER", "government": "LOC", "state": "LOC", "organisation": "ORG", "armed_group": "ORG", "company": "ORG", "media": "ORG", "military": "ORG"}
        names = [-100 if sh[k] % 8 in (CAPITALISED, UPPER, MIXED, DOTTED, SINGLE) else 0 for k in range(len(words))]
        for a in actors.values():
            if a["kind"] == "person":
                # of "Russian President Vladimir Putin" only the words of the actor's own name are the name
                own = {w for w in re.findall(r"[\w-]+", a["name"])} - TITLES
                for s, e in mentions[a["id"]]:
                    run = [k for k in range(s, e) if words[k].strip(".") in own or words[k] == "-"]
                    run = [k for k in run if words[k] != "-" or k - 1 in run and k + 1 in run]
                    if run and run == list(range(run[0], run[-1] + 1)) and all(sh[k] % 8 in (CAPITALISED, MIXED, SINGLE, UPPER) or words[k] == "-" for k in run):
                        for k in run:
                            names[k] = ("B-" if k == run[0] else "I-") + "PER"
                        # titles and countries before it are no part of a person's name
                        for k in range(s, run[0]):
                            names[k] = 0 if names[k] == -100 and words[k] in TITLES else names[k]
        x["names"] = names
        out.append(x)
    return out


def spans_to_names(d_words, starts, ends, entities, known=None):
    names = [0] * len(d_words)
    for at, kind in sorted(entities, key=lambda z: z[0][0] - z[0][1]):
        r = over(at, starts, ends)
        if r:
            for k in range(*r):
                names[k] = ("B-" if k == r[0] else "I-") + kind
    return names


def named(words):
    return words[:1].isupper() and any(c.isupper() for c in words)


def other_names():
    out = []
    # re3d: names only (capitalised, no article)
    docs = [json.loads(l) for l in gzip.open(f"{DATA}/re3d/re3d_shared.jsonl.gz", "rt")]
    cuts = cut(docs)
    kinds = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}
    for d in docs:
        words, sents, sh, starts, ends = cuts[d["id"]]
        ents = [(e["at"], kinds[e["type"]]) for e in d["entities"] if e["type"] in kinds and named(e["words"]) and e["words"].split()[0] not in ("The", "This", "A", "They", "He", "We", "It", "Our", "His", "These", "Their", "Both", "All")]
        # a span with lower-case nouns in it is a description; keep the inner names that are annotated too
        ents = [(a, k) for a, k in ents if all(w[:1].isupper() or w.lower() in ("of", "the", "for", "and", "al", "de") for w in re.findall(r"\w+", d["text"][a[0]:a[1]]))]
        x = document("re3d", words, sents, sh)
        x["names"] = spans_to_names(words, starts, ends, ents)
        out.append(x)
    docs = [json.loads(l) for l in gzip.open(f"{DATA}/meantime/meantime_shared.jsonl.gz", "rt")]
    cuts = cut(docs)
    for d in docs:
        words, sents, sh, starts, ends = cuts[d["id"]]
        n = sum(1 for s in starts if s < d["annotated_through"])
        kinds = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
        ents = [(s["at"], kinds[e["type"]]) for e in d["entities"] if e["type"] in kinds and e["form"] == "NAM" for s in e["spans"]]
        x = document("meantime", words[:n], [(a, min(b, n)) for a, b in sents if a < n], sh[:n])
        x["names"] = spans_to_names(words[:n], starts[:n], ends[:n], ents)
        out.append(x)
    # ECB+: annotated sentences only, human and location mentions that are written as names; the rest of the capitals unknown
    docs = [json.loads(l) for l in gzip.open(f"{DATA}/crossdoc/ecbplus_train.jsonl.gz", "rt")]
    cuts = cut(docs)
    for d in docs:
        words, sents, sh, starts, ends = cuts[d["id"]]
        def kind(m):
            t = m["tag"]
            return "PER" if t.startswith("HUMAN_PART_PER") else "ORG" if t.startswith("HUMAN_PART_ORG") else "LOC" if t.startswith("LOC_GEO") else None
        ents = [(m["at"], kind(m)) for m in d["mentions"] if kind(m) and all(w[:1].isupper() or w.lower() in ("of", "for", "and", "de", "al") for w in re.findall(r"\w+", m["words"])) and named(m["words"])]
        got = spans_to_names(words, starts, ends, ents)
        names = [g if g else (-100 if sh[k] % 8 in (CAPITALISED, UPPER, MIXED, DOTTED) else 0) for k, g in enumerate(got)]
        x = document("ecb", words, sents, sh)
        x["names"] = names
        if any(got):
            out.append(x)
    # LGL: places known, every other capital unknown
    docs = [json.loads(l) for l in gzip.open(f"{DATA}/toponyms/lgl.jsonl.gz", "rt")]
    cuts = cut(docs)
    for d in docs:
        words, sents, sh, starts, ends = cuts[d["id"]]
        got = spans_to_names(words, starts, ends, [(t["at"], "LOC") for t in d["toponyms"]])
        names = [g if g else (-100 if sh[k] % 8 in (CAPITALISED, UPPER, MIXED, DOTTED) else 0) for k, g in enumerate(got)]
        x = document("lgl", words, sents, sh)
        x["names"] = names
        out.append(x)
    return out


# which label of the sets below stands for which of our types
PLV_TYPES = {"YIELD": ["CONCEDE", "RETREAT"]}
QUAD_TYPES = {"1": ["AGREE", "CONSULT", "SUPPORT"], "2": ["COOPERATE", "AID", "CONCEDE", "RETREAT"], "3": ["REQUEST", "ACCUSE", "REJECT", "THREATEN"], "4": ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]}
CAMEO_TYPES = {f"{k:02d}": v for k, v in enumerate([["REQUEST"], ["AGREE"], ["CONSULT"], ["SUPPORT"], ["COOPERATE"], ["AID"], ["CONCEDE", "RETREAT"], ["ACCUSE"], ["REQUEST"], ["ACCUSE"], ["REJECT"], ["THREATEN"],
                                                    ["PROTEST"], ["MOBILIZE"], ["SANCTION"], ["COERCE"], ["ASSAULT"], ["ASSAULT"], ["ASSAULT"]], 2)}


def held_out(id_, folds):
    """One part in `folds` is never trained on, so that it can be measured."""
    return int(hashlib.sha256(id_.encode()).hexdigest(), 16) % folds == 0


def types_only():
    """Sentences whose event is known by type and parties, but not by its words. `weak` holds (types, source, target); the word that tells
    it is what training finds likeliest. In a `closed` sentence nothing else happens."""
    rows = []
    for r in map(json.loads, gzip.open(f"{DATA}/events/plv_train.jsonl.gz", "rt")):
        if not held_out(r["id"], 5):
            rows.append((r, [(PLV_TYPES.get(e["root"], [e["root"]]), e["source"], e["target"]) for e in r["events"]], False))
    for r in map(json.loads, gzip.open(f"{DATA}/events/conflibert_cameo_train.jsonl.gz", "rt")):
        events = [(QUAD_TYPES.get(e["penta"]), (e["source"] or [None])[0], (e["target"] or [None])[0]) for e in r["events"]]
        rows.append((r, [e for e in events if e[0]], False))
    for r in map(json.loads, gzip.open(f"{DATA}/events/petrarch_unit_ud.jsonl.gz", "rt")):
        if not held_out(r["id"], 2) and not r["expect_error"]:
            # "Arnor" has the code ARN, "Gondor" GON: a party is known where a name begins like its code
            party = lambda code: next((w for w in re.findall(r"[A-Z]\w+", r["text"]) if w[:3].upper() == code[:3] or w[:2].upper() + w[-1:].upper() == code[:3] or w.upper()[0] + w.upper()[1:3] == code[:3]), None)
            seen, events = set(), []
            for e in r["events"]:
                types = CAMEO_TYPES.get(e["code"][:2])
                if types and types[0] not in seen:
                    seen.add(types[0])
                    events.append((types, party(e["source"]), party(e["target"])))
            if all(e["code"][:2] in CAMEO_TYPES or e["code"][:2] == "01" for e in r["events"]):
                rows.append((r, events, True))
    docs = [{"id": r["id"], "text": r["text"]} for r, *_ in rows]
    cuts, out = cut(docs), []
    for r, events, closed in rows:
        words, sents, sh, starts, ends = cuts[r["id"]]
        def span(said):
            at = said and r["text"].find(said)
            return None if not said or at < 0 else over((at, at + len(said)), starts, ends)
        x = document("types", words, [(0, len(words))], sh)
        x["weak"] = [(types, span(source), span(target)) for types, source, target in events]
        x["closed"] = closed
        if len(words) < 160:
            out.append(x)
    return out


def build():
    uner = lambda t: t if t in ("B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC") else None
    wiki = lambda t: t if t[2:] in ("PER", "ORG", "LOC") else None
    wnut = lambda t: {"person": t[:2] + "PER", "location": t[:2] + "LOC", "corporation": t[:2] + "ORG", "group": t[:2] + "ORG"}.get(t[2:])
    train, dev = [], []
    train += treebank(f"{DATA}/ud/ewt/en_ewt-ud-train.conllu.gz", "ewt", False)
    train += treebank(f"{DATA}/ud/gum/en_gum-permissive-train.conllu.gz", "gum", True)
    train += iob(f"{DATA}/ner/uner_ewt/uner_ewt_devhalf-train.iob2", "uner", 2, uner, "\t")
    train += iob(f"{DATA}/ner/wikigold/wikigold.conll.txt.gz", "wikigold", 1, wiki)
    train += iob(f"{DATA}/ner/wnut17/wnut17train.conll.gz", "wnut", 1, wnut, "\t")
    train += other_names()
    train += polnear(f"{DATA}/attribution/polnear/polnear_train.jsonl.gz")
    train += gold(f"{GOLD}/train") + annotations() + own() + types_only()
    dev += treebank(f"{DATA}/ud/ewt/en_ewt-ud-dev.conllu.gz", "ewt", False)
    dev += treebank(f"{DATA}/ud/gum/en_gum-permissive-dev.conllu.gz", "gum", True)
    dev += iob(f"{DATA}/ner/uner_ewt/uner_ewt_devhalf-dev.iob2", "uner", 2, uner, "\t")
    dev += polnear(f"{DATA}/attribution/polnear/polnear_dev.jsonl.gz")
    dev += gold(f"{GOLD}/dev")
    # plain words of news, to choose the vocabulary by
    bulk = collections.Counter()
    for path in glob.glob(f"{DATA}/bulk/*.jsonl.gz") + [f"{DATA}/time/tbaq.jsonl.gz", f"{DATA}/events/muc4_train.jsonl.gz", f"{DATA}/toponyms/lgl.jsonl.gz"]:
        for line in gzip.open(path, "rt"):
            bulk.update(re.findall(r"\w+|[^\w\s]", json.loads(line).get("text", "").lower()))
    return {"train": train, "dev": dev, "bulk": bulk}


if __name__ == "__main__":
    os.makedirs(os.path.join(HERE, "work"), exist_ok=True)
    data = build()
    with open(os.path.join(HERE, "work", "data.pkl"), "wb") as f:
        pickle.dump(data, f)
    for part in ("train", "dev"):
        count = collections.Counter()
        for d in data[part]:
            count[d["set"], "words"] += len(d["words"])
            count[d["set"], "cues"] += len(d["statement"] or [])
            count[d["set"], "events"] += len(d["event"] or [])
            count[d["set"], "names"] += sum(1 for t in d["names"] or [] if str(t).startswith("B"))
            count[d["set"], "coreference"] += len(d["coreference"] or [])
        print(part, json.dumps({" ".join(k): v for k, v in sorted(count.items()) if v}, indent=0), file=sys.stderr)
