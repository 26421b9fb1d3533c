"""Notes of a careful reader in, annotations as offsets out.

    python3 annotate.py show  GOLD.json > NOTES       a gold report as notes, to learn the conventions from
    python3 annotate.py check NOTES.notes TEXT.txt    faults, one line each
    python3 annotate.py build NOTES TEXTS > OUT.jsonl folders: every NOTES/ID.notes with TEXTS/ID.txt becomes a line of offsets
    python3 annotate.py gold  OUT.jsonl TEXTS FOLDER  the same as gold/1, words beside offsets, for scoring; TEXTS may be the shared data

Texts stay outside the project: an annotation keeps the sha256 of its text and offsets (code points, end exclusive) only. The reports in
`own` are of our own writing and stand there whole, with their notes.

Notes are lines; fields are separated by ` | `; N is the number of the sentence that holds the cue or the trigger:

    A id | name | kind | alias; alias                                          an actor and all ways it is written
    S id | N | actor: words | cue | content || content | manner | act | to=id; id | within=id | opt
    E id | N | trigger | TYPE/mode | status | actor: words; id | actor: words | by=id | place=words | time=words | also=N words; N words | opt

A long span may be written `first words ... last words`. `words #2` is the second place in the sentence where the words stand.
`-` is an empty field. `SCOPE N`: only sentences 1 to N were read.
"""

import glob
import gzip
import hashlib
import json
import os
import re
import sys

EVENTS = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
STATUS = "occurred ongoing planned possible contemplated demanded offered conditional failed denied ended".split()
ACTS = "assert deny accuse demand promise threaten propose forecast evaluate ask other".split()
MANNERS = "direct indirect mixed reported_act".split()
KINDS = "person government state military armed_group organisation company media group unnamed".split()
MODES = {
    "CONSULT": "meeting visit phone summit talks relay third_party", "ASSAULT": "aerial missile drone artillery firearms explosives ground beating execution abduction other",
    "SANCTION": "economic diplomatic discontinue_aid designate expel withdraw", "COERCE": "seize arrest displace restrict deport censor cyber other",
    "THREATEN": "military sanctions restrict other", "REQUEST": "assist yield change meet clarify other", "REJECT": "proposal accusation assist yield membership",
    "ACCUSE": "allege disapprove investigate", "AID": "military economic humanitarian asylum other", "SUPPORT": "welcome praise membership recognise other",
    "AGREE": "accept sign in_principle", "CONCEDE": "release ease resign halt_military return territory", "MOBILIZE": "troops weapons alert",
    "RETREAT": "withdraw ceasefire surrender disarm", "PROTEST": "demonstrate strike riot boycott", "COOPERATE": "economic military legal intelligence"}
PRONOUNS = {w for p in "he she it they we i his her their its our my him them us me you your who which that".split() for w in (p, p.capitalize())}


class Fault(Exception):
    pass


class Text:
    """A text and its numbered sentences."""

    def __init__(self, text, sentences):
        self.text, self.sentences = text, sentences

    @staticmethod
    def read(path):
        text = open(path, encoding="utf-8", newline="").read()
        cuts = path[:-4] + ".sentences.json"
        return Text(text, json.load(open(cuts)))

    def places(self, words, start, end):
        pattern = r"\s+".join(re.escape(w) for w in words.split())
        edge = (r"(?<!\w)" if words[:1].isalnum() else "") + pattern + (r"(?!\w)" if words[-1:].isalnum() else "")
        return [(start + m.start(), start + m.end()) for m in re.finditer(edge, self.text[start:end])]

    def find(self, words, n, ends=False):
        """The span of `words` in sentence n, or in the nearest sentence that has them."""
        words = words.strip()
        if not 1 <= n <= len(self.sentences):
            raise Fault(f"there is no sentence {n}")
        if " ... " in words:
            first, last = words.split(" ... ", 1)
            a = self.find(first, n)
            b = [p for p in self.places(last.strip(), a[1], len(self.text))]
            if not b:
                raise Fault(f"not found after “{first}”: “{last}”")
            return [a[0], b[0][1]]
        which = 1
        if m := re.search(r" #(\d)$", words):
            which, words = int(m[1]), words[:m.start()]
        order = sorted(range(1, len(self.sentences) + 1), key=lambda k: (abs(k - n), k > n))
        for k in order:
            got = self.places(words, *self.sentences[k - 1])
            if got and (k != n or len(got) >= which):
                return list(got[which - 1 if k == n else (-1 if k < n else 0)])
        got = self.places(words, 0, len(self.text))
        if got:
            return list(min(got, key=lambda p: abs(p[0] - self.sentences[n - 1][0])))
        raise Fault(f"not in the text: “{words}”")


def options(fields):
    out = {}
    for f in fields:
        key, _, value = f.partition("=")
        out[key.strip()] = value.strip()
    return out


def many(field):
    return [x.strip() for x in (field or "").split(";") if x.strip() and x.strip() != "-"]


def annotation(notes, t):
    """-> (annotation as offsets, faults)"""
    faults, actors, statements, events, scope = [], {}, {}, {}, None
    empty = lambda f: f.strip() in ("-", "")

    def one_of(value, allowed, what):
        if value not in allowed:
            raise Fault(f"{what} “{value}” is none of: {' '.join(allowed)}")
        return value

    def member(words, n):
        """`id: words` or `id`"""
        who, _, said = words.partition(":")
        who = who.strip()
        if who not in actors:
            raise Fault(f"no actor has the id “{who}”")
        at = t.find(said, n) if said.strip() else None
        if at and at not in actors[who]["mentions"]:
            actors[who]["mentions"].append(at)
        return {"id": who, "at": at}

    for number, line in enumerate(notes.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        try:
            if line.startswith("SCOPE "):
                scope = [0, t.sentences[int(line.split()[1]) - 1][1]]
                continue
            kind, _, rest = line.partition(" ")
            f = [x.strip() for x in rest.split(" | ")]
            if kind == "A":
                id_, name, what, aliases = (f + [""])[:4]
                one_of(what, KINDS, "kind")
                spans = []
                for alias in [name, *many(aliases)]:
                    if alias.lower() not in PRONOUNS:
                        spans += t.places(alias, 0, len(t.text))
                spans = sorted({tuple(s) for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)})
                actors[id_] = {"id": id_, "name": name, "kind": what, "mentions": [list(s) for s in spans]}
            elif kind == "S":
                if len(f) < 7:
                    raise Fault("a statement has seven fields or more")
                n, o = int(f[1]), options(f[7:])
                cue = None if empty(f[3]) else t.find(f[3], n)
                statements[f[0]] = {
                    "id": f[0], "speaker": None if empty(f[2]) else member(f[2], n), "cue": cue,
                    "content": [t.find(c, n) for c in f[4].split(" || ")] if not empty(f[4]) else [],
                    "manner": one_of(f[5], MANNERS, "manner"), "act": one_of(f[6], ACTS, "act"),
                    "addressee": [member(a, n)["id"] for a in many(o.get("to"))], "within": o.get("within") or None, "optional": "opt" in o}
            elif kind == "E":
                if len(f) < 7:
                    raise Fault("an event has seven fields or more")
                n, o = int(f[1]), options(f[7:])
                type_, _, mode = f[3].partition("/")
                one_of(type_, EVENTS, "type")
                mode = None if mode in ("", "-") else one_of(mode, MODES[type_].split(), "mode")
                also = []
                for a in many(o.get("also")):
                    k, _, words = a.partition(" ")
                    also.append(t.find(words, int(k)))
                events[f[0]] = {
                    "id": f[0], "trigger": t.find(f[2], n), "type": type_, "mode": mode, "status": one_of(f[4], STATUS, "status"),
                    "actors": [member(a, n) for a in many(f[5])], "recipients": [member(a, n) for a in many(f[6])], "asserted_by": o.get("by") or None,
                    "place": t.find(o["place"], n) if o.get("place") else None, "time": t.find(o["time"], n) if o.get("time") else None, "also": also, "optional": "opt" in o}
            else:
                raise Fault("a line begins with A, S, E or SCOPE")
        except (Fault, ValueError, IndexError) as fault:
            faults.append(f"line {number}: {fault}")
    for s in [*statements.values(), *events.values()]:
        for key in ("within", "asserted_by"):
            if s.get(key) and s[key] not in statements:
                faults.append(f"{s['id']}: {key} names no statement: {s[key]}")
    out = {"format": "annotation/1", "text_sha256": hashlib.sha256(t.text.encode()).hexdigest(), "scope": scope, "actors": list(actors.values()), "statements": list(statements.values()), "events": list(events.values())}
    return out, faults


def offsets_only(a):
    """The annotation without a word of its text: actors keep their mentions, not their names."""
    return {**a, "actors": [{k: v for k, v in x.items() if k != "name"} for x in a["actors"]]}


def as_gold(a, text, id_, published):
    """gold/1, as the scorers and data.py read it."""
    span = lambda at: at and {"at": at, "words": text[at[0]:at[1]]}
    actors = []
    for x in a["actors"]:
        aliases = sorted({text[s:e] for s, e in x["mentions"]} - PRONOUNS, key=lambda w: (-len(w), w))
        actors.append({"id": x["id"], "name": x.get("name") or (aliases or [x["id"]])[0], "aliases": aliases, "kind": x["kind"]})
    statements = [{"id": s["id"], "speaker": s["speaker"] and s["speaker"]["id"], "speaker_at": s["speaker"] and span(s["speaker"]["at"]), "cue": span(s["cue"]), "content": [span(c) for c in s["content"]],
                   "quoted": [], "manner": s["manner"], "act": s["act"], "addressee": s["addressee"], "via": None, "channel": None, "within": s["within"], "time": {"value": published, "basis": "published"},
                   **({"optional": True} if s["optional"] else {})} for s in a.get("statements", [])]
    events = [{"id": e["id"], "type": e["type"], "mode": e["mode"], "context": [], "actors": [x["id"] for x in e["actors"]], "recipients": [x["id"] for x in e["recipients"]],
               "actors_at": [x["at"] for x in e["actors"]], "recipients_at": [x["at"] for x in e["recipients"]], "trigger": span(e["trigger"]), "evidence": span(e["trigger"]), "status": e["status"],
               "asserted_by": e["asserted_by"], "condition": None, "purpose": None, "time": None, "time_at": e["time"], "place": e["place"] and text[e["place"][0]:e["place"][1]], "counts": [],
               "also": [span(x) for x in e["also"]], **({"optional": True} if e["optional"] else {})} for e in a["events"]]
    return {"format": "gold/1", "id": id_, "published": published, "title": None, "text_sha256": a["text_sha256"], "chars": len(text), "exhaustive": [layer for layer in ("statements", "events") if layer in a], **({"scope": a["scope"]} if a["scope"] else {}),
            "actors": actors, **({"statements": statements} if "statements" in a else {}), "events": events, "positions": [], "pledges": [], "times": [], "proposals": []}


def texts_of(annotations, folder):
    """The text of every annotation by its id: from a file of its own, or from the set that it is from."""
    sets, texts = {}, {}
    for a in annotations:
        own, origin = os.path.join(folder, a["id"] + ".txt"), os.path.join(folder, a.get("origin") or "-")
        if os.path.exists(own):
            texts[a["id"]] = open(own, encoding="utf-8", newline="").read()
        elif os.path.exists(origin):
            if origin not in sets:
                sets[origin] = {r["id"]: r["text"] for r in map(json.loads, gzip.open(origin, "rt", encoding="utf-8"))}
            ids = a["origin_id"] if isinstance(a["origin_id"], list) else [a["origin_id"]]
            texts[a["id"]] = "\n\n".join(sets[origin].get(i, "") for i in ids)
        if hashlib.sha256(texts.get(a["id"], "").encode()).hexdigest() != a["text_sha256"]:
            raise SystemExit(f"annotate.py: the text of {a['id']} is not the one that was annotated")
    return texts


def show(gold, text, sentences):
    """A gold report as notes."""
    t = Text(text, sentences)
    def where(at):
        return next((k for k, (s, e) in enumerate(sentences, 1) if s <= at[0] < e), len(sentences))
    lines = []
    for a in gold["actors"]:
        lines.append(f"A {a['id']} | {a['name']} | {a['kind']} | {'; '.join(a['aliases'])}")
    short = lambda w: w if len(w.split()) <= 8 else " ".join(w.split()[:3]) + " ... " + " ".join(w.split()[-3:])
    for s in gold["statements"]:
        at = (s["cue"] or s["content"][0])["at"]
        speaker = (s["speaker"] or "-") + (f": {s['speaker_at']['words']}" if s["speaker_at"] else "")
        lines.append(" | ".join([f"S {s['id']}", str(where(at)), speaker, s["cue"]["words"] if s["cue"] else "-", " || ".join(short(c["words"]) for c in s["content"]), s["manner"], s["act"]]
                                + ([f"to={'; '.join(s['addressee'])}"] if s["addressee"] else []) + ([f"within={s['within']}"] if s["within"] else []) + (["opt"] if s.get("optional") else [])))
    for e in gold["events"]:
        lines.append(" | ".join([f"E {e['id']}", str(where(e["trigger"]["at"])), e["trigger"]["words"], e["type"] + "/" + (e["mode"] or "-"), e["status"], "; ".join(e["actors"]) or "-", "; ".join(e["recipients"]) or "-"]
                                + ([f"by={e['asserted_by']}"] if e["asserted_by"] else []) + ([f"place={e['place']}"] if e.get("place") else [])
                                + ([f"also={'; '.join(str(where(x['at'])) + ' ' + x['words'] for x in e['also'])}"] if e.get("also") else []) + (["opt"] if e.get("optional") else [])))
    numbered = "\n".join(f"# {k} {' '.join(text[s:e].split())}" for k, (s, e) in enumerate(sentences, 1))
    return numbered + "\n" + "\n".join(lines) + "\n"


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    command, *rest = sys.argv[1:]
    if command == "show":
        gold = json.load(open(rest[0], encoding="utf-8"))
        text = open(rest[0][:-5] + ".txt", encoding="utf-8", newline="").read()
        print(show(gold, text, json.load(open(rest[1]))), end="")
    elif command == "check":
        _, faults = annotation(open(rest[0], encoding="utf-8").read(), Text.read(rest[1]))
        print("\n".join(faults) or "no fault")
        sys.exit(1 if faults else 0)
    elif command == "build":
        notes, texts = rest
        index = json.load(open(os.path.join(texts, "index.json")))
        for path in sorted(glob.glob(os.path.join(notes, "*.notes"))):
            id_ = os.path.basename(path)[:-6]
            a, faults = annotation(open(path, encoding="utf-8").read(), Text.read(os.path.join(texts, id_ + ".txt")))
            for f in faults:
                print(f"{id_}: {f}", file=sys.stderr)
            print(json.dumps({"format": a.pop("format"), "id": id_, **index[id_], **offsets_only(a)}, separators=(",", ":")))
    elif command == "gold":
        annotations, texts, out = rest
        os.makedirs(out, exist_ok=True)
        annotations = [json.loads(line) for line in open(annotations)]
        texts = texts_of(annotations, texts)
        for a in annotations:
            text = texts[a["id"]]
            json.dump(as_gold(a, text, a["id"], a["published"]), open(os.path.join(out, a["id"] + ".json"), "w"), ensure_ascii=False)
            open(os.path.join(out, a["id"] + ".txt"), "w", encoding="utf-8", newline="").write(text)
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
