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


def test_a_further_colour_buffer_is_shown_by_a_render_select(cookline, shader):
    shader("layout(location = 0) out vec4 a;\nlayout(location = 1) out vec4 b;\nvoid main() { a = vec4(0.2); b = vec4(vUV.st, 0, 1); }",
           {"numcolorbufs": 2}, others=[{"name": "second", "type": "renderselectTOP", "parameters": {"top": "glsl1", "colorbufindex": 1}}])
    rows = rendered(cookline, "/second")[0]
    assert (len(rows[0]), len(rows)) == (8, 4) and rows[-1][-1] == (239, 32, 0, 255)
    assert rendered(cookline)[0][0][0] == (51, 51, 51, 51)


@pytest.mark.parametrize("kind, slice_of", [("texture3d", "sTD3DInputs[0], vec3(0.5, 0.5, uTD3DInfos[0].depth.z + 0.5 * uTD3DInfos[0].depth.x)"),
                                            ("texture2darray", "sTD2DArrayInputs[0], vec3(0.5, 0.5, uTD2DArrayInfos[0].depth.z)")])
def test_a_texture_3d_tells_shaders_which_slice_is_the_newest(cookline, shader, kind, slice_of):
    others = [{"name": "show", "type": "textDAT", "dat_content": f"out vec4 c;\nvoid main() {{ c = texture({slice_of}); }}"},
              {"name": "volume", "type": "texture3dTOP", "inputs": ["glsl1"], "parameters": {"type": kind, "cachesize": 4}},
              {"name": "glsl2", "type": "glslTOP", "inputs": ["volume"], "parameters": {"pixeldat": "show"}}]
    shader("uniform float uFrame;\nout vec4 c;\nvoid main() { c = vec4(uFrame / 255.0); }", None,
           {"vec": [{"name": "uFrame", "valuex": "=absTime.frame"}]}, others)
    assert [rows[0][0][0] for rows in rendered(cookline, "/glsl2", "0-9")] == list(range(10))


def test_a_cube_map_shows_the_side_one_looks_at(cookline, shader):
    colours = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (0, 1, 1), (1, 0, 1)]
    sides = [{"name": f"side{i}", "type": "constantTOP",
              "parameters": {"outputresolution": "custom", "resolutionw": 4, "resolutionh": 4, "colorr": r, "colorg": g, "colorb": b}}
             for i, (r, g, b) in enumerate(colours)]
    cube = {"name": "cube", "type": "cubemapTOP", "inputs": [f"side{i}" for i in range(6)]}
    look = ("out vec4 c;\nvoid main() { vec3 d = vec3(0); int i = int(gl_FragCoord.x) % 6; d[i / 2] = i % 2 == 0 ? 1.0 : -1.0;"
            " c = texture(sTDCubeInputs[0], d); }")
    text = json.loads(network(look, None, None, [*sides, cube]))
    text["operators"][1]["inputs"] = ["cube"]
    (cookline.folder / "s.tdn").write_text(json.dumps(text))
    assert [pixel[:3] for pixel in rendered(cookline)[0][0][:6]] == [tuple(255 * v for v in c) for c in colours]


def test_a_take_of_shaders_goes_on_with_the_device_it_began_with(cookline, shader):
    shader(WHITE)
    rendered(cookline, "/glsl1", "0-3")
    log = cookline.folder / "out/0.take.jsonl"
    name = json.loads(log.read_text().splitlines()[0])["device"]
    assert json.loads(cookline("devices", "--json").out)[0]["name"] in name
    (cookline.folder / "out/0.2.png").unlink()
    log.write_text(log.read_text().replace(name, "Voodoo 5000", 1))
    refused = cookline("resume", "out", code=4).err
    assert "Voodoo 5000" in refused and name in refused and names(cookline.folder / "out", "*.png") == ["0.0.png", "0.1.png", "0.3.png"]
    cookline("resume", "out", "--anyway")
    assert len(names(cookline.folder / "out", "0.*.png")) == 4


def test_networks_without_shaders_name_no_device(cookline, shader):
    shader(WHITE, others=[{"name": "noise1", "type": "noiseTOP"}])
    rendered(cookline, "/noise1")
    assert "device" not in json.loads((cookline.folder / "out/0.take.jsonl").read_text().splitlines()[0])


def test_text_and_tables_do_not_keep_frames_from_being_split(cookline, shader):
    shader(WHITE)
    assert "can be split: any frames in any order" in cookline("plan", "s.tdn", "--op", "/glsl1").out


def test_check_knows_what_kind_of_picture_a_shader_sees(cookline, shader):
    look = "out vec4 c;\nvoid main() { c = texture(%s); }"
    seen = {"vol": "sTD3DInputs[0], vec3(0.5)", "arr": "sTD2DArrayInputs[0], vec3(0.5)", "cube": "sTDCubeInputs[0], vec3(1)", "flat": "sTD2DInputs[0], vec2(0.5)",
            "fed": "sTD2DInputs[0], vec2(0.5)"}
    tops = [{"name": "vol", "type": "texture3dTOP", "inputs": ["glsl1"]},
            {"name": "arr", "type": "texture3dTOP", "inputs": ["glsl1"], "parameters": {"type": "texture2darray"}},
            {"name": "cube", "type": "cubemapTOP", "inputs": ["glsl1"], "parameters": {"mode": "verticalcrosstocubemap"}},
            {"name": "flat", "type": "cubemapTOP", "inputs": ["cube"], "parameters": {"mode": "cubemaptohorizontalcross"}},
            {"name": "fed", "type": "feedbackTOP", "inputs": ["glsl1"], "parameters": {"top": "see_fed"}}]
    for name, sample in seen.items():
        tops += [{"name": f"null_{name}", "type": "nullTOP", "inputs": [name]},
                 {"name": f"pick_{name}", "type": "selectTOP", "parameters": {"top": f"null_{name}"}},
                 {"name": f"text_{name}", "type": "textDAT", "dat_content": look % sample},
                 {"name": f"see_{name}", "type": "glslTOP", "inputs": [f"pick_{name}"], "parameters": {"pixeldat": f"text_{name}"}}]
    shader(WHITE, others=tops)
    told = cookline("check", "s.tdn").out
    assert "0 errors" in told and "device-dependent: /see_vol" in told and "device-dependent: /vol" not in told
    assert "/see_cube" in json.loads(cookline("check", "s.tdn", "--json").out)["device_dependent"]
    tops[-1]["inputs"] = ["pick_vol"]                 # a volume, but the shader samples a plain picture
    shader(WHITE, others=tops)
    assert "'sTD2DInputs' : undeclared identifier" in cookline("check", "s.tdn", code=4).out
