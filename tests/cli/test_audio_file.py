"""Audio File In: what a sound file holds is what a movie gets, to the sample; samples are compared with those of the program ffmpeg."""
import math
import struct
import subprocess
import wave

import numpy
import pytest
from networks import operator, recorder, write
from test_movies import samples

RATE = 48000


def value(i, channel=0):
    """Sample i of the sound, a whole number of 16 bits: it rises, so that no part is like another."""
    return int(12000 * math.sin(i * 0.031 + i * i * 1e-6 + channel) + 6000 * math.sin(i * 0.00071))


def write_song(folder, name="song.wav", seconds=1.0, channels=1, rate=RATE):
    """A sound of 16 bits, written by Python."""
    length = int(seconds * rate)
    with wave.open(str(folder / name), "wb") as file:
        file.setnchannels(channels), file.setsampwidth(2), file.setframerate(rate)
        file.writeframes(struct.pack(f"<{length * channels}h", *(value(i, c) for i in range(length) for c in range(channels))))
    return length


def heard(cookline, frames="0-29", rate=30, **parameters):
    """What a movie of a moving picture gets from the operator, in whole numbers of 16 bits."""
    show = write(cookline.folder, operator("pic", "constantTOP", outputresolution="custom", resolutionw=16, resolutionh=8),
                 operator("song1", "audiofileinCHOP", **{"file": "song.wav", "timeslice": True, **parameters}))
    cookline("render", show, "--op", "/pic", "--frames", frames, "--rate", rate, "--codec", "rle", "--audio", "/song1",
             "--audio-codec", "pcm16", "--out", "look.mov", "--no-sheet", "--overwrite")
    return [round(v * 32768) for v in samples(cookline.folder / "look.mov")]


def song(length, first=0):
    """That many samples of it."""
    return [value(i) for i in range(first, first + length)]


@pytest.mark.parametrize("rate", [24, 30, "29.97", 60])
def test_locked_to_the_timeline_every_sample_is_there_once(cookline, rate):
    write_song(cookline.folder, seconds=2)
    made = heard(cookline, "0-23", rate)
    assert made == song(math.floor(24 * RATE / {"29.97": 30000 / 1001}.get(rate, rate)))


def test_frames_in_the_middle_have_their_own_samples(cookline):
    write_song(cookline.folder)
    assert heard(cookline, "10-19") == song(16000, 16000)


def test_it_repeats_or_is_silent_behind_its_end(cookline):
    length = write_song(cookline.folder, seconds=0.5)
    assert heard(cookline) == song(length) * 2
    assert heard(cookline, repeat="off") == song(length) + [0] * length


def test_trim_plays_a_part(cookline):
    write_song(cookline.folder)
    assert heard(cookline, trim=True, trimstart=0.25, trimend=0.75, trimendunit="fraction") == song(24000, 12000) * 2
    assert heard(cookline, trim=True, trimstart=100, trimstartunit="indices", trimend=15, trimendunit="frames", repeat="off") == song(23900, 100) + [0] * 24100


def test_an_index_says_where_each_frame_begins(cookline):
    write_song(cookline.folder, seconds=2)
    assert heard(cookline, playmode="specify", index="=me.time.seconds + 0.5") == song(48000, 24000)
    assert heard(cookline, "0-1", playmode="specify", index=7, indexunit="indices") == song(1600, 7) * 2


def test_sequential_moves_by_speed_and_can_be_cued_and_stopped(cookline):
    write_song(cookline.folder, seconds=2)
    assert heard(cookline, playmode="sequential", speed=2) == [value(2 * i) for i in range(48000)]
    assert heard(cookline, "0-9", playmode="sequential", speed=-1)[1:] == [value(96000 - i) for i in range(1, 16000)]
    half = heard(cookline, "0-1", playmode="sequential", speed=0.5)
    assert half[::2] == song(1600) and all(abs(half[2 * i + 1] - (value(i) + value(i + 1)) / 2) <= 1 for i in range(1599))
    assert heard(cookline, "0-9", playmode="sequential", cue="=absTime.frame < 4", cuepoint=1) == [0] * 6400 + song(9600, 48000)
    assert heard(cookline, "0-9", playmode="sequential", play="=absTime.frame != 3") == song(4800) + [0] * 1600 + song(9600, 4800)


def test_a_timecode_leads(cookline):
    write_song(cookline.folder, seconds=2)
    show = [operator("pic", "constantTOP", outputresolution="custom", resolutionw=16, resolutionh=8),
            operator("code1", "textDAT", text="00:00:01:00"), operator("song1", "audiofileinCHOP", file="song.wav", playmode="timecodeop", timecodeop="code1")]
    cookline("render", write(cookline.folder, *show), "--op", "/pic", "--frames", "0", "--rate", 30, "--codec", "rle", "--audio", "/song1",
             "--audio-codec", "pcm16", "--out", "look.mov", "--no-sheet")
    assert [round(v * 32768) for v in samples(cookline.folder / "look.mov")] == song(1600, 48000)


@pytest.mark.parametrize("name, codec", [("a.flac", "flac"), ("a.m4a", "alac"), ("a.aiff", "pcm_s16be"), ("a.mov", "pcm_s16le"), ("a.mkv", "flac")])
def test_lossless_files_give_every_sample(cookline, name, codec):
    write_song(cookline.folder, seconds=1)
    subprocess.run(["ffmpeg", "-v", "error", "-i", "song.wav", "-c:a", codec, name], cwd=cookline.folder, check=True)
    assert heard(cookline, file=name) == song(48000)


@pytest.mark.parametrize("name, codec", [("a.mp3", "libmp3lame"), ("a.m4a", "aac"), ("a.ogg", "libvorbis"), ("a.opus", "libopus")])
def test_lossy_files_are_in_time_as_ffmpeg_decodes_them(cookline, name, codec):
    write_song(cookline.folder, seconds=1)
    subprocess.run(["ffmpeg", "-v", "error", "-i", "song.wav", "-c:a", codec, "-b:a", "192k", name], cwd=cookline.folder, check=True)
    made = heard(cookline, file=name, repeat="off")
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", name, "-f", "f64le", "-"], cwd=cookline.folder, capture_output=True, check=True).stdout
    decoded = struct.unpack(f"<{len(raw) // 8}d", raw)[:48000]
    assert len(decoded) > 47000 and all(abs(a - b * 32768) <= 1 for a, b in zip(made, decoded))


def late(made):
    """By how many samples a sound is later than the song, to which it is like."""
    made, whole = numpy.array(made[4000:12000]), numpy.array(song(16000))
    return max(range(-3000, 3001), key=lambda lag: float((made * whole[4000 - lag:12000 - lag]).sum()))


def movie_of_the_song(folder, name, codec):
    """Pictures and the song, made by the program ffmpeg."""
    write_song(folder, seconds=1)
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=32x32:rate=25:duration=1", "-i", "song.wav", "-c:v", "mpeg4", "-c:a", codec,
                    "-b:a", "192k", name], cwd=folder, check=True)


# No time stamp of these containers is below 0: a codec that begins before its sound moves the pictures. Those of Matroska are whole milliseconds.
@pytest.mark.parametrize("name, codec, within", [("a.mp4", "aac", 0), ("a.mkv", "aac", 48), ("a.ts", "aac", 1), ("a.mkv", "libmp3lame", 48),
                                                 ("a.ts", "mp2", 1), ("a.avi", "pcm_s16le", 0)])
def test_the_sound_of_movies_is_in_time_with_their_pictures(cookline, name, codec, within):
    movie_of_the_song(cookline.folder, name, codec)
    assert abs(late(heard(cookline, file=name, repeat="off"))) <= within


@pytest.mark.parametrize("name, video, codec, within", [("a.mov", "h264", "aac", 1), ("a.mkv", "h264", "aac", 48), ("a.mkv", "h264", "mp3", 48), ("a.mp4", "h264", "opus", 0),
                                                        ("a.mkv", "h264", "opus", 48), ("a.webm", "vp8", "opus", 48), ("a.webm", "vp8", "vorbis", 48)])
def test_the_sound_of_movies_that_are_rendered_is_in_time_with_their_pictures(cookline, name, video, codec, within):
    write_song(cookline.folder, seconds=1)
    show = write(cookline.folder, operator("pic", "constantTOP", outputresolution="custom", resolutionw=32, resolutionh=16), operator("song1", "audiofileinCHOP", file="song.wav"))
    cookline("render", show, "--op", "/pic", "--frames", "0-29", "--codec", video, "--audio", "/song1", "--audio-codec", codec, "--out", name, "--no-sheet")
    assert abs(late(heard(cookline, file=name, repeat="off"))) <= within
    # What ffmpeg makes of the time stamps: the sound from the first picture on.
    first = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "stream=start_time", "-of", "csv=p=0", name],
                           cwd=cookline.folder, capture_output=True, text=True, check=True).stdout
    raw = subprocess.run(["ffmpeg", "-v", "error", "-copyts", "-i", name, "-af", f"aresample=async=1:first_pts={round(float(first) * RATE)}", "-f", "f64le", "-"],
                         cwd=cookline.folder, capture_output=True, check=True).stdout
    assert abs(late(struct.unpack(f"<{len(raw) // 8}d", raw))) <= within


def test_sound_that_begins_after_or_before_the_pictures_is_silent_or_left_out(cookline):
    write_song(cookline.folder, seconds=1)
    for offset, begin in [(0.5, 24000), (-0.25, -12000)]:
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=32x32:rate=25:duration=1", "-itsoffset", str(offset), "-copyts", "-i", "song.wav",
                        "-c:v", "mpeg4", "-c:a", "pcm_s16le", "a.nut"], cwd=cookline.folder, check=True)
        assert heard(cookline, file="a.nut", repeat="off") == ([0] * 48000 + song(48000) + [0] * 48000)[48000 - begin:96000 - begin]


def test_two_channels_mono_and_volume(cookline):
    write_song(cookline.folder, channels=2)
    made = heard(cookline, "0-1", mono=True)
    assert all(abs(made[i] - (value(i) + value(i, 1)) / 2) <= 1 for i in range(3200))
    write_song(cookline.folder)
    assert all(abs(a - value(i) / 2) <= 1 for i, a in enumerate(heard(cookline, "0-1", volume=0.5)))


def test_record_takes_it_as_the_sound_of_a_movie(cookline):
    write_song(cookline.folder)
    show = write(cookline.folder, recorder(operator("song1", "audiofileinCHOP", file="song.wav"), type="movie", videocodec="rle", audiochop="song1", audiocodec="pcm16"))
    cookline.record(show, "/recorder", "--frames", 15, "--rate", 30, "--out", "out")
    made = [round(v * 32768) for v in samples(cookline.folder / "out/0.mov")]
    # The take begins a frame or two after the timeline.
    begin = next(first for first in range(0, 4800, 1600) if song(100, first) == made[:100])
    assert made == song(24000, begin)


def test_what_cannot_be_heard_stops_the_render_and_check_finds_it(cookline):
    def told(**parameters):
        show = write(cookline.folder, operator("pic", "constantTOP"), operator("song1", "audiofileinCHOP", **parameters))
        return cookline("render", show, "--op", "/pic", "--frames", "0", "--audio", "/song1", "--out", "a.mov", "--codec", "rle", code=4).err
    assert "no file is named" in told()
    assert "there is no such file" in told(file="gone.wav")
    (cookline.folder / "bad.wav").write_bytes(b"RIFF not a sound")
    assert "bad.wav" in told(file="bad.wav")
    assert "error" in cookline("check", "show.tdn", code=4).out
    assert "no CHOP or DAT is named" in told(file=str(write_song(cookline.folder) and "song.wav"), playmode="timecodeop")
    assert "song.wav: sound, 1 channel, 48000 samples/s, 1 s" in cookline("check", "show.tdn").out
