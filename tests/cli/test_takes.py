"""What a take is: when it begins and ends, and what callbacks may do to it."""
import os

import pytest
from networks import WATCH_RECORD, custom, limited, operator, recorder, script, write
from pictures import names, png


def sequence(count, take=0):
    """The names of a take."""
    return [f"{take}.{index}.png" for index in range(count)]


@pytest.fixture
def record(cookline):
    """Records /recorder of a network into "out" and gives the names of the images."""
    def run(*operators, arguments=(), code=0):
        done = cookline.record(write(cookline.folder, *operators), "/recorder", "--out", "out", *arguments, code=code)
        done.names = names(cookline.folder / "out")
        return done
    return run


def test_a_take_of_one_image(record):
    assert record(limited(1)).names == sequence(1)


def test_one_frame_by_the_option(record):
    assert record(recorder(), arguments=["--frames", 1, "--takes", 3, "--set", "/recorder/moviefileout1.uniquesuff=1"]).names == sequence(1) + sequence(1, 1) + sequence(1, 2)


def test_the_first_image_is_the_frame_in_which_record_went_on(record, cookline):
    record(recorder(source=operator("picture1", "constantTOP", outputresolution="custom", resolutionw=1, resolutionh=1, colorr="=me.time.frame / 100")), arguments=["--frames", 3])
    first = [png(cookline.folder / f"out/0.{i}.png")[2][0][0][0] for i in range(3)]
    assert first == [3, 5, 8]  # frames 1, 2 and 3 of TouchDesigner's count, as hundredths of 255


@pytest.mark.parametrize("unit, length, images", [("indices", 7, 7), ("frames", 7, 7), ("seconds", 0.25, 15)])
def test_limit_length_ends_a_take(record, unit, length, images):
    assert record(recorder(limitlength=True, length=length, lengthunit=unit)).names == sequence(images)


def test_a_limit_and_a_count_number_takes(record):
    show = recorder(WATCH_RECORD, operator("count1", "countCHOP", ["parameter1"], offtoon="none", ontooff="inc"),
                    limitlength=True, length=2, lengthunit="indices", n="=op('count1')['Record']")
    assert record(show, arguments=["--takes", 3]).names == sequence(2) + sequence(2, 1) + sequence(2, 2)


def test_unique_suffix_goes_on_where_the_folder_stands(record, cookline):
    (cookline.folder / "out").mkdir()
    (cookline.folder / "out/0.0.png").write_text("mine")
    (cookline.folder / "out/2.17.png").write_text("mine")
    assert record(limited(1, uniquesuff=True), arguments=["--takes", 3]).names == ["0.0.png", "1.0.png", "2.17.png", "3.0.png", "4.0.png"]
    assert (cookline.folder / "out/0.0.png").read_text() == "mine"


def test_two_takes_of_one_number_are_an_error(record):
    done = record(limited(2), arguments=["--takes", 2], code=4)
    assert "0.0.png" in done.err and "Unique Suffix" in done.err
    assert done.names == sequence(2)


def test_record_off_in_the_first_frame_makes_no_image_and_says_so(record):
    done = record(recorder(WATCH_RECORD, script("stop1", "onOffToOn", "parent().par.Record = 0", offtoon=True)))
    assert done.names == []
    assert "/recorder.Record: the take wrote no image" in done.err


def test_record_toggled_twice_in_a_frame_goes_on_with_the_take(record):
    toggle = operator("exec1", "executeDAT", framestart=True,
                      text="def onFrameStart(frame):\n    if frame == 4:\n        parent().par.Record = 0\n        parent().par.Record = 1\n")
    assert record(recorder(toggle), arguments=["--frames", 8]).names == sequence(8)


def test_a_callback_ends_a_take_with_its_frame(record):
    count = operator("exec1", "executeDAT", framestart=True, text="def onFrameStart(frame):\n    if frame == 6:\n        parent().par.Record = 0\n")
    assert record(recorder(count)).names == sequence(5)


def test_pause_holds_a_take(record):
    assert record(limited(4, pause="=2 <= me.time.frame - 1 < 10"), ).names == sequence(4)


def test_add_frame_adds_one_image_while_paused(record):
    add = operator("exec1", "executeDAT", framestart=True,
                   text="def onFrameStart(frame):\n    if frame % 3 == 0:\n        op('moviefileout1').par.addframe.pulse()\n")
    assert record(recorder(add, pause=True), arguments=["--frames", 10]).names == sequence(3)


def test_type_image_is_one_picture_a_take(record):
    assert record(recorder(type="image"), arguments=["--frames", 5]).names == ["0.png"]


def test_a_paused_take_waits_for_add_frame(record):
    add = operator("exec1", "executeDAT", framestart=True,
                   text="def onFrameStart(frame):\n    if frame in (2, 5):\n        op('moviefileout1').par.addframe.pulse()\n")
    assert record(recorder(add, pause=True), arguments=["--frames", 6]).names == sequence(2)


def test_leading_zeros_pad_the_index(record):
    assert record(limited(2, leadingzerosdigits=5)).names == ["0.00000.png", "0.00001.png"]


def test_the_movie_file_out_itself_can_be_recorded(cookline):
    show = write(cookline.folder, recorder(record=False, limitlength=True, length=2, lengthunit="indices"))
    cookline.record(show, "/recorder/moviefileout1", "--out", "out")
    assert names(cookline.folder / "out") == sequence(2)


def test_several_sinks_write_in_one_take(record):
    second = operator("moviefileout2", "moviefileoutTOP", ["picture1"], type="imagesequence", imagefiletype="jpeg", file="second", record="=parent().par.Record")
    assert record(recorder(second), arguments=["--frames", 2]).names == ["0.0.png", "0.1.png", "second.0.0.jpg", "second.0.1.jpg"]


def test_set_reaches_the_component_other_operators_and_expressions(record, cookline):
    done = record(limited(1, pars=[custom("Speed", "Float")]), arguments=["--set", "Speed=2", "--set", "/recorder/picture1.colorg=0.25", "--set", "/recorder/picture1.colorr==parent().par.Speed / 4"])
    assert done.names == sequence(1)
    assert png(cookline.folder / "out/0.0.png")[2][0][0][:2] == (128, 64)


def test_quit_ends_the_run_after_its_frame(record):
    stop = operator("exec1", "executeDAT", framestart=True, text="def onFrameStart(frame):\n    if frame == 4:\n        project.quit()\n")
    assert record(recorder(stop)).names == sequence(4)


def test_a_record_that_nothing_follows_is_an_error(record):
    done = record(recorder(record=False), code=4)
    assert "/recorder.Record" in done.err and "no Movie File Out TOP records" in done.err


def test_the_movie_file_out_tells_its_numbers(record):
    tell = operator("exec1", "executeDAT", frameend=True,
                    text="def onFrameEnd(frame):\n    m, i = op('moviefileout1'), op('info1')\n"
                         "    print(frame, m.writeCount, m.curSeqIndex, i['write_count'].eval(), i['cur_seq_index'].eval())\n")
    done = record(recorder(operator("info1", "infoCHOP", op="moviefileout1"), tell), arguments=["--frames", 3, "--quiet"])
    assert done.out.splitlines()[:3] == ["1 1 1 1.0 1.0", "2 2 2 2.0 2.0", "3 3 3 3.0 3.0"]


def test_memory_does_not_grow_with_length(cookline):
    noise = operator("picture1", "noiseTOP", outputresolution="custom", resolutionw=64, resolutionh=64, tz="=me.time.seconds")
    show = write(cookline.folder, recorder(source=noise, imagefiletype="jpeg"))
    peaks_kb = []
    for frames in (1000, 10000):
        process = cookline.start("record", show, "/recorder", "--out", f"out{frames}", "--frames", frames, "--quiet", "--no-sheet")
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0
        peaks_kb.append(usage.ru_maxrss)
        assert sum(1 for _ in (cookline.folder / f"out{frames}").glob("*.jpg")) == frames
    assert peaks_kb[1] < peaks_kb[0] + 20_000
    assert peaks_kb[1] < 250_000
