"""Run with Brightway: every flow that IPCC 2021 GWP100 counts in the files that bw2io ships."""

import json
import sys
import zipfile
from pathlib import Path

import bw2io
from bw2io.importers.ecospold2_biosphere import Ecospold2BiosphereImporter

METHOD = ["IPCC 2021", "climate change", "global warming potential (GWP100)"]
flows = {flow["code"]: flow for flow in Ecospold2BiosphereImporter(name="biosphere3").data}
with zipfile.ZipFile(
    Path(bw2io.__file__).parent / "data" / "lcia" / "lcia_39_ecoinvent.zip"
) as held:
    methods = json.loads(held.read("data.json"))
factors = {
    e["input"][1]: e["amount"] for m in methods if m["name"] == METHOD for e in m["exchanges"]
}
sys.stdout.write(
    json.dumps(
        [
            [
                flow["name"],
                "::".join(flow["categories"]),
                (flow.get("CAS number") or "").lstrip("0"),
                factors.get(code),
            ]
            for code, flow in flows.items()
        ]
    )
)
