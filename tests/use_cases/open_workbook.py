"""Run with Brightway: open a workbook as a practitioner does, and calculate every product in it."""

import json
import sys

import bw2calc
import bw2data
import bw2io
import openpyxl

path = sys.argv[1]
bw2data.projects.set_current("opened")
importer = bw2io.ExcelImporter(path)
importer.apply_strategies(verbose=False)
importer.write_database()
rows = openpyxl.load_workbook(path)["characterisation"].iter_rows(min_row=2, values_only=True)
method = bw2data.Method(("greenchain", "GWP100"))
method.register(unit="kg CO2e")
method.write([((importer.db_name, code), factor) for code, factor in rows])
scores = {}
for node in bw2data.Database(importer.db_name):
    if node["code"].startswith("product:"):
        lca = bw2calc.LCA({node: 1}, method=method.name)
        lca.lci()
        lca.lcia()
        scores[node["code"].removeprefix("product:")] = lca.score
sys.stdout.write(json.dumps({"unlinked": importer.statistics()[2], "scores": scores}))
