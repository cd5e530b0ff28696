from aiohttp import web

routes = web.RouteTableDef()


@routes.get(r"/users/{uid:\d+}")
async def user(request: web.Request) -> web.Response:
    """One user."""
    return web.json_response({"id": request.match_info["uid"]})


@routes.view("/items/{name}")
class Items(web.View):
    async def get(self):
        "Get it."
        return web.json_response({})

    async def delete(self):
        return web.json_response({})


async def ping(request: web.Request) -> web.Response:
    """Say that it is there."""
    return web.json_response({})


app = web.Application()
app.add_routes(routes)
sub = web.Application()
sub.router.add_get("/ping", ping)
app.add_subapp("/sub", sub)
if __name__ == "__main__":
    web.run_app(app)
