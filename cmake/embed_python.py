"""Compiles Python files and writes them as a C++ source: usage embed_python.py OUTPUT FILE…

op.py becomes the module td._op, __init__.py td itself; tdu.py, boot.py and TD….py keep their names. Run by the very Python
version that is embedded, because the byte code belongs to it.
"""
import marshal
import pathlib
import sys


def module_name(path):
    if path.stem == "__init__":
        return "td"
    public = path.stem in ("boot", "tdu") or path.stem.startswith("TD")
    return path.stem if public else "td._" + path.stem


def literal(data):
    lines = []
    for start in range(0, len(data), 64):
        lines.append('"' + "".join(f"\\{byte:03o}" for byte in data[start:start + 64]) + '"')
    return "\n".join(lines)


def main():
    output, *files = [pathlib.Path(argument) for argument in sys.argv[1:]]
    parts = ["// Written by cmake/embed_python.py.\n#include \"script/embedded.h\"\n\n"
             "namespace cookline::python {\nnamespace {\n"]
    rows = []
    for index, path in enumerate(files):
        code = compile(path.read_text(encoding="utf-8"), f"<td>/{path.name}", "exec", dont_inherit=True, optimize=0)
        data = marshal.dumps(code)
        parts.append(f"constexpr char code{index}[] =\n{literal(data)};\n")
        rows.append(f'    {{"{module_name(path)}", {{code{index}, {len(data)}}}}},\n')
    parts.append("constexpr EmbeddedModule modules[] = {\n" + "".join(rows) + "};\n}  // namespace\n\n"
                 "std::span<const EmbeddedModule> embedded_modules() { return modules; }\n\n}  // namespace cookline::python\n")
    output.write_text("".join(parts), encoding="utf-8")


main()
