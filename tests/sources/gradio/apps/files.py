"""Files, images, audio, in and out, alone and inside other values."""

from __future__ import annotations

import tempfile
from pathlib import Path

import gradio as gr


def upper(file: str) -> str:
    """A text file in capital letters."""
    out = Path(tempfile.mkdtemp(), "upper.txt")
    out.write_text(Path(file).read_text(encoding="utf-8").upper(), encoding="utf-8")
    return str(out)


def sizes(files: list[str]) -> dict[str, int]:
    """How large each file is."""
    return {Path(f).name: Path(f).stat().st_size for f in files}


def grey(image):
    """An image without its colours."""
    return image.convert("L").convert("RGB")


def maybe(image=None):
    """What kind of image came, if one did."""
    return "none" if image is None else "x".join(map(str, image.size))


def seconds(audio):
    """How long a sound is."""
    rate, samples = audio
    return len(samples) / rate


def first(gallery):
    """The first picture of a gallery."""
    return gallery


def attached(message):
    """How many files a message has."""
    return f"{message['text']}: {len(message['files'])}"


def sketch(value):
    """What a sketch is drawn on."""
    return value["background"]


def data(text: str):
    """A file to download."""
    out = Path(tempfile.mkdtemp(), "data.csv")
    out.write_text(f"text\n{text}\n", encoding="utf-8")
    return str(out)


with gr.Blocks(title="Files") as demo:
    button = gr.Button()
    image = gr.Image(type="pil", label="Picture")
    button.click(upper, gr.File(label="Text file", file_types=[".txt"]), gr.File(label="Upper"), api_name="upper")
    button.click(sizes, gr.File(file_count="multiple", label="Files"), gr.JSON(), api_name="sizes")
    button.click(grey, image, gr.Image(label="Grey"), api_name="grey")
    button.click(maybe, image, gr.Textbox(), api_name="maybe")
    button.click(seconds, gr.Audio(label="Sound"), gr.Number(label="Seconds"), api_name="seconds")
    button.click(first, gr.Gallery(label="Pictures", type="pil"), gr.Gallery(label="Again"), api_name="first")
    button.click(attached, gr.MultimodalTextbox(label="Message"), gr.Textbox(), api_name="attached")
    button.click(sketch, gr.ImageEditor(type="pil", label="Sketch"), gr.Image(label="Whole"), api_name="sketch")
    button.click(data, gr.Textbox(label="Content"), gr.DownloadButton(label="Download"), api_name="data")
    upload = gr.UploadButton("Upload")
    upload.upload(sizes, gr.File(file_count="multiple"), gr.JSON(), api_name="uploaded")

if __name__ == "__main__":
    demo.launch()
