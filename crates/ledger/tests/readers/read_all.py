"""Every export of a ledger, loaded with the reader of those who would use it.

    python3 read_all.py RAPPORTEUR LEDGER

RAPPORTEUR is the command, LEDGER a ledger with something in it (that of examples/talks). Needs `pip install -r requirements.txt`. Each export is
written into a folder of its own, loaded, and held against the JSON lines of the same ledger. Prints one line a format; ends with status 1 if
one cannot be loaded or does not say the same.

**Invariant:** no reader here is ours, and none uses a network.
"""

import json
import os
import subprocess
import sys
import tempfile

GDELT = """GLOBALEVENTID SQLDATE MonthYear Year FractionDate
Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code
Actor1Type1Code Actor1Type2Code Actor1Type3Code
Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code Actor2Religion2Code
Actor2Type1Code Actor2Type2Code Actor2Type3Code
IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone
Actor1Geo_Type Actor1Geo_FullName Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID
Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID
ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_ADM2Code ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID
DATEADDED SOURCEURL""".split()

DONE = ("occurred", "ongoing", "ended", "failed")

# The terms of the Web Annotation context that the export uses, with the addresses the standard gives them: the context itself is on the web.
ANNOTATION = {
    "@context": {
        "oa": "http://www.w3.org/ns/oa#",
        "as": "http://www.w3.org/ns/activitystreams#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "id": {"@type": "@id", "@id": "@id"},
        "type": {"@type": "@id", "@id": "@type"},
        "Annotation": "oa:Annotation",
        "SpecificResource": "oa:SpecificResource",
        "TextualBody": "oa:TextualBody",
        "TextPositionSelector": "oa:TextPositionSelector",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "AnnotationCollection": "as:OrderedCollection",
        "AnnotationPage": "as:OrderedCollectionPage",
        "classifying": "oa:classifying",
        "describing": "oa:describing",
        "body": {"@type": "@id", "@id": "oa:hasBody"},
        "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"},
        "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
        "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
        "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
        "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
        "format": "dc:format",
        "value": "rdf:value",
        "label": "rdfs:label",
        "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
        "first": {"@type": "@id", "@id": "as:first"},
        "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
        "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    }
}


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def of_layer(entries, layer):
    return [entry for entry in entries if entry["layer"] == layer]


def check_tables(export, entries):
    """CSV by pandas and by duckdb, Parquet by pyarrow: the same rows, numbers as numbers, gaps as gaps."""
    import duckdb
    import pandas
    import pyarrow.parquet

    counts = []
    for layer, single in (("statements", "statement"), ("events", "event"), ("positions", "position"), ("pledges", "pledge")):
        csv, parquet = export("csv", layer), export("parquet", layer)
        frame = pandas.read_csv(csv, keep_default_na=False, na_values=[""], dtype={"cameo": str, "mode": str})
        table = pyarrow.parquet.read_table(parquet)
        rows = of_layer(entries, single)
        assert list(frame.columns) == table.column_names, (list(frame.columns), table.column_names)
        assert len(frame) == table.num_rows == len(rows), (len(frame), table.num_rows, len(rows))
        assert frame["key"].tolist() == table["key"].to_pylist() == [row["key"] for row in rows]
        assert str(table.schema.field("start").type) == "int64" and str(table.schema.field("confidence").type) == "double"
        assert frame["start"].tolist() == table["start"].to_pylist()
        ((count,),) = duckdb.sql(f"SELECT count(*) FROM read_parquet('{parquet}')").fetchall()
        ((read,),) = duckdb.sql(f"SELECT count(*) FROM read_csv('{csv}', header = true, all_varchar = true)").fetchall()
        assert count == read == len(rows), (count, read, len(rows))
        for column in (name for name in frame.columns if frame[name].dtype.kind not in "if"):
            acting = frame[column].dropna().astype(str).str.startswith(("=", "+", "-", "@"))
            assert not acting.any(), frame[column].dropna()[acting]
        # what Parquet has is what the entry has, byte for byte
        assert table["words"].to_pylist() == [row["words"] for row in rows]
        if layer == "events":
            assert table["latitude"].to_pylist() == [row["spot"] and row["spot"]["lat"] for row in rows]
            assert frame["latitude"].dtype.kind == "f"
        counts.append(f"{len(rows)} {layer}")
    return ", ".join(counts)


def check_gdelt(export, entries):
    """61 columns and no header, as every loader of GDELT 2.0 reads it."""
    import pandas

    frame = pandas.read_csv(export("gdelt"), sep="\t", header=None, names=GDELT, dtype={name: str for name in GDELT if "Code" in name or name in ("SQLDATE", "SOURCEURL")})
    with open(export("gdelt"), encoding="utf-8") as file:
        widths = {line.rstrip("\n").count("\t") + 1 for line in file}
    assert widths == {61}, widths
    events = of_layer(entries, "event")
    done = {entry["shared"] for entry in events if entry["what"]["status"] in DONE}
    assert len(frame) and frame["GLOBALEVENTID"].is_unique and frame["GLOBALEVENTID"].dtype.kind == "i"
    assert len(frame) == len(done), (len(frame), len(done))
    assert frame["QuadClass"].isin([1, 2, 3, 4]).all() and frame["EventRootCode"].str.len().eq(2).all()
    assert frame["AvgTone"].isna().all()
    assert (frame["NumMentions"] >= frame["NumArticles"]).all() and (frame["NumArticles"] >= frame["NumSources"]).all()
    assert frame["GoldsteinScale"].dropna().between(-10, 10).all()
    assert frame["SQLDATE"].dropna().str.fullmatch(r"\d{8}").all() and frame["DATEADDED"].astype(str).str.fullmatch(r"\d{14}").all()
    assert frame["ActionGeo_CountryCode"].dropna().str.len().eq(2).all()
    return f"{len(frame)} happenings"


def check_polecat(export, entries):
    """40 columns with their header."""
    import pandas

    frame = pandas.read_csv(export("polecat"), sep="\t", keep_default_na=False, na_values=[""])
    assert frame.shape[1] == 40 and list(frame.columns)[:3] == ["Event ID", "Event Date", "Event Type"], frame.shape
    done = [entry["key"] for entry in of_layer(entries, "event") if entry["what"]["status"] in DONE]
    assert sorted(frame["Event ID"]) == sorted(done)
    assert frame["Event Type"].str.fullmatch("[A-Z]+").all() and frame["Quad Code"].str.fullmatch("(VERBAL|MATERIAL) (COOPERATION|CONFLICT)").all()
    pandas.to_datetime(frame["Event Date"].dropna(), format="%Y-%m-%d")
    pandas.to_datetime(frame["Publication Date"].dropna(), format="%Y-%m-%d")
    return f"{len(frame)} accounts"


def check_plover(export, entries):
    """One object a line, with the fields of PLOVER."""
    read = lines(export("plover"))
    known = {"id", "date", "actor", "recipient", "event", "mode", "context", "eventText", "eventLoc", "text", "textInfo", "language", "publication", "coder", "version", "comment"}
    for event in read:
        assert set(event) <= known, set(event) - known
        assert event["event"].isupper() and event["eventText"] in event["text"], event
    assert [event["id"] for event in read] and len(read) == sum(entry["what"]["status"] in DONE for entry in of_layer(entries, "event"))
    return f"{len(read)} accounts"


def check_annotations(export, entries):
    """Expanded and turned to RDF by PyLD, read as a graph by rdflib."""
    import rdflib
    from pyld import jsonld

    def loader(url, options=None):
        assert url == "http://www.w3.org/ns/anno.jsonld", f"the export asks for {url}"
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": ANNOTATION}

    jsonld.set_document_loader(loader)
    with open(export("annotations"), encoding="utf-8") as file:
        document = json.load(file)
    graph = rdflib.Graph()
    graph.parse(data=jsonld.to_rdf(document, {"format": "application/n-quads"}), format="nt")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    annotations = set(graph.subjects(rdflib.RDF.type, oa.Annotation))
    assert len(annotations) == len(entries) == document["total"], (len(annotations), len(entries))
    by_key = {f"urn:rapporteur:entry:{entry['key']}": entry for entry in entries}
    for annotation in annotations:
        entry = by_key[str(annotation)]
        exact = [str(words) for target in graph.objects(annotation, oa.hasTarget) for selector in graph.objects(target, oa.hasSelector) for words in graph.objects(selector, oa.exact)]
        starts = [start for target in graph.objects(annotation, oa.hasTarget) for selector in graph.objects(target, oa.hasSelector) for start in graph.objects(selector, oa.start)]
        assert starts and set(exact) == set(entry["words"].split(" … ")), (exact, entry["words"])
        sources = {source for target in graph.objects(annotation, oa.hasTarget) for source in graph.objects(target, oa.hasSource)}
        assert len(sources) == 1 and isinstance(sources.pop(), rdflib.URIRef)
        bodies = {kind for body in graph.objects(annotation, oa.hasBody) for kind in graph.objects(body, rdflib.RDF.type)}
        assert rdflib.URIRef(f"urn:rapporteur:record:{entry['layer'].capitalize()}") in bodies, bodies
    return f"{len(annotations)} annotations, {len(graph)} triples"


def check_ftm(export, entries):
    """Validated by the schema of FollowTheMoney; every link leads to an entity of the range that its property asks for."""
    from followthemoney import model
    from followthemoney.exc import InvalidData

    read = {entity["id"]: entity for entity in lines(export("ftm"))}
    schemata = {}
    for entity in read.values():
        proxy = model.get_proxy(entity, cleaned=False)
        schemata[proxy.schema.name] = schemata.get(proxy.schema.name, 0) + 1
        for name, values in entity["properties"].items():
            assert name in proxy.schema.properties, f"{entity['schema']} has no {name}"
            prop = proxy.schema.properties[name]
            assert set(proxy.get(name)) == set(values), f"{entity['schema']}.{name}: {values} became {proxy.get(name)}"
            if prop.type.name == "entity":
                for link in values:
                    assert link in read, f"{entity['id']} names {link}, which is not there"
                    assert model.get(read[link]["schema"]).is_a(prop.range), f"{name} leads to {read[link]['schema']}, not to {prop.range.name}"
        try:
            proxy.schema.validate(entity)
        except InvalidData as fault:
            raise AssertionError(f"{entity}: {fault}") from fault
    assert {"Article", "Person", "PublicBody", "Event", "Note"} <= set(schemata), schemata
    return ", ".join(f"{count} {name}" for name, count in sorted(schemata.items()))


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    command, ledger = sys.argv[1:]
    faults = 0
    with tempfile.TemporaryDirectory() as folder:

        def export(format, layer=None):
            path = os.path.join(folder, f"{format}-{layer or 'all'}.{'parquet' if format == 'parquet' else 'out'}")
            if not os.path.exists(path):
                more = ["--layer", layer] if layer else []
                done = subprocess.run([command, "export", "--ledger", ledger, "--format", format, "--out", path, *more], capture_output=True, text=True)
                assert done.returncode == 0, done.stderr
            return path

        entries = lines(export("jsonl"))
        assert entries, "the ledger is empty"
        for check in (check_tables, check_gdelt, check_polecat, check_plover, check_annotations, check_ftm):
            name = check.__name__.removeprefix("check_")
            try:
                print(f"{name}: {check(export, entries)}")
            except Exception as fault:  # one format that fails must not hide the next
                print(f"{name}: FAILED: {type(fault).__name__}: {fault}")
                faults += 1
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
