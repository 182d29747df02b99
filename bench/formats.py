#!/usr/bin/env python3
"""How large the files of each image type are and how fast they are written, beside JPEG on the same picture in the same run."""
import argparse
import json
import pathlib
import shutil
import subprocess
import tempfile
import time

# Type, pixel format of the picture, further options of render.
KINDS = [("jpeg", "rgba8fixed", []), ("png", "rgba8fixed", []), ("png", "rgba8fixed", ["--png", "small"]), ("png", "rgba16fixed", []),
         ("webp", "rgba8fixed", ["--quality", "1"]), ("webp", "rgba8fixed", []), ("tiff", "rgba8fixed", []), ("tiff", "rgba8fixed", ["--compression", "zip"]),
         ("tiff", "rgba32float", []), ("bmp", "rgba8fixed", []), ("dds", "rgba8fixed", []), ("exr", "rgba16float", ["--compression", "none"]),
         ("exr", "rgba16float", ["--compression", "piz"]), ("exr", "rgba16float", []), ("exr", "rgba16float", ["--compression", "dwaa"]), ("exr", "rgba32float", [])]
WIDTH, HEIGHT = 1920, 1080


def network(folder, pixel_format):
    """A still picture, cooked once: smooth noise with a little fine grain, opaque."""
    size = {"outputresolution": "custom", "resolutionw": WIDTH, "resolutionh": HEIGHT, "format": pixel_format, "mono": False}
    operators = [{"name": "smooth1", "type": "noiseTOP", "parameters": {**size, "period": 0.5, "amp": 0.6}},
                 {"name": "grain1", "type": "noiseTOP", "parameters": {**size, "period": 0.002, "amp": 0.02, "offset": 0.0}},
                 {"name": "look1", "type": "compositeTOP", "parameters": {"operand": "add", "format": pixel_format}, "inputs": ["smooth1", "grain1"]}]
    document = {"format": "tdn", "version": "2.0", "network_path": "/", "type": "baseCOMP", "operators": operators}
    (folder / f"{pixel_format}.tdn").write_text(json.dumps(document))


def seconds(program, folder, kind, frames):
    """Wall time of a whole run, and the mean size of its files."""
    name, pixel_format, options = kind
    out = folder / "out"
    start = time.perf_counter()
    subprocess.run([program, "render", f"{pixel_format}.tdn", "--op", "/look1", "--frames", f"1-{frames}", "--format", name, "--out", out, "--no-sheet",
                    "--quiet", *options], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    spent = time.perf_counter() - start
    sizes = [path.stat().st_size for path in out.iterdir() if path.suffix != ".jsonl"]
    shutil.rmtree(out)
    return spent, sum(sizes) / len(sizes)


def main():
    """Measures all types in turn, several times over, and prints the best of each as a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=pathlib.Path(__file__).resolve().parents[1] / "build/release/bin/cookline")
    parser.add_argument("--frames", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:  # memory: the disk is not what is measured
        folder = pathlib.Path(name)
        for pixel_format in {kind[1] for kind in KINDS}:
            network(folder, pixel_format)
        # A run that is disturbed takes longer, never less: the least of each length are compared, not runs side by side.
        one, many, sizes = [float("inf")] * len(KINDS), [float("inf")] * len(KINDS), [0.0] * len(KINDS)
        for _ in range(given.rounds):
            for i, kind in enumerate(KINDS):
                one[i] = min(one[i], seconds(given.program, folder, kind, 1)[0])
                spent, sizes[i] = seconds(given.program, folder, kind, given.frames)
                many[i] = min(many[i], spent)
    best = [(long - short) / (given.frames - 1) for long, short in zip(many, one)]
    print("| Type | Pixel format | Options | Bytes a pixel | Speed, JPEG = 1 |\n|---|---|---|---|---|")
    for (kind, pixel_format, options), spent, size in zip(KINDS, best, sizes):
        print(f"| `{kind}` | {pixel_format} | {' '.join(options)} | {size / WIDTH / HEIGHT:.2f} | {best[0] / spent:.2f} |")


if __name__ == "__main__":
    main()
