"""An app that asks for user name and password, with everything that a call can need after that."""

from pathlib import Path

import gradio as gr


def shout(text: str) -> str:
    """Say it loudly."""
    return text.upper()


def letters(text: str):
    """One letter after the other."""
    for end in range(1, len(text) + 1):
        yield text[:end]


def size(file: str) -> int:
    """How many bytes a file has."""
    return Path(file).stat().st_size


def remember(text: str, kept: list):
    """Keep a text."""
    return [*kept, text], len(kept) + 1


with gr.Blocks(title="Locked") as demo:
    text, out, number, file, kept = gr.Textbox(), gr.Textbox(), gr.Number(), gr.File(), gr.State([])
    gr.Button().click(shout, text, out)
    gr.Button().click(letters, text, out)
    gr.Button().click(size, file, number)
    gr.Button().click(remember, [text, kept], [kept, number])

if __name__ == "__main__":
    demo.launch(auth=[("ada", "p&s 'w'")])
