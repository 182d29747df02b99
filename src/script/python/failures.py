"""Turns a Python exception into what the program shows: the message, the place, and the traceback of the user's code."""
from td import _core as core

sources = {}  # file name in tracebacks: text, of DATs and scripts


def _is_ours(filename):
    return filename.startswith("<td>/")


def _frames(trace):
    """(file, line, function) of the user's frames, the outermost first."""
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if not _is_ours(code.co_filename):
            frames.append((code.co_filename, trace.tb_lineno, code.co_name))
        trace = trace.tb_next
    return frames


def _source_line(filename, line):
    if filename in sources:
        lines = sources[filename].splitlines()
        return lines[line - 1].strip() if 0 < line <= len(lines) else ""
    if filename.startswith("<"):
        return ""
    import linecache
    return linecache.getline(filename, line).strip()


def describe(failure, trace):
    """(message, "file:line" or "", traceback text or "") of an exception."""
    frames = _frames(trace)
    message = f"{type(failure).__name__}: {failure}" if str(failure) else type(failure).__name__
    if isinstance(failure, SyntaxError) and failure.filename in sources:
        frames.append((failure.filename, failure.lineno or 1, ""))
        message = f"{type(failure).__name__}: {failure.msg}"
    known = [frame for frame in frames if frame[0] in sources]
    place = f"{known[-1][0]}:{known[-1][1]}" if known else ""
    if len(frames) < 2 and not known:
        return message, place, ""
    lines = ["Traceback (most recent call last):"]
    for filename, line, function in frames:
        lines.append(f"  {filename}:{line}" + (f", in {function}" if function else ""))
        text = _source_line(filename, line)
        if text:
            lines.append(f"    {text}")
    return message, place, "\n" + "\n".join(lines)


core.install("describe_failure", describe)
