"""Networks with shaders, through the program: what people see of them on the command line."""
import json

import pytest

from pictures import names, png

WHITE = "out vec4 c;\nvoid main() { c = vec4(1); }\n"


def network(shader, parameters=None, sequences=None, others=()):
    operators = [
        {"name": "pixel1", "type": "textDAT", "dat_content": shader},
        {"name": "glsl1", "type": "glslTOP",
         "parameters": {"pixeldat": "pixel1", "outputresolution": "custom", "resolutionw": 8, "resolutionh": 4, **(parameters or {})},
         "sequences": sequences or {}},
        *others]
    return json.dumps({"format": "tdn", "version": "2.0", "operators": operators})


@pytest.fixture
def shader(cookline):
    def write(*args, **kwargs):
        (cookline.folder / "s.tdn").write_text(network(*args, **kwargs))
        return "s.tdn"
    return write


def rendered(cookline, op="/glsl1", frames="0", *more):
    cookline("render", "s.tdn", "--op", op, "--frames", frames, "-o", "out", "--quiet", "--no-sheet", "--overwrite", *more)
    return [png(cookline.folder / "out" / name)[2] for name in names(cookline.folder / "out")]


def test_devices_are_listed_with_what_they_are(cookline):
    assert "Vulkan 1." in cookline("devices").out
    devices = json.loads(cookline("devices", "--json").out)
    assert devices and devices[0]["usable"] and devices[0]["memory"] > 0


def test_a_shader_draws_from_the_bottom_up(cookline, shader):
    shader("out vec4 c;\nvoid main() { c = vec4(vUV.s, vUV.t, 0, 1); }")
    rows = rendered(cookline)[0]
    assert rows[0][0][1] > rows[-1][0][1]          # files are written top row first
    assert rows[-1][-1][:2] == (239, 32)           # 15/16 and 1/8 of 255


def test_time_is_given_by_an_expression(cookline, shader):
    shader("uniform float uTime;\nout vec4 c;\nvoid main() { c = vec4(uTime, 0, 0, 1); }", None,
           {"vec": [{"name": "uTime", "valuex": "=absTime.seconds"}]})
    assert [rows[0][0][0] for rows in rendered(cookline, "/glsl1", "0-30x15")] == [0, 64, 128]


def test_names_of_older_builds_are_understood(cookline, shader):
    shader("uniform vec2 uA; uniform float uB;\nout vec4 c;\nvoid main() { c = vec4(uA, uB, 1); }",
           {"uniname0": "uA", "value0x": 1, "value0y": 0.2, "uniname1": "uB", "value1x": "=0.4"})
    assert rendered(cookline)[0][0][0][:3] == (255, 51, 102)


def test_an_error_names_the_operator_the_dat_and_the_line_and_nothing_is_written(cookline, shader):
    shader("out vec4 c;\nvoid main() {\n  c = vec4(colour, 1);\n}\n")
    for verb in (("render", "s.tdn", "--op", "/glsl1", "--frames", "0", "-o", "out"), ("check", "s.tdn"), ("plan", "s.tdn", "--op", "/glsl1")):
        done = cookline(*verb, code=4)
        text = done.out + done.err
        assert "/glsl1" in text and "pixel1:3: 'colour' : undeclared identifier" in text, verb
    assert not (cookline.folder / "out").exists() or not names(cookline.folder / "out")


def test_an_info_dat_shows_the_compilers_words(cookline):
    (cookline.folder / "look.py").write_text(
        "d = op('/').create(textDAT, 'd')\nd.text = 'out vec4 c; void main() { c = vec4(nothing); }'\n"
        "g = op('/').create(glslTOP, 'g')\ng.par.pixeldat = 'd'\ni = op('/').create(infoDAT, 'i')\ni.par.op = 'g'\nprint(i.text)\n")
    assert "d:1: 'nothing' : undeclared identifier" in cookline("python", "look.py").out


def test_a_uniform_that_the_shader_does_not_have_warns_by_name(cookline, shader):
    shader(WHITE, None, {"vec": [{"name": "uNone", "valuex": 1}]})
    done = cookline("render", "s.tdn", "--op", "/glsl1", "--frames", "0", "-o", "out", "--no-sheet")
    assert "the shader has no uniform 'uNone'" in done.err


def test_docked_dats_that_nothing_needs_do_not_matter(cookline, shader):
    shader(WHITE, {"computedat": "gone1", "vertexdat": "", "predat": ""},
           others=[{"name": "glsl1_compute", "type": "textDAT", "dat_content": "this is no shader"}])
    assert "0 errors, 0 warnings" in cookline("check", "s.tdn").out
    assert rendered(cookline)[0][0][0] == (255, 255, 255, 255)


def test_an_included_dat_is_read_and_one_that_is_not_there_is_named(cookline, shader):
    part = {"name": "part1", "type": "textDAT", "dat_content": "#include <part2>\nvec4 colour() { return vec4(half1(), 0, 0, 1); }"}
    last = {"name": "part2", "type": "textDAT", "dat_content": "float half1() { return 0.2; }"}
    shader("#include <part1>\nout vec4 c;\nvoid main() { c = colour(); }", others=[part, last])
    assert rendered(cookline)[0][0][0] == (51, 0, 0, 255)
    shader("#include <part1>\nout vec4 c;\nvoid main() { c = colour(); }", others=[part])
    assert "there is no DAT 'part2'" in cookline("render", "s.tdn", "--op", "/glsl1", "--frames", "0", "-o", "other", code=4).err


def test_feedback_stays_exact_over_many_frames(cookline, shader):
    count = "out vec4 c;\nvoid main() { c = texelFetch(sTD2DInputs[0], ivec2(0), 0) + vec4(1.0 / 255.0, 0, 0, 0); }"
    others = [{"name": "constant1", "type": "constantTOP", "parameters": {"outputresolution": "custom", "resolutionw": 8, "resolutionh": 4,
               "colorr": 0, "colorg": 0, "colorb": 0}},
              {"name": "feedback1", "type": "feedbackTOP", "parameters": {"top": "null1"}, "inputs": ["constant1"]},
              {"name": "null1", "type": "nullTOP", "inputs": ["glsl1"]}]
    text = json.loads(network(count, {"outputresolution": "useinput"}, None, others))
    text["operators"][1]["inputs"] = ["feedback1"]
    (cookline.folder / "s.tdn").write_text(json.dumps(text))
    assert [rows[0][0][0] for rows in rendered(cookline, "/null1", "0-40x20")] == [1, 21, 41]
    assert rendered(cookline, "/null1", "40")[-1][0][0][0] == 41


def test_a_shader_that_takes_too_long_is_given_up_and_what_was_written_stays(cookline, shader):
    shader("uniform int uEnd;\nout vec4 c;\nvoid main() {\n  float x = vUV.s;\n  for (int i = 0; i < uEnd; ++i) x = sin(x + 0.1);\n  c = vec4(x);\n}",
           {"resolutionw": 2048, "resolutionh": 2048}, {"vec": [{"name": "uEnd", "valuex": "=absTime.frame*60000"}]})
    done = cookline("render", "s.tdn", "--op", "/glsl1", "--frames", "0-1", "-o", "out", "--device-timeout", 1, code=1)
    assert "/glsl1" in done.err and "has not come to its end within 1 seconds" in done.err
    assert names(cookline.folder / "out") == ["0.0.png"]


def test_plan_says_what_depends_on_the_device(cookline, shader):
    shader(WHITE, others=[{"name": "level1", "type": "levelTOP", "inputs": ["glsl1"]}])
    text = cookline("plan", "s.tdn", "--op", "/level1").out
    assert "device-dependent: runs on a device" in text and "device-dependent: its input /glsl1" in text


def test_an_unknown_device_is_refused_with_those_that_there_are(cookline, shader):
    shader(WHITE)
    done = cookline("render", "s.tdn", "--op", "/glsl1", "--frames", "0", "-o", "out", "--device", "Voodoo", code=2)
    assert "'Voodoo'" in done.err and json.loads(cookline("devices", "--json").out)[0]["name"] in done.err


def test_load_uniform_names_makes_blocks(cookline, shader):
    shader("uniform vec2 uA; uniform float uB; uniform mat4 uM;\nout vec4 c;\nvoid main() { c = vec4(uA, uB, 1) + uM[0]; }")
    (cookline.folder / "names.py").write_text(
        "g = op('/').create(glslTOP, 'g')\nd = op('/').create(textDAT, 'd')\nd.text = 'uniform vec2 uA; uniform float uB; uniform mat4 uM; out vec4 c; "
        "void main() { c = vec4(uA, uB, 1) + uM[0]; }'\ng.par.pixeldat = 'd'\ng.par.loaduniformnames.pulse()\n"
        "print(g.par.vec0name, g.par.vec1name, g.par.matrix0name, g.par.uniname1)\n")
    assert cookline("python", "names.py").out.split() == ["uA", "uB", "uM", "uB"]


def test_the_same_frames_have_the_same_bytes_in_any_order_and_number_of_threads(cookline, shader):
    shader("uniform float uTime;\nout vec4 c;\nvoid main() { c = vec4(TDSimplexNoise(vec3(vUV.st * 5.0, uTime)) * 0.5 + 0.5); }",
           {"resolutionw": 64, "resolutionh": 64}, {"vec": [{"name": "uTime", "valuex": "=absTime.seconds"}]})
    first = rendered(cookline, "/glsl1", "0-9")
    assert rendered(cookline, "/glsl1", "0-9", "--threads", 1) == first
    assert rendered(cookline, "/glsl1", "9,0-8") == first
