from core import views
from django.urls import path

urlpatterns = [path("hello/<int:n>/", views.hello, name="hello"), path("cls/<slug:s>", views.Cls.as_view(), name="cls")]
