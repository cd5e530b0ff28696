"""Blocks with many components, each an endpoint that gives back what it got."""

import math

import gradio as gr

TRICKY = 'it\'s "quoted"\nnew line \\ back`slash` $HOME {{ braces }} <b>é漢😀</b>'


def same(value):
    """Give back what came.

    Args:
        value: Anything that fits.
    """
    return value


def several(text, number, choice, choices, flag):
    """Several values at once."""
    return f"{text} {number}", [choice, *choices], flag


def tokens(value):
    """How many pieces a text has."""
    return len(value)


with gr.Blocks(title="Components") as demo:
    components = {
        "textbox": gr.Textbox(TRICKY, label="Text"),
        "long_text": gr.Textbox(label="Long", max_length=40),
        "number": gr.Number(label="Number", minimum=-5, maximum=5, value=1.5),
        "whole_number": gr.Number(label="Whole", precision=0, minimum=2),
        "infinite_number": gr.Number(label="Infinite", value=math.inf),
        "slider": gr.Slider(0.5, 2.5, label="Slider"),
        "checkbox": gr.Checkbox(label="Checkbox"),
        "checkboxes": gr.CheckboxGroup(["a", "b", "c"], label="Checkboxes", value=["b"]),
        "radio": gr.Radio([("One", 1), ("Two", 2)], label="Radio"),
        "dropdown": gr.Dropdown(["red", "it's", 'say "x"'], label="Dropdown"),
        "free_dropdown": gr.Dropdown(["x"], label="Free", allow_custom_value=True, value="x"),
        "dropdowns": gr.Dropdown(["p", "q"], label="Dropdowns", multiselect=True),
        "colour": gr.ColorPicker(label="Colour"),
        "moment": gr.DateTime(label="Moment"),
        "code": gr.Code(language="python", label="Code"),
        "json": gr.JSON(label="JSON", value={"a": [1, None, True]}),
        "markdown": gr.Markdown("# Title"),
        "html": gr.HTML("<p>x</p>"),
        "dataframe": gr.Dataframe(headers=["name", "age"], datatype=["str", "number"], type="array", label="Table"),
        "label": gr.Label(label="Label"),
    }
    button = gr.Button("Go")
    for name, component in components.items():
        button.click(same, component, component, api_name=name)
    button.click(tokens, gr.HighlightedText(label="Highlighted"), gr.Number(precision=0), api_name="highlighted")
    button.click(
        several,
        [components[n] for n in ("textbox", "number", "radio", "checkboxes", "checkbox")],
        [gr.Textbox(label="Joined"), gr.JSON(label="Chosen"), gr.Checkbox(label="Flag")],
        api_name="several",
    )

if __name__ == "__main__":
    demo.launch()
