"""Run with Brightway: the small database as a Brightway package, and as a folder of matrices."""

import json
import sys
from pathlib import Path
from typing import Any

import bw2data
import bw2io
import bw_processing as bwp
import numpy as np
import pandas as pd


def write(table: Path, folder: Path) -> None:
    importer = bw2io.CSVImporter(str(table))
    importer.apply_strategies(verbose=False)
    importer.match_database(fields=["name", "unit", "location"])
    flows = {e["name"]: e for ds in importer.data for e in ds["exchanges"] if "input" not in e}
    for flow in flows.values():
        node = {key: flow[key] for key in ("name", "unit", "categories")}
        importer.data.append(
            node | {"database": "small", "code": node["name"], "type": "emission", "exchanges": []}
        )
    for exchange in (e for ds in importer.data for e in ds["exchanges"] if "input" not in e):
        exchange["input"] = ("small", exchange["name"])
    importer.write_database()
    written = bw2io.BW2Package.export_obj(bw2data.Database("small"))
    Path(written).rename(folder / "small.bw2package")
    write_matrices(importer.data, folder)


def write_matrices(nodes: list[dict[str, Any]], folder: Path) -> None:
    ids = {(node["database"], node["code"]): n for n, node in enumerate(nodes, start=1)}
    frames: dict[str, list[dict[str, Any]]] = {"processes": [], "biosphere": []}
    for node in nodes:
        row = {"bw_id": ids[node["database"], node["code"]], "type": node["type"]}
        row |= {key: node[key] for key in ("database", "code", "name", "unit")}
        if node["type"] == "emission":
            frames["biosphere"].append(row | {"categories": "::".join(node["categories"])})
        else:
            row |= {"reference_product": node["reference product"], "location": "GLO"}
            frames["processes"].append(row)
    (folder / "open" / "registry").mkdir(parents=True)
    for name, rows in frames.items():
        pd.DataFrame(rows).to_parquet(folder / "open" / "registry" / f"{name}.parquet")
    place = folder / "open" / "bw_package" / "small"
    place.mkdir(parents=True)
    package = bwp.create_datapackage(
        fs=bwp.generic_directory_filesystem(dirpath=place), name="small"
    )
    taken = "technosphere"
    for matrix, kinds in (
        ("technosphere_matrix", {"production", taken}),
        ("biosphere_matrix", {"biosphere"}),
    ):
        cells = [
            (ids[e["input"]], ids[node["database"], node["code"]], e["amount"], e["type"] == taken)
            for node in nodes
            for e in node["exchanges"]
            if e["type"] in kinds
        ]
        # Every process makes a quarter more than it gives away, and takes it itself.
        cells = [(r, c, a * 1.25 if r == c else a, flip) for r, c, a, flip in cells] + [
            (r, c, a / 4, True) for r, c, a, _ in cells if r == c
        ]
        package.add_persistent_vector(
            matrix=matrix,
            indices_array=np.array([(r, c) for r, c, _, _ in cells], dtype=bwp.INDICES_DTYPE),
            data_array=np.array([amount for _, _, amount, _ in cells]),
            flip_array=np.array([flip for _, _, _, flip in cells]),
        )
    package.finalize_serialization()


write(Path(sys.argv[1]), Path(sys.argv[2]))
sys.stdout.write(json.dumps("written"))
