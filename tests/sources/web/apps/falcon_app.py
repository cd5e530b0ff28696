import falcon


class Things:
    def on_get(self, req, resp, tid):
        """Give a thing."""
        resp.media = {"id": tid}

    def on_delete(self, req, resp, tid): ...


app = falcon.App()
app.add_route("/things/{tid:int}", Things())
