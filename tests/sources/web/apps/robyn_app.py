from robyn import Robyn

app = Robyn(__file__)


@app.get("/hello/:name")
async def hello(request):
    "Hi."
    return "x"


if __name__ == "__main__":
    app.start(port=8080)
