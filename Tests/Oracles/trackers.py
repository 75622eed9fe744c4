"""Imports a run's metrics.csv and its event files with trackio, and compares every number; reads its model card.

usage: trackers.py RUN [CARD]

RUN was trained with --tensorboard; CARD is a folder that `jointvae card` wrote. In an environment with
trackio[tensorboard], which brings huggingface_hub:

    python3 Tests/Oracles/trackers.py runs/demo card
"""

import csv
import os
import pathlib
import sys
import tempfile

os.environ["TRACKIO_DIR"] = tempfile.mkdtemp()

import trackio
from huggingface_hub import ModelCard
from trackio.sqlite_storage import SQLiteStorage
from trackio.utils import simplify_column_names

run = pathlib.Path(sys.argv[1])
with (run / "metrics.csv").open() as file:
    rows = list(csv.DictReader(file))
trackio.import_csv(run / "metrics.csv", project="csv", name="run")
logs = SQLiteStorage.get_logs("csv", "run")
# trackio keeps ten letters and digits of a name.
names = simplify_column_names(list(rows[0]))
assert len(set(names.values())) == len(names), names
assert [log["step"] for log in logs] == [int(row["step"]) for row in rows]
count = 0
for row, log in zip(rows, logs):
    for column, value in row.items():
        if column != "step" and value:
            assert float(log[names[column]]) == float(value), (column, row["step"])
            count += 1
trackio.import_tf_events(run / "tensorboard", project="events", name="run")
scalars = [log for name in SQLiteStorage.get_runs("events") for log in SQLiteStorage.get_logs("events", name)]
losses = [log["objective/loss"] for log in scalars if "objective/loss" in log]
assert len(losses) == len(rows), (len(losses), len(rows))
print(f"trackio: {count} numbers of metrics.csv equal, {len(scalars)} scalars of event files")

if len(sys.argv) > 2:
    card = ModelCard.load(pathlib.Path(sys.argv[2]) / "README.md")
    data = card.data
    assert data.library_name == "jointvae" and data.license and data.tags, data
    for result in data.eval_results or []:
        assert isinstance(result.metric_value, (int, float)), result
    print(f"card: license {data.license}, {len(data.eval_results or [])} scores, tags {data.tags}")
