"""A Gradio app of either generation: values, files, a stream, state, and an error."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import gradio as gr


def describe(text, number, choice, flag):
    """Say what came."""
    return f"{text} × {number:g}", {"choice": choice, "flag": flag}


def letters(word: str):
    """A word, letter by letter."""
    for end in range(1, len(word) + 1):
        yield word[:end], end


def forever():
    """Count without end."""
    n = 0
    while True:
        yield n
        n += 1
        time.sleep(0.1)


def upper(file):
    """A text file in capital letters."""
    out = Path(tempfile.mkdtemp(), "upper.txt")
    out.write_text(Path(file).read_text(encoding="utf-8").upper(), encoding="utf-8")
    return str(out)


def grey(image):
    """A picture without its colours."""
    return image.convert("L").convert("RGB")


def append(text, seen):
    """Remember a text."""
    seen = [*seen, text]
    return seen, ", ".join(seen)


def fails(kind):
    """Raise an error with words, or without."""
    if kind == "words":
        raise gr.Error("No more fish")
    raise ValueError("secret")


with gr.Blocks(title="Kinds") as demo:
    button = gr.Button()
    word = gr.Textbox("tea", label="Word")
    seen = gr.State([])
    button.click(
        describe,
        [gr.Textbox("it's", label="Text"), gr.Slider(0, 10, 2, label="Number"), gr.Radio(["a", "b"], value="a", label="Choice"), gr.Checkbox(label="Flag")],
        [gr.Textbox(label="Words"), gr.JSON(label="Chosen")],
        api_name="describe",
    )  # fmt: skip
    button.click(letters, word, [gr.Textbox(label="So far"), gr.Number(label="Count", precision=0)], api_name="letters")
    button.click(forever, None, gr.Number(label="Now", precision=0), api_name="forever")
    button.click(upper, gr.File(label="Text file"), gr.File(label="Upper"), api_name="upper")
    button.click(grey, gr.Image(type="pil", label="Picture"), gr.Image(label="Grey"), api_name="grey")
    button.click(append, [word, seen], [seen, gr.Textbox(label="Everything")], api_name="append")
    button.click(fails, gr.Radio(["words", "nothing"], value="words", label="Kind"), gr.Textbox(), api_name="fails")

if __name__ == "__main__":
    demo.launch()
