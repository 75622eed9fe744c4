"""Encoding and decoding with ONNX Runtime and with OpenVINO, which get the files of `jointvae convert`.

Each class computes batches of a fixed size, and has `settings` and `work(count)` as PeerInference has.
"""

import os
import subprocess

import numpy


def export(program, folder, image_size, channels):
    """Writes the two ONNX files of a model with latents 10 + [10] to a folder; returns their paths.

    The trained model of MNIST serves where its size fits. Other sizes are trained for a step, which computes as long.
    """
    model = "mnist"
    if (image_size, channels) != (32, 1):
        model = os.path.join(folder, "run")
        command = [program, "train", "shapes" if channels == 1 else "shapes-rgb", "--out", model, "--steps", "1"]
        command += ["--image-size", str(image_size), "--continuous", "10", "--discrete", "10", "--limit", "64", "--quiet"]
        subprocess.run(command, check=True, capture_output=True)
    target = os.path.join(folder, "model.onnx")
    subprocess.run([program, "convert", model, target], check=True, capture_output=True)
    return [os.path.join(folder, f"model.{half}.onnx") for half in ("encoder", "decoder")]


def inputs(count, image_size, channels):
    """Random images, and random codes with a category each."""
    random = numpy.random.default_rng(1)
    images = random.random((count, channels, image_size, image_size), numpy.float32)
    codes = random.standard_normal((count, 10), numpy.float32)
    categories = numpy.eye(10, dtype=numpy.float32)[random.integers(10, size=count)]
    return {"image": images}, {"continuous": codes, "categories.0": categories}


class ONNXRuntimePeer:
    """Sessions of ONNX Runtime with all its optimizations."""

    def __init__(self, paths, image_size, channels, threads, batch):
        import onnxruntime

        self.shape, self.batch = (image_size, channels), batch
        self.settings = f"batch {batch}, {threads} thread{'s' if threads > 1 else ''}"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.sessions = [
            onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"]) for path in paths
        ]

    def work(self, count):
        def run(session, values):
            for i in range(0, count, self.batch):
                session.run(None, {name: value[i : i + self.batch] for name, value in values.items()})

        images, codes = inputs(count, *self.shape)
        return (lambda: run(self.sessions[0], images)), (lambda: run(self.sessions[1], codes))


class OpenVINOPeer:
    """Models of OpenVINO, compiled for the batch in single precision.

    `streams` is how many batches are computed side by side, each with its share of the threads.
    """

    def __init__(self, paths, image_size, channels, threads, batch, streams=1):
        import openvino

        self.shape, self.batch, self.streams = (image_size, channels), batch, streams
        self.settings = f"batch {batch}, {threads} thread{'s' if threads > 1 else ''}"
        self.settings += f", {streams} streams" if streams > 1 else ""
        core = openvino.Core()
        config = {
            "INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": streams, "INFERENCE_PRECISION_HINT": "f32",
        }
        self.requests, self.queues = [], []
        for path in paths:
            model = core.read_model(path)
            model.reshape({port: [batch, *list(port.partial_shape)[1:]] for port in model.inputs})
            compiled = core.compile_model(model, "CPU", config)
            self.requests.append(compiled.create_infer_request())
            self.queues.append(openvino.AsyncInferQueue(compiled, streams) if streams > 1 else None)

    def work(self, count):
        def run(half, values):
            for i in range(0, count, self.batch):
                part = {name: value[i : i + self.batch] for name, value in values.items()}
                if self.queues[half]:
                    self.queues[half].start_async(part)
                else:
                    self.requests[half].infer(part, share_inputs=True, share_outputs=True)
            if self.queues[half]:
                self.queues[half].wait_all()

        images, codes = inputs(count, *self.shape)
        return (lambda: run(0, images)), (lambda: run(1, codes))
