"""State of a session, before, between and after the other inputs and outputs."""

import gradio as gr


def append(text: str, seen: list, times: int = 1):
    """Remember a text.

    Args:
        text: What to remember.
        seen: What was seen so far.
        times: How often.
    """
    seen = [*seen, *[text] * int(times)]
    return seen, ", ".join(seen), len(seen)


def total(seen: list):
    """How many texts were seen."""
    return len(seen)


def reset():
    """Forget everything."""
    return []


with gr.Blocks(title="Memory") as demo:
    seen = gr.State([])
    text = gr.Textbox(label="Text")
    times = gr.Number(1, precision=0, label="Times")
    everything = gr.Textbox(label="Everything")
    count = gr.Number(label="Count", precision=0)
    add = gr.Button("Add")
    add.click(append, [text, seen, times], [seen, everything, count], api_name="append")
    add.click(total, seen, count, api_name="total")
    add.click(reset, None, seen, api_name="reset")
    demo.unload(lambda: None)

if __name__ == "__main__":
    demo.launch()
