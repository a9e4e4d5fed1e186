"""Elements of a page."""

import xml.etree.ElementTree as ET

import pytest

from evals.reports.html import figure_cell, folded_table, on_a_line, table, tag


def html(element: ET.Element) -> str:
    return ET.tostring(element, encoding="unicode", method="html")


def test_text_between_elements_stays_in_its_place():
    assert html(tag("p", "a ", tag("b", "c"), " d", class_="")) == "<p>a <b>c</b> d</p>"


def test_heads_say_which_columns_are_figures_and_which_are_asides():
    shown = html(table(["name", "#value", "~day"], []))

    assert '<th>name</th><th class="n">value</th><th class="soft">day</th>' in shown


@pytest.mark.parametrize(
    ("rows", "told"), [pytest.param(2, "", id="few"), pytest.param(5, "3 more", id="many")]
)
def test_a_long_table_is_folded(rows, told):
    shown = html(folded_table(["x"], [tag("tr", figure_cell("1"))] * rows, in_sight=2))

    assert ("<details>" in shown) is bool(told)
    assert told in shown


def test_a_figure_stands_on_its_line_where_its_value_is():
    line = on_a_line(0.5, interval=(0.25, 0.75), beside=2.0, width=110)

    assert line.find("circle[@class='dot']").get("cx") == "55.0"
    band = line.find("line[@class='band']")
    assert (band.get("x1"), band.get("x2")) == ("30.0", "80.0")
    assert line.find("line[@class='tick']") is None
