"""The documentation is true: links lead somewhere, options exist, generated pages are up to date."""
import os
import re
import subprocess
import sys

import pytest

PAGES = ["README.md", "examples/README.md", "docs/touchdesigner.md", "docs/operators.md", "docs/architecture.md", "docs/developing.md", "docs/movies.md",
         "docs/tdn.md", "docs/tutorial.md", "docs/formats.md", "docs/takes.md", "docs/playback.md"]


def test_the_operator_reference_is_up_to_date(project):
    made = subprocess.run([sys.executable, project / "tools/reference.py", os.environ["COOKLINE"]], check=True, capture_output=True, text=True).stdout
    assert made == (project / "docs/operators.md").read_text(), "run tools/reference.sh"


def anchors(page):
    """What links can lead to within a page: its titles."""
    return {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.*)$", page.read_text(), re.M)}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(project, page):
    for target in re.findall(r"\]\(([^)]+)\)", (project / page).read_text()):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        path = (project / page).parent / file if file else project / page
        assert path.exists(), target
        assert not anchor or anchor in anchors(path), target


def test_every_difference_in_the_sources_is_listed(project):
    page = (project / "docs/touchdesigner.md").read_text()
    listed = {(project / "docs" / target).resolve() for target in re.findall(r"\]\((\.\./src/[^)]+)\)", page)}
    marked = {path for path in (project / "src").rglob("*.*") if path.suffix in (".h", ".cpp", ".py") and "TD differs:" in path.read_text()}
    assert {str(path) for path in marked - listed} == set(), "docs/touchdesigner.md lacks these"
    assert {str(path) for path in listed - marked} == set(), "docs/touchdesigner.md names these, which say nothing"


@pytest.mark.parametrize("page", PAGES)
def test_every_option_in_an_example_exists(cookline, project, page):
    commands = re.findall(r"cookline (record|render|check|plan|ops|python) ([^`\n#]*)", (project / page).read_text())
    assert commands or page.startswith("docs/")
    for verb, rest in commands:
        known = cookline(verb, "--help").out
        for option in re.findall(r"(?<!\S)--[a-z-]+", rest):
            assert option in known, f"cookline {verb} {rest}"


def test_the_readme_names_the_two_commands_that_exist(project):
    text = (project / "README.md").read_text()
    for script in re.findall(r"^(tools/\w+\.sh)", text, re.M):
        assert os.access(project / script, os.X_OK), script
    assert text.index("tools/tutorial.sh") < 1500 and text.index("tools/test.sh") < 1500


@pytest.mark.parametrize("page", ["README.md", "examples/README.md"])
def test_every_command_works_as_written(cookline, project, page):
    (cookline.folder / "examples").symlink_to(project / "examples")
    commands = re.findall(r"^`?cookline ((?:record|render|check|plan|ops|python) [^`\n#]*)", (project / page).read_text(), re.M)
    commands += re.findall(r": `cookline ([^`\n]*)`", (project / page).read_text())
    assert len(commands) >= 5
    for command in commands:
        small = ["--res", "32x32"] if command.startswith(("record", "render")) else []
        cookline(*command.split(), *small)
