from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route


async def home(request):
    """Home."""
    return JSONResponse({})


async def one(request):
    "One."
    return JSONResponse({"id": request.path_params["id"]})


app = Starlette(routes=[Route("/", home), Mount("/v1", routes=[Route("/one/{id:int}", one, methods=["GET", "POST"])])])
