from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "jobboard.places"
    verbose_name = "Places"
