"""Prints docs/operators.md from `cookline ops --json`: python3 tools/reference.py build/release/bin/cookline"""
import json
import subprocess
import sys

FAMILIES = ["TOP", "CHOP", "DAT", "COMP"]
TIMES = {"fixed": "", "animated": " Reads the time.", "stepped": " Has a state: runs every frame in order."}


def cell(text):
    """Text that can stand in a table."""
    return str(text).replace("|", "\\|").replace("\n", " ").strip()


def default(par):
    """A parameter's default as a user would write it."""
    if "defaultExpr" in par:
        return f"`={cell(par['defaultExpr'])}`"
    value = par["default"]
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"`{cell(value)}`" if value != "" else ""


def allowed(par):
    """Menu items or range."""
    if par["style"] in ("Menu", "StrMenu") and par.get("menuNames"):
        return " ".join(f"`{cell(name)}`" for name in par["menuNames"])
    low, high = par.get("min"), par.get("max")
    if low is None and high is None:
        return ""
    return f"{'' if low is None else f'{low:g}'} … {'' if high is None else f'{high:g}'}".strip()


def table(pars):
    """Rows of parameters, a page a table."""
    lines, page = [], None
    for par in pars:
        if par["page"] != page:
            page = par["page"]
            lines += ["", f"*{page}*", "", "| name | style | default | allowed | |", "|---|---|---|---|---|"]
        unit = f" ({par['unit']})" if par.get("unit") else ""
        lines.append(f"| `{par['name']}` | {par['style']} | {default(par)} | {allowed(par)} | {cell(par['help'])}{unit} |")
    return lines


def common(operators):
    """Parameters that all operators of a family have on their page Common, by name."""
    shared = {par["name"]: par for par in operators[0]["pars"] if par["page"] == "Common"}
    for operator in operators[1:]:
        have = {par["name"]: par for par in operator["pars"]}
        shared = {name: par for name, par in shared.items() if have.get(name) == par}
    return shared


def reference(operators):
    """The whole page."""
    lines = ["# Operators", "", "Made by `tools/reference.sh` from the operators' own tables; `cookline ops TYPE` shows the same.", ""]
    for family in FAMILIES:
        types = [operator for operator in operators if operator["family"] == family]
        lines.append(f"{family}: " + " · ".join(f"[{one['label']}](#{one['type'].lower()})" for one in types) + "  ")
    for family in FAMILIES:
        types = [operator for operator in operators if operator["family"] == family]
        shared = common(types) if len(types) > 1 else {}
        if shared:
            lines += ["", f"## Common parameters of {family}s"] + table(shared.values())
        for one in types:
            low, high = one["minInputs"], one["maxInputs"]
            inputs = "no inputs" if high == 0 else f"{low} or more inputs" if high > 100 else f"{low} to {high} inputs" if low != high else f"{low} input{'s'[:low != 1]}"
            lines += ["", f"## {one['type']}", "", f"**{one['label']}**: {one['doc']} {inputs.capitalize()}.{TIMES[one['time']]}"]
            lines += table(par for par in one["pars"] if par["name"] not in shared)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    listed = subprocess.run([sys.argv[1], "ops", "--json"], check=True, capture_output=True, text=True).stdout
    sys.stdout.write(reference(json.loads(listed)))
