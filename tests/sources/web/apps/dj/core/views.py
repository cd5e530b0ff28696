from django.http import HttpRequest, JsonResponse
from django.views import View
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "POST"])
def hello(request: HttpRequest, n: int) -> JsonResponse:
    """Say hello n times."""
    return JsonResponse({"n": n})


class Cls(View):
    def get(self, request, s):
        "Get slug."
        return JsonResponse({"s": s})
