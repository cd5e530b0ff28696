from django.urls import path
from rest_framework import serializers, viewsets
from rest_framework.response import Response


class BookSerializer(serializers.Serializer):
    id = serializers.IntegerField(read_only=True)
    title = serializers.CharField(max_length=50)


class Books(viewsets.ViewSet):
    """Books of the shop."""

    serializer_class = BookSerializer

    def get_serializer(self, *args, **kwargs):
        return BookSerializer(*args, **kwargs)

    def list(self, request):
        """List the books."""
        return Response([])

    def create(self, request):
        """Add a book."""
        return Response({}, status=201)

    def retrieve(self, request, id):
        """Give one book."""
        return Response({"id": id})


urlpatterns = [
    path("books/", Books.as_view({"get": "list", "post": "create"})),
    path("books/<int:id>/", Books.as_view({"get": "retrieve"})),
]
