"""Checks ONNX files that this package wrote, and compares what ONNX Runtime computes with the engine's numbers.

usage: onnx_files.py FOLDER

FOLDER holds NAME.encoder.onnx, NAME.decoder.onnx and NAME.COUNT.safetensors for some names and batches; the test
ONNXRuntimeTests writes them and calls this. By hand, in an environment with onnx, onnxruntime and numpy:

    PATH=ENVIRONMENT/bin:$PATH swift test -c release --filter ONNXRuntimeTests
"""

import json
import pathlib
import struct
import sys

import numpy
import onnx
import onnxruntime

TOLERANCE = 1e-5


def tensors(path: pathlib.Path) -> dict[str, numpy.ndarray]:
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    body = data[8 + length :]
    return {
        name: numpy.frombuffer(body[entry["data_offsets"][0] : entry["data_offsets"][1]], "<f4").reshape(entry["shape"])
        for name, entry in header.items()
    }


def check(path: pathlib.Path) -> onnxruntime.InferenceSession:
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    assert model.ir_version == 8, path
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", 17)], path
    for value in (*model.graph.input, *model.graph.output):
        assert value.type.tensor_type.shape.dim[0].dim_param == "batch", (path, value.name)
    keys = {entry.key for entry in model.metadata_props}
    assert {"image", "latents", "temperature", "Image.NominalPixelRange"} <= keys, (path, keys)
    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])


folder = pathlib.Path(sys.argv[1])
worst = 0.0
names = sorted(path.name.removesuffix(".encoder.onnx") for path in folder.glob("*.encoder.onnx"))
assert names, "no files"
for name in names:
    sessions = [check(folder / f"{name}.{half}.onnx") for half in ("encoder", "decoder")]
    batches = sorted(folder.glob(f"{name}.*.safetensors"))
    assert len(batches) == 2, name
    for batch in batches:
        expected = tensors(batch)
        for session in sessions:
            feeds = {}
            for value in session.get_inputs():
                shape = [-1, *value.shape[1:]]
                feeds[value.name] = expected[f"in.{value.name}"].reshape(shape)
            outputs = session.run(None, feeds)
            for value, output in zip(session.get_outputs(), outputs):
                wanted = expected[f"out.{value.name}"].reshape(output.shape)
                difference = float(numpy.abs(output - wanted).max())
                worst = max(worst, difference)
                assert difference < TOLERANCE, (name, batch.name, value.name, difference)
print(f"{len(names)} models pass the checker; the largest difference is {worst:.2g} (at most {TOLERANCE:g})")
