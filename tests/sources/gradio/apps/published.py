"""What published apps do besides: updates, None, names with spaces, buttons as inputs, streams of the page, NaN."""

import gradio as gr


def together(text, count):
    """Text and number, as Python writes them."""
    return repr((text, count))


def clear():
    """Empty two fields."""
    return None, ""


def reveal(text):
    """Show a field."""
    return gr.Textbox(visible=bool(text)), text


def doubled(number):
    """Two outputs, of which one is given by its component."""
    return {count: 2 * number}


def drawn(sketch):
    """How large a sketch is."""
    return "x".join(map(str, sketch["composite"].size))


def gaps(table):
    """A table with a gap."""
    return [["a", float("nan")], ["b", 1.5]]


def maybe_selected(text, event: gr.SelectData = None):  # type: ignore[assignment] # as people write it
    """Gradio makes the event of what came, default or not."""
    return f"{text}{event.index}"


def pressed(button):
    """Which button it was."""
    return f"{button}!"


def fetch(headers, text):
    """gradio_client's `predict` has an argument of this name itself."""
    return f"{headers}: {text}"


def count_pictures(gallery):
    """A gallery's value is an empty list until there is something in it, and then it comes as None."""
    return len(gallery)


def by_name(text, *, ending):
    """Gradio passes every argument by its position."""
    return text + ending


with gr.Blocks(title="Published") as demo:
    text = gr.Textbox(label="Text")
    out = gr.Textbox(label="Answer")
    count = gr.Slider(2, 20, value=4, step=2, label="Count", info="Between 2 and 20")
    table = gr.Dataframe(label="Table")
    webcam = gr.Image(sources=["webcam"], streaming=True)
    button = gr.Button("Go")
    button.click(together, [text, count], out, api_name="two words, ünïcode?")
    button.click(clear, None, [text, out])
    button.click(reveal, text, [text, out])
    button.click(doubled, count, [count, out])
    button.click(drawn, gr.ImageEditor(type="pil", label="What you drew"), out)
    button.click(gaps, table, table)
    text.select(maybe_selected, text, out)
    button.click(pressed, button, out)
    button.click(by_name, text, out)
    button.click(fetch, [text, text], out)
    button.click(count_pictures, gr.Gallery(), count)
    button.click(pressed, gr.BrowserState({"theme": "dark"}), out, api_name="kept/in/browser")
    webcam.stream(lambda image: image, webcam, webcam, time_limit=5, api_name="recorded")

if __name__ == "__main__":
    demo.launch()
