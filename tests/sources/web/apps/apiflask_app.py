from apiflask import APIFlask

app = APIFlask(__name__, title="AF")


@app.get("/p/<int:x>")
def p(x):
    "Get p"
    return {}
