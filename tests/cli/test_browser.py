"""PNG files in a browser: what Chromium decodes is what another program does, byte by byte."""
import http.server
import json
import subprocess
import threading

import pytest
from networks import operator, write
from PIL import Image

PAGE = """<!doctype html><script>
async function main() {
  for (const name of await (await fetch('/names')).json()) {
    const data = await (await fetch('/' + name)).arrayBuffer();
    const decoder = new ImageDecoder({data, type: 'image/png', premultiplyAlpha: 'none', colorSpaceConversion: 'none'});
    const image = (await decoder.decode()).image, bytes = new Uint8Array(image.allocationSize());
    await image.copyTo(bytes);
    if (image.format.startsWith('B'))
      for (let i = 0; i < bytes.length; i += 4) [bytes[i], bytes[i + 2]] = [bytes[i + 2], bytes[i]];
    await fetch('/' + name, {method: 'POST', body: bytes});
  }
  await fetch('/done', {method: 'POST'});
}
main().catch(error => fetch('/error', {method: 'POST', body: String(error)}));
</script>"""


def decoded_by_chromium(folder, names, profile):
    """RGBA bytes of each PNG, the row at the top first."""
    answers, over = {}, threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        """Gives the page and the files, and takes what the page sends back."""

        def do_GET(self):
            name = self.path[1:]
            body = PAGE.encode() if not name else json.dumps(names).encode() if name == "names" else (folder / name).read_bytes() if name in names else b""
            self.send_response(200)
            self.send_header("Content-Type", "text/html" if not name else "application/octet-stream")
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            answers[self.path[1:]] = self.rfile.read(int(self.headers["Content-Length"] or 0))
            self.send_response(200)
            self.end_headers()
            if self.path in ("/done", "/error"):
                over.set()

        def log_message(self, *_):
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
                   "--disable-component-update", "--disable-sync", f"--user-data-dir={profile}", f"http://127.0.0.1:{server.server_port}/"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
            answered = over.wait(120)
            browser.kill()
        server.shutdown()
    assert answered and "error" not in answers, answers.get("error", b"no answer").decode()
    return answers


# Pixel format, bits of a channel.
FORMATS = [("rgba8fixed", 8), ("mono8fixed", 8), ("monoalpha8fixed", 8), ("rgba16fixed", 16), ("mono16fixed", 16)]


@pytest.mark.parametrize("effort", ["fast", "small"])
def test_a_browser_decodes_every_kind_of_png(cookline, tmp_path, effort):
    noises = []
    for pixel_format, _ in FORMATS:
        for number, (kind, width, height) in enumerate([("simplex3d", 203, 67), ("random", 64, 31), ("sparse", 1, 9)]):
            size = {"outputresolution": "custom", "resolutionw": width, "resolutionh": height, "format": pixel_format}
            noises.append(operator(f"{pixel_format}_{number}", "noiseTOP", type=kind, mono=False, period=0.3, alpha="random", **size))
    show = write(cookline.folder, *noises)
    names = []
    for noise in noises:
        name = noise["name"]
        cookline("render", show, "--op", f"/{name}", "--frames", "0", "--format", "png", "--png", effort, "--out", name, "--no-sheet")
        names.append(f"{name}/0.0.png")
    answers = decoded_by_chromium(cookline.folder, names, tmp_path / "chromium")
    for name in names:
        with Image.open(cookline.folder / name) as image:
            bits = dict(FORMATS)[name.split("_")[0]]
            if image.mode.startswith("I"):  # grey of 16 bits, which is not brought to 8 by itself
                expected = image.point(lambda value: value / 257).convert("RGBA").tobytes()
            else:
                expected = image.convert("RGBA").tobytes()
        found = answers[name]
        assert len(found) == len(expected), name
        near = 0 if bits == 8 else 1  # 16 bits come to 8 in the decoder's way
        assert max(abs(a - b) for a, b in zip(found, expected)) <= near, name
