"""A ChatInterface that streams."""

import gradio as gr


def answer(message, history, tone: str = "kind"):
    """Answer a message word by word.

    Args:
        message: What the user says.
        history: What was said before.
        tone: How to answer.
    """
    words = f"You said: {message} ({tone}, after {len(history)})".split()
    for end in range(1, len(words) + 1):
        yield " ".join(words[:end])


demo = gr.ChatInterface(
    answer,
    title="Echo chat",
    additional_inputs=[gr.Dropdown(["kind", "gruff"], value="kind", label="Tone")],
)

if __name__ == "__main__":
    demo.launch()
