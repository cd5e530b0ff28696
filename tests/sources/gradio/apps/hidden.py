"""Endpoints that are hidden, private, nameless, or need an event; and a request, which the server fills in."""

from __future__ import annotations

import gradio as gr

GENERATION = int(gr.__version__.partition(".")[0])


def visible(text: str) -> str:
    """Everybody may see this."""
    return text


def concealed(text: str) -> str:
    """Callable, but in no list."""
    return text


def secret(text: str) -> str:
    """Not callable by name."""
    return text


def picked(text: str, event: gr.SelectData) -> str:
    """Needs to know what was selected."""
    return f"{text}{event.index}"


def liked(event: gr.LikeData) -> str:
    """Needs to know what was liked."""
    return str(event.liked)


def who(text: str, request: gr.Request) -> str:
    """Knows who asks."""
    return f"{text} {request.client.host if request.client else ''}"


def fails(text: str) -> str:
    """Refuses to say nothing."""
    if not text:
        raise gr.Error("Nothing to say")
    return text


with gr.Blocks(title="Hidden") as demo:
    text = gr.Textbox(label="Text")
    out = gr.Textbox(label="Answer")
    button = gr.Button()
    chat = gr.Chatbot() if GENERATION >= 6 else gr.Chatbot(type="messages")
    button.click(visible, text, out, api_name="visible")
    hidden = {"api_visibility": "undocumented"} if GENERATION >= 6 else {"show_api": False}
    private = {"api_visibility": "private"} if GENERATION >= 6 else {"api_name": False}
    button.click(concealed, text, out, **hidden)
    button.click(secret, text, out, **private)
    text.select(picked, text, out)
    chat.like(liked, None, out)
    button.click(who, text, out)
    button.click(lambda text: text * 2, text, out)
    button.click(lambda text: text * 3, text, out)
    button.click(fails, text, out)
    button.click(None, text, out, js="(x) => x")

if __name__ == "__main__":
    demo.launch()
