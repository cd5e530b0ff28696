"""Several interfaces behind tabs; the outermost one is the app."""

import gradio as gr


def double(x: float) -> float:
    """Twice as much."""
    return 2 * x


def shout(text: str) -> str:
    """Louder."""
    return text.upper()


first = gr.Interface(double, gr.Number(label="x"), gr.Number(label="Twice"), api_name="double")
second = gr.Interface(shout, "text", "text", api_name="shout")
tabs = gr.TabbedInterface([first, second], ["Double", "Shout"], title="Two tools")

if __name__ == "__main__":
    tabs.launch()
