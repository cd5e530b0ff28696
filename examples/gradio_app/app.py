"""A text workshop, with Gradio 5 or 6.

apispec build examples/gradio_app/app.py
apispec prove examples/gradio_app/app.py --python .venv-gradio6/bin/python
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import gradio as gr


def count(text: str, smallest: int = 1) -> dict[str, int]:
    """Count the words of a text.

    Args:
        text: Any text.
        smallest: Words with fewer letters are left out.
    """
    return dict(Counter(word for word in text.lower().split() if len(word) >= smallest))


def type_out(text: str) -> Iterator[str]:
    """Show a text word by word."""
    words = text.split()
    for end in range(1, len(words) + 1):
        yield " ".join(words[:end])


def turn(text: str, way: str) -> str:
    """Write a text another way round."""
    return {"backwards": text[::-1], "upper case": text.upper(), "title case": text.title()}[way]


with gr.Blocks(title="Text workshop") as demo:
    text = gr.Textbox("To be or not to be", label="Text")
    with gr.Tab("Count"):
        smallest = gr.Slider(1, 10, value=2, step=1, label="Shortest word")
        gr.Button("Count").click(count, [text, smallest], gr.JSON(label="Words"))
    with gr.Tab("Turn"):
        way = gr.Radio(["backwards", "upper case", "title case"], value="backwards", label="How")
        gr.Button("Turn").click(turn, [text, way], gr.Textbox(label="Turned"))
    with gr.Tab("Type"):
        gr.Button("Type").click(type_out, text, gr.Textbox(label="So far"))

if __name__ == "__main__":
    demo.launch()
