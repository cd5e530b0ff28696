"""An Interface whose server starts at import, as most demos have it; nothing keeps its name."""

import gradio as gr


def greet(name: str, intensity: int, loud: bool = False):
    """Greet somebody.

    Args:
        name: Who is greeted.
        intensity: How many exclamation marks.
        loud: In capital letters.
    """
    text = f"Hello, {name}{'!' * int(intensity)}"
    return text.upper() if loud else text


gr.Interface(
    fn=greet,
    inputs=[gr.Textbox(label="Your name"), gr.Slider(1, 10, value=2, step=1), gr.Checkbox(label="Loud")],
    outputs=gr.Textbox(label="Greeting"),
    title="Greeter",
    description="Says *hello*.",
    examples=[["Ada", 3, True], ["Alan", 1, False]],
    cache_examples=False,
    api_name="greet",
).launch()
