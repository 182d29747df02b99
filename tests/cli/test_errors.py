"""Nothing is silent: every mistake stops the run with its place, the value found and what is allowed."""
import pytest
from networks import WATCH_RECORD, limited, operator, recorder, script, write
from pictures import names

YAML = """\
format: tdn
version: '2.0'
network_path: /
type: baseCOMP
operators:
  - name: recorder
    type: baseCOMP
    custom_pars:
      Record:
        - name: Record
          style: Toggle
    children:
      - name: picture1
        type: {type}
        parameters:
          {line}
      - name: moviefileout1
        type: moviefileoutTOP
        parameters:
          type: imagesequence
          imagefiletype: png
          file: =me.fileSuffix
          record: =parent().par.Record
          limitlength: true
          length: 1
          lengthunit: indices
        inputs: [{source}]
"""


def yaml(folder, line="colorr: 1", kind="constantTOP", source="picture1"):
    """Writes a network with one line of the test's own, which is line 16 of the file."""
    (folder / "show.tdn").write_text(YAML.format(type=kind, line=line, source=source))
    return "show.tdn"


@pytest.fixture
def fails(cookline):
    """Records a network that is wrong and gives what was printed to stderr."""
    def run(*operators, file=None, code=4):
        done = cookline.record(file or write(cookline.folder, *operators), "/recorder", "--out", "out", code=code)
        assert names(cookline.folder / "out") == []
        return done.err
    return run


def test_an_unknown_parameter_is_warned_of_with_its_place_and_a_suggestion(cookline):
    text = cookline.record(yaml(cookline.folder, "colourr: 1"), "/recorder", "--out", "out").err
    assert "show.tdn:16:11" in text and "constantTOP" in text and "'colourr'" in text and "did you mean 'colorr'" in text


@pytest.mark.parametrize("line, allowed", [("colorr: much", "number"), ("format: rgba9fixed", "rgba8fixed"), ("resolutionw: [1, 2]", "")])
def test_a_value_that_does_not_fit_is_told_with_its_place(cookline, fails, line, allowed):
    text = fails(file=yaml(cookline.folder, line))
    assert "show.tdn:16:" in text and allowed in text


def test_an_unknown_operator_type_fails_only_what_needs_it(cookline, fails):
    text = fails(file=yaml(cookline.folder, "size: 3", kind="blurrTOP"))
    assert "/recorder/picture1" in text and "blurrTOP" in text
    yaml(cookline.folder)
    show = (cookline.folder / "show.tdn").read_text().replace("      - name: moviefileout1", "      - name: strange1\n        type: kinectazureTOP\n      - name: moviefileout1")
    (cookline.folder / "show.tdn").write_text(show)
    done = cookline.record("show.tdn", "/recorder", "--out", "fine")
    assert names(cookline.folder / "fine") == ["0.0.png"]
    assert "kinectazureTOP" in done.err


def test_a_missing_input_names_file_line_and_source(cookline, fails):
    text = fails(file=yaml(cookline.folder, source="pikture1"))
    assert "show.tdn:27:" in text and "pikture1" in text and "picture1" in text


def test_broken_yaml_names_file_line_and_column(cookline, fails):
    assert "show.tdn:17:" in fails(file=yaml(cookline.folder, "colorr: [1,\n  }"))


def test_a_missing_file_is_told(fails):
    assert "nowhere.tdn" in fails(file="nowhere.tdn")


@pytest.mark.parametrize("expression, problem", [
    ("1 / 0", "ZeroDivisionError"), ("op('nowhere').par.x", "nowhere"), ("parent().par.Sped", "Sped"), ("1 +", "SyntaxError"), ("'red'", "red"),
    ("float('nan')", "NaN"), ("undefined_name", "undefined_name"),
])
def test_a_failing_expression_names_operator_and_parameter(fails, expression, problem):
    picture = operator("picture1", "constantTOP", outputresolution="custom", resolutionw=4, resolutionh=4, colorr="=" + expression)
    text = fails(limited(1, source=picture))
    assert "/recorder/picture1.colorr" in text and problem in text


def test_a_failing_expression_of_the_sink_names_it(fails):
    assert "/recorder/moviefileout1.file" in fails(limited(1, file="=me.fileSufix"))


def test_a_failing_callback_names_the_dat_its_line_and_the_traceback(fails):
    text = fails(recorder(WATCH_RECORD, script("watch1", "onOffToOn", "x = 1\nx.missing()", offtoon=True)))
    assert "/recorder/watch1:3" in text
    assert "AttributeError" in text and "x.missing()" in text and "onOffToOn" in text


def test_a_callback_with_a_syntax_error_names_the_dat_and_its_line(fails):
    broken = operator("watch1", "chopexecuteDAT", chop="parameter1", offtoon=True, text="def onOffToOn(channel, sampleIndex, val, prev):\n    x = = 1\n")
    text = fails(recorder(WATCH_RECORD, broken, limitlength=True, length=1, lengthunit="indices"))
    assert "/recorder/watch1:2" in text and "SyntaxError" in text


def test_callbacks_that_never_come_to_rest_are_named(fails):
    chase = [operator("value1", "constantCHOP", const0name="a", const0value="=me.fetch('n', 0)"),
             script("chase1", "onValueChange", "op('value1').store('n', op('value1').fetch('n', 0) + 1)", chop="value1", valuechange=True),
             script("chase2", "onOffToOn", "op('value1').store('n', 1)", offtoon=True)]
    text = fails(recorder(WATCH_RECORD, *chase))
    assert "never come to rest" in text and "/recorder/chase1" in text


def test_a_loop_of_wires_is_named(fails):
    first = operator("picture1", "levelTOP", ["level2"])
    text = fails(recorder(operator("level2", "levelTOP", ["picture1"]), source=first))
    assert "/recorder/picture1" in text and "/recorder/level2" in text


def test_an_error_in_the_middle_of_a_take_tells_what_is_done(cookline):
    picture = operator("picture1", "constantTOP", outputresolution="custom", resolutionw=4, resolutionh=4, colorr="=1 / (me.time.frame - 4)")
    done = cookline.record(write(cookline.folder, recorder(source=picture)), "/recorder", "--out", "out", code=4)
    assert names(cookline.folder / "out") == ["0.0.png", "0.1.png", "0.2.png"]
    assert "3 images were complete before the error" in done.text


def test_errors_as_json_are_objects(cookline):
    import json
    done = cookline.record(write(cookline.folder, recorder(type="movie", videocodec="vvc")), "/recorder", "--json", code=4)
    error = json.loads(done.err.splitlines()[-1])
    assert error["event"] == "error" and error["code"] == 4 and error["where"] == "/recorder/moviefileout1"


@pytest.mark.parametrize("arguments, text", [
    (["/recoder"], "did you mean '/recorder'"),
    (["/recorder/picture1"], "no Record parameter"),
    (["/recorder", "--set", "Recrd=1"], "Record"),
    (["/recorder", "--set", "Record"], "not par=value"),
    (["/recorder", "--set", "/nowhere.x=1"], "/nowhere"),
    (["/recorder", "--set", "/recorder/picture1.colorr=much"], "much"),
    (["/recorder", "--res", "large"], "write 1920x1080"),
    (["/recorder", "--rate", "fast"], "write 30, 29.97 or 30000/1001"),
    (["/recorder", "--rate", "0"], "not a frame rate"),
    (["/recorder", "--takes", "0"], "--takes"),
    (["/recorder", "--precision", "float64"], "float32"),
    (["/recorder", "--frames", "-1"], "--frames"),
    ([], "COMP"),
])
def test_a_wrong_command_line_is_a_usage_error(cookline, arguments, text):
    show = write(cookline.folder, recorder())
    done = cookline("record", show, *arguments, code=2)
    assert text in done.err
