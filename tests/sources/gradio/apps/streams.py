"""Generators, synchronous and not, with one output and with two."""

import asyncio

import gradio as gr


def count(limit: int = 3):
    """Count up to a limit."""
    for n in range(1, int(limit) + 1):
        yield n


async def letters(word: str):
    """A word letter by letter, and how many letters there were."""
    for end in range(1, len(word) + 1):
        await asyncio.sleep(0)
        yield word[:end], end


def slow(seconds: float = 0.2, progress=gr.Progress()):
    """Something that takes a while and says so."""
    import time

    for _ in progress.tqdm(range(3)):
        time.sleep(seconds / 3)
    return "done"


with gr.Blocks(title="Streams") as demo:
    button = gr.Button()
    number = gr.Number(3, precision=0, label="Limit")
    word = gr.Textbox(label="Word")
    button.click(count, number, gr.Number(label="Now", precision=0), api_name="count")
    button.click(
        letters, word, [gr.Textbox(label="So far"), gr.Number(label="Letters", precision=0)], api_name="letters"
    )
    button.click(slow, gr.Number(0.1, label="Seconds"), gr.Textbox(), api_name="slow")

if __name__ == "__main__":
    demo.launch()
